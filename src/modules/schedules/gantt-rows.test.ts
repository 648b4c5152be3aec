import { expect, test } from 'vitest';
import { cityAxis } from './day-axis.ts';
import { forecastOf } from './forecast.ts';
import { ganttRows } from './gantt-rows.ts';
import { planOf } from './plan.ts';
import { forward, task, workingYears } from './testing/example.ts';

test('a row carries plan, baseline, actual dates and slip; a summary the sum of its parts', () => {
  const axis = cityAxis(workingYears);
  const content = forward('2021-09-01', [
    task(1, 0, [], { name: '基础' }),
    task(2, 5, [], { level: 2 }),
    task(3, 15, [2], { level: 2 }),
    task(4, 0, [1]),
  ]);
  const dates = planOf(content, axis).plan!.tasks;
  const progress = new Map(
    [
      { uid: 2, actualStart: '2021-09-02', actualFinish: '2021-09-10', percent: 100 },
      { uid: 3, actualStart: '2021-09-13', actualFinish: null, percent: 20 },
    ].map((one) => [one.uid, one]),
  );
  const forecast = forecastOf(content, [...dates.values()], progress, '2021-09-26', axis)!;
  const rows = ganttRows({ content, dates, baseline: dates, progress, forecast: forecast.tasks, today: '2021-09-26' });
  expect(rows.map((r) => [r.number, r.finish, r.expected, r.slip, r.percent, r.state])).toEqual([
    ['1', '2021-09-28', '2021-10-15', 17, 40, 'running'],
    ['1.1', '2021-09-07', '2021-09-10', 3, 100, 'done'],
    ['1.2', '2021-09-28', '2021-10-15', 17, 20, 'running'],
    ['2', '2021-09-28', '2021-10-15', 17, 0, 'waiting'],
  ]);
  expect(rows[0]).toMatchObject({ isSummary: true, actualStart: '2021-09-02', actualFinish: null });
});
