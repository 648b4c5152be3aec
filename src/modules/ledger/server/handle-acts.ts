import { sql } from 'kysely';
import { audited } from '#core/server/audit.ts';
import { conflict, invalid, notFound } from '#core/server/errors.ts';
import { claimFile } from '#core/server/files.ts';
import type { Scope } from '#core/server/scope.ts';
import type { Day } from '#core/shared/day.ts';
import { newId } from '#core/shared/id.ts';
import { evidenceNeeded, missingEvidence } from '../evidence.ts';
import { isRunning, stateAfter } from '../flow.ts';
import type { EvidenceInput } from '../shapes.ts';
import { addEvidence, listEvidence, roundOf } from './evidence-store.ts';
import { type ActInput, carryOut, demandLead, demandMove, doneOf, hold, tell, words } from './hold.ts';
import { limitsOf } from './limits.ts';
import { speaksFor } from './reach.ts';
import { insertRows } from './rows.ts';
import { turnsOf } from './settle.ts';
import { listNodes, lockMatters, setNodeDone } from './store.ts';
import { tables } from './tables.ts';

/** The lead unit takes what it was given; the moment counts. Each for itself: one refusal does not hold up the others. */
export async function sign(scope: Scope, { ids }: { ids: readonly string[] }) {
  const held = await lockMatters(scope, ids, 'ledger.handle');
  if (held.length === 0) throw notFound(words);
  const limits = await limitsOf(scope);
  const nodes = Map.groupBy(
    await listNodes(
      scope,
      held.map((m) => m.id),
    ),
    (node) => node.matterId,
  );
  const done: { id: string; no: string }[] = [];
  const refused: { id: string; no: string; reason: { zh: string; en: string } }[] = [];
  for (const matter of held) {
    const { id, no } = matter;
    if (!speaksFor(scope, matter.leadUnitId)) {
      refused.push({ id, no, reason: { zh: '不是牵头单位', en: 'Not the lead unit' } });
    } else if (stateAfter(matter.state, 'sign') === undefined) {
      refused.push({
        id,
        no,
        reason: { zh: '已经签收或不在待签收状态', en: 'Signed for already, or not waiting for it' },
      });
    } else {
      const signed = { ...matter, signedOn: scope.today };
      await carryOut(scope, matter, {
        act: 'sign',
        changes: {
          state: 'signed',
          signedAt: scope.now,
          signedOn: scope.today,
          signedByName: scope.actor.name,
          ...turnsOf(limits, signed, nodes.get(id) ?? []),
        },
        told: 'signed',
      });
      done.push({ id, no });
    }
  }
  return { done, refused };
}

/** A report of the lead unit, on a node if it names one. @throws Problem 404, 409, 422 */
export async function report(
  scope: Scope,
  input: ActInput & { text: string; node?: string | undefined; evidence: readonly EvidenceInput[] },
) {
  const matter = await hold(scope, input, 'ledger.handle');
  demandLead(scope, matter);
  const state = demandMove(matter, 'report');
  if (input.node !== undefined) {
    const { numUpdatedRows } = await setNodeDone(scope, matter.id, input.node, {
      doneOn: scope.today,
      report: input.text,
    });
    if (numUpdatedRows === 0n)
      throw invalid('unknown_node', { zh: '没有这个节点', en: 'There is no such node' }, 'node');
  }
  const limits = await limitsOf(scope);
  const after = await carryOut(scope, matter, {
    act: 'report',
    text: input.text,
    payload: input.node === undefined ? {} : { node: input.node },
    changes: {
      state,
      progressOn: scope.today,
      ...turnsOf(limits, matter, await listNodes(scope, [matter.id])),
    },
    told: 'reported',
  });
  await addEvidence(scope, matter, after.eventId, input.evidence);
  return doneOf(matter);
}

