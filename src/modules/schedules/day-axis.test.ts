import fc from 'fast-check';
import { expect, test } from 'vitest';
import { addDays } from '#core/shared/day.ts';
import { CalendarMissing, cityAxis, everyDayAxis, ownAxis } from './day-axis.ts';
import { workingYears } from './testing/working-years.ts';

const city = cityAxis(workingYears);

test('the National Day week of 2021 is not worked and the Sunday before it is', () => {
  expect(city.isWorked('2021-09-26')).toBe(true);
  expect(city.isWorked('2021-10-01')).toBe(false);
  expect(city.dayAt(city.indexUpTo('2021-09-30') + 1)).toBe('2021-10-08');
  expect(city.dayAt(city.indexFrom('2021-10-01'))).toBe('2021-10-08');
  expect(city.dayAt(city.indexUpTo('2021-10-05'))).toBe('2021-09-30');
});

test('a year without a published calendar is an error that names it, on either side', () => {
  expect(() => city.isWorked('2023-01-03')).toThrow(new CalendarMissing(2023));
  expect(() => city.dayAt(city.indexFrom('2022-12-30') + 1)).toThrow(new CalendarMissing(2023));
  expect(() => city.dayAt(city.indexFrom('2021-01-04') - 1)).toThrow(new CalendarMissing(2020));
});

test('calendar days count every day, in any year', () => {
  const every = everyDayAxis();
  expect(every.dayAt(every.indexFrom('2023-12-31') + 60)).toBe('2024-02-29');
});

test('a calendar of its own has its own week and exceptions', () => {
  const own = ownAxis({
    name: '六天工作制',
    weekdays: [true, true, true, true, true, true, false],
    exceptions: [{ from: '2022-02-01', to: '2022-02-06', isWorked: false, name: '春节' }],
  });
  expect(own.dayAt(own.indexFrom('2022-01-29') + 1)).toBe('2022-01-31');
  expect(own.dayAt(own.indexFrom('2022-01-31') + 1)).toBe('2022-02-07');
});

test('a worked day and its number belong to each other; any other day lies between two of them', () => {
  fc.assert(
    fc.property(fc.integer({ min: 4, max: 720 }), (n) => {
      const day = addDays('2021-01-01', n);
      const [up, down] = [city.indexFrom(day), city.indexUpTo(day)];
      if (city.isWorked(day)) {
        expect(up).toBe(down);
        expect(city.dayAt(up)).toBe(day);
      } else {
        expect(up).toBe(down + 1);
        expect(city.dayAt(down) < day && day < city.dayAt(up)).toBe(true);
      }
    }),
  );
});
