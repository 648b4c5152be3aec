import { expect, test } from 'vitest';
import { ratio, ratioOf } from '#core/shared/rate.ts';
import type { ExactFigure } from './month.ts';
import { type Entry, type RankingRule, rankRows, riseOf, targetState } from './ranking.ts';
import { showFigure } from './show.ts';

const rule: RankingRule = { direction: 'up', leastCompleteness: ratioOf('0.8'), leastMembers: 2, small: 'apart' };
const figure = (text: string | null): ExactFigure => {
  if (text === null) return { missing: 'missing', name: null };
  const { n, d } = ratioOf(text);
  return { n: String(n), d: String(d) };
};
const entry = (name: string, value: string | null, change: Partial<Entry> = {}): Entry => ({
  unitId: name,
  name,
  figure: figure(value),
  members: 5,
  completeness: { n: '1', d: '1' },
  ...change,
});
const placesOf = (entries: Entry[], change: Partial<RankingRule> = {}) => {
  const rows = rankRows(entries, { ...rule, ...change });
  return entries.map(({ name }) => rows.find((row) => row.name === name)!.rank);
};

test('golden vector 22: ties share the better rank, the next skips, and what has no value is unranked', () => {
  const places = placesOf([entry('a', '82.3'), entry('b', '80.9'), entry('c', '82.3'), entry('d', null)]);
  expect(places).toEqual([1, 3, 1, null]);
  expect(placesOf([entry('a', '82.3'), entry('b', '82.3'), entry('c', '80.9')])).toEqual([1, 1, 3]);
});

test('where less is better the least is first', () => {
  expect(placesOf([entry('a', '3'), entry('b', '0'), entry('c', '7')], { direction: 'down' })).toEqual([2, 1, 3]);
});

test('figures are compared exactly: what is alike when rounded is no tie', () => {
  // 629.0/647.4 is 97.157862…%, 97.16 % is a little more: both are shown as 97.16%.
  const fine = entry('a', null, { figure: { n: '6290', d: '6474' } });
  const shown = (one: Entry) => showFigure(one.figure, { unit: 'percent', decimals: 2 }, 'zh');
  expect([shown(fine), shown(entry('b', '0.9716'))]).toEqual(['97.16%', '97.16%']);
  expect(placesOf([fine, entry('b', '0.9716')])).toEqual([2, 1]);
  // Beyond what a double can tell apart.
  const wide = { figure: { n: '9007199254740993', d: '10000000000000000' } };
  expect(placesOf([entry('a', null, wide), entry('b', '0.9007199254740992')])).toEqual([1, 2]);
});

test('below the completeness floor a unit is unranked and not last; exactly at it, it is ranked', () => {
  const rows = rankRows(
    [
      entry('a', '0.9', { completeness: { n: '7', d: '10' } }),
      entry('b', '0.5'),
      entry('c', '0.7', { completeness: { n: '4', d: '5' } }),
    ],
    rule,
  );
  expect(rows.map((row) => [row.name, row.rank, row.unranked])).toEqual([
    ['c', 1, null],
    ['b', 2, null],
    ['a', null, 'belowCompleteness'],
  ]);
});

test('where nothing was due nothing is wanting', () => {
  expect(placesOf([entry('a', '0.9', { completeness: { missing: 'noMembers', name: null } })])).toEqual([1]);
});

test('a unit with one project is not first: it stands apart, or is marked where the definition ranks it', () => {
  const entries = [entry('a', '1', { members: 1 }), entry('b', '0.8')];
  expect(rankRows(entries, rule).map((r) => [r.name, r.rank, r.unranked, r.isSmall])).toEqual([
    ['b', 1, null, false],
    ['a', null, 'tooFewProjects', true],
  ]);
  expect(rankRows(entries, { ...rule, small: 'warn' }).map((r) => [r.name, r.rank, r.isSmall])).toEqual([
    ['a', 1, true],
    ['b', 2, false],
  ]);
});

test('the change of place is against the month before, and there is none without a place in both', () => {
  const previous = new Map([
    ['a', 3],
    ['b', 1],
  ]);
  const rows = rankRows([entry('a', '0.9'), entry('b', '0.8'), entry('c', '0.7')], rule, previous);
  expect(rows.map(riseOf)).toEqual([2, -1, null]);
});

test('the target: 97.2 % against a clock of 10/12 is exceeded, 27.24 of 100 at 90/365 too', () => {
  expect(targetState(ratio(6290, 6474), ratio(10, 12), 'up')).toBe('exceeded');
  expect(targetState(ratioOf('0.2724'), ratio(90, 365), 'up')).toBe('exceeded');
  expect(targetState(ratio(2, 3), ratio(8, 12), 'up')).toBe('reached');
  expect(targetState(ratio(3, 1), ratio(0, 1), 'down')).toBe('missed');
});