/** What a co-responsible unit gives to the lead, who collects it; the lead alone claims. @throws Problem 404, 409 */
export async function contribute(scope: Scope, input: ActInput & { text: string }) {
  const matter = await hold(scope, input, 'ledger.handle');
  if (!isRunning(matter.state))
    throw conflict('not_now', { zh: '现在不在办理中，不用再提交', en: 'The matter is not being worked on now' });
  const own = await tables(scope)
    .selectFrom('ledger.party')
    .select('unitId')
    .where('cityId', '=', scope.cityId)
    .where('matterId', '=', matter.id)
    .where('role', 'in', ['co', 'firm'])
    .execute();
  const unitId = own.map((row) => row.unitId).find((id) => speaksFor(scope, id));
  if (unitId === undefined)
    throw conflict('not_co_responsible', {
      zh: '只有配合单位提交配合意见',
      en: 'Only a co-responsible unit does this',
    });
  await tables(scope)
    .updateTable('ledger.party')
    .set({ contribution: input.text, contributedOn: scope.today, contributedByName: scope.actor.name })
    .where('cityId', '=', scope.cityId)
    .where('matterId', '=', matter.id)
    .where('unitId', '=', unitId)
    .where('role', 'in', ['co', 'firm'])
    .execute();
  await carryOut(scope, matter, {
    act: 'contribute',
    text: input.text,
    payload: { unitId },
    changes: {},
    told: 'contributed',
  });
  return doneOf(matter);
}

/**
 * The lead unit says it is done, and shows it: the evidence its kind asks for must be there, brought since the last return.
 * A matter with open parts is not claimed: it closes when they do. @throws Problem 404, 409, 422
 */
export async function claim(scope: Scope, input: ActInput & { text: string; evidence: readonly EvidenceInput[] }) {
  const matter = await hold(scope, input, 'ledger.handle');
  demandLead(scope, matter);
  const state = demandMove(matter, 'claim');
  await demandNoOpenParts(scope, matter.id);
  const { matter: after, eventId } = await carryOut(scope, matter, {
    act: 'claim',
    text: input.text,
    changes: { state, claimedAt: scope.now, claimedOn: scope.today, progressOn: scope.today },
  });
  await addEvidence(scope, matter, eventId, input.evidence);
  const round = roundOf(matter);
  const kinds = (await listEvidence(scope, matter.id)).filter((e) => e.round === round).map((e) => e.kind);
  const missing = missingEvidence(matter.kind, matter.track, kinds);
  if (missing)
    throw invalid(
      'evidence_missing',
      { zh: `申请销号需要：${missing.zh}`, en: `To claim it done, attach: ${missing.en}` },
      'evidence',
      { needed: evidenceNeeded(matter.kind, matter.track) },
    );
  const extension = await openExtension(scope, matter.id);
  if (extension) await decide(scope, extension.id, 'refused', '已申请销号，延期申请自动失效');
  await tell(scope, after, 'claimed', { verifierUnitId: after.verifierUnitId });
  return doneOf(matter);
}

export async function demandNoOpenParts(scope: Scope, matterId: string): Promise<void> {
  const { rows } = await sql<{ count: number }>`select count(*) as count from ledger.matter
    where city_id = ${scope.cityId} and parent_id = ${matterId} and state not in ('closed', 'void')`.execute(scope.db);
  if (rows[0]!.count > 0)
    throw conflict('parts_open', {
      zh: `还有 ${rows[0]!.count} 件子事项没有销号，全部销号后本事项自动办结`,
      en: `${rows[0]!.count} parts are still open; this one closes when they do`,
    });
}

const openExtension = (scope: Scope, matterId: string) =>
  tables(scope)
    .selectFrom('ledger.extension')
    .selectAll()
    .where('cityId', '=', scope.cityId)
    .where('matterId', '=', matterId)
    .where('state', '=', 'asked')
    .executeTakeFirst();

const decide = (scope: Scope, id: string, state: 'granted' | 'refused', note: string | null) =>
  tables(scope)
    .updateTable('ledger.extension')
    .set({ state, decidedOn: scope.today, decidedByName: scope.actor.name, decidedNote: note })
    .where('cityId', '=', scope.cityId)
    .where('id', '=', id)
    .execute();

