import { expect, test } from 'vitest';
import { daysSinceStart, lampOf } from './lamp.ts';
import { formFor, ruleFaults, shippedRules as rules } from './rules.ts';

const preparing = { state: 'preparing' as const, startedOn: '2021-07-17' };

test.each([
  ['2021-07-17', 'normal'],
  ['2021-08-16', 'normal'],
  ['2021-08-17', 'warn'],
  ['2021-09-17', 'warn'],
  ['2021-09-18', 'late'],
])('begun on 17 July and not enrolled on %s is %s (银川)', (today, lamp) => {
  expect(lampOf(preparing, rules, today)).toBe(lamp);
});

test('a month that is shorter ends with its last day: begun 31 January, yellow on 28 February', () => {
  expect(lampOf({ ...preparing, startedOn: '2021-01-31' }, rules, '2021-02-27')).toBe('normal');
  expect(lampOf({ ...preparing, startedOn: '2021-01-31' }, rules, '2021-02-28')).toBe('warn');
});

test('handing the papers in does not turn the lamp; being enrolled does', () => {
  expect(lampOf({ ...preparing, state: 'submitted' }, rules, '2021-09-26')).toBe('late');
  expect(lampOf({ ...preparing, state: 'enrolled' }, rules, '2021-09-26')).toBe('normal');
});

test('nothing is due without a start, before it, or below the floor', () => {
  expect(lampOf({ ...preparing, startedOn: null }, rules, '2021-09-26')).toBeNull();
  expect(lampOf(preparing, rules, '2021-07-01')).toBeNull();
  expect(lampOf({ ...preparing, state: 'notRequired' }, rules, '2021-09-26')).toBeNull();
});

test('days since the start are civil days', () => {
  expect(daysSinceStart('2021-07-17', '2021-09-26')).toBe(71);
  expect(daysSinceStart('2021-09-27', '2021-09-26')).toBeNull();
});

test('206-1 is for 50 million and more, 206-2 for 5 million and more, none for less', () => {
  expect(formFor(rules, 50_000_000, 2021)?.code).toBe('206-1');
  expect(formFor(rules, 49_999_999, 2021)?.code).toBe('206-2');
  expect(formFor(rules, 4_999_999, 2021)).toBeNull();
  expect(formFor(rules, null, 2021)).toBeNull();
});

test('a form that is no longer valid gives way to its successor', () => {
  const [big, small] = rules.forms;
  const changed = {
    ...rules,
    forms: [{ ...big!, validToYear: 2021 }, { ...big!, code: '611-5', validFromYear: 2022 }, small!],
  };
  expect(formFor(changed, 80_000_000, 2021)?.code).toBe('206-1');
  expect(formFor(changed, 80_000_000, 2023)?.code).toBe('611-5');
});

test('rules that contradict themselves are named', () => {
  expect(ruleFaults(rules)).toEqual([]);
  expect(ruleFaults({ ...rules, nationalYuan: 1, lateMonths: 1, warnMonths: 2 }).map((f) => f.field)).toEqual([
    'nationalYuan',
    'lateMonths',
  ]);
});
