import { sql } from 'kysely';
import { conflict } from '#core/server/errors.ts';
import type { Scope } from '#core/server/scope.ts';
import { newId } from '#core/shared/id.ts';
import { subtreeIds } from '#modules/organization/server/public.ts';
import { missingEvidence } from '../evidence.ts';
import { listEvidence, roundOf } from './evidence-store.ts';
import { type ActInput, carryOut, demandMove, doneOf, hold } from './hold.ts';
import { limitsOf } from './limits.ts';
import { insertRows } from './rows.ts';
import { turnsOf } from './settle.ts';
import { listNodes, lockMatters, type MatterRecord } from './store.ts';
import { tables, type VerificationTable } from './tables.ts';

type Method = VerificationTable['method'];

/** Why somebody counts as inside: who they are, not what they want to do. */
async function isInside(scope: Scope, matter: MatterRecord): Promise<boolean> {
  if (scope.actor.kind === 'system') return false;
  if (matter.leadLeaderId !== null && matter.leadLeaderId === scope.actor.personId) return true;
  const parties = await tables(scope)
    .selectFrom('ledger.party')
    .select('unitId')
    .where('cityId', '=', scope.cityId)
    .where('matterId', '=', matter.id)
    .where('role', 'in', ['lead', 'co', 'firm'])
    .execute();
  const ids = parties.map((p) => p.unitId);
  const inside = new Set([...ids, ...(await subtreeIds(scope, ids))]);
  if (scope.actor.unitIds.some((id) => inside.has(id))) return true;
  const { rows } = await sql<{ one: number }>`select 1 as one from ledger.event
    where city_id = ${scope.cityId} and matter_id = ${matter.id} and actor_id = ${scope.actor.id}
      and act in ('sign', 'report', 'contribute', 'claim', 'askExtension') limit 1`.execute(scope.db);
  return rows.length > 0;
}

/**
 * Whoever verifies stands outside: holds no post in the lead or a co-responsible unit or anything below them, has not worked
 * on the matter for them, and is not its lead leader. Where a verifying unit is named, its people verify, or those who
 * look after the whole city (city-systems.md §3.4, REQ-H4). @throws Problem 409 verifier_inside, another_verifier
 */
export async function demandOutside(scope: Scope, matter: MatterRecord): Promise<void> {
  if (await isInside(scope, matter))
    throw conflict('verifier_inside', {
      zh: '办理单位的人不能复核自己的事项',
      en: 'Those who worked on a matter do not verify it',
    });
  const reach = scope.reach('ledger.verify');
  if (matter.verifierUnitId !== null && !reach.all && !reach.unitIds.includes(matter.verifierUnitId))
    throw conflict('another_verifier', {
      zh: '本事项指定了别的复核单位',
      en: 'Another unit was named to verify this matter',
    });
}

/**
 * Those who have to do the work neither rest it, nor make it void, nor let it go into another: that would take its colour
 * away as surely as setting it. A draft binds nobody yet. @throws Problem 409 supervisor_inside
 */
export async function demandSupervisor(scope: Scope, matter: MatterRecord): Promise<void> {
  if (matter.state !== 'draft' && (await isInside(scope, matter)))
    throw conflict('supervisor_inside', {
      zh: '办理单位的人不能暂缓、恢复、作废或并转自己的事项',
      en: 'Those who have to do the work do not suspend, resume, void or merge it',
    });
}

const insertVerification = (
  scope: Scope,
  matter: MatterRecord,
  row: { method: Method; result: 'passed' | 'failed'; note: string; batchId?: string | null },
) =>
  insertRows(scope, 'ledger.verification', [
    {
      id: newId(),
      matterId: matter.id,
      round: roundOf(matter),
      batchId: null,
      ...row,
      verifierId: scope.actor.id,
      verifierName: scope.actor.name,
      verifierUnitId: scope.actor.unitIds[0] ?? null,
      at: scope.now.toISOString(),
    },
  ]);

export async function take(scope: Scope, input: ActInput) {
  const matter = await hold(scope, input, 'ledger.verify');
  const state = demandMove(matter, 'take');
  await demandOutside(scope, matter);
  await carryOut(scope, matter, { act: 'take', changes: { state }, told: 'taken' });
  return doneOf(matter);
}

/** Strikes off or returns what was claimed. @throws Problem 404, 409 */
export async function verify(
  scope: Scope,
  input: ActInput & { result: 'passed' | 'failed'; method: Method; note: string },
) {
  const matter = await hold(scope, input, 'ledger.verify');
  if (input.result === 'passed') await passMatter(scope, matter, input);
  else await returnMatter(scope, matter, input);
  return doneOf(matter);
}

/**
 * The only way into `closed`: from a claim, with the evidence of this round, by somebody outside.
 * @throws Problem 409 not_now, verifier_inside, evidence_missing
 */
export async function passMatter(
  scope: Scope,
  matter: MatterRecord,
  { method, note, batchId = null }: { method: Method; note: string; batchId?: string | null },
): Promise<void> {
  const state = demandMove(matter, 'pass');
  await demandOutside(scope, matter);
  if (method !== 'parts') await demandEvidence(scope, matter);
  await insertVerification(scope, matter, { method, note, batchId, result: 'passed' });
  await carryOut(scope, matter, {
    act: 'pass',
    text: note,
    payload: { method, ...(batchId && { batchId }) },
    changes: { state, closedAt: scope.now, closedOn: scope.today, closeReason: note },
    told: 'closed',
  });
  await closeParent(scope, matter);
}

