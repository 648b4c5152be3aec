import { expect, test } from 'vitest';
import { monthMark, monthsFrom } from './wall-months.ts';

test('the columns are the months from first to last day, over the turn of the year', () => {
  expect(monthsFrom('2021-11-30', '2022-02-01')).toEqual(['2021-11', '2021-12', '2022-01', '2022-02']);
  expect(monthsFrom('2021-01-01', '2041-01-01')).toHaveLength(48);
});

test('what is finished gets a red flag in the month it was due, what is overdue a black one', () => {
  const work = { start: '2021-09-10', finish: '2021-11-05', isMilestone: false, isSummary: false };
  const row = (state: Parameters<typeof monthMark>[1]) =>
    monthsFrom('2021-08-01', '2021-12-01').map((month) => monthMark(work, state, month));
  expect(row('done')).toEqual(['', '■', '■', '■ 红旗', '']);
  expect(row('late')).toEqual(['', '■', '■', '■ 黑旗', '']);
  expect(row('running')).toEqual(['', '■', '■', '■', '']);
  const node = { ...work, start: '2021-11-05', isMilestone: true };
  expect(monthMark(node, 'late', '2021-11')).toBe('◆ 黑旗');
});
