import { audited } from '#core/server/audit.ts';
import { conflict, invalid, notFound } from '#core/server/errors.ts';
import type { Scope } from '#core/server/scope.ts';
import type { Day } from '#core/shared/day.ts';
import { newId } from '#core/shared/id.ts';
import { calendarOf } from '#modules/calendar/server/public.ts';
import { unitNames, unitsByName } from '#modules/organization/server/public.ts';
import { readDecisionLine } from '../decision-line.ts';
import { isMinuted } from '../flow.ts';
import { kindRules } from '../kinds.ts';
import type { Decision } from '../shapes.ts';
import { listItems } from './agenda-acts.ts';
import { presentDecisions } from './present.ts';
import { changeMeeting, lockConducted, type MeetingRecord, tell, unitsOfMeeting } from './store.ts';
import { type DecisionTable, tables } from './tables.ts';

const itemWords = { zh: '议程', en: 'item of the agenda' };

function refuseUnlessMinuted(meeting: MeetingRecord): void {
  if (!isMinuted(meeting.state))
    throw conflict('not_now', {
      zh: meeting.state === 'planned' ? '请先确定议程，再记录' : '纪要已送征求意见，如需修改请先收回',
      en:
        meeting.state === 'planned'
          ? 'Fix the agenda first, then take minutes'
          : 'The minutes have been circulated: recall them to change them',
    });
}

async function holdItem(scope: Scope, id: string, itemId: string) {
  const meeting = await lockConducted(scope, id, 'meetings.minute');
  const item = (await listItems(scope, id)).find((one) => one.id === itemId);
  if (!item) throw notFound(itemWords);
  refuseUnlessMinuted(meeting);
  return { meeting, item };
}

/**
 * Keeps what was typed. Text that somebody else changed meanwhile is refused with his: nothing is overwritten unseen.
 * @throws Problem 404, 409 not_now, moved
 */
export async function writeMinute(
  scope: Scope,
  { id, itemId, text, basedOn }: { id: string; itemId: string; text: string; basedOn: number },
): Promise<{ version: number }> {
  const { meeting } = await holdItem(scope, id, itemId);
  const held = await tables(scope)
    .selectFrom('meetings.minute')
    .selectAll()
    .where('cityId', '=', scope.cityId)
    .where('itemId', '=', itemId)
    .executeTakeFirst();
  if (held?.text === text) return { version: held.version };
  if ((held?.version ?? 0) !== basedOn)
    throw conflict(
      'moved',
      {
        zh: `${held?.changedByName ?? ''}刚刚改过这一项的记录，请合并后再保存`,
        en: `${held?.changedByName ?? 'Somebody'} has just changed this item: merge, then save`,
      },
      { text: held?.text ?? '', version: held?.version ?? 0 },
    );
  const version = basedOn + 1;
  const row = { text, changedByName: scope.actor.name, changedAt: scope.now, version };
  await tables(scope)
    .insertInto('meetings.minute')
    .values({ cityId: scope.cityId, meetingId: id, itemId, ...row })
    .onConflict((c) => c.columns(['cityId', 'itemId']).doUpdateSet(row))
    .execute();
  if (version === 1) await tell(scope, meeting, 'minute');
  return { version };
}

export async function setPreamble(scope: Scope, { id, version, text }: { id: string; version: number; text: string }) {
  const meeting = await lockConducted(scope, id, 'meetings.minute', version);
  refuseUnlessMinuted(meeting);
  return changeMeeting(scope, meeting, 'minute', { preamble: text }, { isTold: false });
}

