import { expect, test } from 'vitest';
import { emptyBody, events, itemOf } from './draft.ts';
import { brief, unwire } from './exact.ts';
import { examples } from './examples.ts';
import { movesBetween, type ScoreInputs, scoreOf } from './result.ts';
import type { Item, SchemeBody } from './scheme.ts';

const units = ['甲县', '乙县', '丙县'].map((name, i) => ({ unitId: `0000000${i}-0000-4000-8000-000000000000`, name }));
const [first, second, third] = units.map((u) => u.unitId) as [string, string, string];
const groupOf = (bound: Record<string, string> = {}): SchemeBody['groups'] => [
  {
    code: 'counties',
    name: { zh: '县区', en: 'Counties' },
    units: units.map(({ unitId }) => ({ unitId, boundTo: bound[unitId] ?? null })),
  },
];
const inputs = (
  body: SchemeBody,
  values: Record<string, [item: string, name: string, value: string][]>,
): ScoreInputs => ({
  code: 'sample',
  version: 1,
  year: 2021,
  day: '2021-09-26',
  body,
  units,
  figures: Object.entries(values).flatMap(([unitId, rows]) =>
    rows.map(([item, name, n]) => ({ unitId, item, name, value: { n, d: '1' } })),
  ),
  vetoes: [],
  selfScores: [],
});
const totals = (of: ScoreInputs) => scoreOf(of).units.map((u) => [u.name, brief(unwire(u.total)), u.rank]);

const count = (code: string, rest: Partial<Item>): Item =>
  itemOf(
    code,
    [code, code],
    '100',
    { kind: 'counts', base: '0', lines: [{ label: { zh: '个数', en: 'count' }, of: '数', points: '1', most: null }] },
    [events('数')],
    { floor: null, ...rest },
  );

test('bound units share the points of the task 70 to 30 (published), and a lead without anybody bound keeps all', () => {
  const task = examples.find((e) => e.code === 'tasks')!.body.items[0]!;
  const body = { ...emptyBody, items: [task], groups: groupOf({ [second]: first }) };
  const of = inputs(body, {
    [first]: [
      ['task', '新引进', '6'],
      ['task', '时序目标', '8'],
    ],
    [third]: [
      ['task', '新引进', '4'],
      ['task', '时序目标', '8'],
    ],
  });
  expect(totals(of)).toEqual([
    ['甲县', '42', 1],
    ['乙县', '18', 3],
    ['丙县', '40', 2],
  ]);
  expect(scoreOf(of).units[1]!.items[0]!.basis.zh).toContain('捆绑计分 60 × 0.3 = 18 分');
});

test('bonuses together stop at the limit of the scheme, deductions do not', () => {
  const body = {
    ...emptyBody,
    bonusMost: '5',
    items: [count('a', {}), count('b', { side: 'bonus' }), count('c', { side: 'bonus' })],
    groups: groupOf(),
  };
  const of = inputs(body, {
    [first]: [
      ['a', '数', '90'],
      ['b', '数', '4'],
      ['c', '数', '3'],
    ],
  });
  expect(totals(of)[0]).toEqual(['甲县', '95', 1]);
});

test('a veto takes the rank and leaves the points; the others move up, ties share the better rank', () => {
  const body = { ...emptyBody, items: [count('a', {})], groups: groupOf() };
  const of = inputs(body, {
    [first]: [['a', '数', '90']],
    [second]: [['a', '数', '80']],
    [third]: [['a', '数', '80']],
  });
  expect(totals(of).map(([, , rank]) => rank)).toEqual([1, 2, 2]);
  const vetoed = { ...of, vetoes: [{ unitId: first, reason: { zh: '较大安全事故', en: 'a grave accident' } }] };
  expect(totals(vetoed)).toEqual([
    ['甲县', '90', null],
    ['乙县', '80', 1],
    ['丙县', '80', 1],
  ]);
});

test('who moves when a weight changes is told with both ranks and the difference', () => {
  const two = (weight: string): SchemeBody => ({
    ...emptyBody,
    items: [
      count('a', {}),
      itemOf('b', ['b', 'b'], weight, { kind: 'ratio', of: '数' }, [events('数')], { floor: null }),
    ],
    groups: groupOf(),
  });
  const values: Parameters<typeof inputs>[1] = {
    [first]: [
      ['a', '数', '10'],
      ['b', '数', '1'],
    ],
    [second]: [
      ['a', '数', '7'],
      ['b', '数', '2'],
    ],
  };
  const moves = movesBetween(scoreOf(inputs(two('1'), values)), scoreOf(inputs(two('4'), values)));
  expect(moves.slice(0, 2).map((m) => [m.name, m.before.rank, m.after.rank, brief(unwire(m.change))])).toEqual([
    ['甲县', 1, 2, '3'],
    ['乙县', 2, 1, '6'],
  ]);
});
