import { expect, test } from 'vitest';
import { percent } from '#core/shared/rate.ts';
import { gapOf } from './gap.ts';

const rules = { gapYuan: 1_000_000, gapPercent: 5 };

test('the gap is dispatch less statistics, in yuan and as a share of the statistics', () => {
  const gap = gapOf(136_000_000, 153_340_000, rules)!;
  expect(gap.yuan).toBe(17_340_000);
  expect(percent(gap.share, 2, 'half-up')).toBe('12.75');
  expect(gap.needsExplanation).toBe(true);
});

test('the statistics may be higher: the gap is negative and counts as much', () => {
  expect(gapOf(20_000_000, 15_000_000, rules)).toMatchObject({ yuan: -5_000_000, needsExplanation: true });
});

test('both thresholds must be passed: exactly at one of them nothing is asked', () => {
  expect(gapOf(20_000_000, 21_000_000, rules)!.needsExplanation).toBe(false);
  expect(gapOf(20_000_000, 21_000_001, rules)!.needsExplanation).toBe(true);
  expect(gapOf(100_000_000, 105_000_000, rules)!.needsExplanation).toBe(false);
  expect(gapOf(100_000, 900_000, rules)!.needsExplanation).toBe(false);
});

test('with nothing in the statistics the amount alone decides, and there is no share', () => {
  const gap = gapOf(0, 2_000_000, rules)!;
  expect(gap.share.reason).toBe('zeroDenominator');
  expect(gap.needsExplanation).toBe(true);
});

test('a figure that is missing is no gap of zero', () => {
  expect(gapOf(null, 5, rules)).toBeNull();
  expect(gapOf(5, null, rules)).toBeNull();
});
