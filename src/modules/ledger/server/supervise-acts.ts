import { sql } from 'kysely';
import { conflict, invalid, notFound } from '#core/server/errors.ts';
import { claimFile } from '#core/server/files.ts';
import type { Scope } from '#core/server/scope.ts';
import { addDays, type Day, daysBetween } from '#core/shared/day.ts';
import { isEnded, isRunning } from '../flow.ts';
import { levelAbove, levelWords, type MatterLevel, matterLevels } from '../kinds.ts';
import { type ActInput, carryOut, demandMove, doneOf, hold, words } from './hold.ts';
import { limitsOf } from './limits.ts';
import { insertRows } from './rows.ts';
import { turnsOf } from './settle.ts';
import { listNodes, lockMatters, type MatterRecord } from './store.ts';
import { tables } from './tables.ts';
import { demandSupervisor, reopenMatter } from './verify-acts.ts';

/** Rests on a basis until a day; meanwhile it shows no colour. @throws Problem 404, 409, 422 */
export async function suspend(scope: Scope, input: ActInput & { basis: string; resumeOn: Day }) {
  const matter = await hold(scope, input, 'ledger.supervise');
  const state = demandMove(matter, 'suspend');
  await demandSupervisor(scope, matter);
  if (input.resumeOn <= scope.today)
    throw invalid('resume_past', { zh: '恢复日期应晚于今天', en: 'The resume date must be after today' }, 'resumeOn');
  await carryOut(scope, matter, {
    act: 'suspend',
    text: input.basis,
    payload: { resumeOn: input.resumeOn },
    changes: { state, restingFrom: matter.state as 'working', resumeOn: input.resumeOn },
    told: 'suspended',
  });
  return doneOf(matter);
}

/** Goes on where it rested. The current limit moves by the days it rested, the original one never. */
export async function resume(scope: Scope, input: ActInput & { note?: string | undefined }) {
  const matter = await hold(scope, input, 'ledger.supervise');
  const state = demandMove(matter, 'resume');
  await demandSupervisor(scope, matter);
  const limits = await limitsOf(scope);
  const rested = Math.max(0, daysBetween(await restingSince(scope, matter), scope.today));
  const dueCurrent = addDays(matter.dueCurrent!, rested);
  const after = { ...matter, dueCurrent };
  await carryOut(scope, matter, {
    act: 'resume',
    text: input.note,
    payload: { restedDays: rested, dueBefore: matter.dueCurrent, dueAfter: dueCurrent },
    changes: {
      state,
      restingFrom: null,
      resumeOn: null,
      dueCurrent,
      ...turnsOf(limits, after, await listNodes(scope, [matter.id])),
    },
    told: 'resumed',
  });
  return doneOf(matter);
}

async function restingSince(scope: Scope, matter: MatterRecord): Promise<Day> {
  const row = await tables(scope)
    .selectFrom('ledger.event')
    .select('onDay')
    .where('cityId', '=', scope.cityId)
    .where('matterId', '=', matter.id)
    .where('act', '=', 'suspend')
    .orderBy('seq', 'desc')
    .executeTakeFirst();
  return row?.onDay ?? scope.today;
}

export async function voidMatter(scope: Scope, input: ActInput & { reason: string }) {
  const matter = await hold(scope, input, 'ledger.supervise');
  const state = demandMove(matter, 'void');
  await demandSupervisor(scope, matter);
  await carryOut(scope, matter, {
    act: 'void',
    text: input.reason,
    changes: { state, closedAt: scope.now, closedOn: scope.today, closeReason: input.reason },
    told: 'voided',
  });
  return doneOf(matter);
}

/** 催办: each is told once more. What is not being worked on is not reminded, and none twice on one day unless urgent. */
export async function remind(scope: Scope, { ids, text }: { ids: readonly string[]; text?: string | undefined }) {
  const held = await lockMatters(scope, ids, 'ledger.supervise');
  if (held.length === 0) throw notFound(words);
  const today = await tables(scope)
    .selectFrom('ledger.event')
    .select('matterId')
    .where('cityId', '=', scope.cityId)
    .where('act', '=', 'remind')
    .where('onDay', '=', scope.today)
    .where(
      'matterId',
      'in',
      held.map((m) => m.id),
    )
    .execute();
  const reminded = new Set(today.map((row) => row.matterId));
  const done: { id: string; no: string }[] = [];
  const refused: { id: string; no: string; reason: { zh: string; en: string } }[] = [];
  for (const matter of held) {
    const { id, no } = matter;
    if (!isRunning(matter.state)) refused.push({ id, no, reason: { zh: '不在办理中', en: 'Not being worked on' } });
    else if (reminded.has(id) && matter.urgency !== 'urgent')
      refused.push({ id, no, reason: { zh: '今天已经催办过', en: 'Reminded today already' } });
    else {
      await carryOut(scope, matter, { act: 'remind', text, changes: {}, told: 'reminded' });
      done.push({ id, no });
    }
  }
  return { done, refused };
}

