import { expect, test } from 'vitest';
import { type Building, backTestFinish, finishAtPace, forecastFinish, overrun } from './completion.ts';
import { originOf } from './outlook.ts';

const building = (n: number, more: Partial<Building> = {}): Building => ({
  id: `b${n}`,
  planKind: 'carried',
  size: 'middle',
  board: '产业',
  start: '2020-01-01',
  planned: '2020-12-31',
  finished: null,
  ...more,
});
/** Each a week later than the one before: 0 to 19 weeks over their 365 days. */
const finished = Array.from({ length: 20 }, (_, i) =>
  building(i, { finished: new Date(Date.UTC(2020, 11, 31) + i * 7 * 86_400_000).toISOString().slice(0, 10) }),
);

test('an overrun is a share of the planned time', () => {
  expect(overrun(building(1, { finished: '2020-12-31' }))).toBe(0);
  expect(overrun(building(1, { finished: '2021-12-31' }))).toBe(1);
  expect(overrun(building(1))).toBeNull();
});

test('days of completion are ordered, after today, and leave out references that would be finished by now', () => {
  const own = building(99, { start: '2021-01-01', planned: '2021-12-31' });
  const early = forecastFinish(own, finished, '2021-09-26')!;
  expect(early).toMatchObject({ step: 0, projects: 20 });
  expect([early.spread.p10, early.spread.p50, early.spread.p90]).toEqual(
    [early.spread.p10, early.spread.p50, early.spread.p90].sort(),
  );
  const late = forecastFinish(own, finished, '2022-01-20')!;
  expect(late.projects).toBeLessThan(20);
  expect(late.spread.p10 > '2022-01-20').toBe(true);
  expect(late.spread.p50 > early.spread.p50).toBe(true);
  // Later than all but a few of its kind: nothing is claimed.
  expect(forecastFinish(own, finished, '2022-04-20')).toBeNull();
});

test('a kind without references is told by a wider one, which is named', () => {
  const own = building(99, { start: '2021-01-01', planned: '2021-12-31' });
  expect(forecastFinish({ ...own, board: '生态' }, finished, '2021-09-26')?.step).toBe(1);
  expect(forecastFinish({ ...own, size: 'huge' }, finished, '2021-09-26')?.step).toBe(2);
  expect(forecastFinish({ ...own, size: 'huge', board: '生态' }, finished, '2021-09-26')?.step).toBe(3);
  expect(forecastFinish(own, finished.slice(0, 14), '2021-09-26')).toBeNull();
  expect(forecastFinish({ ...own, planned: '2021-01-01' }, finished, '2021-09-26')).toBeNull();
});

test('the own pace gives a day only when something moves and something is left', () => {
  expect(finishAtPace(200, 100, '2021-01-01')).toBe('2023-01-01');
  expect(finishAtPace(0, 100, '2021-01-01')).toBeNull();
  expect(finishAtPace(200, 0, '2021-01-01')).toBeNull();
  expect(finishAtPace(1_000_000, 1, '2021-01-01')).toBeNull();
});

test('a past forecast uses those finished by then, and what is still open is not counted', () => {
  const soon = building(50, { start: '2021-01-01', planned: '2021-12-31', finished: '2022-01-20' });
  const never = building(51, { start: '2021-01-01', planned: '2021-12-31' });
  const [test1] = backTestFinish([...finished, soon, never], ['2021-06-30'], '2022-02-01');
  expect(test1).toMatchObject({ tested: 1, inside: 1, open: 1 });
  const [test2] = backTestFinish([...finished, soon, never], ['2021-06-30'], '2024-01-01');
  expect(test2).toMatchObject({ tested: 2, inside: 1, late: 1, open: 0 });
  expect(backTestFinish([...finished, soon], ['2020-06-30'], '2022-02-01')[0]).toMatchObject({ tested: 0, untold: 20 });
});

test('a month is closed after the 15th of the next', () => {
  expect(originOf('2021-09-26')).toBe('2021-08');
  expect(originOf('2021-10-15')).toBe('2021-08');
  expect(originOf('2021-10-16')).toBe('2021-09');
  expect(originOf('2021-01-10')).toBe('2020-11');
});
