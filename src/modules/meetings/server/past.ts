import type { Scope } from '#core/server/scope.ts';
import type { Day } from '#core/shared/day.ts';
import { newId } from '#core/shared/id.ts';
import { insertPastMatters, type PastAct, type PastMatter } from '#modules/ledger/server/public.ts';
import { minutesFor } from '../agenda.ts';
import type { Scale } from '../ranking.ts';
import { type Criterion, totalHundredths } from '../ranking.ts';
import { insertItems, insertMeeting, listItems, type NewMeeting } from './agenda-acts.ts';
import { listParticipants } from './attendance.ts';
import { listDecisions } from './minutes-acts.ts';
import { insertStops, moveObservation } from './observation.ts';
import { insertEvent } from './store.ts';
import { jsonb, tables } from './tables.ts';

export interface PastDecision {
  line: string;
  title: string;
  leadUnitId: string;
  coUnitIds?: string[];
  dueOn: Day;
  /** What became of it since it was issued. */
  acts: readonly PastAct[];
}
export interface PastItem {
  title: string;
  minute: string;
  projectId?: string | null;
  presenterUnitId?: string | null;
  decisions: readonly PastDecision[];
}
export interface PastMeeting extends NewMeeting {
  /** Who convened it, typed the minutes and answered. */
  byName: string;
  preamble: string;
  items: readonly PastItem[];
  /** Null: circulated and not yet issued. */
  issuedOn: Day | null;
  isArchived?: boolean;
  /** By unit: who came, how many minutes after the beginning, or why nobody did. */
  people: readonly {
    unitId: string;
    name?: string;
    late?: number;
    isDeputy?: boolean;
    excused?: string;
  }[];
  objections?: readonly {
    /** Position of the decision in the whole meeting. */
    of: number | null;
    unitId: string;
    text: string;
    byName: string;
    answer?: { isAdopted: boolean; text: string };
  }[];
}

const shifted = (at: Date, minutes: number) => new Date(at.getTime() + minutes * 60_000);

/**
 * A meeting that was held before the platform was there, or in a demonstration: with attendance, minutes and what became of
 * its decisions. Meetings are given in the order in which they were held. For set-up and jobs: no permission is asked.
 * @throws Error where a decision’s life cannot have been so
 */
export async function insertPastMeeting(scope: Scope, past: PastMeeting): Promise<string> {
  const { cityId } = scope;
  const meeting = await insertMeeting(scope, past);
  const { id, startsAt } = meeting;
  const documentNo = past.issuedOn === null ? null : `会议纪要〔${meeting.year}〕${meeting.no}号`;
  await insertItems(
    scope,
    id,
    past.items.map((item) => ({
      source: 'hand' as const,
      title: item.title,
      projectId: item.projectId ?? null,
      matterId: null,
      presenterUnitId: item.presenterUnitId ?? null,
      minutes: minutesFor('hand'),
      why: [],
    })),
    0,
  );
  const items = await listItems(scope, id);
  let no = 0;
  for (const [i, { minute, decisions, projectId }] of past.items.entries()) {
    const itemId = items[i]!.id;
    const row = { text: minute, changedByName: past.byName, changedAt: shifted(startsAt, 10 * i), version: 1 };
    await tables(scope)
      .insertInto('meetings.minute')
      .values({ cityId, meetingId: id, itemId, ...row })
      .execute();
    for (const { line, title, leadUnitId, coUnitIds = [], dueOn } of decisions) {
      no += 1;
      await tables(scope)
        .insertInto('meetings.decision')
        .values({
          cityId,
          id: newId(),
          meetingId: id,
          itemId,
          no,
          title,
          leadUnitId,
          coUnitIds,
          dueOn,
          line,
          unknown: [],
          dueWords: null,
          dueOpen: null,
          projectId: projectId ?? null,
          matterId: null,
          matterNo: null,
          isDropped: false,
          version: 1,
        })
        .execute();
    }
  }
  await insertPeople(scope, id, startsAt, past.people);
  await insertObjections(scope, id, past);
  if (past.issuedOn !== null) await raisePast(scope, id, past, documentNo!);
  // Convened five days before, not today when it was brought in.
  await tables(scope)
    .updateTable('meetings.event')
    .set({ at: shifted(startsAt, -5 * 24 * 60), actorName: past.byName })
    .where('cityId', '=', cityId)
    .where('meetingId', '=', id)
    .execute();
  for (const [act, minutes] of [
    ['fixAgenda', -60],
    ['close', 120],
    ['circulate', 200],
  ] as const)
    await pastEvent(scope, id, act, shifted(startsAt, minutes), past.byName);
  if (past.issuedOn !== null)
    await pastEvent(scope, id, 'issue', new Date(`${past.issuedOn}T10:00:00+08:00`), past.byName);
  await tables(scope)
    .updateTable('meetings.meeting')
    .set({
      state: past.issuedOn === null ? 'circulated' : past.isArchived ? 'archived' : 'issued',
      preamble: past.preamble,
      madeByName: past.byName,
      agendaFixedAt: shifted(startsAt, -60),
      closedAt: shifted(startsAt, 120),
      circulatedAt: shifted(startsAt, 200),
      objectionsUntil: past.issuedOn === null ? shifted(scope.now, 26 * 60) : shifted(startsAt, 2 * 24 * 60),
      issuedAt: past.issuedOn === null ? null : new Date(`${past.issuedOn}T10:00:00+08:00`),
      issuedOn: past.issuedOn,
      documentNo,
      version: meeting.version + 4,
    })
    .where('cityId', '=', cityId)
    .where('id', '=', id)
    .execute();
  return id;
}

