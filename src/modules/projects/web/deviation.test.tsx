import { expect, test } from 'vitest';
import { deviationOf } from './deviation.ts';

const on = (day: string) => ({ day, precision: 'day' as const, text: null });
const today = '2021-09-26';

test('what was reached is measured against the first promise, not the moved date', () => {
  expect(deviationOf(on('2021-07-01'), on('2021-10-01'), on('2021-09-25'), today)).toEqual({ kind: 'late', days: 86 });
  expect(deviationOf(on('2020-12-31'), on('2020-12-31'), on('2020-12-24'), today)).toEqual({ kind: 'early', days: 7 });
});

test('a moved date that lies ahead is expected late, a passed one overdue', () => {
  expect(deviationOf(on('2021-11-30'), on('2022-02-28'), null, today)).toEqual({ kind: 'expectedLate', days: 90 });
  expect(deviationOf(on('2021-09-20'), on('2021-09-20'), null, today)).toEqual({ kind: 'overdue', days: 6 });
});

test('without a date there is no deviation', () => {
  expect(deviationOf(null, null, on('2021-09-25'), today)).toEqual({ kind: 'none' });
});
