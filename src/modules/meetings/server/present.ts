import { sql } from 'kysely';
import type { Scope } from '#core/server/scope.ts';
import type { Day } from '#core/shared/day.ts';
import { openReasons } from '#core/shared/official-date.ts';
import { unitNames } from '#modules/organization/server/public.ts';
import { isMinuted, isOpenForAttendance, type MeetingMove, meetingFlow } from '../flow.ts';
import { kindRules, type MeetingKind } from '../kinds.ts';
import type { Decision, MeetingAct, MeetingRow, MeetingView } from '../shapes.ts';
import { listItems } from './agenda-acts.ts';
import { listPeople, ownParticipants } from './attendance.ts';
import { nowLines } from './figures.ts';
import { conducts, getMeeting, type MeetingRecord, meetingWithinReach } from './store.ts';
import { type DecisionTable, tables } from './tables.ts';

type RowRecord = Omit<MeetingRow, 'convenerUnit' | 'startsAt'> & {
  startsAt: Date;
  convenerUnitId: string;
  convenerName: string;
};

/** Lines of the list: those within reach, the newest first. */
export async function listMeetings(
  scope: Scope,
  filter: {
    id?: string;
    from?: Day | undefined;
    to?: Day | undefined;
    kind?: MeetingKind | undefined;
    state?: string | undefined;
  },
): Promise<MeetingRow[]> {
  const { id, from, to, kind, state } = filter;
  const { rows } = await sql<RowRecord>`
    select m.id, m.kind, m.year, m.no, m.title, m.state, m.starts_at, m.held_on, m.place, m.chair_name, m.convener_unit_id, m.demo,
      (select u.name from organization.pub_unit u where u.city_id = m.city_id and u.id = m.convener_unit_id) as convener_name,
      (select count(*) from meetings.participant p where p.city_id = m.city_id and p.meeting_id = m.id)::int as participants,
      (select count(distinct a.participant_id) from meetings.attendance a where a.city_id = m.city_id and a.meeting_id = m.id)::int as attended,
      (select count(*) from meetings.agenda_item i where i.city_id = m.city_id and i.meeting_id = m.id)::int as items,
      (select count(*) from meetings.decision d where d.city_id = m.city_id and d.meeting_id = m.id and not d.is_dropped)::int as decisions,
      (select count(*) from meetings.decision d join ledger.pub_matter l on l.city_id = d.city_id and l.id = d.matter_id
        where d.city_id = m.city_id and d.meeting_id = m.id and l.state = 'closed')::int as closed
    from meetings.meeting m
    where m.city_id = ${scope.cityId} and ${meetingWithinReach(scope)}
      and (${id ?? null}::uuid is null or m.id = ${id ?? null}::uuid)
      and (${from ?? null}::date is null or m.held_on >= ${from ?? null}::date)
      and (${to ?? null}::date is null or m.held_on <= ${to ?? null}::date)
      and (${kind ?? null}::text is null or m.kind = ${kind ?? null}::text)
      and (${state ?? null}::text is null or m.state = ${state ?? null}::text)
    order by m.starts_at desc, m.id limit 500`.execute(scope.db);
  return rows.map(({ convenerUnitId, convenerName, startsAt, ...row }) => ({
    ...row,
    startsAt: startsAt.toISOString(),
    convenerUnit: { id: convenerUnitId, name: convenerName },
  }));
}

export async function presentDecisions(scope: Scope, rows: readonly DecisionTable[]): Promise<Decision[]> {
  const names = await unitNames(
    scope,
    rows.flatMap((row) => [...row.coUnitIds, ...(row.leadUnitId ? [row.leadUnitId] : [])]),
  );
  const unit = (id: string) => ({ id, name: names.get(id)?.name ?? '' });
  return rows.map((row) => ({
    id: row.id,
    itemId: row.itemId,
    no: row.no,
    title: row.title,
    leadUnit: row.leadUnitId === null ? null : unit(row.leadUnitId),
    coUnits: row.coUnitIds.map(unit),
    dueOn: row.dueOn,
    unknown: row.unknown,
    dueWords: row.dueWords,
    dueOpen: row.dueOpen === null ? null : openReasons[row.dueOpen],
    matterId: row.matterId,
    matterNo: row.matterNo,
    isDropped: row.isDropped,
    version: row.version,
  }));
}

function allowedOf(scope: Scope, meeting: MeetingRecord, isOwn: boolean): MeetingAct[] {
  const allowed: MeetingAct[] = [];
  const { state, kind } = meeting;
  if (conducts(scope, meeting, 'meetings.convene')) {
    allowed.push(...(Object.keys(meetingFlow[state]) as MeetingMove[]));
    if (isOpenForAttendance(state)) allowed.push('edit');
    if (state === 'planned') allowed.push('agenda');
    if (state === 'circulated') allowed.push('answer');
    if (kindRules[kind].hasRoute) allowed.push('route');
  }
  if (conducts(scope, meeting, 'meetings.minute')) {
    if (isMinuted(state)) allowed.push('minute');
    if (isOpenForAttendance(state)) allowed.push('code');
    if (state !== 'cancelled' && state !== 'archived') allowed.push('mark');
  }
  if (isOwn && scope.can('meetings.attend')) {
    if (isOpenForAttendance(state)) allowed.push('attend');
    if (state === 'circulated' && meeting.objectionsUntil !== null && scope.now <= meeting.objectionsUntil)
      allowed.push('object');
  }
  if (kindRules[kind].hasRoute && scope.can('meetings.score')) allowed.push('score');
  return allowed;
}

