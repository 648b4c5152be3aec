import { audited } from '#core/server/audit.ts';
import { conflict, invalid, notFound } from '#core/server/errors.ts';
import type { Scope } from '#core/server/scope.ts';
import { newId } from '#core/shared/id.ts';
import { calendarOf, published } from '#modules/calendar/server/public.ts';
import { type NewMatter, raiseMatters } from '#modules/ledger/server/public.ts';
import { unitNames } from '#modules/organization/server/public.ts';
import { type MeetingMove, meetingFlow, meetingMoves, moveWords, stateWords } from '../flow.ts';
import { listItems } from './agenda-acts.ts';
import { ownParticipants } from './attendance.ts';
import { tellCirculated } from './circulated-notice.ts';
import { figuresOf } from './figures.ts';
import { listDecisions } from './minutes-acts.ts';
import { changeMeeting, getMeeting, lockConducted, type MeetingRecord, tell } from './store.ts';
import { type DecisionTable, jsonb, type MeetingTable, tables } from './tables.ts';

export const circulationWorkdays = 2;

interface Move {
  id: string;
  version: number;
  move: MeetingMove;
  until?: string | undefined;
  documentNo?: string | undefined;
  reason?: string | undefined;
}

/** One step of the flow. @throws Problem 404, 409 moved, not_now and what the step itself asks for, 422 */
export async function moveMeeting(scope: Scope, { id, version, move, ...rest }: Move) {
  const meeting = await lockConducted(scope, id, 'meetings.convene', version);
  const to = meetingFlow[meeting.state][move];
  if (!to || !meetingMoves.includes(move))
    throw conflict('not_now', {
      zh: `会议现在是“${stateWords[meeting.state].zh}”，不能“${moveWords[move].zh}”`,
      en: `The meeting is “${stateWords[meeting.state].en}”: it cannot be moved by “${moveWords[move].en}”`,
    });
  const changes: Partial<MeetingTable> = { state: to };
  if (move === 'fixAgenda') Object.assign(changes, await freeze(scope, meeting));
  if (move === 'reopenAgenda') Object.assign(changes, await thaw(scope, meeting));
  if (move === 'close') changes.closedAt = scope.now;
  if (move === 'circulate') Object.assign(changes, await circulation(scope, meeting, rest.until));
  if (move === 'recall') Object.assign(changes, { circulatedAt: null, objectionsUntil: null });
  if (move === 'issue') Object.assign(changes, await issue(scope, meeting, rest.documentNo));
  if (move === 'archive' && meeting.state === 'held' && (await listDecisions(scope, id)).some((d) => !d.isDropped))
    throw conflict('decisions_not_issued', {
      zh: '有议定事项，请先征求意见、印发，再归档',
      en: 'There are decisions: circulate and issue them first',
    });
  if (move === 'cancel' && !rest.reason)
    throw invalid('reason_missing', { zh: '请写明取消的原因', en: 'Say why it is cancelled' }, 'reason');
  audited(scope, { subject: 'meetings.meeting', id, before: { state: meeting.state }, after: { state: to } });
  const moved = await changeMeeting(scope, meeting, move, changes, { text: rest.reason ?? null });
  if (changes.objectionsUntil) await tellCirculated(scope, meeting, moved.version, changes.objectionsUntil);
  return moved;
}

/** Every page gets its figures as of this moment. */
async function freeze(scope: Scope, meeting: MeetingRecord): Promise<Partial<MeetingTable>> {
  const items = await listItems(scope, meeting.id);
  if (items.length === 0)
    throw conflict('agenda_empty', { zh: '议程还是空的，请先列入议题', en: 'The agenda is empty: add items first' });
  for (const item of items)
    await tables(scope)
      .updateTable('meetings.agendaItem')
      .set({ figures: jsonb(await figuresOf(scope, meeting, item)), asOf: scope.now })
      .where('cityId', '=', scope.cityId)
      .where('id', '=', item.id)
      .execute();
  return { agendaFixedAt: scope.now };
}

