import { conflict, invalid } from '#core/server/errors.ts';
import type { Scope } from '#core/server/scope.ts';
import type { Day } from '#core/shared/day.ts';
import { ratioOf } from '#core/shared/rate.ts';
import { type ChallengeMove, challengeFlow, moveSides } from '../flow.ts';
import { exactOf } from '../progress.ts';
import { type RewardInputs, rewardCents } from '../reward.ts';
import { reopenBids } from './bids.ts';
import { pledgeInForce, standingOf } from './facts.ts';
import { insertRuling, keep, lockFor, move, refuseMissing } from './keep.ts';
import type { Whole } from './load.ts';
import type { RulingTable } from './tables.ts';

/** What a verification freezes: from `inputs` alone the cents come out again. */
export interface VerificationPayload extends Record<string, unknown> {
  result: 'pass' | 'fail';
  inputs: RewardInputs | null;
  cents: number | null;
  pledgeSeq: number;
  pledgeHash: string;
  valueId: string | null;
  basis: string | null;
  asOf: Day | null;
}
export interface RewardPayload extends Record<string, unknown> {
  verificationId: string;
  verificationHash: string;
  inputs: RewardInputs;
  cents: number;
}

/** 申请验收. @throws Problem 404, 409, 422 */
export const claim = (scope: Scope, { id, version, text }: { id: string; version: number; text: string }) =>
  move(scope, { id, version, name: 'claim' }, { topic: 'claimed', text });

export interface VerifyInput {
  id: string;
  version: number;
  result: 'pass' | 'return' | 'fail';
  method: string;
  text: string;
  fileId?: string | undefined;
}

/**
 * 验收, by somebody who neither published nor took it. Passing needs a number that counts and reaches the target; what the reward
 * rests on is frozen with it. @throws Problem 404, 409, 422
 */
export async function verify(scope: Scope, input: VerifyInput) {
  const { whole, side } = await lockFor(scope, input.id, moveSides[input.result], input.version);
  refuseMissing(scope, whole, input.result);
  const to = challengeFlow[whole.row.state][input.result]!;
  if (input.result === 'return') return keep(scope, whole, { act: 'return', to, text: input.text, side });
  const payload = freeze(whole, input.result);
  await insertRuling(scope, input.id, {
    kind: 'verification',
    onDay: scope.today,
    text: input.text,
    basis: input.method,
    payload,
    fileId: input.fileId,
  });
  return keep(scope, whole, {
    act: input.result,
    topic: input.result === 'pass' ? 'verified' : 'failed',
    to,
    text: input.text,
    side,
  });
}

export function freeze(whole: Whole, result: 'pass' | 'fail'): VerificationPayload {
  const { baseline, target, value } = standingOf(whole);
  const pledge = pledgeInForce(whole)!;
  const { reward } = pledge.content;
  // A typed number never gets this far: it is frozen for the record of a failure only.
  const inputs =
    result === 'pass' && reward && baseline && target !== null && value?.state === 'accepted'
      ? {
          formula: reward.formula,
          capYuan: reward.capYuan,
          baseline,
          target: exactOf(ratioOf(target)),
          value: { n: value.n, d: value.d },
        }
      : null;
  return {
    result,
    inputs,
    cents: inputs && rewardCents(inputs),
    pledgeSeq: pledge.seq,
    pledgeHash: pledge.hash,
    valueId: value?.id ?? null,
    basis: value?.basis ?? null,
    asOf: value?.asOf ?? null,
  };
}

export const verificationOf = ({ rulings }: Pick<Whole, 'rulings'>): RulingTable | undefined =>
  rulings.findLast((one) => one.kind === 'verification');

export interface DecideInput {
  id: string;
  version: number;
  move: 'reward' | 'exit' | 'excuse' | 'withdraw' | 'lapse' | 'reselect';
  on: Day;
  text: string;
  legalBasis: string;
  fileId?: string | undefined;
}

const topics: Partial<Record<ChallengeMove, string>> = { reward: 'rewarded', reselect: 'changed' };

/** Every end is a decision with reasons and a basis, kept for good: nothing is deleted. @throws Problem 404, 409, 422 */
export async function decide(scope: Scope, input: DecideInput) {
  const { whole, side } = await lockFor(scope, input.id, moveSides[input.move], input.version);
  refuseMissing(scope, whole, input.move);
  const { row } = whole;
  const to = challengeFlow[row.state][input.move]!;
  const ruling = { onDay: input.on, text: input.text, basis: input.legalBasis, fileId: input.fileId };
  if (input.move === 'reselect') await reopenBids(scope, whole);
  else if (input.move === 'reward')
    await insertRuling(scope, row.id, { ...ruling, kind: 'reward', payload: rewardOf(whole) });
  else await insertRuling(scope, row.id, { ...ruling, kind: input.move, payload: { from: row.state } });
  return keep(scope, whole, {
    act: input.move,
    topic: topics[input.move] ?? 'ended',
    to,
    changes: input.move === 'reselect' ? { publicityFrom: null, publicityUntil: null } : { endedOn: scope.today },
    text: input.text,
    side,
  });
}

/** Computed again from what was frozen, never from what the rows say today. @throws Problem 409 not_reproducible; 422 no_amount */
function rewardOf(whole: Whole): RewardPayload {
  const verification = verificationOf(whole)!;
  const { inputs, cents } = verification.payload as VerificationPayload;
  const again = inputs && rewardCents(inputs);
  if (!inputs || cents === null)
    throw invalid('no_amount', { zh: '按公式算不出奖励金额', en: 'The formula gives no amount' });
  if (again !== cents)
    throw conflict('not_reproducible', {
      zh: '按封存数值重算的金额与验收时不一致，请核查',
      en: 'Computed again from the frozen values the amount differs: look into it',
    });
  return {
    verificationId: verification.id,
    verificationHash: verification.hash,
    inputs,
    cents,
  };
}