async function pastEvent(scope: Scope, meetingId: string, act: string, at: Date, actorName: string): Promise<void> {
  await tables(scope)
    .insertInto('meetings.event')
    .values({
      cityId: scope.cityId,
      id: newId(),
      meetingId,
      act,
      text: null,
      payload: jsonb({}),
      actorName,
      at,
    })
    .execute();
}

async function insertPeople(
  scope: Scope,
  meetingId: string,
  startsAt: Date,
  people: PastMeeting['people'],
): Promise<void> {
  const rows = new Map((await listParticipants(scope, meetingId)).map((row) => [row.unitId, row.id]));
  for (const [i, { unitId, name, late = 0, isDeputy = false, excused }] of people.entries()) {
    const participantId = rows.get(unitId)!;
    if (excused !== undefined)
      await tables(scope)
        .updateTable('meetings.participant')
        .set({ absence: 'excused', absenceReason: excused })
        .where('cityId', '=', scope.cityId)
        .where('id', '=', participantId)
        .execute();
    if (name !== undefined)
      await tables(scope)
        .insertInto('meetings.attendance')
        .values({
          cityId: scope.cityId,
          id: newId(),
          meetingId,
          participantId,
          accountId: `past ${newId()}`,
          name,
          at: shifted(startsAt, late > 0 ? late : -18 + (i % 15)),
          isLate: late > 0,
          way: 'code',
          isDeputy,
        })
        .execute();
  }
}

async function insertObjections(
  scope: Scope,
  meetingId: string,
  { objections = [], startsAt, byName: answerer }: PastMeeting,
) {
  const decisions = await listDecisions(scope, meetingId);
  for (const { of, unitId, text, byName, answer } of objections)
    await tables(scope)
      .insertInto('meetings.objection')
      .values({
        cityId: scope.cityId,
        id: newId(),
        meetingId,
        decisionId: of === null ? null : decisions[of]!.id,
        unitId,
        text,
        byName,
        at: shifted(new Date(startsAt), 300),
        state: answer === undefined ? 'open' : answer.isAdopted ? 'adopted' : 'declined',
        answer: answer?.text ?? null,
        answeredByName: answer ? answerer : null,
        answeredAt: answer ? shifted(new Date(startsAt), 360) : null,
      })
      .execute();
}