/** 提级研究 by hand. @throws Problem 404, 409, 422 */
export async function escalate(scope: Scope, input: ActInput & { level?: MatterLevel | undefined; reason: string }) {
  const matter = await hold(scope, input, 'ledger.supervise');
  await raiseLevel(scope, matter, input);
  return doneOf(matter);
}

/** Raises a matter to the level above, or to the one named; who looks after that level becomes a party. */
export async function raiseLevel(
  scope: Scope,
  matter: MatterRecord,
  { level, reason, payload }: { level?: MatterLevel | undefined; reason: string; payload?: Record<string, unknown> },
): Promise<void> {
  if (isEnded(matter.state) || matter.state === 'draft')
    throw conflict('not_now', { zh: '没有交办或已经办结的事项不能提级', en: 'Only an open, issued matter is raised' });
  const to = level ?? levelAbove(matter.level);
  if (to === null)
    throw conflict('at_the_top', { zh: '已经在总指挥部层面', en: 'It is with the headquarters already' });
  if (matterLevels.indexOf(to) <= matterLevels.indexOf(matter.level))
    throw invalid('not_higher', { zh: '只能往上提级', en: 'A matter is only raised upwards' }, 'level');
  const watching = await unitOfLevel(scope, matter, to);
  if (watching !== null)
    await insertRows(scope, 'ledger.party', [{ matterId: matter.id, unitId: watching, role: 'watch' }], {
      ignoreKnown: true,
    });
  await carryOut(scope, matter, {
    act: 'escalate',
    text: reason,
    payload: { from: matter.level, to, ...payload },
    changes: { level: to, levelSince: scope.today },
    told: 'escalated',
    data: { level: to, levelName: levelWords[to].zh },
  });
}

async function unitOfLevel(scope: Scope, matter: MatterRecord, level: MatterLevel): Promise<string | null> {
  if (matter.projectId === null || level === 'headquarters' || level === 'project') return null;
  const { rows } = await sql<{ countyUnitId: string | null; commandUnitId: string | null }>`
    select county_unit_id, command_unit_id from projects.pub_project
    where city_id = ${scope.cityId} and id = ${matter.projectId}`.execute(scope.db);
  return (level === 'county' ? rows[0]?.countyUnitId : rows[0]?.commandUnitId) ?? null;
}

/** A leader's comment, as written on paper or said; a new one on a closed matter may issue it anew (dispatch.md §2.9). */
export async function remark(
  scope: Scope,
  input: ActInput & { text: string; leaderName: string; on: Day; fileId?: string | undefined; reopen: boolean },
) {
  const matter = await hold(scope, input, 'ledger.remark');
  if (input.on > scope.today)
    throw invalid('in_the_future', { zh: '批示日期不能晚于今天', en: 'The day is in the future' }, 'on');
  const file = input.fileId === undefined ? null : await claimFile(scope, input.fileId);
  const { matter: after } = await carryOut(scope, matter, {
    act: 'remark',
    text: input.text,
    payload: { leaderName: input.leaderName, on: input.on, ...(file && { fileId: file.id, fileName: file.name }) },
    changes: {},
    told: 'remarked',
    data: { leaderName: input.leaderName },
  });
  if (input.reopen && after.state === 'closed')
    await reopenMatter(scope, after, `${input.leaderName}有新批示：${input.text}`.slice(0, 2000));
  return doneOf(matter);
}

/** How good a report on a node was (优秀、良好、合格、不合格); one that failed has to be given again. */
export async function mark(
  scope: Scope,
  input: ActInput & { node: string; mark: 'excellent' | 'good' | 'passable' | 'failed' },
) {
  const matter = await hold(scope, input, 'ledger.supervise');
  const node = (await listNodes(scope, [matter.id])).find((n) => n.code === input.node);
  if (!node) throw notFound({ zh: '节点', en: 'node' });
  if (node.doneOn === null && node.report === null)
    throw conflict('not_reported', { zh: '该节点还没有反馈', en: 'Nothing was reported on this node yet' });
  await tables(scope)
    .updateTable('ledger.node')
    .set({
      mark: input.mark,
      markedByName: scope.actor.name,
      ...(input.mark === 'failed' && { doneOn: null }),
    })
    .where('cityId', '=', scope.cityId)
    .where('matterId', '=', matter.id)
    .where('code', '=', input.node)
    .execute();
  const limits = await limitsOf(scope);
  await carryOut(scope, matter, {
    act: 'mark',
    payload: { node: input.node, mark: input.mark },
    changes: isEnded(matter.state) ? {} : turnsOf(limits, matter, await listNodes(scope, [matter.id])),
    told: 'marked',
    data: { mark: input.mark },
  });
  return doneOf(matter);
}
