import { conflict, invalid, notFound } from '#core/server/errors.ts';
import { enqueue } from '#core/server/jobs.ts';
import type { JobRun } from '#core/server/module.ts';
import type { Scope } from '#core/server/scope.ts';
import type { Day } from '#core/shared/day.ts';
import { newId } from '#core/shared/id.ts';
import { ratioOf } from '#core/shared/rate.ts';
import { exactOf } from '../progress.ts';
import type { ExactValue } from '../terms.ts';
import { recordBaseline } from './drafts.ts';
import { baselinesOf, pledgeInForce } from './facts.ts';
import { attached, keep, lockFor, refuseUnless } from './keep.ts';
import { getWhole, listRows, loadAll, lockWhole, type Whole, words } from './load.ts';
import { readValue } from './read-value.ts';
import { type MilestoneTable, tables, type ValueTable } from './tables.ts';

const underWay = { zh: '只有攻坚中的榜需要报送', en: 'Only a challenge under way is reported on' };

/** The value of a month as the taker says it: 自报, whatever stands in it, until somebody else accepts it. @throws Problem 404, 409, 422 */
export async function report(
  scope: Scope,
  input: { id: string; asOf: Day; value: string; note: string; fileId?: string | undefined },
): Promise<{ id: string }> {
  const { whole, side } = await lockFor(scope, input.id, ['taker']);
  refuseUnless(whole.row.state === 'signed', underWay);
  if (input.asOf > scope.today || input.asOf < whole.row.publishedOn!)
    throw invalid(
      'day_out',
      { zh: '数值日期应在发榜之后、今天之前', en: 'The day lies between the publication and today' },
      'asOf',
    );
  const id = await insertValue(scope, input.id, {
    asOf: input.asOf,
    ...exactOf(ratioOf(input.value)),
    basis: 'selfReported',
    state: 'open',
    note: input.note || null,
    ...(await attached(scope, input.fileId)),
    document: null,
  });
  await keep(scope, whole, { act: 'report', topic: 'reported', text: input.note || null, side });
  return { id };
}

export async function insertValue(
  scope: Scope,
  challengeId: string,
  value: Pick<ValueTable, 'asOf' | 'n' | 'd' | 'basis' | 'state' | 'note' | 'fileId' | 'fileName' | 'document'>,
): Promise<string> {
  const id = newId();
  await tables(scope)
    .insertInto('challenges.value')
    .values({
      cityId: scope.cityId,
      id,
      challengeId,
      period: value.asOf.slice(0, 7),
      ...value,
      enteredBy: scope.actor.id,
      enteredByName: scope.actor.name,
      at: scope.now,
      decidedByName: null,
      decidedOn: null,
      decidedNote: null,
    })
    .execute();
  return id;
}

/**
 * A reported number is accepted against a document, or returned; nobody edits it. Not by the taker, nor by who typed it.
 * @throws Problem 404, 409, 422 document_missing
 */
export async function judgeValue(
  scope: Scope,
  input: {
    id: string;
    valueId: string;
    result: 'accepted' | 'returned';
    document?: string | undefined;
    note: string;
  },
): Promise<{ id: string }> {
  const { whole, side } = await lockFor(scope, input.id, ['verifier']);
  const found = whole.values.find((one) => one.id === input.valueId);
  if (!found) throw notFound({ zh: '数值', en: 'value' });
  refuseUnless(found.state === 'open' && (whole.row.state === 'signed' || whole.row.state === 'claimed'), {
    zh: '该数值已经核定或退回',
    en: 'It has been judged already',
  });
  if (found.enteredBy === scope.actor.id && scope.actor.kind !== 'system')
    throw conflict('own_value', { zh: '不能核定自己报送的数值', en: 'Nobody accepts his own number' });
  const isAccepted = input.result === 'accepted';
  if (isAccepted && !input.document)
    throw invalid(
      'document_missing',
      { zh: '核定请写明依据的统计表或文件', en: 'Name the table or paper it was checked against' },
      'document',
    );
  await tables(scope)
    .updateTable('challenges.value')
    .set({
      state: input.result,
      // An accepted report is a filing: its number is the one that was typed.
      ...(isAccepted && { basis: 'filing' as const, document: input.document! }),
      decidedByName: scope.actor.name,
      decidedOn: scope.today,
      decidedNote: input.note || null,
    })
    .where('cityId', '=', scope.cityId)
    .where('id', '=', found.id)
    .execute();
  await keep(scope, whole, {
    act: isAccepted ? 'acceptValue' : 'returnValue',
    topic: isAccepted ? 'accepted' : 'changed',
    text: input.document ?? input.note,
    side,
  });
  return { id: found.id };
}