/**
 * More time is asked before the limit has passed, with a reason and a later day, and at most as often as the template allows
 * (twice). @throws Problem 404, 409 expired, too_often, asked_already; 422 not_later
 */
export async function askExtension(
  scope: Scope,
  input: ActInput & { dueOn: Day; reason: string; fileId?: string | undefined },
) {
  const matter = await hold(scope, input, 'ledger.handle');
  demandLead(scope, matter);
  if (!isRunning(matter.state))
    throw conflict('not_now', { zh: '只有在办的事项能申请延期', en: 'Only a matter being worked on is extended' });
  if (scope.today > matter.dueCurrent!)
    throw conflict('expired', {
      zh: `时限 ${matter.dueCurrent} 已过，延期须在到期前申请`,
      en: `The limit ${matter.dueCurrent} has passed: more time is asked before it`,
    });
  const most = (await limitsOf(scope)).get(matter.template).maxExtensions;
  if (matter.extensions >= most)
    throw conflict('too_often', {
      zh: `已延期 ${matter.extensions} 次，最多 ${most} 次`,
      en: `Extended ${matter.extensions} times already; at most ${most}`,
    });
  if (input.dueOn <= matter.dueCurrent!)
    throw invalid(
      'not_later',
      { zh: `新时限应晚于现时限 ${matter.dueCurrent}`, en: `The new limit must be after ${matter.dueCurrent}` },
      'dueOn',
    );
  if (await openExtension(scope, matter.id))
    throw conflict('asked_already', { zh: '已有一份延期申请待审批', en: 'An application is waiting already' });
  if (input.fileId !== undefined) await claimFile(scope, input.fileId);
  await insertRows(scope, 'ledger.extension', [
    {
      id: newId(),
      matterId: matter.id,
      dueBefore: matter.dueCurrent,
      dueAsked: input.dueOn,
      reason: input.reason,
      fileId: input.fileId ?? null,
      state: 'asked',
      askedOn: scope.today,
      askedBy: scope.actor.id,
      askedByName: scope.actor.name,
    },
  ]);
  await carryOut(scope, matter, {
    act: 'askExtension',
    text: input.reason,
    payload: { dueOn: input.dueOn },
    changes: {},
    told: 'extensionAsked',
    data: { dueAsked: input.dueOn },
  });
  return doneOf(matter);
}

/** Granted: only the current limit moves, the original one never. Decided by somebody outside the unit that asked. */
export async function decideExtension(
  scope: Scope,
  input: ActInput & { isGranted: boolean; note?: string | undefined },
) {
  const matter = await hold(scope, input, 'ledger.supervise');
  const asked = await openExtension(scope, matter.id);
  if (!asked) throw notFound({ zh: '延期申请', en: 'application for more time' });
  if (asked.askedBy === scope.actor.id || scope.actor.unitIds.includes(matter.leadUnitId ?? ''))
    throw conflict('own_extension', {
      zh: '申请单位的人不能审批自己的延期',
      en: 'Those who asked do not decide on it',
    });
  await decide(scope, asked.id, input.isGranted ? 'granted' : 'refused', input.note ?? null);
  const granted = { ...matter, dueCurrent: asked.dueAsked, extensions: matter.extensions + 1, extendedOn: scope.today };
  const limits = await limitsOf(scope);
  await carryOut(scope, matter, {
    act: input.isGranted ? 'grantExtension' : 'refuseExtension',
    text: input.note,
    payload: { dueBefore: asked.dueBefore, dueAsked: asked.dueAsked },
    changes: input.isGranted
      ? {
          dueCurrent: granted.dueCurrent,
          extensions: granted.extensions,
          extendedOn: granted.extendedOn,
          ...turnsOf(limits, granted, await listNodes(scope, [matter.id])),
        }
      : {},
    told: input.isGranted ? 'extended' : 'extensionRefused',
    data: { dueAsked: asked.dueAsked },
  });
  audited(scope, { subject: 'ledger.extension', id: asked.id, after: { isGranted: input.isGranted } });
  return doneOf(matter);
}
