import fc from 'fast-check';
import { expect, test } from 'vitest';
import { addDays } from '#core/shared/day.ts';
import { estimateFault, movedFault, quarterOf, updateDuty } from './pause.ts';

test('the registration counts for its quarter; the next quarter owes an update by its last day', () => {
  expect(updateDuty('2021-07-05', '2021-09-26')).toEqual({ state: 'current', dueOn: '2021-12-31', missed: 0 });
  expect(updateDuty('2021-06-30', '2021-09-26')).toEqual({ state: 'owed', dueOn: '2021-09-30', missed: 0 });
  expect(updateDuty('2021-06-30', '2021-09-30')).toMatchObject({ state: 'owed' });
});

test('a quarter that ended without an update is overdue from its first day after, and counts up', () => {
  expect(updateDuty('2021-06-30', '2021-10-01')).toEqual({ state: 'overdue', dueOn: '2021-09-30', missed: 1 });
  expect(updateDuty('2021-03-10', '2021-09-26')).toEqual({ state: 'overdue', dueOn: '2021-06-30', missed: 1 });
  expect(updateDuty('2020-11-02', '2021-09-26')).toMatchObject({ state: 'overdue', missed: 2 });
});

test('an update made today is never overdue, and time only makes it worse', () => {
  const days = fc.integer({ min: 0, max: 3000 }).map((n) => addDays('2018-01-01', n));
  fc.assert(
    fc.property(days, fc.integer({ min: 0, max: 400 }), (day, later) => {
      expect(updateDuty(day, day).state).toBe('current');
      expect(updateDuty(day, addDays(day, later + 1)).missed).toBeGreaterThanOrEqual(
        updateDuty(day, addDays(day, later)).missed,
      );
      const duty = updateDuty(day, addDays(day, later));
      expect(duty.state === 'overdue').toBe(addDays(day, later) > duty.dueOn);
    }),
  );
});

test('quarters are written as people write them', () => {
  expect(['2021-01-01', '2021-03-31', '2021-04-01', '2021-12-31'].map(quarterOf)).toEqual([
    '2021Q1',
    '2021Q1',
    '2021Q2',
    '2021Q4',
  ]);
});

test('an estimate lies ahead, and one that moves says why', () => {
  expect(estimateFault({ resumeDue: '2021-09-25', since: '2021-08-01', today: '2021-09-26' })).toMatchObject({
    code: 'estimate_past',
  });
  expect(estimateFault({ resumeDue: '2021-12-31', since: '2021-08-01', today: '2021-09-26' })).toBeNull();
  expect(movedFault('2021-12-31', '2022-03-31', null)).toMatchObject({ code: 'reason_needed' });
  expect(movedFault('2021-12-31', '2021-12-31', null)).toBeNull();
  expect(movedFault('2021-12-31', '2022-03-31', '资金二季度到位')).toBeNull();
});
