import { createHmac, timingSafeEqual } from 'node:crypto';
import { sql } from 'kysely';
import { conflict, invalid, notFound } from '#core/server/errors.ts';
import type { Scope } from '#core/server/scope.ts';
import { newId } from '#core/shared/id.ts';
import { isOpenForAttendance } from '../flow.ts';
import type { Presence } from '../shapes.ts';
import { changeMeeting, getMeeting, lockConducted, type MeetingRecord, tell } from './store.ts';
import { type AttendanceTable, type ParticipantTable, tables } from './tables.ts';

/** A code lives for its minute and the next: long enough to walk up and scan, too short for a photo sent around. */
const codeMs = 60_000;
const alphabet = '23456789ABCDEFGHJKLMNPQRSTUVWXYZ';
/** Six characters that only the server can make for this minute. */
export function codeAt(secret: string, at: Date): string {
  const minute = Math.floor(at.getTime() / codeMs);
  const hash = createHmac('sha256', secret).update(String(minute)).digest();
  return [...hash.subarray(0, 6)].map((byte) => alphabet[byte % alphabet.length]).join('');
}

const isSame = (a: string, b: string): boolean =>
  a.length === b.length && timingSafeEqual(new TextEncoder().encode(a), new TextEncoder().encode(b));

export const isCodeNow = (secret: string, code: string, at: Date): boolean => {
  const given = code.toUpperCase();
  return [0, codeMs].some((ago) => isSame(codeAt(secret, new Date(at.getTime() - ago)), given));
};

export async function showCode(scope: Scope, { id }: { id: string }) {
  const meeting = await getMeeting(scope, id, 'meetings.minute');
  const people = await listPeople(scope, meeting);
  return {
    code: codeAt(meeting.attendSecret, scope.now),
    until: new Date((Math.floor(scope.now.getTime() / codeMs) + 1) * codeMs).toISOString(),
    present: people.filter((p) => isPresent(p.presence)).length,
    expected: people.length,
  };
}

const isPresent = (presence: Presence) => presence === 'present' || presence === 'late' || presence === 'deputised';

export const listParticipants = (scope: Scope, meetingId: string): Promise<ParticipantTable[]> =>
  tables(scope)
    .selectFrom('meetings.participant')
    .selectAll()
    .where('cityId', '=', scope.cityId)
    .where('meetingId', '=', meetingId)
    .orderBy('position')
    .execute();

export const listAttendance = (scope: Scope, meetingId: string): Promise<AttendanceTable[]> =>
  tables(scope)
    .selectFrom('meetings.attendance')
    .selectAll()
    .where('cityId', '=', scope.cityId)
    .where('meetingId', '=', meetingId)
    .orderBy('at')
    .execute();

function presenceOf(row: ParticipantTable, people: readonly AttendanceTable[], isOver: boolean): Presence {
  if (people.length > 0) {
    if (people.every((one) => one.isDeputy)) return 'deputised';
    return people.every((one) => one.isLate) ? 'late' : 'present';
  }
  return row.absence ?? (isOver ? 'absent' : 'expected');
}

/** Units with who came for them. Nobody from a unit is absent only once the meeting is over. */
export async function listPeople(scope: Scope, meeting: MeetingRecord) {
  const came = Map.groupBy(await listAttendance(scope, meeting.id), (one) => one.participantId);
  const isOver = !isOpenForAttendance(meeting.state);
  return (await listParticipants(scope, meeting.id)).map((row) => {
    const people = came.get(row.id) ?? [];
    return { row, people, presence: presenceOf(row, people, isOver) };
  });
}

/**
 * The participants for whom this person can speak: his unit, or one above it that was asked; of a part of the city also what
 * the right reaches. His own unit first.
 */
export async function ownParticipants(scope: Scope, meetingId: string): Promise<ParticipantTable[]> {
  const rows = await listParticipants(scope, meetingId);
  const reach = scope.reach('meetings.attend');
  const reached = new Set(reach.all ? [] : reach.unitIds);
  const { rows: above } = await sql<{ id: string; isRoot: boolean }>`
    select c.ancestor_id as id, bool_or(u.parent_id is null) as is_root
    from organization.pub_unit_closure c join organization.pub_unit u on u.city_id = c.city_id and u.id = c.ancestor_id
    where c.city_id = ${scope.cityId} and c.descendant_id = any(${[...scope.actor.unitIds]}::uuid[])
      and ${scope.today}::date between c.from_day and c.to_day group by c.ancestor_id`.execute(scope.db);
  // Everybody stands below the headquarters: that alone makes nobody its speaker.
  const answered = new Set(above.filter((u) => !u.isRoot).map((u) => u.id));
  const place = (unitId: string) =>
    scope.actor.unitIds.includes(unitId) ? 0 : answered.has(unitId) ? 1 : reached.has(unitId) ? 2 : 3;
  return rows.filter((row) => place(row.unitId) < 3).sort((a, b) => place(a.unitId) - place(b.unitId));
}

