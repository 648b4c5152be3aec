import { hashOf } from '#core/server/audit.ts';
import { documentReply } from '#core/server/document/reply.ts';
import { conflict, invalid, notFound } from '#core/server/errors.ts';
import type { Scope } from '#core/server/scope.ts';
import type { Day } from '#core/shared/day.ts';
import { raiseMatters } from '#modules/ledger/server/public.ts';
import { pledgeDocument } from '../pledge-document.ts';
import { type PledgeContent, PledgeContent as PledgeShape } from '../terms.ts';
import { baselinesOf, isSigned, measureOf, pledgeInForce } from './facts.ts';
import { keep, lockFor, move, namesOf, refuseMissing, refuseMoved, refuseUnless } from './keep.ts';
import { getWhole, lockWhole, type Whole, words } from './load.ts';
import { isOnSide } from './reach.ts';
import { jsonb, type PledgeTable, tables } from './tables.ts';

/** 公示期满. @throws Problem 404, 409, 422 */
export const award = (scope: Scope, { id, version }: { id: string; version: number }) =>
  move(scope, { id, version, name: 'award' }, { topic: 'awarded' });

export interface PledgeInput {
  id: string;
  version: number;
  milestones: readonly { title: string; dueOn: Day; evidence: string }[];
  reason?: string | undefined;
  target?: string | undefined;
  dueOn?: Day | undefined;
}

/**
 * The text that both will sign, out of the terms, the winning bid and the newest baseline. Once one is signed, the next is an
 * adjustment of it, with a reason; until both have signed that, the former one holds. @throws Problem 404, 409, 422
 */
export async function draftPledge(scope: Scope, input: PledgeInput) {
  const { whole, side } = await lockFor(scope, input.id, ['publisher'], input.version);
  const { row } = whole;
  refuseUnless(row.state === 'awarded' || row.state === 'signed', {
    zh: '定榜之后、验收之前才能拟订军令状或调整书',
    en: 'A pledge is drafted after the award, an adjustment before the verification',
  });
  const inForce = pledgeInForce(whole);
  if (inForce && !input.reason)
    throw invalid('reason_missing', { zh: '调整书请写明理由', en: 'An adjustment needs a reason' }, 'reason');
  const content = await contentOf(scope, whole, input);
  const late = content.milestones.find((one) => one.dueOn > content.dueOn);
  if (late)
    throw invalid(
      'milestone_late',
      { zh: `节点“${late.title}”晚于完成时限 ${content.dueOn}`, en: `“${late.title}” is due after ${content.dueOn}` },
      'milestones',
    );
  const seq = (whole.pledges.at(-1)?.seq ?? 0) + 1;
  await tables(scope)
    .insertInto('challenges.pledge')
    .values({
      cityId: scope.cityId,
      challengeId: row.id,
      seq,
      content: jsonb(content),
      hash: hashOf(content),
      reason: input.reason ?? null,
      draftedOn: scope.today,
      draftedByName: scope.actor.name,
      publisherSignedOn: null,
      publisherSigner: null,
      takerSignedOn: null,
      takerSigner: null,
    })
    .execute();
  const done = await keep(scope, whole, {
    act: inForce ? 'draftAdjustment' : 'draftPledge',
    text: input.reason ?? null,
    side,
  });
  return { ...done, seq };
}

async function contentOf(scope: Scope, whole: Whole, input: PledgeInput): Promise<PledgeContent> {
  const { row, supports, bids } = whole;
  const { terms } = row;
  const name = await namesOf(scope, [row.ownerUnitId, row.verifierUnitId, ...supports.map((s) => s.unitId)]);
  const chosen = bids.find((bid) => bid.state === 'chosen')!;
  const baseline = baselinesOf(whole).at(-1)!;
  const before = measureOf(whole);
  return PledgeShape.parse({
    no: row.no,
    title: row.title,
    batch: row.batchTitle,
    publisher: name(row.ownerUnitId),
    verifier: name(row.verifierUnitId!),
    takers: chosen.takers.map((taker) => taker.name),
    metric: terms.metric,
    baseline: {
      n: baseline.n,
      d: baseline.d,
      on: baseline.on,
      snapshotId: baseline.snapshotId,
      document: baseline.document,
    },
    target: input.target ?? before.target,
    dueOn: input.dueOn ?? before.dueOn,
    promise: chosen.promise,
    milestones: input.milestones,
    supports: supports.map((s) => ({ title: s.title, unit: name(s.unitId), dueOn: s.dueOn })),
    reward: terms.reward,
    penalty: terms.penalty,
    change: terms.change,
    tolerance: terms.tolerance,
    demo: row.demo,
  });
}

/**
 * Each side signs for itself, the newest text only, nobody for both. With the second signature the pledge is in force: of the
 * first one the support that was promised becomes matters of the ledger. @throws Problem 404, 409, 422
 */