/** Asks for the number of the platform: it is read by a job, whose reach is the whole city. @throws Problem 404, 409 */
export async function refresh(scope: Scope, { id, asOf }: { id: string; asOf?: Day | undefined }) {
  const whole = await getWhole(scope, id);
  if (whole.row.relation !== 'inside' && whole.row.relation !== 'taker') throw notFound(words);
  refuseUnless(whole.row.state === 'signed' || whole.row.state === 'claimed', underWay);
  const isRead = whole.row.terms.metric.source.kind !== 'submission';
  if (isRead) await enqueue(scope, 'challenges.read', { id, ...(asOf && { asOf }) }, { key: `challenges.read ${id}` });
  return { isAsked: isRead };
}

/** Reads the value of a day, and looks whether the baseline still is what it was. Says whether anything is new. */
export async function readPlatformValue(scope: Scope, id: string, asOf: Day): Promise<boolean> {
  const whole = await lockWhole(scope, id);
  const { row } = whole;
  const { source } = row.terms.metric;
  if ((row.state !== 'signed' && row.state !== 'claimed') || source.kind === 'submission') return false;
  const isRestated = await restateIfMoved(scope, whole);
  const read = await readValue(scope, source, asOf);
  if (!read) return isRestated;
  const value = exactOf(read.value);
  const known = whole.values.findLast((one) => one.asOf === asOf && one.basis === read.basis);
  if (known && isSame(known, value)) return isRestated;
  const { basis, document } = read;
  await insertValue(scope, id, {
    asOf,
    ...value,
    basis,
    state: 'accepted',
    note: null,
    fileId: null,
    fileName: null,
    document,
  });
  await keep(scope, await getWhole(scope, id), { act: 'readValue', text: document, side: 'other' });
  return true;
}

const isSame = (a: ExactValue, b: ExactValue): boolean => a.n === b.n && a.d === b.d;

/** Corrected filings move the number of a past day: the baseline is restated, and what was signed goes on to hold. */
async function restateIfMoved(scope: Scope, whole: Whole): Promise<boolean> {
  const last = baselinesOf(whole).at(-1);
  // A baseline typed from a paper is not the platform's to restate.
  const isRead = whole.rulings.findLast((one) => one.kind === 'baseline')?.payload.isRead === true;
  if (!last || !pledgeInForce(whole) || !isRead) return false;
  const read = await readValue(scope, whole.row.terms.metric.source, last.on);
  if (!read || isSame(exactOf(read.value), last)) return false;
  await recordBaseline(scope, whole, exactOf(read.value), {
    on: last.on,
    document: last.document,
    reason: '平台数据更正后重新取数，与已签基线不一致',
    isRead: true,
  });
  await keep(scope, whole, { act: 'restateBaseline', topic: 'baselineRestated', side: 'other' });
  return true;
}
export async function readOne(run: JobRun, payload: unknown): Promise<void> {
  const { id, asOf } = payload as { id: string; asOf?: Day };
  await run.transaction((scope) => readPlatformValue(scope, id, asOf ?? scope.today));
}

/** Every night: yesterday is over, the numbers of today are read. */
export async function readAll(run: JobRun): Promise<void> {
  const ids = await run.transaction(async (scope) => {
    const wholes = await loadAll(scope, await listRows(scope));
    return wholes.filter(({ row }) => row.state === 'signed' || row.state === 'claimed').map(({ row }) => row.id);
  });
  for (const id of ids) await run.transaction((scope) => readPlatformValue(scope, id, scope.today));
}

/** @throws Problem 404, 409, 422 */
export async function reachMilestone(
  scope: Scope,
  input: { id: string; position: number; on: Day; note: string; fileId?: string | undefined },
) {
  const { whole, side } = await lockFor(scope, input.id, ['taker']);
  refuseUnless(whole.row.state === 'signed', underWay);
  const milestone = pledgeInForce(whole)?.content.milestones[input.position];
  if (!milestone) throw notFound({ zh: '节点', en: 'milestone' });
  refuseUnless(!whole.milestones.some((one) => one.position === input.position), {
    zh: '该节点已经完成',
    en: 'It has been reached already',
  });
  if (input.on > scope.today)
    throw invalid('future_day', { zh: '完成日期不能晚于今天', en: 'The day cannot lie in the future' }, 'on');
  const row: MilestoneTable = {
    cityId: scope.cityId,
    challengeId: input.id,
    position: input.position,
    reachedOn: input.on,
    note: input.note,
    ...(await attached(scope, input.fileId)),
    byName: scope.actor.name,
    at: scope.now,
  };
  await tables(scope).insertInto('challenges.milestone').values(row).execute();
  return keep(scope, whole, { act: 'milestone', text: milestone.title, side });
}
