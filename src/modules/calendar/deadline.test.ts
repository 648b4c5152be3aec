import { describe, expect, test } from 'vitest';
import { type DeadlineRule, deadlineOf } from './deadline.ts';
import { publishedYears } from './published-years.ts';
import { CalendarNotPublished, workCalendar } from './work-calendar.ts';

const calendar = workCalendar(publishedYears);
const rule = (unit: DeadlineRule['unit'], n: number, roll: DeadlineRule['roll'] = 'NONE'): DeadlineRule => ({
  code: 'test',
  unit,
  n,
  roll,
  atTime: '24:00',
  basis: '',
});
const due = (start: string, ...of: Parameters<typeof rule>) => deadlineOf(rule(...of), start, calendar).day;

describe('the golden vectors', () => {
  test('1: the HJ 1259 report for February 2021 is due on 15 March', () => {
    expect(due('2021-02-28', 'CALENDAR', 15)).toBe('2021-03-15');
  });
  test('2: the flash report of January 2018 is due on 8 February, with no calendar for 2018', () => {
    expect(due('2018-01-31', 'CALENDAR', 8)).toBe('2018-02-08');
  });
  test('3: Saturday 8 October 2022 is a make-up workday, so it stays', () => {
    expect(due('2022-09-30', 'CALENDAR', 8, 'NEXT')).toBe('2022-10-08');
  });
  test('4: 5 October 2021 is a statutory holiday and moves to the 8th', () => {
    expect(due('2021-09-30', 'CALENDAR', 5, 'NEXT_IF_STATUTORY')).toBe('2021-10-08');
  });
  test('5: Sunday 5 September 2021 is only a weekend and stays', () => {
    expect(due('2021-08-31', 'CALENDAR', 5, 'NEXT_IF_STATUTORY')).toBe('2021-09-05');
  });
  test('6: under NEXT the same Sunday moves to Monday', () => {
    expect(due('2021-08-31', 'CALENDAR', 5, 'NEXT')).toBe('2021-09-06');
  });
  test('7: wages due on 15 February 2021 are paid before the holiday, on the 10th', () => {
    expect(due('2021-01-31', 'CALENDAR', 15, 'PREV')).toBe('2021-02-10');
  });
  test('8: five workdays after 9 February 2021 pass the Spring Festival and count the make-up Saturday', () => {
    const found = deadlineOf(rule('WORKDAY', 5), '2021-02-09', calendar);
    expect(found.day).toBe('2021-02-22');
    expect(found.steps[1]).toMatchObject({ makeUp: [{ day: '2021-02-20', name: '春节' }] });
  });
  test('9: twenty workdays after 30 September 2021', () => {
    expect(due('2021-09-30', 'WORKDAY', 20)).toBe('2021-11-03');
  });
  test('10: thirty calendar days after 3 March 2021', () => {
    expect(due('2021-03-03', 'CALENDAR', 30)).toBe('2021-04-02');
  });
  test('11: twenty days after 1 March 2021, calendar days and workdays', () => {
    expect(due('2021-03-01', 'CALENDAR', 20)).toBe('2021-03-21');
    expect(due('2021-03-01', 'WORKDAY', 20)).toBe('2021-03-29');
  });
  test('12: a year without a calendar has no deadlines', () => {
    expect(() => due('2027-02-04', 'WORKDAY', 3)).toThrow(CalendarNotPublished);
    expect(() => due('2027-02-04', 'WORKDAY', 3)).toThrow('CALENDAR_NOT_PUBLISHED');
    expect(() => due('2027-01-31', 'CALENDAR', 8, 'NEXT')).toThrow('CALENDAR_NOT_PUBLISHED');
  });
});

test('a count that runs out of the last published year is refused, not continued on Mondays to Fridays', () => {
  expect(() => due('2026-12-30', 'WORKDAY', 3)).toThrow('CALENDAR_NOT_PUBLISHED');
  expect(due('2025-12-31', 'WORKDAY', 1)).toBe('2026-01-04');
});

test('the last moment of a day is written as the first of the next', () => {
  expect(deadlineOf(rule('CALENDAR', 25), '2021-08-31', calendar).at).toBe('2021-09-26T00:00:00+08:00');
  expect(deadlineOf({ ...rule('CALENDAR', 25), atTime: '18:00' }, '2021-08-31', calendar).at).toBe(
    '2021-09-25T18:00:00+08:00',
  );
});

test('the 25th of September 2021 is a Saturday and moves to Sunday the 26th, which is worked; the steps say so', () => {
  const found = deadlineOf(rule('CALENDAR', 25, 'NEXT'), '2021-08-31', calendar);
  expect(found.day).toBe('2021-09-26');
  expect(found.steps.at(-1)).toEqual({
    kind: 'moved',
    from: '2021-09-25',
    day: '2021-09-26',
    because: 'weekend',
    name: null,
    roll: 'NEXT',
  });
});