/** @throws Problem 404, 409 not_now, not_invited, 422 code_wrong */
export async function attend(scope: Scope, { id, code, isDeputy }: { id: string; code: string; isDeputy: boolean }) {
  const meeting = await getMeeting(scope, id, 'meetings.attend');
  const isEarly = scope.today < meeting.heldOn;
  if (!isOpenForAttendance(meeting.state) || isEarly)
    throw conflict(
      'not_now',
      isEarly
        ? { zh: '会议当天可以签到', en: 'Attendance opens on the day of the meeting' }
        : { zh: '会议已经结束，请会务人员补签', en: 'The meeting is over: ask its staff to record you' },
    );
  if (!isCodeNow(meeting.attendSecret, code, scope.now))
    throw invalid(
      'code_wrong',
      {
        zh: '签到码已更换，请重新扫描会场屏幕上的二维码',
        en: 'The code has changed: scan the one on the screen again',
      },
      'code',
    );
  const [own] = await ownParticipants(scope, id);
  if (!own)
    throw conflict('not_invited', {
      zh: '您所在单位不在参会名单，请会务人员登记',
      en: 'Your unit is not on the list: ask the staff to add it',
    });
  const before = (await listAttendance(scope, id)).find((one) => one.accountId === scope.actor.id);
  const isLate = scope.now > meeting.startsAt;
  const unitName = await nameOfUnit(scope, own.unitId);
  if (before) return { at: before.at.toISOString(), isLate: before.isLate, unitName };
  await tables(scope)
    .insertInto('meetings.attendance')
    .values({
      cityId: scope.cityId,
      id: newId(),
      meetingId: id,
      participantId: own.id,
      accountId: scope.actor.id,
      name: scope.actor.name,
      at: scope.now,
      isLate,
      way: 'code',
      isDeputy,
    })
    .onConflict((c) => c.columns(['cityId', 'meetingId', 'accountId']).doNothing())
    .execute();
  await tell(scope, meeting, 'attend');
  return { at: scope.now.toISOString(), isLate, unitName };
}

async function nameOfUnit(scope: Scope, id: string): Promise<string> {
  const { rows } = await sql<{ name: string }>`select name from organization.pub_unit
    where city_id = ${scope.cityId} and id = ${id}`.execute(scope.db);
  return rows[0]?.name ?? '';
}

interface Mark {
  id: string;
  participantId: string;
  as: 'present' | 'deputised' | 'excused' | 'absent' | 'expected';
  name?: string | undefined;
  reason?: string | undefined;
}

/** What the staff record by hand: it does not touch what people confirmed themselves. @throws Problem 404, 409, 422 */
export async function markPresence(scope: Scope, { id, participantId, as, name, reason }: Mark) {
  const meeting = await lockConducted(scope, id, 'meetings.minute');
  const row = (await listParticipants(scope, id)).find((one) => one.id === participantId);
  if (!row) throw notFound({ zh: '参会单位', en: 'participant' });
  const isThere = as === 'present' || as === 'deputised';
  if (isThere && !name) throw invalid('name_missing', { zh: '请写明到会人姓名', en: 'Say who came' }, 'name');
  const came = (await listAttendance(scope, id)).filter((one) => one.participantId === participantId);
  if (!isThere && came.some((one) => one.way === 'code'))
    throw conflict('has_confirmed', {
      zh: '该单位已扫码签到',
      en: 'Somebody of this unit has confirmed with the code',
    });
  if (!isThere)
    await tables(scope)
      .deleteFrom('meetings.attendance')
      .where('cityId', '=', scope.cityId)
      .where('participantId', '=', participantId)
      .where('way', '=', 'hand')
      .execute();
  await tables(scope)
    .updateTable('meetings.participant')
    .set({
      absence: as === 'excused' || as === 'absent' ? as : null,
      absenceReason: reason ?? null,
      deputyName: as === 'deputised' ? (name ?? null) : null,
    })
    .where('cityId', '=', scope.cityId)
    .where('id', '=', participantId)
    .execute();
  if (isThere)
    await tables(scope)
      .insertInto('meetings.attendance')
      .values({
        cityId: scope.cityId,
        id: newId(),
        meetingId: id,
        participantId,
        accountId: `hand ${newId()}`,
        name: name!,
        at: scope.now,
        isLate: scope.now > meeting.startsAt && isOpenForAttendance(meeting.state),
        way: 'hand',
        isDeputy: as === 'deputised',
      })
      .execute();
  return changeMeeting(scope, meeting, 'mark', {}, { text: name ?? null, payload: { participantId, as } });
}
