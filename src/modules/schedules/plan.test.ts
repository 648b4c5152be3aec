import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { cityAxis, everyDayAxis } from './day-axis.ts';
import { outlineOf } from './outline.ts';
import { daysShort, faultOf, type Plan, planOf } from './plan.ts';
import { problemWords } from './problem-words.ts';
import { type Content, type LinkKind, linkKinds, type Task } from './shapes.ts';
import { backward, forward, task, workingYears } from './testing/example.ts';

const axis = cityAxis(workingYears);
const every = everyDayAxis();
const planned = (content: Content, over = axis): Plan => {
  const { plan, problem } = planOf(content, over);
  if (!plan) throw new Error(JSON.stringify(problem));
  return plan;
};
const datesOf = (plan: Plan) => Object.fromEntries([...plan.tasks].map(([uid, t]) => [uid, `${t.start} ${t.finish}`]));

describe('a small house', () => {
  // 开工 → 基础 20 → 主体 40 → 封顶 → {砌筑 15 begins when 主体 is half done; 屋面 10} → 竣工
  const house: Task[] = [
    task(1, 0),
    task(2, 20, [1]),
    task(3, 40, [2]),
    task(4, 0, [3]),
    task(5, 15, [{ from: 3, kind: 'SS', lag: 20 }]),
    task(6, 10, [4]),
    task(7, 0, [5, 6]),
  ];

  test('forward from a Sunday that is worked, over the National Day week', () => {
    const plan = planned(forward('2021-09-26', house));
    expect(datesOf(plan)).toEqual({
      1: '2021-09-26 2021-09-26',
      2: '2021-09-26 2021-10-27',
      3: '2021-10-28 2021-12-22',
      4: '2021-12-22 2021-12-22',
      5: '2021-11-25 2021-12-15',
      6: '2021-12-23 2022-01-06',
      7: '2022-01-06 2022-01-06',
    });
    expect([...plan.tasks.values()].filter((t) => t.isCritical).map((t) => t.uid)).toEqual([1, 2, 3, 4, 6, 7]);
    expect(plan.tasks.get(5)!.float).toBe(15);
    expect(plan.days).toBe(70);
  });

  test('backward from the promised day: each task as late as it may, and the day on which one must begin', () => {
    const plan = planned(backward('2021-12-31', house));
    expect(plan.mustBeginBy).toBe('2021-09-22');
    expect(plan.finish).toBe('2021-12-31');
    expect(plan.tasks.get(5)).toMatchObject({ start: '2021-12-13', finish: '2021-12-31', float: 15 });
    expect(daysShort(plan.mustBeginBy, '2021-09-26')).toBe(4);
    expect(daysShort(plan.mustBeginBy, '2021-09-22')).toBe(0);
  });

  test('forward with a promise tells how many days it is missed by, and when one should have begun', () => {
    const plan = planned(forward('2021-09-26', house, { promised: '2021-12-31' }));
    expect(plan).toMatchObject({ finish: '2022-01-06', margin: -3, mustBeginBy: '2021-09-22' });
  });

  test('in calendar days the same house needs no calendar of any year', () => {
    expect(planned(forward('2030-01-01', house), every)).toMatchObject({ finish: '2030-03-11', days: 70 });
    expect(planOf(forward('2030-01-01', house), axis).problem).toEqual({ code: 'calendar', year: 2030 });
  });
});

test('the four kinds of links with lag and overlap', () => {
  const plan = planned(
    forward('2021-03-01', [
      task(1, 5),
      task(2, 3, [{ from: 1, kind: 'FS', lag: 2 }]),
      task(3, 3, [{ from: 1, kind: 'SS', lag: 1 }]),
      task(4, 2, [{ from: 1, kind: 'FF', lag: 1 }]),
      task(5, 2, [{ from: 2, kind: 'SF', lag: 1 }]),
      task(6, 4, [{ from: 1, kind: 'FS', lag: -2 }]),
    ]),
  );
  expect(datesOf(plan)).toEqual({
    1: '2021-03-01 2021-03-05',
    2: '2021-03-10 2021-03-12',
    3: '2021-03-02 2021-03-04',
    4: '2021-03-05 2021-03-08',
    5: '2021-03-10 2021-03-11',
    6: '2021-03-04 2021-03-09',
  });
});

