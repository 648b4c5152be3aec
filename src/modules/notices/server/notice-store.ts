import { sql } from 'kysely';
import type { Scope } from '#core/server/scope.ts';
import { newId } from '#core/shared/id.ts';
import type { Words } from '#core/shared/words.ts';
import type { Notice, Preference } from '../contract.ts';
import { afterQuiet, type NoticeKind } from '../rules.ts';

export interface NewNotice {
  accountId: string;
  /** Told twice under one key is told once. */
  key: string;
  kind: NoticeKind;
  title: Words;
  body: Words;
  link: string;
  projectId?: string | null;
  isUrgent?: boolean;
}

export const plainPreference: Preference = {
  push: true,
  mailAddress: null,
  quietFrom: '22:00',
  quietTo: '07:00',
  muted: [],
};

interface PreferenceRow extends Preference {
  accountId: string;
}

export async function listPreferences(scope: Scope, accountIds: readonly string[]): Promise<Map<string, Preference>> {
  const { rows } = await sql<PreferenceRow>`
    select account_id, push, mail_address, quiet_from, quiet_to, muted from notices.preference
    where city_id = ${scope.cityId} and account_id = any(${[...accountIds]}::uuid[])`.execute(scope.db);
  return new Map(rows.map(({ accountId, ...row }) => [accountId, row]));
}

/**
 * Puts notices into inboxes, and with them what goes to phones and mailboxes, after quiet hours unless urgent. Answers
 * those that were new.
 */
export async function insertNotices(scope: Scope, wanted: readonly NewNotice[]): Promise<NewNotice[]> {
  if (wanted.length === 0) return [];
  const { cityId, db, now } = scope;
  const made = wanted.map((n) => ({
    ...n,
    id: newId(),
    projectId: n.projectId ?? null,
    isUrgent: n.isUrgent ?? false,
  }));
  const { rows } = await sql<{ id: string }>`
    insert into notices.notice (city_id, id, account_id, key, kind, title, body, link, project_id, is_urgent, at)
    select ${cityId}::uuid, x.id, x."accountId", x.key, x.kind, x.title, x.body, x.link, x."projectId", x."isUrgent", ${now}::timestamptz
    from jsonb_to_recordset(${JSON.stringify(made)}::jsonb) as x(id uuid, "accountId" uuid, key text, kind text, title jsonb, body jsonb,
      link text, "projectId" uuid, "isUrgent" boolean)
    on conflict (city_id, account_id, key) do nothing
    returning id`.execute(db);
  const fresh = new Set(rows.map((row) => row.id));
  const news = made.filter((n) => fresh.has(n.id));
  const accounts = [...new Set(news.map((n) => n.accountId))];
  const preferences = await listPreferences(scope, accounts);
  const { rows: devices } = await sql<{ accountId: string }>`
    select distinct account_id from notices.device where city_id = ${cityId} and account_id = any(${accounts}::uuid[])`.execute(
    db,
  );
  const hasDevice = new Set(devices.map((d) => d.accountId));
  const hasMail = scope.effects.host.config.mail !== undefined;
  const deliveries = news.flatMap((n) => {
    const preference = preferences.get(n.accountId) ?? plainPreference;
    if (preference.muted.includes(n.kind)) return [];
    const notBefore = n.isUrgent ? now : afterQuiet(now, preference.quietFrom, preference.quietTo);
    const channels = [
      ...(preference.push && hasDevice.has(n.accountId) ? ['push'] : []),
      ...(preference.mailAddress && hasMail ? ['mail'] : []),
    ];
    return channels.map((channel) => ({ id: newId(), noticeId: n.id, channel, notBefore: notBefore.toISOString() }));
  });
  if (deliveries.length > 0)
    await sql`insert into notices.delivery (city_id, id, notice_id, channel, state, not_before, made_at)
      select ${cityId}::uuid, x.id, x."noticeId", x.channel, 'waiting', x."notBefore", ${now}::timestamptz
      from jsonb_to_recordset(${JSON.stringify(deliveries)}::jsonb) as x(id uuid, "noticeId" uuid, channel text, "notBefore" timestamptz)`.execute(
      db,
    );
  return news;
}

type NoticeRow = Omit<Notice, 'at' | 'readAt'> & { at: Date; readAt: Date | null };

/** The caller's own: an inbox has no other reader. */
export async function listInbox(
  scope: Scope,
  {
    unread,
    kind,
    before,
    limit,
  }: { unread?: boolean | undefined; kind?: NoticeKind | undefined; before?: string | undefined; limit: number },
): Promise<Notice[]> {
  const { rows } = await sql<NoticeRow>`
    select id, kind, title, body, link, is_urgent, at, read_at from notices.notice
    where city_id = ${scope.cityId} and account_id = ${ownerOf(scope)}
      ${unread ? sql`and read_at is null` : sql``}
      ${kind === undefined ? sql`` : sql`and kind = ${kind}`}
      ${before === undefined ? sql`` : sql`and at < ${before}::timestamptz`}
    order by at desc, id desc limit ${limit}`.execute(scope.db);
  return rows.map(({ at, readAt, ...row }) => ({
    ...row,
    at: at.toISOString(),
    readAt: readAt?.toISOString() ?? null,
  }));
}

export async function countUnread(scope: Scope): Promise<number> {
  const { rows } = await sql<{ n: number }>`select count(*)::integer as n from notices.notice
    where city_id = ${scope.cityId} and account_id = ${ownerOf(scope)} and read_at is null`.execute(scope.db);
  return rows[0]!.n;
}

export async function setRead(scope: Scope, ids: readonly string[] | undefined): Promise<void> {
  await sql`update notices.notice set read_at = ${scope.now}
    where city_id = ${scope.cityId} and account_id = ${ownerOf(scope)} and read_at is null
      ${ids === undefined ? sql`` : sql`and id = any(${[...ids]}::uuid[])`}`.execute(scope.db);
}

/** Actors that are no accounts (a job, the public) have an empty inbox. */
export const ownerOf = (scope: Scope): string =>
  scope.actor.kind === 'account' ? scope.actor.id : '00000000-0000-0000-0000-000000000000';

export async function setPreference(scope: Scope, p: Preference): Promise<void> {
  await sql`insert into notices.preference (city_id, account_id, push, mail_address, quiet_from, quiet_to, muted, changed_at)
    values (${scope.cityId}, ${ownerOf(scope)}, ${p.push}, ${p.mailAddress}, ${p.quietFrom}, ${p.quietTo}, ${p.muted}::text[], ${scope.now})
    on conflict (city_id, account_id) do update set push = excluded.push, mail_address = excluded.mail_address,
      quiet_from = excluded.quiet_from, quiet_to = excluded.quiet_to, muted = excluded.muted, changed_at = excluded.changed_at`.execute(
    scope.db,
  );
}
