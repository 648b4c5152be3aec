import { describe, expect, test } from 'vitest';
import { publishedYears } from '#modules/calendar/published-years.ts';
import { workCalendar } from '#modules/calendar/work-calendar.ts';
import { rosterFaults } from './roster.ts';
import { type Candidate, countTurns, fillRoster } from './rotation.ts';
import { type DayClass, dayClassOf, dutyDays, periodOf, shippedPatterns } from './shifts.ts';

const calendar = workCalendar(publishedYears);
const kindOf = (day: string) => dayClassOf(calendar.kindOf(day));
const people = (n: number, letter: string): Candidate[] =>
  Array.from({ length: n }, (_, i) => ({ id: `${letter}${i}` }));

describe('what a day counts as (REQ-D2)', () => {
  test.each([
    ['2021-02-20', 'workday'],
    ['2021-04-02', 'workday'],
    ['2021-04-03', 'holiday'],
    ['2021-04-04', 'holiday'],
    ['2021-04-05', 'holiday'],
    ['2021-04-06', 'workday'],
    ['2021-04-10', 'rest'],
    ['2021-09-18', 'workday'],
    ['2021-09-26', 'workday'],
    ['2021-10-01', 'holiday'],
    ['2021-10-07', 'holiday'],
    ['2021-10-09', 'workday'],
    ['2021-10-10', 'rest'],
  ] as const)('%s is a %s', (day, kind) => expect(kindOf(day)).toBe(kind));

  test('a year without a published calendar is said, not guessed', () => {
    const fill = () => fillRoster(['2027-02-08'], shippedPatterns.whole, kindOf, { officer: people(3, 'o') });
    expect(fill).toThrow(/CALENDAR_NOT_PUBLISHED/);
  });

  test('a make-up Saturday has the turns of a workday and a holiday Monday those of a day off', () => {
    const lists = { officer: people(4, 'o') };
    const turns = fillRoster(['2021-10-09', '2021-10-04'], shippedPatterns.split, kindOf, lists);
    const hours = turns.map(({ from, to }) => (to - from) / 60);
    expect(hours).toEqual([9, 15, 12, 12]);
  });
});

describe('a period filled by rotation', () => {
  test('has no fault, gives nobody two days running, and shares each kind of day out evenly', () => {
    for (const n of [3, 4, 5, 7, 11, 16])
      for (const [from, to] of [
        ['2021-09-01', '2021-10-31'],
        ['2021-01-01', '2021-12-31'],
        ['2021-02-01', '2021-02-28'],
      ] as const) {
        const days = dutyDays(from, to);
        const turns = fillRoster(days, shippedPatterns.whole, kindOf, {
          leader: people(n, 'l'),
          officer: people(n, 'o'),
        });
        const numbered = turns.map((turn, i) => ({ ...turn, id: `${i}` }));
        expect(rosterFaults(periodOf(from, to, '08:30'), numbered)).toEqual([]);
        for (const post of ['leader', 'officer'] as const) {
          const own = turns.filter((turn) => turn.post === post);
          for (const [i, turn] of own.slice(1).entries()) expect(turn.memberId).not.toBe(own[i]!.memberId);
          const counts = [...countTurns(own, kindOf).values()];
          for (const kind of ['workday', 'rest', 'holiday'] as const) {
            const each = counts.map((count) => count[kind]);
            expect(Math.max(...each) - Math.min(...each), `${n} ${from} ${kind}`).toBeLessThanOrEqual(2);
          }
        }
      }
  });

  test('whoever had the holidays before comes last to the next ones', () => {
    const before = { workday: 0, rest: 0, holiday: 3 };
    const list = [{ id: 'a', before }, { id: 'b' }, { id: 'c' }];
    const days = dutyDays('2021-10-01', '2021-10-07');
    const counts = countTurns(
      fillRoster(days, shippedPatterns.whole, () => 'holiday' as DayClass, { officer: list }),
      () => 'holiday',
    );
    // Three each make all equal; only the seventh day is a's again, whose last turn is longest ago.
    expect(['a', 'b', 'c'].map((id) => counts.get(id)!.holiday)).toEqual([1, 3, 3]);
  });
});
