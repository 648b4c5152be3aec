import { expect, test } from 'vitest';
import { clockOf, clockShare, gapShown, startOverdueMonths, tintOf } from './row.ts';

test('26 September is day 269 of 365, 73.7 %', () => {
  const clock = clockOf(2021, '2021-09-26');
  expect(clock).toMatchObject({ day: 269, days: 365 });
  expect((clock.share * 100).toFixed(1)).toBe('73.7');
  expect(clockOf(2020, '2021-09-26').share).toBe(1);
  expect(clockOf(2022, '2021-09-26').share).toBe(0);
});

test("a project's clock is where dispatch put it", () => {
  expect(clockShare({ planYuan: 100, doneYuan: 58, gapPoints: -12 }, 2021, '2021-09-26')).toBeCloseTo(0.7);
});

test('only the cell that caused a yellow or red light is tinted', () => {
  expect(tintOf({ light: 'warn', cause: 'progress' }, 'gap')).toBe('warn');
  expect(tintOf({ light: 'warn', cause: 'progress' }, 'enrolled')).toBeUndefined();
  expect(tintOf({ light: 'normal', cause: 'progress' }, 'gap')).toBeUndefined();
});

test('a start planned in June and missing in September is three months overdue', () => {
  const row = { startPlanned: '2021-06-30', startActual: null, stage: 'preparation' as const };
  expect(startOverdueMonths(row, '2021-09-26')).toBe(3);
  expect(startOverdueMonths({ ...row, stage: 'building' }, '2021-09-26')).toBeNull();
});

test('a project that has not begun shows no gap, one that has begun without a filing does', () => {
  expect(gapShown({ gapPoints: -73.7, stage: 'preparation', startActual: null })).toBeNull();
  expect(gapShown({ gapPoints: -73.7, stage: 'building', startActual: null })).toBe(-73.7);
});
