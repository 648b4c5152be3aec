import { createHash, randomBytes } from 'node:crypto';
import ical, { ICalCalendarMethod } from 'ical-generator';
import { sql } from 'kysely';
import { audited } from '#core/server/audit.ts';
import { notFound } from '#core/server/errors.ts';
import { type FileReply, fileReply } from '#core/server/files.ts';
import { callOf } from '#core/server/http.ts';
import type { Scope } from '#core/server/scope.ts';
import { addDays, type Day } from '#core/shared/day.ts';
import { findAbsent } from '#modules/identity/server/public.ts';
import { stateWords } from '../flow.ts';
import { ownWork, type Reader } from './list-reach.ts';

const hashOf = (token: string) => createHash('sha256').update(token).digest('hex');
const words = { zh: '日历订阅', en: 'calendar feed' };

/** Days back and ahead that a feed tells; a calendar of more helps nobody. */
const daysBack = 60;
const daysAhead = 400;
const mostEvents = 2_000;

export async function findFeed(scope: Scope): Promise<{ madeAt: string | null }> {
  const { rows } = await sql<{ madeAt: Date }>`select made_at from ledger.feed
    where city_id = ${scope.cityId} and account_id = ${scope.actor.id}`.execute(scope.db);
  return { madeAt: rows[0]?.madeAt.toISOString() ?? null };
}

/** A new address. Only its hash is kept, so it is told once; the address before it ends. */
export async function makeFeed(scope: Scope): Promise<{ path: string }> {
  const token = randomBytes(32).toString('base64url');
  await sql`insert into ledger.feed (city_id, account_id, token_hash, made_at)
    values (${scope.cityId}, ${scope.actor.id}, ${hashOf(token)}, ${scope.now})
    on conflict (city_id, account_id) do update set token_hash = excluded.token_hash, made_at = excluded.made_at`.execute(
    scope.db,
  );
  audited(scope, { subject: 'ledger.feed', id: scope.actor.id, after: { state: 'made' } });
  return { path: `/api/ledger/feed/${token}.ics` };
}

export async function endFeed(scope: Scope): Promise<Record<never, never>> {
  await sql`delete from ledger.feed where city_id = ${scope.cityId} and account_id = ${scope.actor.id}`.execute(
    scope.db,
  );
  audited(scope, { subject: 'ledger.feed', id: scope.actor.id, after: { state: 'ended' } });
  return {};
}

interface Due {
  id: string;
  no: string;
  title: string;
  state: keyof typeof stateWords;
  dueCurrent: Day;
  unitName: string | null;
  demo: boolean;
}

/**
 * The due days of what the person behind the address has to do, by the rights that person has now: who left, was locked or
 * lost the post gets nothing, with the answer of an address that never was. @throws Problem 404
 */
export async function calendarFile(scope: Scope, { token }: { token: string }): Promise<FileReply> {
  const { rows } = await sql<{ accountId: string }>`select account_id from ledger.feed
    where city_id = ${scope.cityId} and token_hash = ${hashOf(token.replace(/\.ics$/, ''))}`.execute(scope.db);
  const holder = rows[0] && (await findAbsent(scope, rows[0].accountId));
  const reach = holder?.grants.get('ledger.read');
  if (!holder || !reach) throw notFound(words);
  const reader: Reader = { cityId: scope.cityId, reach, personId: holder.personId, unitIds: holder.unitIds };
  const request = callOf(scope)?.request;
  const calendar = ical({
    name: '事项期限',
    prodId: { company: 'guatu', product: 'ledger', language: 'ZH' },
    method: ICalCalendarMethod.PUBLISH,
    ttl: 3600,
  });
  for (const due of await listDue(scope, reader))
    calendar.createEvent({
      id: `${due.id}@ledger`,
      allDay: true,
      start: `${due.dueCurrent}T00:00:00`,
      end: `${addDays(due.dueCurrent, 1)}T00:00:00`,
      summary: `${due.dueCurrent < scope.today ? '【逾期】' : ''}${due.title}${due.demo ? '（示例）' : ''}`,
      description: `${due.no}　${stateWords[due.state].zh}　${due.unitName ?? ''}`,
      stamp: scope.now,
      ...(request && { url: new URL(`/matters/${due.id}`, request.url).href }),
    });
  return fileReply({
    name: 'matters.ics',
    type: 'text/calendar; charset=utf-8',
    body: new TextEncoder().encode(calendar.toString()),
  });
}

async function listDue(scope: Scope, reader: Reader): Promise<Due[]> {
  const { rows } = await sql<Due>`select m.id, m.no, m.title, m.state, m.due_current, m.demo,
      (select coalesce(u.short_name, u.name) from organization.pub_unit u where u.city_id = m.city_id and u.id = m.lead_unit_id) as unit_name
    from ledger.matter m
    where m.city_id = ${scope.cityId} and m.state not in ('closed', 'void') and m.state not in ('draft', 'suspended')
      and m.due_current between ${addDays(scope.today, -daysBack)}::date and ${addDays(scope.today, daysAhead)}::date
      and ${ownWork(reader)}
    order by m.due_current desc, m.id limit ${mostEvents}`.execute(scope.db);
  return rows;
}