test('a summary spans what is below it, and its links and dates hold for each part', () => {
  const tasks = [
    task(1, 0, [], { name: '基础', constraint: { kind: 'startNoEarlier', day: '2021-03-03' } }),
    task(2, 3, [], { level: 2 }),
    task(3, 2, [2], { level: 2 }),
    task(4, 0, [1], { name: '主体' }),
    task(5, 4, [], { level: 2 }),
    task(6, 1, [], { level: 2 }),
  ];
  const plan = planned(forward('2021-03-01', tasks));
  expect(plan.tasks.get(1)).toMatchObject({ isSummary: true, start: '2021-03-03', finish: '2021-03-09' });
  expect(plan.tasks.get(4)).toMatchObject({ isSummary: true, start: '2021-03-10', finish: '2021-03-15' });
  expect(plan.tasks.get(6)).toMatchObject({ start: '2021-03-10', float: 3, isCritical: false });
  expect(outlineOf(tasks).map((one) => one.number)).toEqual(['1', '1.1', '1.2', '2', '2.1', '2.2']);
});

test('dates that people set: the later wins, and a contradiction shows as float below zero', () => {
  const tasks = [
    task(1, 5, [], { constraint: { kind: 'mustFinish', day: '2021-03-12' } }),
    task(2, 5, [1], { deadline: '2021-03-17' }),
  ];
  const plan = planned(forward('2021-03-01', tasks));
  expect(datesOf(plan)).toEqual({ 1: '2021-03-08 2021-03-12', 2: '2021-03-15 2021-03-19' });
  expect(plan.tasks.get(2)).toMatchObject({ float: -2, isCritical: true });
});

describe('what cannot be planned is refused with the names of the tasks', () => {
  const words = (tasks: Task[]) => problemWords(faultOf(tasks)!, tasks).zh;
  test('a circle names every task of it in order, and none beside it', () => {
    const tasks = [task(1, 1), task(2, 1, [1, 4]), task(3, 1, [2]), task(4, 1, [3]), task(5, 1, [4])];
    expect(words(tasks)).toBe(
      '任务互相等待，排不出日期：“3 任务3” → “4 任务4” → “2 任务2” → “3 任务3”。请去掉其中一条前置关系',
    );
  });
  test('a circle through a summary is seen as well', () => {
    const tasks = [task(1, 1, [4]), task(2, 1, [], { level: 2 }), task(3, 1), task(4, 1, [2])];
    expect(faultOf(tasks)).toMatchObject({ code: 'loop', uids: expect.arrayContaining([2, 4]) });
  });
  test.each([
    ['itself', [task(1, 1, [1])], 'self'],
    ['a task that is not there', [task(1, 1, [9])], 'unknown'],
    ['its own summary', [task(1, 0), task(2, 1, [1], { level: 2 })], 'insideLink'],
    [
      'the start of a summary',
      [task(1, 0), task(2, 1, [], { level: 2 }), task(3, 1, [{ from: 1, kind: 'SS', lag: 0 }])],
      'summaryLink',
    ],
  ])('waiting for %s', (_what, tasks, code) => {
    expect(faultOf(tasks)).toMatchObject({ code });
  });
  test('and so is a plan without a day to begin from', () => {
    expect(planOf({ ...forward('', [task(1, 1)]), start: null }, axis).problem).toEqual({ code: 'noStart' });
    expect(planOf({ ...backward('', [task(1, 1)]), promised: null }, axis).problem).toEqual({ code: 'noPromise' });
    expect(planOf(forward('2021-03-01', []), axis).problem).toEqual({ code: 'empty' });
  });
});

// ---- properties over random networks -----------------------------------------------------------------------------

const networks = (kinds: readonly LinkKind[], lags: [number, number], withSummaries = true) =>
  fc
    .array(
      fc.record({
        days: fc.oneof(
          { weight: 1, arbitrary: fc.constant(0) },
          { weight: 4, arbitrary: fc.integer({ min: 1, max: 15 }) },
        ),
        level: withSummaries ? fc.integer({ min: 1, max: 3 }) : fc.constant(1),
        links: fc.array(
          fc.record({
            back: fc.integer({ min: 1, max: 6 }),
            kind: fc.constantFrom(...kinds),
            lag: fc.integer({ min: lags[0], max: lags[1] }),
          }),
          { maxLength: 3 },
        ),
      }),
      { minLength: 1, maxLength: 25 },
    )
    .map((rows) =>
      rows.map(({ days, level, links }, i) =>
        task(
          i + 1,
          days,
          links.filter(({ back }) => back <= i).map(({ back, kind, lag }) => ({ from: i + 1 - back, kind, lag })),
          { level },
        ),
      ),
    )
    .filter((tasks) => faultOf(tasks) === null);

