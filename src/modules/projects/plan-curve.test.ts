import fc from 'fast-check';
import { expect, test } from 'vitest';
import { curveFromQuarters, curveFromShares, curveKindOf, curvePresets, evenCurve } from './plan-curve.ts';

const wan = 10_000;

test.each(curvePresets.map((preset) => [preset.code, preset] as const))(
  'the preset %s has twelve months and is a whole year',
  (_code, { monthly }) => {
    expect(monthly).toHaveLength(12);
    expect(monthly.reduce((a, b) => a + b, 0)).toBe(1000);
  },
);

test('前低后高 of 1.2 亿元: 34% by June, in whole 万元', () => {
  const curve = curveFromShares(12_000 * wan, curvePresets[0]!.monthly);
  expect(curve.map((yuan) => yuan / wan)).toEqual([
    240, 540, 1140, 1920, 2820, 3900, 5040, 6300, 7680, 9120, 10560, 12000,
  ]);
});

test('quarter points are met exactly and the months between lie on a straight line', () => {
  expect(curveFromQuarters(12_000 * wan, [10, 40, 70])!.map((yuan) => yuan / wan)).toEqual([
    400, 800, 1200, 2400, 3600, 4800, 6000, 7200, 8400, 9600, 10800, 12000,
  ]);
  expect(curveFromQuarters(12_000 * wan, [40, 30, 70])).toBeNull();
  expect(curveFromQuarters(12_000 * wan, [10, 40, 120])).toBeNull();
});

test('a curve never falls and ends at the plan to the yuan, whatever the plan and the weights', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 1e15 }),
      fc.array(fc.integer({ min: 0, max: 1000 }), { minLength: 12, maxLength: 12 }),
      (plan, weights) => {
        const curve = curveFromShares(plan, weights);
        expect(curve.at(-1)).toBe(plan);
        expect(curve.every((yuan, i) => Number.isSafeInteger(yuan) && yuan >= (curve[i - 1] ?? 0))).toBe(true);
      },
    ),
  );
});

test('an editor finds the kind of a stored curve again', () => {
  const plan = 12_000 * wan;
  expect(curveKindOf(plan, null)).toEqual({ kind: 'even' });
  expect(curveKindOf(plan, evenCurve(plan))).toEqual({ kind: 'even' });
  expect(curveKindOf(plan, curveFromShares(plan, curvePresets[2]!.monthly))).toEqual({
    kind: 'phased',
    preset: 'middle',
  });
  expect(curveKindOf(plan, [...Array(11).fill(0), plan])).toEqual({ kind: 'own' });
});