/** A line of the minutes as a decision, with what its words name. What they do not name stays open for a person to choose. */
export async function decide(
  scope: Scope,
  { id, itemId, line }: { id: string; itemId: string; line: string },
): Promise<Decision> {
  const { meeting, item } = await holdItem(scope, id, itemId);
  if (!kindRules[meeting.kind].hasDecisions)
    throw conflict('no_decisions', {
      zh: '这类会议不形成议定事项',
      en: 'Meetings of this kind make no decisions',
    });
  const names = await unitsByName(scope);
  const invited = new Set(await unitsOfMeeting(scope, meeting));
  const read = readDecisionLine(line, {
    on: meeting.heldOn,
    // Where a name stands for several units, the one at the table is meant, else the one of exactly that name.
    findUnit: (text) => {
      const found = names.find(text);
      const close = [found, found.filter((u) => invited.has(u.id)), found.filter((u) => u.name === text)];
      return close.find((units) => units.length === 1) ?? [];
    },
    workdays: await calendarOf(scope),
  });
  const { last } = await tables(scope)
    .selectFrom('meetings.decision')
    .select(({ fn }) => fn.max('no').as('last'))
    .where('cityId', '=', scope.cityId)
    .where('meetingId', '=', id)
    .executeTakeFirstOrThrow();
  const row: DecisionTable = {
    cityId: scope.cityId,
    id: newId(),
    meetingId: id,
    itemId,
    no: (last ?? 0) + 1,
    title: read.title,
    leadUnitId: read.lead?.id ?? null,
    coUnitIds: read.co.map((unit) => unit.id),
    dueOn: read.dueOn,
    line,
    unknown: read.unknown,
    dueWords: read.dueWords,
    dueOpen: read.dueOpen,
    projectId: item.projectId,
    matterId: null,
    matterNo: null,
    isDropped: false,
    version: 1,
  };
  await tables(scope).insertInto('meetings.decision').values(row).execute();
  audited(scope, { subject: 'meetings.decision', id: row.id, after: { title: row.title, dueOn: row.dueOn } });
  await tell(scope, meeting, 'minute');
  return (await presentDecisions(scope, [row]))[0]!;
}

interface DecisionChanges {
  title?: string | undefined;
  leadUnitId?: string | null | undefined;
  coUnitIds?: string[] | undefined;
  dueOn?: Day | null | undefined;
  isDropped?: boolean | undefined;
}

export const listDecisions = (scope: Scope, meetingId: string): Promise<DecisionTable[]> =>
  tables(scope)
    .selectFrom('meetings.decision')
    .selectAll()
    .where('cityId', '=', scope.cityId)
    .where('meetingId', '=', meetingId)
    .orderBy('no')
    .execute();

/**
 * Corrects a decision, while minutes are taken and, after an objection, while they are circulated. Issued ones are matters:
 * their days move by extension only. @throws Problem 404, 409, 422
 */
export async function editDecision(
  scope: Scope,
  { id, decisionId, version, ...changes }: { id: string; decisionId: string; version: number } & DecisionChanges,
): Promise<Decision> {
  const meeting = await lockConducted(scope, id, 'meetings.minute');
  const held = (await listDecisions(scope, id)).find((one) => one.id === decisionId);
  if (!held) throw notFound({ zh: '议定事项', en: 'decision' });
  const units = [changes.leadUnitId, ...(changes.coUnitIds ?? [])].filter((one) => one != null);
  const known = await unitNames(scope, units);
  if (units.some((one) => !known.has(one))) throw notFound({ zh: '单位', en: 'unit' });
  if (!isMinuted(meeting.state) && meeting.state !== 'circulated')
    throw conflict('not_now', {
      zh: '纪要已印发，议定事项按事项台账办理；改期请申请延期',
      en: 'The minutes are issued: the decision is a matter of the ledger now, and its day moves by extension',
    });
  if (version !== held.version)
    throw conflict('moved', { zh: '别人刚刚改过，请刷新后再试', en: 'Somebody has just changed it: reload first' });
  const row: DecisionTable = {
    ...held,
    title: changes.title ?? held.title,
    leadUnitId: changes.leadUnitId === undefined ? held.leadUnitId : changes.leadUnitId,
    coUnitIds: changes.coUnitIds ?? held.coUnitIds,
    dueOn: changes.dueOn === undefined ? held.dueOn : changes.dueOn,
    isDropped: changes.isDropped ?? held.isDropped,
    version: held.version + 1,
  };
  row.coUnitIds = [...new Set(row.coUnitIds)].filter((one) => one !== row.leadUnitId);
  if (row.dueOn !== null && row.dueOn < meeting.heldOn)
    throw invalid(
      'due_before_meeting',
      { zh: '完成时限不能早于会议日期', en: 'The day cannot be before the meeting' },
      'dueOn',
    );
  const { title, leadUnitId, coUnitIds, dueOn, isDropped } = row;
  await tables(scope)
    .updateTable('meetings.decision')
    .set({ title, leadUnitId, coUnitIds, dueOn, isDropped, version: row.version })
    .where('cityId', '=', scope.cityId)
    .where('id', '=', decisionId)
    .execute();
  audited(scope, {
    subject: 'meetings.decision',
    id: decisionId,
    before: { title: held.title, leadUnitId: held.leadUnitId, dueOn: held.dueOn },
    after: { title, leadUnitId, dueOn, isDropped },
  });
  await tell(scope, meeting, 'minute');
  return (await presentDecisions(scope, [row]))[0]!;
}
