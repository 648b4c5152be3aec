import { type RawBuilder, type SqlBool, sql } from 'kysely';
import { conflict, notFound } from '#core/server/errors.ts';
import { emit } from '#core/server/events.ts';
import type { Scope } from '#core/server/scope.ts';
import { newId } from '#core/shared/id.ts';
import type { MeetingMove, MeetingState } from '../flow.ts';
import type { MeetingAct } from '../shapes.ts';
import { jsonb, type MeetingTable, tables } from './tables.ts';

export type MeetingRecord = MeetingTable;
export const meetingWords = { zh: '会议', en: 'meeting' };

/**
 * SQL condition: a unit of the reach convenes the meeting under `alias` or takes part in it. Who is neither does not learn
 * that it exists.
 */
export function meetingWithinReach(scope: Scope, permission = 'meetings.read', alias = 'm'): RawBuilder<SqlBool> {
  if (!scope.can(permission)) return sql<SqlBool>`false`;
  const reach = scope.reach(permission);
  if (reach.all) return sql<SqlBool>`true`;
  const units = sql`${[...reach.unitIds]}::uuid[]`;
  return sql<SqlBool>`(${sql.ref(`${alias}.convenerUnitId`)} = any(${units}) or exists (select 1 from meetings.participant reach_unit
    where reach_unit.city_id = ${sql.ref(`${alias}.cityId`)} and reach_unit.meeting_id = ${sql.ref(`${alias}.id`)}
      and reach_unit.unit_id = any(${units})))`;
}

/** Who takes part reads; only who convenes may change. */
export function conducts(scope: Scope, meeting: Pick<MeetingRecord, 'convenerUnitId'>, permission: string): boolean {
  if (!scope.can(permission)) return false;
  const reach = scope.reach(permission);
  return reach.all || reach.unitIds.includes(meeting.convenerUnitId);
}

export const findMeeting = (
  scope: Scope,
  id: string,
  permission = 'meetings.read',
): Promise<MeetingRecord | undefined> =>
  tables(scope)
    .selectFrom('meetings.meeting as m')
    .selectAll('m')
    .where('m.cityId', '=', scope.cityId)
    .where('m.id', '=', id)
    .where(meetingWithinReach(scope, permission))
    .executeTakeFirst();

/** @throws Problem 404 */
export async function getMeeting(scope: Scope, id: string, permission = 'meetings.read'): Promise<MeetingRecord> {
  const found = await findMeeting(scope, id, permission);
  if (!found) throw notFound(meetingWords);
  return found;
}

/**
 * The meeting held to the end of the transaction, for who conducts it. With a version, an act on one that moved meanwhile is
 * refused. @throws Problem 404, 409 moved
 */
export async function lockConducted(
  scope: Scope,
  id: string,
  permission: 'meetings.convene' | 'meetings.minute',
  version?: number,
): Promise<MeetingRecord> {
  const found = await lockMeeting(scope, id);
  if (!conducts(scope, found, permission)) throw notFound(meetingWords);
  if (version !== undefined && version !== found.version)
    throw conflict('moved', { zh: '别人刚刚改过，请刷新后再试', en: 'Somebody has just changed it: reload first' });
  return found;
}

/** @throws Problem 404 */
export async function lockMeeting(scope: Scope, id: string, permission = 'meetings.read'): Promise<MeetingRecord> {
  const found = await tables(scope)
    .selectFrom('meetings.meeting as m')
    .selectAll('m')
    .where('m.cityId', '=', scope.cityId)
    .where('m.id', '=', id)
    .where(meetingWithinReach(scope, permission))
    .forUpdate('m')
    .executeTakeFirst();
  if (!found) throw notFound(meetingWords);
  return found;
}

/** @throws Problem 409 not_now */
export function refuseUnless(
  meeting: MeetingRecord,
  states: readonly MeetingState[],
  words: { zh: string; en: string },
): void {
  if (!states.includes(meeting.state)) throw conflict('not_now', words);
}

/** Writes the changes as a new version and adds the act to the history; who watches is told. */
export async function changeMeeting(
  scope: Scope,
  meeting: MeetingRecord,
  act: MeetingAct | MeetingMove,
  changes: Partial<Omit<MeetingTable, 'cityId' | 'id' | 'version'>> = {},
  {
    text = null,
    payload = {},
    isTold = true,
  }: { text?: string | null; payload?: Record<string, unknown>; isTold?: boolean } = {},
): Promise<{ id: string; version: number }> {
  const version = meeting.version + 1;
  await tables(scope)
    .updateTable('meetings.meeting')
    .set({ ...changes, version })
    .where('cityId', '=', scope.cityId)
    .where('id', '=', meeting.id)
    .execute();
  await insertEvent(scope, meeting.id, act, text, payload);
  if (isTold) await tell(scope, meeting, act);
  return { id: meeting.id, version };
}

export const insertEvent = (
  scope: Scope,
  meetingId: string,
  act: string,
  text: string | null = null,
  payload: Record<string, unknown> = {},
) =>
  tables(scope)
    .insertInto('meetings.event')
    .values({
      cityId: scope.cityId,
      id: newId(),
      meetingId,
      act,
      text,
      payload: jsonb(payload),
      actorName: scope.actor.name,
      at: scope.now,
    })
    .execute();

/** Units that see the meeting. */
export async function unitsOfMeeting(
  scope: Scope,
  meeting: Pick<MeetingRecord, 'id' | 'convenerUnitId'>,
): Promise<string[]> {
  const rows = await tables(scope)
    .selectFrom('meetings.participant')
    .select('unitId')
    .where('cityId', '=', scope.cityId)
    .where('meetingId', '=', meeting.id)
    .execute();
  return [...new Set([meeting.convenerUnitId, ...rows.map((row) => row.unitId)])];
}

export async function tell(
  scope: Scope,
  meeting: Pick<MeetingRecord, 'id' | 'convenerUnitId'>,
  act: string,
): Promise<void> {
  const pasts: Record<string, string> = { issue: 'meetings.issued', circulate: 'meetings.circulated' };
  await emit(scope, {
    topic: pasts[act] ?? 'meetings.changed',
    unitIds: await unitsOfMeeting(scope, meeting),
    data: { meetingId: meeting.id, act },
  });
}