/** The decisions as matters with their lives until today. */
async function raisePast(scope: Scope, id: string, past: PastMeeting, documentNo: string): Promise<void> {
  const decisions = await listDecisions(scope, id);
  const meeting = await tables(scope)
    .selectFrom('meetings.meeting')
    .selectAll()
    .where('cityId', '=', scope.cityId)
    .where('id', '=', id)
    .executeTakeFirstOrThrow();
  const wanted = past.items.flatMap((item, i) => item.decisions.map((d) => ({ ...d, itemNo: i + 1 })));
  const matters = wanted.map((d, i): PastMatter => {
    const row = decisions[i]!;
    const isInside = row.leadUnitId === meeting.convenerUnitId;
    return {
      kind: 'decision',
      title: row.title,
      body: row.line,
      source: { kind: 'meeting', title: meeting.title, ref: documentNo, on: meeting.heldOn },
      projectId: row.projectId,
      leadUnitId: row.leadUnitId,
      coUnitIds: row.coUnitIds,
      verifierUnitId: isInside ? null : meeting.convenerUnitId,
      raiserUnitId: meeting.convenerUnitId,
      template: 'city-minutes',
      details: { kind: 'decision', meeting: meeting.title, heldOn: meeting.heldOn, itemNo: d.itemNo },
      origin: { module: 'meetings', id: row.id },
      demo: meeting.demo,
      raisedOn: past.issuedOn!,
      issuedOn: past.issuedOn!,
      dueOn: d.dueOn,
      acts: d.acts,
    };
  });
  for (const [i, { id: matterId, no: matterNo }] of (await insertPastMatters(scope, matters)).entries())
    await tables(scope)
      .updateTable('meetings.decision')
      .set({ matterId, matterNo })
      .where('cityId', '=', scope.cityId)
      .where('id', '=', decisions[i]!.id)
      .execute();
}

export interface PastObservation extends NewMeeting {
  criteria: readonly Criterion[];
  scale: Scale;
  stops: readonly { projectId: string; plannedAt: string; note: string | null }[];
  /** By stop, in their order: who gave which points. Nobody of the project's own units. */
  scores: readonly (readonly {
    name: string;
    unitId: string | null;
    points: Record<string, number>;
    comment: string | null;
  }[])[];
  people: PastMeeting['people'];
  isPublished: boolean;
}

/** An observation with scores, closed or published. For set-up and jobs: no permission is asked. */
export async function insertPastObservation(scope: Scope, past: PastObservation): Promise<string> {
  const { cityId } = scope;
  const { id } = await insertMeeting(scope, past);
  const { criteria, scale } = past;
  const stopIds = await insertStops(scope, id, past.stops);
  await insertPeople(scope, id, new Date(past.startsAt), past.people);
  for (const [i, given] of past.scores.entries())
    for (const { name, unitId, points, comment } of given)
      await tables(scope)
        .insertInto('meetings.score')
        .values({
          cityId,
          id: newId(),
          meetingId: id,
          stopId: stopIds[i]!,
          accountId: `past ${name}`,
          observerName: name,
          unitId,
          points: jsonb(points),
          total: totalHundredths(criteria, scale, points),
          comment,
          fileId: null,
          at: shifted(new Date(past.stops[i]!.plannedAt), 20),
        })
        .execute();
  await tables(scope)
    .updateTable('meetings.observation')
    .set({ criteria: jsonb([...criteria]), scale, state: past.isPublished ? 'closed' : 'open' })
    .where('cityId', '=', cityId)
    .where('meetingId', '=', id)
    .execute();
  if (past.isPublished) {
    await tables(scope)
      .updateTable('meetings.meeting')
      .set({ state: 'held', closedAt: shifted(new Date(past.startsAt), 480) })
      .where('cityId', '=', cityId)
      .where('id', '=', id)
      .execute();
    await moveObservation(scope, { id, version: 1, move: 'publish' });
  } else await insertEvent(scope, id, 'scoring.open');
  return id;
}
