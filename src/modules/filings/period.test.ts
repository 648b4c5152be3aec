import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fromEpochDay, toEpochDay } from '#core/shared/day.ts';
import { planOfMonth, planToEndOf } from './month-plan.ts';
import {
  addMonths,
  cycleKinds,
  earlierInYear,
  isPeriod,
  kindOf,
  latenessSeconds,
  monthOfPeriod,
  nextPeriod,
  periodName,
  periodOn,
  previousPeriod,
  spanOf,
} from './period.ts';
import { tenThousandFromYuan, yuanFromTenThousand } from './ten-thousand.ts';

test('months count across the turn of the year', () => {
  expect(addMonths('2021-01', -1)).toBe('2020-12');
  expect(addMonths('2021-12', 1)).toBe('2022-01');
  expect(addMonths('2021-09', -12)).toBe('2020-09');
  expect(earlierInYear('2021-03')).toEqual(['2021-01', '2021-02']);
  expect(earlierInYear('2021-01')).toEqual([]);
});

test('lateness is whole seconds after the due moment and never negative', () => {
  const due = new Date('2021-09-26T10:00:00Z');
  expect(latenessSeconds(due, new Date('2021-09-26T09:59:59.999Z'))).toBe(0);
  expect(latenessSeconds(due, new Date('2021-09-26T10:00:01.500Z'))).toBe(1);
  expect(latenessSeconds(due, new Date('2021-09-28T10:00:00Z'))).toBe(172_800);
});

test('a plan without a curve is spread over twelve months that make exactly the plan', () => {
  const plan = { yuan: 100_000_001, curve: null };
  const months = Array.from({ length: 12 }, (_, i) => planOfMonth(plan, `2021-${String(i + 1).padStart(2, '0')}`));
  expect(months.reduce((a, b) => a + b)).toBe(100_000_001);
  expect(planToEndOf(plan, '2021-09')).toBe(75_000_001);
});

test('a plan with a curve is read from its cumulative amounts', () => {
  const plan = { yuan: 120, curve: [5, 10, 20, 30, 40, 50, 60, 70, 85, 100, 110, 120] };
  expect(planOfMonth(plan, '2021-01')).toBe(5);
  expect(planOfMonth(plan, '2021-09')).toBe(15);
  expect(planToEndOf(plan, '2021-12')).toBe(120);
});

test('万元 and yuan convert exactly both ways', () => {
  expect(yuanFromTenThousand('3,100')).toBe(31_000_000);
  expect(yuanFromTenThousand('0.07')).toBe(700);
  expect(yuanFromTenThousand('１２．３４５６')).toBe(123_456);
  expect(yuanFromTenThousand('1.2亿')).toBe(120_000_000);
  expect(yuanFromTenThousand('0.00001')).toBeNull();
  expect(yuanFromTenThousand('3100-')).toBeNull();
  for (const yuan of [0, 1, 9_999, 10_000, 31_005_000, -45_000, 8_765_432_109]) {
    expect(yuanFromTenThousand(tenThousandFromYuan(yuan))).toBe(yuan);
  }
  expect(tenThousandFromYuan(31_005_000)).toBe('3,100.5');
  expect(tenThousandFromYuan(1_000_000_000)).toBe('100,000');
});

test('weeks are those of ISO 8601, half months end on the 15th, quarters have three months', () => {
  expect(periodOn('weekly', '2021-09-27')).toBe('2021-W39');
  expect(spanOf('2021-W39')).toEqual({ from: '2021-09-27', to: '2021-10-03' });
  // 1 January 2021 is a Friday and belongs to the last week of 2020.
  expect(periodOn('weekly', '2021-01-03')).toBe('2020-W53');
  expect(spanOf('2021-W01').from).toBe('2021-01-04');
  expect(spanOf('2021-02-H2')).toEqual({ from: '2021-02-16', to: '2021-02-28' });
  expect(spanOf('2021-Q3')).toEqual({ from: '2021-07-01', to: '2021-09-30' });
  expect([monthOfPeriod('2021-W39'), monthOfPeriod('2021-W38')]).toEqual(['2021-10', '2021-09']);
  expect([isPeriod('2020-W53'), isPeriod('2021-W53'), isPeriod('2021-13'), isPeriod('2021-Q4')]).toEqual([
    true,
    false,
    false,
    true,
  ]);
  expect(periodName('2021-W39').zh).toBe('2021年第39周（9月27日—10月3日）');
  expect(periodName('2021-09-H1').zh).toBe('2021年9月上半月');
  expect(periodName('2021-Q3').zh).toBe('2021年三季度');
});

test('every day lies in exactly one period of each kind, and periods follow each other without a gap', () => {
  const days = fc.integer({ min: toEpochDay('2000-01-01'), max: toEpochDay('2099-12-31') }).map(fromEpochDay);
  fc.assert(
    fc.property(days, fc.constantFrom(...cycleKinds), (day, kind) => {
      const period = periodOn(kind, day);
      const { from, to } = spanOf(period);
      expect(from <= day && day <= to).toBe(true);
      expect(kindOf(period)).toBe(kind);
      expect(isPeriod(period)).toBe(true);
      expect(previousPeriod(nextPeriod(period))).toBe(period);
      expect(toEpochDay(spanOf(nextPeriod(period)).from)).toBe(toEpochDay(to) + 1);
      expect(nextPeriod(period) > period).toBe(true);
    }),
  );
});