/** What was shown already in a meeting stays: an agenda with minutes is not reopened. */
async function thaw(scope: Scope, meeting: MeetingRecord): Promise<Partial<MeetingTable>> {
  const typed = await tables(scope)
    .selectFrom('meetings.minute')
    .select('itemId')
    .where('cityId', '=', scope.cityId)
    .where('meetingId', '=', meeting.id)
    .executeTakeFirst();
  if (typed || (await listDecisions(scope, meeting.id)).length > 0)
    throw conflict('minutes_begun', {
      zh: '已经开始记录，议程不能重开',
      en: 'Minutes have been taken: the agenda cannot be reopened',
    });
  await tables(scope)
    .updateTable('meetings.agendaItem')
    .set({ figures: null, asOf: null })
    .where('cityId', '=', scope.cityId)
    .where('meetingId', '=', meeting.id)
    .execute();
  return { agendaFixedAt: null };
}

async function circulation(
  scope: Scope,
  meeting: MeetingRecord,
  until: string | undefined,
): Promise<Partial<MeetingTable>> {
  const open = (await listDecisions(scope, meeting.id)).filter((d) => !d.isDropped && d.leadUnitId === null);
  if (open.length > 0)
    throw conflict(
      'lead_missing',
      {
        zh: `第 ${open.map((d) => d.no).join('、')} 项议定事项还没有责任单位，请先指定`,
        en: `Decisions ${open.map((d) => d.no).join(', ')} have no unit yet: name one first`,
      },
      { decisionIds: open.map((d) => d.id) },
    );
  const objectionsUntil = until ? new Date(until) : await usualEnd(scope);
  if (objectionsUntil <= scope.now)
    throw invalid('until_past', { zh: '截止时间要晚于现在', en: 'The end must lie ahead' }, 'until');
  return { circulatedAt: scope.now, objectionsUntil };
}

/** The end of the second workday from today, 18:00 in Shanghai. @throws Problem 422 CALENDAR_NOT_PUBLISHED */
async function usualEnd(scope: Scope): Promise<Date> {
  const calendar = await calendarOf(scope);
  const day = published(() => calendar.addWorkdays(scope.today, circulationWorkdays));
  return new Date(`${day}T18:00:00+08:00`);
}

/**
 * Issues the minutes and, in the same transaction, every decision as a matter of the ledger whose limit is the day of the
 * decision, else the one that the rule gives minutes. While an objection waits for its answer nothing is issued.
 */
async function issue(
  scope: Scope,
  meeting: MeetingRecord,
  documentNo: string | undefined,
): Promise<Partial<MeetingTable>> {
  const waiting = await tables(scope)
    .selectFrom('meetings.objection')
    .select('id')
    .where('cityId', '=', scope.cityId)
    .where('meetingId', '=', meeting.id)
    .where('state', '=', 'open')
    .execute();
  if (waiting.length > 0)
    throw conflict('objections_open', {
      zh: `还有 ${waiting.length} 条意见没有答复`,
      en: `${waiting.length} objections have not been answered`,
    });
  if (meeting.objectionsUntil !== null && scope.now < meeting.objectionsUntil && scope.actor.kind !== 'system')
    throw conflict('circulation_open', {
      zh: '征求意见还没有截止；确需提前印发的，请收回后缩短截止时间',
      en: 'Objections may still come: to issue earlier, recall and set an earlier end',
    });
  const number = documentNo ?? `会议纪要〔${meeting.year}〕${meeting.no}号`;
  await raiseDecisions(scope, meeting, number);
  return { issuedAt: scope.now, issuedOn: scope.today, documentNo: number };
}

export async function raiseDecisions(scope: Scope, meeting: MeetingRecord, documentNo: string): Promise<void> {
  const items = await listItems(scope, meeting.id);
  const place = new Map(items.map((item, i) => [item.id, i + 1]));
  const decisions = (await listDecisions(scope, meeting.id)).filter((d) => !d.isDropped && d.matterId === null);
  const matters = decisions.map((d) => matterOf(meeting, d, documentNo, place.get(d.itemId) ?? null));
  const made = await raiseMatters(scope, matters, { issue: true });
  for (const [i, { id: matterId, no: matterNo }] of made.entries())
    await tables(scope)
      .updateTable('meetings.decision')
      .set({ matterId, matterNo })
      .where('cityId', '=', scope.cityId)
      .where('id', '=', decisions[i]!.id)
      .execute();
}

