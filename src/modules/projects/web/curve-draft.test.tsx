import { expect, test } from 'vitest';
import { curveDraftOf, curveOf } from './curve-draft.ts';
import { zh } from './text.ts';

const yi = 100_000_000;
const draft = curveDraftOf(yi, null);

test('an even plan has no curve of its own', () => {
  expect(curveOf(draft, yi, zh)).toEqual({ curve: null });
});

test('shares that do not add up to a whole year are refused with their sum', () => {
  const shares = draft.shares.map((share, i) => (i === 0 ? '1.5' : share));
  expect(curveOf({ ...draft, kind: 'phased', shares }, yi, zh).fault).toBe('合计 99.5%，应为 100%');
  expect(curveOf({ ...draft, kind: 'phased' }, yi, zh).curve).toHaveLength(12);
  expect(curveOf({ ...draft, kind: 'phased' }, null, zh).fault).toBe(zh.curveNeedsAmount);
});

test('quarter points make a curve; a quarter below the one before does not', () => {
  expect(curveOf({ ...draft, kind: 'quarters', quarters: ['10', '50', '80'] }, yi, zh).curve![5]).toBe(yi / 2);
  expect(curveOf({ ...draft, kind: 'quarters', quarters: ['50', '10', '80'] }, yi, zh).fault).toBe(zh.curveQuartersBad);
});

test('month by month it must not fall and must end at the plan', () => {
  const months = Array.from({ length: 12 }, (_, i) => (i === 11 ? '1' : (0.05 * (i + 1)).toFixed(2)));
  expect(curveOf({ ...draft, kind: 'own', months }, yi, zh).curve![11]).toBe(yi);
  expect(curveOf({ ...draft, kind: 'own', months: [...months.slice(0, 11), '0.9'] }, yi, zh).fault).toBe(
    zh.planCurveEnd,
  );
  expect(curveOf({ ...draft, kind: 'own', months: ['1', ...months.slice(1)] }, yi, zh).fault).toBe(zh.planCurveFalls);
});
