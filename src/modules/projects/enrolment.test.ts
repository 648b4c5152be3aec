import { expect, test } from 'vitest';
import { enrolmentOf } from './enrolment.ts';

const started = { enrolled: false, startActual: '2021-07-17', stage: 'building' as const, totalYuan: 328_000_000 };

test('a project that started 71 days ago and is not enrolled is named with its days', () => {
  expect(enrolmentOf(started, '2021-09-26')).toEqual({ state: 'missing', days: 71 });
});

test('the first month after the start is no fault', () => {
  expect(enrolmentOf(started, '2021-08-16')).toEqual({ state: 'notDue' });
});

test('below 5 million yuan nothing is due', () => {
  expect(enrolmentOf({ ...started, totalYuan: 4_999_999 }, '2021-09-26')).toEqual({ state: 'notDue' });
});

test('enrolled is enrolled, whatever the dates say', () => {
  expect(enrolmentOf({ ...started, enrolled: true }, '2021-09-26')).toEqual({ state: 'enrolled' });
});