const iso = (at: Date | null) => at?.toISOString() ?? null;

/** The whole meeting for its page. @throws Problem 404 */
export async function presentMeeting(scope: Scope, { id }: { id: string }): Promise<MeetingView> {
  const meeting = await getMeeting(scope, id);
  const [row] = await listMeetings(scope, { id });
  const items = await listItems(scope, id);
  const minutes = new Map(
    (
      await tables(scope)
        .selectFrom('meetings.minute')
        .selectAll()
        .where('cityId', '=', scope.cityId)
        .where('meetingId', '=', id)
        .execute()
    ).map((m) => [m.itemId, m]),
  );
  const decisions = await tables(scope)
    .selectFrom('meetings.decision')
    .selectAll()
    .where('cityId', '=', scope.cityId)
    .where('meetingId', '=', id)
    .orderBy('no')
    .execute();
  const objections = await tables(scope)
    .selectFrom('meetings.objection')
    .selectAll()
    .where('cityId', '=', scope.cityId)
    .where('meetingId', '=', id)
    .orderBy('at')
    .execute();
  const events = await tables(scope)
    .selectFrom('meetings.event')
    .selectAll()
    .where('cityId', '=', scope.cityId)
    .where('meetingId', '=', id)
    .orderBy('at')
    .orderBy('id')
    .execute();
  const people = await listPeople(scope, meeting);
  const own = await ownParticipants(scope, id);
  const lines = await nowLines(scope, items);
  const names = await unitNames(scope, [
    ...people.map((p) => p.row.unitId),
    ...items.flatMap((item) => item.presenterUnitId ?? []),
    ...objections.map((o) => o.unitId),
  ]);
  const unit = (unitId: string) => ({ id: unitId, name: names.get(unitId)?.name ?? '' });
  const neighbour = tables(scope)
    .selectFrom('meetings.meeting as m')
    .select(['m.id', 'm.title'])
    .where('m.cityId', '=', scope.cityId)
    .where(meetingWithinReach(scope));
  const previous = meeting.previousId
    ? await neighbour.where('m.id', '=', meeting.previousId).executeTakeFirst()
    : undefined;
  const next = await neighbour.where('m.previousId', '=', id).where('m.state', '<>', 'cancelled').executeTakeFirst();
  return {
    ...row!,
    lng: meeting.lng,
    lat: meeting.lat,
    preamble: meeting.preamble,
    previous: previous ?? null,
    next: next ?? null,
    agendaFixedAt: iso(meeting.agendaFixedAt),
    closedAt: iso(meeting.closedAt),
    circulatedAt: iso(meeting.circulatedAt),
    objectionsUntil: iso(meeting.objectionsUntil),
    issuedOn: meeting.issuedOn,
    documentNo: meeting.documentNo,
    people: people.map(({ row: p, people: came, presence }) => ({
      id: p.id,
      unit: unit(p.unitId),
      role: p.role,
      personName: p.personName,
      presence,
      people: came.map(({ name, at, isLate, isDeputy, way }) => ({
        name,
        at: at.toISOString(),
        isLate,
        isDeputy,
        way,
      })),
      reason: p.absenceReason,
      deputyName: p.deputyName,
    })),
    agenda: items.map((item) => {
      const minute = minutes.get(item.id);
      return {
        id: item.id,
        source: item.source,
        title: item.title,
        projectId: item.projectId,
        matterId: item.matterId,
        presenterUnit: item.presenterUnitId === null ? null : unit(item.presenterUnitId),
        minutes: item.minutes,
        why: item.why,
        figures: item.figures,
        asOf: iso(item.asOf),
        now: lines.get(item.id) ?? null,
        minute: minute
          ? {
              text: minute.text,
              version: minute.version,
              changedByName: minute.changedByName,
              changedAt: minute.changedAt.toISOString(),
            }
          : null,
      };
    }),
    decisionList: await presentDecisions(scope, decisions),
    objections: objections.map((o) => ({
      id: o.id,
      decisionId: o.decisionId,
      unit: unit(o.unitId),
      text: o.text,
      byName: o.byName,
      at: o.at.toISOString(),
      state: o.state,
      answer: o.answer,
      answeredByName: o.answeredByName,
      answeredAt: iso(o.answeredAt),
    })),
    events: events.map(({ id: eventId, act, text, actorName, at }) => ({
      id: eventId,
      act,
      text,
      actorName,
      at: at.toISOString(),
    })),
    hasRoute: kindRules[meeting.kind].hasRoute,
    version: meeting.version,
    isHere: (await isHere(scope, id)) !== undefined,
    ownUnitIds: own.map((p) => p.unitId),
    allowed: allowedOf(scope, meeting, own.length > 0),
  };
}

const isHere = (scope: Scope, meetingId: string) =>
  tables(scope)
    .selectFrom('meetings.attendance')
    .select('id')
    .where('cityId', '=', scope.cityId)
    .where('meetingId', '=', meetingId)
    .where('accountId', '=', scope.actor.id)
    .executeTakeFirst();
