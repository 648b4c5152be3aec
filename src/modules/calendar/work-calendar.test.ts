import { getDayDetail } from 'chinese-days';
import { expect, test } from 'vitest';
import { addDays, weekday } from '#core/shared/day.ts';
import { publishedYears } from './published-years.ts';
import { workCalendar } from './work-calendar.ts';

const calendar = workCalendar(publishedYears);

test('each day of 2021 to 2026 is worked or not as in chinese-days', () => {
  for (let day = '2021-01-01'; day <= '2026-12-31'; day = addDays(day, 1))
    expect(calendar.isWorkday(day), day).toBe(getDayDetail(day).work);
});

test('the notices give this many days off and 40 make-up workdays', () => {
  const count = (mark: string) => publishedYears.map((y) => y.days.filter((d) => d.mark === mark).length);
  // 2022 has one day more than its own notice names: 31 December belongs to the notice for 2023, which has 27.
  expect(count('off')).toEqual([31, 32, 26, 28, 28, 33]);
  expect(count('work')).toEqual([7, 7, 7, 8, 5, 6]);
});

test('make-up days fall on weekends, and every marked day stands in its own year', () => {
  for (const { year, days } of publishedYears)
    for (const { day, mark } of days) {
      expect(Number(day.slice(0, 4))).toBe(year);
      if (mark === 'work') expect(weekday(day), day).toBeGreaterThanOrEqual(6);
    }
});

test('counting by prefix sums agrees with walking day by day, forwards and backwards', () => {
  const walk = (from: string, n: number) => {
    let [day, left] = [from, Math.abs(n)];
    while (left > 0) {
      day = addDays(day, Math.sign(n));
      if (calendar.isWorkday(day)) left--;
    }
    return day;
  };
  for (const from of ['2021-02-10', '2021-12-31', '2022-01-01', '2023-01-22', '2024-02-29', '2024-12-30'])
    for (const n of [1, 2, 5, 20, 251, -1, -3, -20]) {
      if (from < '2022' && n < -20) continue;
      expect(calendar.addWorkdays(from, n), `${from} ${n}`).toBe(walk(from, n));
      expect(Math.abs(calendar.workdaysBetween(from, walk(from, n)))).toBeGreaterThanOrEqual(Math.abs(n) - 1);
    }
  expect(calendar.workdaysBetween('2021-02-09', '2021-02-22')).toBe(5);
  expect(calendar.workdaysBetween('2021-12-31', '2022-12-31')).toBe(
    calendar.workdaysBetween('2022-01-01', '2022-12-31'),
  );
  expect(calendar.workdaysBetween('2021-02-22', '2021-02-09')).toBe(-5);
});

test('an unpublished year is unknown, although a library would call it Monday to Friday', () => {
  expect(calendar.hasYear(2027)).toBe(false);
  expect(() => calendar.isWorkday('2027-02-08')).toThrow('CALENDAR_NOT_PUBLISHED');
  expect(() => calendar.workdaysBetween('2026-12-01', '2027-01-05')).toThrow('CALENDAR_NOT_PUBLISHED');
});