/** Locked ones of `ids`, passed together: the rest of a sample whose drawn ones all held. */
export async function passMatters(
  scope: Scope,
  matters: readonly MatterRecord[],
  given: { method: Method; note: string; batchId?: string | null },
): Promise<void> {
  for (const matter of matters) await passMatter(scope, matter, given);
}

async function demandEvidence(scope: Scope, matter: MatterRecord): Promise<void> {
  const round = roundOf(matter);
  const kinds = (await listEvidence(scope, matter.id)).filter((e) => e.round === round).map((e) => e.kind);
  const missing = missingEvidence(matter.kind, matter.track, kinds);
  if (missing)
    throw conflict('evidence_missing', {
      zh: `缺少佐证（${missing.zh}），不能销号`,
      en: `Evidence is missing (${missing.en}): it cannot be struck off`,
    });
}

/** How many returns bring a matter before its lead leader (REQ-H5). */
export const returnsToLeader = 2;

/** Back to the unit, which needs new evidence; the second return goes to the lead leader as well. */
export async function returnMatter(
  scope: Scope,
  matter: MatterRecord,
  {
    method,
    note,
    batchId,
    toAssigned = false,
  }: { method: Method; note: string; batchId?: string | null; toAssigned?: boolean },
): Promise<void> {
  const state = demandMove(matter, 'return');
  await demandOutside(scope, matter);
  await insertVerification(scope, matter, { method, note, batchId: batchId ?? null, result: 'failed' });
  const returns = matter.returns + 1;
  const toLeader = returns >= returnsToLeader;
  const after = { ...matter, returns, returnedOn: scope.today, claimedOn: null };
  const limits = await limitsOf(scope);
  await carryOut(scope, matter, {
    act: 'return',
    text: note,
    payload: { method, returns, ...(toLeader && { toLeader: matter.leadLeaderId }) },
    changes: {
      state,
      returns,
      returnedOn: scope.today,
      claimedAt: null,
      claimedOn: null,
      ...(toAssigned && { track: 'assigned' as const }),
      ...(toLeader && { leaderToldOn: scope.today }),
      ...turnsOf(limits, after, await listNodes(scope, [matter.id])),
    },
    told: 'returned',
    data: { returns, leaderTold: toLeader },
  });
}

/**
 * A matter that was split closes when its last part does: every part was verified by somebody outside, and that is what it
 * rests on. Parts that were voided count for nothing; if all were, the whole stays open for a person to decide.
 */
async function closeParent(scope: Scope, part: MatterRecord): Promise<void> {
  if (part.parentId === null) return;
  const { rows } = await sql<{ open: number; closed: number }>`
    select count(*) filter (where state not in ('closed', 'void')) as open, count(*) filter (where state = 'closed') as closed
    from ledger.matter where city_id = ${scope.cityId} and parent_id = ${part.parentId}`.execute(scope.db);
  if (rows[0]!.open > 0 || rows[0]!.closed === 0) return;
  const parent = await lockRow(scope, part.parentId);
  if (!parent || parent.state === 'closed' || parent.state === 'void' || parent.state === 'draft') return;
  await insertVerification(scope, parent, { method: 'parts', result: 'passed', note: '子事项全部销号' });
  await carryOut(scope, parent, {
    act: 'pass',
    text: `子事项全部销号（最后一件 ${part.no}）`,
    payload: { method: 'parts' },
    changes: {
      state: 'closed',
      claimedAt: parent.claimedAt ?? scope.now,
      claimedOn: parent.claimedOn ?? scope.today,
      closedAt: scope.now,
      closedOn: scope.today,
      closeReason: '子事项全部销号',
    },
    told: 'closed',
  });
  await closeParent(scope, parent);
}

const lockRow = (scope: Scope, id: string): Promise<MatterRecord | undefined> =>
  tables(scope)
    .selectFrom('ledger.matter')
    .selectAll()
    .where('cityId', '=', scope.cityId)
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst();

/** 反弹: what was struck off came back. It begins a new round with the old limit gone by: a new one may be asked for. */
export async function reopen(scope: Scope, input: ActInput & { reason: string }) {
  const matter = await hold(scope, input, 'ledger.supervise');
  await reopenMatter(scope, matter, input.reason);
  return doneOf(matter);
}

export async function reopenMatter(scope: Scope, matter: MatterRecord, reason: string): Promise<void> {
  const state = demandMove(matter, 'reopen');
  const limits = await limitsOf(scope);
  const template = limits.get(matter.template);
  // The clock starts again under the same template; the original limit stays what it was.
  const dueCurrent = limits.dueOf(template, matter.urgency, scope.today);
  const after = { ...matter, dueCurrent, claimedOn: null, closedOn: null };
  await carryOut(scope, matter, {
    act: 'reopen',
    text: reason,
    payload: { dueOn: dueCurrent },
    changes: {
      state,
      reopens: matter.reopens + 1,
      claimedAt: null,
      claimedOn: null,
      closedAt: null,
      closedOn: null,
      closeReason: null,
      dueCurrent,
      ...turnsOf(limits, after, await listNodes(scope, [matter.id])),
    },
    told: 'reopened',
  });
  if (matter.parentId !== null) {
    const [parent] = await lockMatters(scope, [matter.parentId], 'ledger.supervise');
    if (parent?.state === 'closed') await reopenMatter(scope, parent, `子事项 ${matter.no} 反弹`);
  }
}
