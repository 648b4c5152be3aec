import { expect, test } from 'vitest';
import { addressLimit, afterAddressFailure, afterFailure, type Failures, isWaiting } from './lockout.ts';

const start = new Date('2026-03-02T09:00:00+08:00');
const later = (minutes: number) => new Date(start.getTime() + minutes * 60_000);
const minutesOf = (failures: Failures) => (failures.waitUntil!.getTime() - failures.lastAt.getTime()) / 60_000;

test('four wrong passwords cost nothing, the fifth a minute, and the wait grows to an hour', () => {
  let failures: Failures | undefined;
  const waits: (number | null)[] = [];
  for (let i = 0; i < 12; i++) {
    failures = afterFailure(failures, later(i));
    waits.push(failures.waitUntil === null ? null : minutesOf(failures));
  }
  expect(waits).toEqual([null, null, null, null, 1, 2, 5, 15, 30, 60, 60, 60]);
});

test('the wait ends to the second', () => {
  const failures = { waitUntil: later(5) };
  expect(isWaiting(failures, new Date(later(5).getTime() - 1))).toBe(true);
  expect(isWaiting(failures, later(5))).toBe(false);
  expect(isWaiting(undefined, start)).toBe(false);
});

test('a day without a failure starts the count anew', () => {
  const many: Failures = { count: 9, lastAt: start, waitUntil: later(60) };
  expect(afterFailure(many, later(24 * 60 - 1)).count).toBe(10);
  expect(afterFailure(many, later(24 * 60))).toEqual({ count: 1, lastAt: later(24 * 60), waitUntil: null });
});

test('an address is stopped for the rest of the window only', () => {
  let failures: Failures | undefined;
  for (let i = 1; i < addressLimit.failures; i++) failures = afterAddressFailure(failures, start);
  expect(failures!.waitUntil).toBeNull();
  failures = afterAddressFailure(failures, later(4));
  expect(failures.waitUntil).toEqual(later(10));
  expect(afterAddressFailure(failures, later(10))).toEqual({ count: 1, lastAt: later(10), waitUntil: null });
});