/** The convener looks at what came of it, unless it has to do it itself. */
function matterOf(meeting: MeetingRecord, d: DecisionTable, documentNo: string, itemNo: number | null): NewMatter {
  const isInside = d.leadUnitId === meeting.convenerUnitId || d.coUnitIds.includes(meeting.convenerUnitId);
  return {
    kind: 'decision',
    title: d.title,
    body: d.line,
    source: { kind: 'meeting', title: meeting.title, ref: documentNo, on: meeting.heldOn },
    projectId: d.projectId,
    leadUnitId: d.leadUnitId,
    coUnitIds: d.coUnitIds,
    verifierUnitId: isInside ? null : meeting.convenerUnitId,
    raiserUnitId: meeting.convenerUnitId,
    template: 'city-minutes',
    dueOn: d.dueOn,
    details: { kind: 'decision', meeting: meeting.title, heldOn: meeting.heldOn, itemNo },
    origin: { module: 'meetings', id: d.id },
    demo: meeting.demo,
  };
}

/** @throws Problem 404, 409 not_now, not_invited */
export async function objectTo(
  scope: Scope,
  { id, decisionId, text }: { id: string; decisionId: string | null; text: string },
) {
  const meeting = await getMeeting(scope, id, 'meetings.attend');
  const decisions = await listDecisions(scope, id);
  if (decisionId !== null && !decisions.some((d) => d.id === decisionId))
    throw notFound({ zh: '议定事项', en: 'decision' });
  if (meeting.state !== 'circulated' || meeting.objectionsUntil === null || scope.now > meeting.objectionsUntil)
    throw conflict('not_now', {
      zh: '现在不在征求意见期间',
      en: 'The minutes are not open to objections now',
    });
  const [own] = await ownParticipants(scope, id);
  if (!own)
    throw conflict('not_invited', { zh: '只有参会单位可以提出意见', en: 'Only units that took part may object' });
  const objectionId = newId();
  await tables(scope)
    .insertInto('meetings.objection')
    .values({
      cityId: scope.cityId,
      id: objectionId,
      meetingId: id,
      decisionId,
      unitId: own.unitId,
      text,
      byName: scope.actor.name,
      at: scope.now,
      state: 'open',
      answer: null,
      answeredByName: null,
      answeredAt: null,
    })
    .execute();
  audited(scope, { subject: 'meetings.objection', id: objectionId, after: { text } });
  await tell(scope, meeting, 'object');
  return { id: objectionId };
}

/** Adopted or declined, with words. What an adopted one changes is changed at the decision. @throws Problem 404, 409 */
export async function answerObjection(
  scope: Scope,
  { id, objectionId, isAdopted, answer }: { id: string; objectionId: string; isAdopted: boolean; answer: string },
) {
  const meeting = await lockConducted(scope, id, 'meetings.convene');
  const held = await tables(scope)
    .selectFrom('meetings.objection')
    .selectAll()
    .where('cityId', '=', scope.cityId)
    .where('meetingId', '=', id)
    .where('id', '=', objectionId)
    .executeTakeFirst();
  if (!held) throw notFound({ zh: '意见', en: 'objection' });
  if (held.state !== 'open') throw conflict('answered', { zh: '这条意见已经答复', en: 'It has been answered already' });
  await tables(scope)
    .updateTable('meetings.objection')
    .set({
      state: isAdopted ? 'adopted' : 'declined',
      answer,
      answeredByName: scope.actor.name,
      answeredAt: scope.now,
    })
    .where('cityId', '=', scope.cityId)
    .where('id', '=', objectionId)
    .execute();
  const names = await unitNames(scope, [held.unitId]);
  await changeMeeting(scope, meeting, 'answer', {}, { text: names.get(held.unitId)?.name ?? null });
  return { id: objectionId };
}