export async function sign(
  scope: Scope,
  { id, version, seq, side }: { id: string; version: number; seq: number; side: 'publisher' | 'taker' },
) {
  const whole = await lockWhole(scope, id);
  if (!isOnSide(scope, whole, side)) throw notFound(words);
  refuseMoved(whole.row.version, version);
  const isAdjustment = pledgeInForce(whole) !== undefined;
  if (isAdjustment)
    refuseUnless(whole.row.state === 'signed', {
      zh: '申请验收之后不再签调整书',
      en: 'No adjustment is signed once verification was asked for',
    });
  else refuseMissing(scope, whole, 'sign');
  const pledge = whole.pledges.find((one) => one.seq === seq);
  if (!pledge) throw notFound({ zh: '军令状', en: 'pledge' });
  const day = side === 'publisher' ? pledge.publisherSignedOn : pledge.takerSignedOn;
  refuseUnless(pledge === whole.pledges.at(-1) && day === null, {
    zh: '这一份已经签过，或已有更新的文本',
    en: 'It is signed already, or there is a newer text',
  });
  if (
    whole.actorSides.some(
      (one) =>
        one.actorId === scope.actor.id && one.side !== side && (one.side === 'publisher' || one.side === 'taker'),
    ) &&
    scope.actor.kind !== 'system'
  )
    throw conflict('both_sides', {
      zh: '同一人不能代表发榜方和揭榜方两方签字',
      en: 'Nobody signs for both sides',
    });
  const signed: PledgeTable = {
    ...pledge,
    ...(side === 'publisher'
      ? { publisherSignedOn: scope.today, publisherSigner: scope.actor.name }
      : { takerSignedOn: scope.today, takerSigner: scope.actor.name }),
  };
  const { publisherSignedOn, publisherSigner, takerSignedOn, takerSigner } = signed;
  await tables(scope)
    .updateTable('challenges.pledge')
    .set({ publisherSignedOn, publisherSigner, takerSignedOn, takerSigner })
    .where('cityId', '=', scope.cityId)
    .where('challengeId', '=', id)
    .where('seq', '=', seq)
    .execute();
  if (!isSigned(signed)) return keep(scope, whole, { act: 'sign', text: `第 ${seq} 份`, side });
  if (isAdjustment)
    return keep(scope, whole, {
      act: 'adjust',
      topic: 'adjusted',
      changes: { dueOn: pledge.content.dueOn },
      text: pledge.reason,
      side,
    });
  await raiseSupports(scope, whole);
  return keep(scope, whole, {
    act: 'sign',
    topic: 'signed',
    to: 'signed',
    changes: { signedOn: scope.today, dueOn: pledge.content.dueOn },
    side,
  });
}

/** What the publisher promised is from now on a matter of the unit that promised it, with its own limit and the verifier of the challenge. */
async function raiseSupports(scope: Scope, { row, supports }: Whole): Promise<void> {
  const open = supports.filter((support) => support.matterId === null);
  const made = await raiseMatters(
    scope,
    open.map((support) => ({
      kind: 'commitment' as const,
      title: `${row.title}：${support.title}`.slice(0, 300),
      source: { kind: 'platform' as const, title: `揭榜挂帅 ${row.no}`, on: scope.today },
      leadUnitId: support.unitId,
      verifierUnitId: row.verifierUnitId === support.unitId ? null : row.verifierUnitId,
      watchUnitIds: row.ownerUnitId === support.unitId ? [] : [row.ownerUnitId],
      // A promise that is late already is due today: the ledger begins no matter in the past.
      dueOn: support.dueOn < scope.today ? scope.today : support.dueOn,
      details: {
        kind: 'commitment' as const,
        promisedBy: row.batchTitle,
        promisedOn: scope.today,
        what: 'other' as const,
        amountYuan: null,
      },
      origin: { module: 'challenges', id: support.id },
      raiserUnitId: row.ownerUnitId,
      demo: row.demo,
    })),
    { issue: true },
  );
  for (const [i, support] of open.entries())
    await tables(scope)
      .updateTable('challenges.support')
      .set({ matterId: made[i]!.id })
      .where('cityId', '=', scope.cityId)
      .where('id', '=', support.id)
      .execute();
}

/** Read by the two who sign it, and by the verifier. @throws Problem 404 */
export async function getPledge(scope: Scope, id: string, seq: number): Promise<PledgeTable> {
  const whole = await getWhole(scope, id);
  const found = whole.pledges.find((one) => one.seq === seq);
  const isParty = whole.row.relation === 'inside' || whole.row.relation === 'taker';
  if (!found || !isParty) throw notFound({ zh: '军令状', en: 'pledge' });
  return found;
}

export async function printPledge(
  scope: Scope,
  { id, seq, format }: { id: string; seq: number; format: 'pdf' | 'docx' },
) {
  const pledge = await getPledge(scope, id, seq);
  const name = `${pledge.reason === null ? '军令状' : '军令状调整书'} ${pledge.content.no}`;
  return documentReply(scope, pledgeDocument(pledge), format, name);
}
