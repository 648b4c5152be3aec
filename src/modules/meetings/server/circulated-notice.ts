import { sql } from 'kysely';
import type { Scope } from '#core/server/scope.ts';
import { shanghaiDay } from '#core/shared/day.ts';
import { holdersOf } from '#modules/identity/server/public.ts';
import { notify } from '#modules/notices/server/public.ts';
import { listParticipants } from './attendance.ts';
import type { MeetingRecord } from './store.ts';

/**
 * Accounts that can object for a unit that took part: whoever's right begins at the unit or above it, below the whole city;
 * of those whose right is the whole city, only who sits in the unit itself. The city's leaders are not told of every minute.
 */
async function objectorsOf(scope: Scope, unitIds: readonly string[]): Promise<Set<string>> {
  const holders = await holdersOf(scope, 'meetings.attend');
  const wide = new Set((await holders({ unitId: null, projectId: '' })).map((one) => one.accountId));
  const { rows } = await sql<{ unitId: string; personId: string }>`
    select distinct unit_id, person_id from organization.pub_post
    where city_id = ${scope.cityId} and unit_id = any(${[...unitIds]}::uuid[])
      and valid_from <= ${scope.today}::date and (valid_to is null or valid_to >= ${scope.today}::date)`.execute(
    scope.db,
  );
  const seats = new Set(rows.map((row) => `${row.unitId} ${row.personId}`));
  const found = new Set<string>();
  for (const unitId of unitIds)
    for (const { accountId, personId } of await holders({ unitId, projectId: '' }))
      if (!wide.has(accountId) || seats.has(`${unitId} ${personId}`)) found.add(accountId);
  return found;
}

/** Tells who took part that the minutes may be objected to, and until when. Circulated anew after a recall, told anew. */
export async function tellCirculated(
  scope: Scope,
  meeting: Pick<MeetingRecord, 'id' | 'title'>,
  version: number,
  until: Date,
): Promise<void> {
  const units = [...new Set((await listParticipants(scope, meeting.id)).map((one) => one.unitId))];
  const accounts = await objectorsOf(scope, units);
  accounts.delete(scope.actor.id);
  const time = new Date(until.getTime() + 8 * 3_600_000).toISOString().slice(11, 16);
  const end = `${shanghaiDay(until)} ${time}`;
  await notify(
    scope,
    [...accounts].map((accountId) => ({
      accountId,
      key: `minutes ${meeting.id} ${version}`,
      kind: 'minutes' as const,
      title: {
        zh: `会议纪要征求意见，${end} 截止`,
        en: `Minutes are circulated: object by ${end}`,
      },
      body: { zh: meeting.title, en: meeting.title },
      link: `/meetings/${meeting.id}`,
    })),
  );
}
