import { expect, test } from 'vitest';
import { canBeSum, isSumWithin } from './rounding.ts';

const tenths = (value: number) => ({ value, dp: 1 });

test('296299 = 11538 + 109846 + 174915 (city-systems.md §4.12, 19)', () => {
  const parts = [11538, 109846, 174915].map((value) => ({ value, dp: 0 }));
  expect(canBeSum({ value: 296299, dp: 0 }, parts)).toBe(true);
  expect(canBeSum({ value: 296302, dp: 0 }, parts)).toBe(false);
});

test('100.0 can be 33.3 × 3 at one decimal and cannot be 33.2 × 3 (§4.12, 20)', () => {
  expect(canBeSum(tenths(100), [tenths(33.3), tenths(33.3), tenths(33.3)])).toBe(true);
  expect(canBeSum(tenths(100), [tenths(33.2), tenths(33.2), tenths(33.2)])).toBe(false);
});

test('a figure given to more decimals has the narrower interval', () => {
  expect(
    canBeSum({ value: 1, dp: 0 }, [
      { value: 0.95, dp: 2 },
      { value: 0.54, dp: 2 },
    ]),
  ).toBe(true);
  expect(
    canBeSum({ value: 1, dp: 2 }, [
      { value: 0.95, dp: 2 },
      { value: 0.54, dp: 2 },
    ]),
  ).toBe(false);
});

test('a figure rounded to thousands meets a sum that is within half a thousand', () => {
  expect(canBeSum({ value: 12_000, dp: -3 }, [{ value: 12_499, dp: 0 }])).toBe(true);
  expect(canBeSum({ value: 12_000, dp: -3 }, [{ value: 12_502, dp: 0 }])).toBe(false);
});

test('whole yuan are compared exactly, amounts rounded to 万元 by half a 万元 for each figure', () => {
  expect([isSumWithin(100, [40, 60], 0), isSumWithin(101, [40, 60], 0)]).toEqual([true, false]);
  expect([
    isSumWithin(1_015_000, [400_000, 600_000], 10_000),
    isSumWithin(1_015_001, [400_000, 600_000], 10_000),
  ]).toEqual([true, false]);
});
