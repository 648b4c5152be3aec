import { Decimal } from 'decimal.js';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { compare, gapInPoints, percent, rank, rate, ratio, ratioOf, showRatio, toDecimal, toNumber } from './rate.ts';

test('a rate is exact: thirds add up and nothing is rounded before it is shown', () => {
  expect(rate(1, 3).ratio).toEqual({ n: 1n, d: 3n });
  expect(rate(2_000_000_000_001, 6_000_000_000_003).ratio).toEqual({ n: 1n, d: 3n });
  expect(() => rate(0.5, 3)).toThrow(RangeError);
});

test('no plan gives no rate, with the reason, and never a division by zero', () => {
  expect(rate(5, 0)).toEqual({ ratio: null, reason: 'zeroDenominator' });
  expect(rate(null, 5)).toEqual({ ratio: null, reason: 'missing' });
  expect(percent(rate(5, 0), 1, 'half-up')).toBeNull();
  expect(gapInPoints(rate(5, 0), ratio(1, 2))).toBeNull();
});

test('percentages round once, by the named mode', () => {
  expect(percent(rate(129, 270), 0, 'half-up')).toBe('48');
  expect(percent(rate(129, 270), 0, 'truncate')).toBe('47');
  expect(percent(rate(6290, 6474), 1, 'half-up')).toBe('97.2');
  expect(percent(rate(1, 800), 2, 'half-up')).toBe('0.13');
  expect(percent(rate(15, 10), 0, 'half-up')).toBe('150');
  expect(percent(rate(-1, 100_000), 1, 'half-up')).toBe('0.0');
});

test('the gap is taken from exact values: 629.0/647.4 at ten twelfths is 13.8, not 13.9', () => {
  const gap = gapInPoints(rate(62_900_000_000, 64_740_000_000), ratio(10, 12))!;
  expect(showRatio(gap, 1, 'half-up')).toBe('13.8');
});

test('thresholds written as decimals compare exactly', () => {
  expect(compare(gapInPoints(rate(9, 10), ratio(1, 1))!, ratioOf('-10'))).toBe(0);
  expect(ratioOf('0.1')).toEqual({ n: 1n, d: 10n });
});

test('ties share the better rank, the next one skips, and nothing is not last', () => {
  expect(rank([82.3, 80.9, 82.3, null])).toEqual([1, 3, 1, null]);
  expect(rank([3, 1, 2], 'lowest')).toEqual([3, 1, 2]);
  expect(rank([ratio(1, 3), ratio(2, 6), ratio(1, 2)])).toEqual([2, 2, 1]);
  expect(rank([])).toEqual([]);
});

test('a ratio is shown and made a number as exact decimals would have it', () => {
  const big = fc.bigInt({ min: -(10n ** 20n), max: 10n ** 20n });
  const small = fc.bigInt({ min: -10_000n, max: 10_000n });
  const below = fc.oneof(fc.bigInt({ min: 1n, max: 10n ** 20n }), fc.bigInt({ min: 1n, max: 2_000n }));
  fc.assert(
    fc.property(fc.oneof(big, small), below, fc.integer({ min: 0, max: 6 }), (n, d, decimals) => {
      const r = ratio(n, d);
      for (const [rounding, mode] of [
        ['half-up', Decimal.ROUND_HALF_UP],
        ['truncate', Decimal.ROUND_DOWN],
      ] as const) {
        const exact = toDecimal(r).toFixed(decimals, mode);
        expect(showRatio(r, decimals, rounding)).toBe(Number(exact) === 0 ? exact.replace('-', '') : exact);
      }
      expect(toNumber(r)).toBe(toDecimal(r).toNumber() + 0);
    }),
  );
});