const leaves = (tasks: readonly Task[]) => outlineOf(tasks).filter((one) => !one.isSummary);

test('no task begins before its predecessors let it, in either direction', () => {
  fc.assert(
    fc.property(networks(linkKinds, [0, 4]), fc.boolean(), (tasks, isForward) => {
      const content = isForward ? forward('2021-03-01', tasks) : backward('2022-06-30', tasks);
      const { tasks: dates } = planned(content, every);
      const placed = outlineOf(tasks);
      for (const { task: one } of placed)
        for (const { from, kind, lag } of one.links) {
          const [a, b] = [dates.get(from)!, dates.get(one.uid)!];
          const ends = (kind[0] === 'F' ? every.indexFrom(a.finish) : every.indexFrom(a.start)) + lag;
          const begins = kind[1] === 'S' ? every.indexFrom(b.start) : every.indexFrom(b.finish);
          expect(begins).toBeGreaterThanOrEqual(ends);
          // Two tasks with duration never share a day when the one waits for the other to be finished. A summary may end in a
          // milestone, which stands on the day on which the next one begins: what counts is the work below it.
          if (kind !== 'FS' || b.isMilestone || b.isSummary) continue;
          for (const leaf of placed.find((p) => p.task.uid === from)!.leaves) {
            const before = dates.get(placed[leaf]!.task.uid)!;
            if (!before.isMilestone) expect(begins).toBeGreaterThan(every.indexFrom(before.finish) + lag);
          }
        }
    }),
  );
});

test('planning forward from the day that backward planning found ends on the promised day, over working days too', () => {
  fc.assert(
    fc.property(networks(linkKinds, [-2, 4]), (tasks) => {
      const back = planned(backward('2022-06-30', tasks));
      const there = planned(forward(back.mustBeginBy!, tasks));
      expect(there.finish).toBe('2022-06-30');
      expect(there.days).toBe(back.days);
      for (const [uid, late] of back.tasks) {
        const early = there.tasks.get(uid)!;
        expect(early.start <= late.start).toBe(true);
        expect(late.float).toBeGreaterThanOrEqual(0);
        if (!late.isSummary) expect(early.float).toBe(late.float);
      }
    }),
  );
});

test('beginning one day later than must-begin misses the promise', () => {
  fc.assert(
    fc.property(networks(linkKinds, [0, 3], false), (tasks) => {
      const back = planned(backward('2022-06-30', tasks), every);
      const next = every.dayAt(every.indexFrom(back.mustBeginBy!) + 1);
      expect(planned(forward(next, tasks), every).finish > '2022-06-30').toBe(true);
    }),
  );
});

test('durations along a critical path add up to the duration of the schedule', () => {
  fc.assert(
    fc.property(networks(['FS'], [0, 3], false), (tasks) => {
      const plan = planned(forward('2021-03-01', tasks), every);
      // The longest chain by brute force: each task's own days, and before it the worst of its predecessors with its lag.
      const chain = new Map<number, number>();
      for (const one of tasks) {
        const before = one.links.map(({ from, lag }) => chain.get(from)! + lag);
        chain.set(one.uid, Math.max(0, ...before) + one.days);
      }
      const longest = Math.max(...chain.values());
      // Milestones take no day, but a schedule of milestones alone still stands on one, and so does one after a lag.
      const last = tasks.filter((one) => chain.get(one.uid) === longest);
      if (last.every((one) => one.days > 0)) expect(plan.days).toBe(longest);
      else expect([longest, longest + 1]).toContain(plan.days);
      expect(leaves(tasks).some(({ task: one }) => plan.tasks.get(one.uid)!.isCritical)).toBe(true);
      // A milestone that stands one day further is critical alone.
      for (const one of last)
        if (one.days === 0 || plan.days === longest) expect(plan.tasks.get(one.uid)!.isCritical).toBe(true);
    }),
  );
});

test('a thousand tasks in one chain are planned, each after the one before', () => {
  const tasks = Array.from({ length: 1000 }, (_, i) => task(i + 1, 1, i === 0 ? [] : [i]));
  expect(planned(forward('2021-03-01', tasks), every).days).toBe(1000);
});
