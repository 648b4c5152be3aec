import { expect, test } from 'vitest';
import { type Atom, parts, rollUp, TooLarge } from './roll.ts';
import { Pivot } from './shapes.ts';
import { monthsOf, narrowed } from './span.ts';

const byName = (_: unknown, a: string | null, b: string | null) => String(a).localeCompare(String(b));
const due = () => parts / 2;
const atom = (keys: Atom['keys'], sums: Atom['sums'], time: Partial<Atom> = {}): Atom => ({
  keys,
  sums,
  year: null,
  period: null,
  ...time,
});
const year = { from: '2021-01', to: '2021-03' };

test('a rate of a total is made of sums: 90 % of 1000 and 10 % of 100 are 82.73 %, not 50 %', () => {
  const pivot = Pivot.parse({ measures: ['rate', 'gap'], rows: ['county'] });
  const atoms = [
    atom(['a'], { plan: 1000 }, { year: 2021 }),
    atom(['a'], { donePlanned: 900 }),
    atom(['b'], { plan: 100 }, { year: 2021 }),
    atom(['b'], { donePlanned: 10 }),
  ];
  const { cells } = rollUp(pivot, year, atoms, due, byName);
  expect(cells[0]![0]).toEqual([
    { n: '910', d: '1100' },
    { n: String((910n * BigInt(parts) - (1100n * BigInt(parts)) / 2n) * 100n), d: String(1100n * BigInt(parts)) },
  ]);
});

test('what a month adds is carried into later months of its year, and not into the next year', () => {
  const pivot = Pivot.parse({ measures: ['yearDone'], columns: ['month'] });
  const months = { from: '2020-11', to: '2021-02' };
  const atoms = [
    atom([], { done: 5 }, { period: '2020-10' }),
    atom([], { done: 7 }, { period: '2020-12' }),
    atom([], { done: 1 }, { period: '2021-01' }),
  ];
  const { columns, cells } = rollUp(pivot, months, atoms, due, byName);
  expect(Object.fromEntries(columns.map((head, i) => [head.join(''), cells[0]![i]![0]]))).toEqual({
    '': 13,
    '2020-11': 5,
    '2020-12': 12,
    '2021-01': 1,
    '2021-02': 1,
  });
});

test('a list of values stands in each group, once in every total above it', () => {
  const pivot = Pivot.parse({ measures: ['projects'], rows: ['board', 'tier'] });
  const { rows, cells } = rollUp(
    pivot,
    year,
    [atom(['x', ['p', 'q']], { projects: 3 }), atom(['x', []], { projects: 1 })],
    due,
    byName,
  );
  expect(rows.map((head, i) => [head.join('/'), cells[i]![0]![0]])).toEqual([
    ['', 4],
    ['x', 4],
    ['x/', 1],
    ['x/p', 3],
    ['x/q', 3],
  ]);
});

test('without subtotals only the total and the last level stand', () => {
  const pivot = Pivot.parse({ measures: ['projects'], rows: ['board', 'stage'], subtotals: false });
  const { rows } = rollUp(pivot, year, [atom(['x', 's'], { projects: 3 })], due, byName);
  expect(rows).toEqual([[], ['x', 's']]);
});

test('what nobody could read is refused', () => {
  const pivot = Pivot.parse({ measures: ['projects'], rows: ['owner'] });
  const atoms = Array.from({ length: 2_001 }, (_, i) => atom([`u${i}`], { projects: 1 }));
  expect(() => rollUp(pivot, year, atoms, due, byName)).toThrow(TooLarge);
});

test('months that have not begun are left out, and a cell narrows the question', () => {
  expect(monthsOf({ kind: 'months', from: '2021-05', to: '2022-01' }, '2021-09-26')).toEqual({
    from: '2021-05',
    to: '2021-09',
  });
  expect(monthsOf({ kind: 'months', from: '2021-10', to: '2021-12' }, '2021-09-26')).toBeNull();
  expect(monthsOf({ kind: 'lastMonths', n: 12 }, '2021-09-26')).toEqual({ from: '2020-10', to: '2021-09' });
  const pivot = Pivot.parse({ measures: ['yearDone'], rows: ['lead', 'month'], columns: ['tier'] });
  expect(narrowed(pivot, ['u', '2021-02'], [null], year)).toMatchObject({
    months: { from: '2021-02', to: '2021-02' },
    pivot: {
      conditions: [
        { dimension: 'lead', values: ['u'] },
        { dimension: 'tier', values: [null] },
      ],
    },
  });
  expect(narrowed(pivot, ['u', '2022-02'], [], year)).toBeNull();
});
