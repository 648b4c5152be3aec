import { describe, expect, test } from 'vitest';
import { ratio, ratioOf } from '#core/shared/rate.ts';
import {
  type ChallengeMove,
  challengeFlow,
  challengeMoves,
  challengeStates,
  type Facts,
  isEnded,
  missingFor,
  moveSides,
} from './flow.ts';
import { exactOf, isLagging, meetsTarget, progressOf, timeShare } from './progress.ts';
import { rewardCents, rewardFault } from './reward.ts';
import { MetricSource, noTerms } from './terms.ts';

const inputs = (formula: string, value: string, capYuan: number | null = null) => ({
  formula,
  capYuan,
  baseline: exactOf(ratioOf('50.8')),
  target: exactOf(ratioOf('60')),
  value: exactOf(ratioOf(value)),
});

test('a number of the platform may be turned from yuan into 亿元, as the form says', () => {
  const source = { kind: 'indicator', code: 'doneYuan', by: null, key: null, factor: '0.00000001' };
  expect(MetricSource.parse(source)).toEqual(source);
});

describe('the reward', () => {
  test('is exact to the cent, half away from zero', () => {
    expect(rewardCents(inputs('增量 × 33333.337', '61.5'))).toBe(35_666_671);
    expect(rewardCents(inputs('0.005', '61'))).toBe(1);
    expect(rewardCents(inputs('0.0049', '61'))).toBe(0);
    // A third of a yuan: a float would give 33.33333333333333.
    expect(rewardCents(inputs('1 ÷ 3', '61'))).toBe(33);
  });
  test('knows fixed sums, sums per unit above the baseline, and tiers, in words of either language', () => {
    expect(rewardCents(inputs('300000', '61'))).toBe(30_000_000);
    expect(rewardCents(inputs('value - baseline', '61'))).toBe(1_020);
    const tiers = '如果(实绩 >= 65, 500000, 如果(实绩 >= 目标, 300000, 0))';
    expect(['59.99', '60', '65'].map((value) => rewardCents(inputs(tiers, value)))).toEqual([
      0, 30_000_000, 50_000_000,
    ]);
    expect(rewardCents(inputs('100000 × 完成率', '55.4'))).toBe(5_000_000);
  });
  test('is never below nothing and never above its cap', () => {
    expect(rewardCents(inputs('增量 × 1000', '40'))).toBe(0);
    expect(rewardCents(inputs('增量 × 100000', '61.5', 500_000))).toBe(50_000_000);
  });
  test('of a target below the baseline counts what was brought down', () => {
    const down = { ...inputs('增量 × 100', '8'), baseline: exactOf(ratioOf('10')), target: exactOf(ratioOf('7')) };
    expect(rewardCents(down)).toBe(20_000);
  });
  test('is no number where it divides by nothing', () => {
    expect(rewardCents(inputs('1000 ÷ (实绩 - 61)', '61'))).toBeNull();
  });
  test('is refused with a name that is not known, a condition for a result, and what cannot be read', () => {
    expect(rewardFault('实绩 × 单价')?.zh).toContain('不认识“单价”');
    expect(rewardFault('实绩 > 目标')?.zh).toContain('应为金额');
    expect(rewardFault('合计(实绩)')).not.toBeNull();
    expect(rewardFault('300000 +')).not.toBeNull();
    expect(rewardFault('最小(300000, 增量 × 5000)')).toBeNull();
  });
});

describe('progress', () => {
  test('is the way from the baseline, exact, below nothing and beyond the target as well', () => {
    const of = (value: string) => progressOf(ratioOf('50.8'), ratioOf('60'), ratioOf(value));
    expect([of('50.8'), of('55.4'), of('60'), of('46.2'), of('64.6')]).toEqual(
      [
        [0, 1],
        [1, 2],
        [1, 1],
        [-1, 2],
        [3, 2],
      ].map(([n, d]) => ratio(n!, d!)),
    );
    expect(progressOf(ratio(1, 1), ratio(1, 1), ratio(1, 1))).toBeNull();
  });
  test('towards a lower number is reached from above', () => {
    const met = (value: number) => meetsTarget(ratio(10, 1), ratio(7, 1), ratio(value, 1));
    expect([met(8), met(7), met(6)]).toEqual([false, true, true]);
    expect(progressOf(ratio(10, 1), ratio(7, 1), ratio(8, 1))).toEqual(ratio(2, 3));
  });
  test('lags by more than ten points behind the time', () => {
    const half = timeShare('2021-01-01', '2021-12-31', '2021-07-02')!;
    expect(half).toEqual(ratio(1, 2));
    expect([isLagging(ratio(4, 10), half), isLagging(ratio(39, 100), half), isLagging(null, half)]).toEqual([
      false,
      true,
      false,
    ]);
    expect(timeShare('2021-01-01', '2021-01-01', '2021-01-01')).toBeNull();
  });
});

const facts: Facts = {
  state: 'claimed',
  today: '2021-09-26',
  terms: { ...noTerms, dueOn: '2021-12-31' },
  hasVerifier: true,
  isVerifierApart: true,
  hasBaseline: true,
  hasWay: true,
  review: null,
  formulaFault: null,
  bids: 0,
  publicityUntil: null,
  openObjections: 0,
  pledge: { isSigned: true, milestones: 1 },
  openMilestones: 0,
  value: 'backed',
  isTargetMet: true,
  needsAdjustment: false,
  isRewardFrozen: false,
};

describe('the flow', () => {
  test('has a side for every move, leads to every state, and knows no way out of an end', () => {
    const reached = new Set(challengeStates.flatMap((state) => Object.values(challengeFlow[state])));
    expect(challengeStates.filter((state) => !reached.has(state))).toEqual(['draft']);
    expect(challengeMoves.filter((move) => moveSides[move].length === 0)).toEqual([]);
    expect(challengeStates.filter(isEnded)).toEqual(['rewarded', 'excused', 'exited', 'withdrawn', 'lapsed']);
  });
  test('no state is reached that skips publication, pledge or verification', () => {
    const into = (state: string) =>
      challengeStates.filter((from) => Object.values(challengeFlow[from]).includes(state as never));
    expect(into('signed').sort()).toEqual(['awarded', 'claimed']);
    expect(into('verified')).toEqual(['claimed']);
    expect(into('rewarded')).toEqual(['verified']);
  });
  test('a move that the state does not know is no move at all; one that lacks something names it', () => {
    const of = (move: ChallengeMove, more: Partial<Facts> = {}) => missingFor(move, { ...facts, ...more });
    expect(of('publish')).toBeNull();
    expect(of('pass')).toEqual([]);
    expect(of('pass', { value: 'selfReported' })!.map((one) => one.en)).toEqual([
      expect.stringContaining('self-reported'),
    ]);
    expect(of('pass', { isTargetMet: false, needsAdjustment: true })).toHaveLength(2);
    expect(of('fail', { state: 'signed' })).toHaveLength(1);
    expect(of('fail', { state: 'signed', today: '2022-01-01' })).toEqual([]);
  });
});
