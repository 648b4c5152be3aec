import { expect, test } from 'vitest';
import {
  addDays,
  addMonths,
  dayOfYear,
  daysBetween,
  daysInYear,
  endOfMonth,
  fromEpochDay,
  isLeapYear,
  makeDay,
  monthOf,
  monthsBetween,
  parseDay,
  shanghaiDay,
  toEpochDay,
  weekday,
} from './day.ts';

test('a day that the calendar does not have is refused, not rolled over', () => {
  for (const text of [
    '2021-02-31',
    '2021-02-29',
    '2021-13-01',
    '2021-00-10',
    '2021-04-31',
    '2021-1-1',
    '2021-01-01T00:00',
    '',
  ])
    expect(parseDay(text), text).toBeNull();
  expect(parseDay('2024-02-29')).toBe('2024-02-29');
  expect(makeDay(2021, 2, 31)).toBeNull();
  expect(() => toEpochDay('2021-02-31')).toThrow(RangeError);
});

test('epoch days go there and back over four centuries', () => {
  expect(toEpochDay('1970-01-01')).toBe(0);
  for (let n = toEpochDay('1800-01-01'); n < toEpochDay('2200-01-01'); n += 13)
    expect(toEpochDay(fromEpochDay(n))).toBe(n);
  expect(() => fromEpochDay(1.5)).toThrow(RangeError);
});

test('day arithmetic crosses months and years', () => {
  expect(addDays('2021-12-31', 1)).toBe('2022-01-01');
  expect(addDays('2021-03-01', -1)).toBe('2021-02-28');
  expect(daysBetween('2021-09-26', '2021-12-31')).toBe(96);
  expect(addMonths('2021-01-31', 1)).toBe('2021-02-28');
  expect(addMonths('2021-01-31', -2)).toBe('2020-11-30');
  expect(monthsBetween('2020-11-30', '2021-02-01')).toBe(3);
});

test('26 September 2021 is day 269, a Sunday, in month 9, which ends on the 30th', () => {
  expect(dayOfYear('2021-09-26')).toBe(269);
  expect(weekday('2021-09-26')).toBe(7);
  expect(weekday('1969-12-29')).toBe(1);
  expect(monthOf('2021-09-26')).toBe(9);
  expect(endOfMonth('2021-09-26')).toBe('2021-09-30');
  expect(endOfMonth('2024-02-01')).toBe('2024-02-29');
});

test('century years are leap years only every fourth time', () => {
  expect([1900, 2000, 2021, 2024].map(isLeapYear)).toEqual([false, true, false, true]);
  expect(daysInYear(2024)).toBe(366);
});

test('the day changes at midnight in Shanghai, whatever the machine is set to', () => {
  expect(shanghaiDay(new Date('2021-09-25T15:59:59Z'))).toBe('2021-09-25');
  expect(shanghaiDay(new Date('2021-09-25T16:00:00Z'))).toBe('2021-09-26');
});
