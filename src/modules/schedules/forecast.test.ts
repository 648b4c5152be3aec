import { expect, test } from 'vitest';
import { cityAxis } from './day-axis.ts';
import { forecastOf, shareOf, slipOf, stateOf } from './forecast.ts';
import { planOf } from './plan.ts';
import type { Progress } from './shapes.ts';
import { forward, task, workingYears } from './testing/example.ts';

const axis = cityAxis(workingYears);
const content = forward('2021-09-01', [task(1, 10), task(2, 10, [1]), task(3, 10, [2]), task(4, 0, [3])]);
const dates = [...planOf(content, axis).plan!.tasks.values()];
const of = (...all: Progress[]) => new Map(all.map((one) => [one.uid, one]));
const forecast = (progress: ReadonlyMap<number, Progress>, today: string, over = axis) =>
  forecastOf(content, dates, progress, today, over);

test('on time, the forecast is the plan', () => {
  expect(dates.map((d) => d.finish)).toEqual(['2021-09-14', '2021-09-28', '2021-10-18', '2021-10-18']);
  const done = of({ uid: 1, actualStart: '2021-09-01', actualFinish: '2021-09-14', percent: 100 });
  expect(forecast(done, '2021-09-15')!.finish).toBe('2021-10-18');
});

test('what has begun needs its remaining share from today on, and pushes what waits for it', () => {
  const running = of({ uid: 1, actualStart: '2021-09-06', actualFinish: null, percent: 40 });
  const found = forecast(running, '2021-09-15')!;
  // Six of ten days are left: 15, 16, 17, 18 (worked Saturday), 22, 23.
  expect(found.tasks.get(1)).toEqual({ start: '2021-09-06', finish: '2021-09-23' });
  expect(found.tasks.get(2)!.start).toBe('2021-09-24');
  expect(slipOf('2021-09-14', found.tasks.get(1)!.finish)).toBe(9);
  expect(found.finish).toBe('2021-10-26');
});

test('what has not begun starts today at the earliest, and never before its planned day', () => {
  expect(forecast(new Map(), '2021-09-15')!.tasks.get(1)!.start).toBe('2021-09-15');
  const early = of({ uid: 1, actualStart: '2021-09-01', actualFinish: '2021-09-03', percent: 100 });
  expect(forecast(early, '2021-09-06')!.tasks.get(2)!.start).toBe('2021-09-15');
});

test('days that were worked on a weekend stay as they were reported', () => {
  const weekend = of({ uid: 1, actualStart: '2021-09-04', actualFinish: '2021-09-12', percent: 100 });
  expect(forecast(weekend, '2021-09-15')!.tasks.get(1)).toEqual({ start: '2021-09-04', finish: '2021-09-12' });
});

test('without a calendar of the year there is no forecast', () => {
  expect(forecast(new Map(), '2022-12-20')).toBeNull();
});

test('the state of a task on a day', () => {
  const planned = { start: '2021-09-10', finish: '2021-09-20' };
  const running = { uid: 1, actualStart: '2021-09-11', actualFinish: null, percent: 10 };
  expect(stateOf(planned, undefined, '2021-09-10')).toBe('waiting');
  expect(stateOf(planned, undefined, '2021-09-11')).toBe('overdue');
  expect(stateOf(planned, running, '2021-09-20')).toBe('running');
  expect(stateOf(planned, running, '2021-09-21')).toBe('late');
  expect(stateOf(planned, { ...running, actualFinish: '2021-09-25' }, '2021-09-26')).toBe('done');
});

test('the share done beside the share that is due', () => {
  const tasks = dates.map((d, i) => ({ ...d, days: content.tasks[i]!.days }));
  const done = of({ uid: 1, actualStart: '2021-09-01', actualFinish: '2021-09-14', percent: 100 });
  expect(shareOf(tasks, done, '2021-09-14')).toEqual({ done: 1 / 3, due: 1 / 3 });
  expect(shareOf([], done, '2021-09-14')).toBeNull();
});
