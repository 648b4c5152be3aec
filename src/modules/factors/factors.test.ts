import { describe, expect, test } from 'vitest';
import { percent } from '#core/shared/rate.ts';
import { parseAmount, showAmount } from './amount.ts';
import { categories, categoryOf } from './categories.ts';
import { type Clearance, clearanceFaults } from './clearance.ts';
import { coverageOf, coverageRate } from './coverage.ts';
import { lampOf } from './lamp.ts';
import { needState } from './need-state.ts';
import { allotmentRefusal, sizeRefusal } from './pool-rule.ts';

const today = '2021-09-26';
const need = (demand: number, supplied: number, promisedOn: string | null = null) => ({
  category: 'land' as const,
  demand,
  supplied,
  promisedOn,
});
const clearance = (households: [number, number, number], area: [number, number, number]): Clearance => ({
  households: { planned: households[0], signed: households[1], vacated: households[2] },
  area: { planned: area[0], signed: area[1], vacated: area[2] },
});

test('amounts are whole numbers of the last decimal, and money of the category 资金 is whole yuan', () => {
  expect(parseAmount('12.35', 2)).toBe(1235);
  expect(parseAmount('１，２３４', 0)).toBe(1234);
  expect(parseAmount('12.355', 2)).toBeNull();
  expect(parseAmount('约10', 2)).toBeNull();
  expect(showAmount(1235, 2)).toBe('12.35');
  expect(showAmount(123_400, 2)).toBe('1,234');
  expect(parseAmount('1', categoryOf('funding').decimals)).toBe(10_000);
  expect(categories).toHaveLength(12);
});

describe('the state of a need', () => {
  test.each([
    [need(0, 0), 'notNeeded'],
    [need(100, 0), 'missing'],
    [need(100, 40), 'partial'],
    [need(100, 100), 'secured'],
    [need(100, 120, '2021-09-01'), 'secured'],
    [need(100, 40, '2021-09-25'), 'overdue'],
    // The promised day itself is not late yet.
    [need(100, 0, '2021-09-26'), 'missing'],
  ] as const)('%o is %s', (facts, state) => expect(needState(facts, today)).toBe(state));

  test('of a clearance counts households and area: farmland without a house is a need too', () => {
    const of = (c: Clearance) =>
      needState(
        { demand: c.households.planned, supplied: c.households.vacated, promisedOn: null, clearance: c },
        today,
      );
    expect(of(clearance([0, 0, 0], [5000, 0, 0]))).toBe('missing');
    expect(of(clearance([12, 12, 12], [5000, 5000, 4800]))).toBe('partial');
    expect(of(clearance([12, 12, 12], [5000, 5000, 5000]))).toBe('secured');
    expect(of(clearance([0, 0, 0], [0, 0, 0]))).toBe('notNeeded');
  });
});

describe('figures of a clearance', () => {
  const before = clearance([100, 60, 40], [8000, 5000, 3000]);
  test('grow, and nobody leaves before signing', () => {
    expect(clearanceFaults(before, clearance([100, 70, 45], [8000, 5200, 3300]), false)).toEqual([]);
    expect(clearanceFaults(null, clearance([100, 60, 61], [0, 0, 0]), false)).toMatchObject([
      { code: 'out_of_order', field: 'clearance.households.vacated' },
    ]);
  });
  test('fall only as a correction', () => {
    const less = clearance([100, 55, 40], [8000, 5000, 3000]);
    const [fault] = clearanceFaults(before, less, false);
    expect(fault).toMatchObject({ code: 'figure_falls', field: 'clearance.households.signed' });
    expect(fault!.words.zh).toContain('由 60 减为 55');
    expect(clearanceFaults(before, less, true)).toEqual([]);
  });
});

describe('the lamp is the worst category', () => {
  const lamp = (...needs: Parameters<typeof lampOf>[0]) => lampOf(needs, today);
  test('red: a promise is past and the need is not met, even when part of it is', () => {
    expect(lamp(need(100, 0, '2021-09-25'))).toMatchObject({ light: 'late', cause: 'overdue', category: 'land' });
    expect(lamp(need(100, 99, '2021-09-25'))).toMatchObject({ light: 'late' });
  });
  test('yellow within 15 days, and not for that reason on the 16th', () => {
    expect(lamp(need(100, 0, '2021-10-11'))).toMatchObject({
      light: 'warn',
      cause: 'near',
      checks: [{ daysLeft: 15 }],
    });
    expect(lamp(need(100, 0, '2021-10-12'))).toMatchObject({ light: 'warn', cause: 'open' });
    expect(lamp(need(100, 0, '2021-09-26'))).toMatchObject({ cause: 'near', checks: [{ daysLeft: 0 }] });
    expect(lamp(need(100, 30, '2021-12-31'))).toMatchObject({ light: 'warn', cause: 'partial' });
    expect(lamp(need(100, 0))).toMatchObject({ light: 'warn', cause: 'unpromised' });
  });
  test('green only when all is secured, grey when nothing is needed', () => {
    expect(lamp(need(100, 100), { ...need(0, 0), category: 'gas' })).toMatchObject({
      light: 'normal',
      cause: 'secured',
    });
    expect(lamp({ ...need(0, 0), category: 'gas' })).toMatchObject({ light: 'idle', category: null });
    expect(lamp()).toMatchObject({ light: 'idle', checks: [] });
  });
  test('of several the worst decides and all are explained', () => {
    const found = lamp(
      need(100, 100),
      { ...need(5, 0, '2021-10-01'), category: 'power' },
      {
        ...need(9, 1, '2021-09-20'),
        category: 'water',
      },
    );
    expect(found).toMatchObject({ light: 'late', category: 'water' });
    expect(found.checks.map((c) => [c.category, c.cause, c.daysLeft])).toEqual([
      ['land', 'secured', null],
      ['water', 'overdue', -6],
      ['power', 'near', 5],
    ]);
  });
});

describe('用地保障率', () => {
  // Published by 淮安: the land of 342 projects is secured, 85 % of about 400.
  const projects = (secured: number, all: number) =>
    Array.from({ length: all }, (_, i) => need(100, i < secured ? 100 : 0));
  test('342 of 402 projects is the published 85 %', () => {
    const [land] = coverageOf(projects(342, 402));
    expect(land).toMatchObject({ category: 'land', needing: 402, secured: 342, demand: 40_200, supplied: 34_200 });
    expect(percent(coverageRate(land!), 0, 'half-up')).toBe('85');
  });
  test('with 400 it is 85.5 %, which only cutting off makes 85', () => {
    const [land] = coverageOf(projects(342, 400));
    expect(percent(coverageRate(land!), 1, 'half-up')).toBe('85.5');
    expect(percent(coverageRate(land!), 0, 'truncate')).toBe('85');
  });
  test('projects that need none do not count, more than needed helps no other, and a category nobody needs has no rate', () => {
    const [land, clear] = coverageOf([need(0, 0), need(100, 250), need(100, 50)]);
    expect(land).toMatchObject({ needing: 2, secured: 1, demand: 200, supplied: 150 });
    expect(coverageRate(clear!).ratio).toBeNull();
  });
});

describe('a quota pool', () => {
  const land = categoryOf('land');
  const pool = { name: '新增建设用地指标', year: 2021, size: 500_000, allotted: 480_000 };
  test('gives what it has left and no more, in words that say what to do', () => {
    expect(allotmentRefusal(land, pool, { name: '甲项目', gap: 90_000 }, 20_000)).toBeNull();
    const refusal = allotmentRefusal(land, pool, { name: '甲项目', gap: 90_000 }, 20_001);
    expect(refusal).toMatchObject({ code: 'over_pool', field: 'amount' });
    expect(refusal!.words.zh).toBe(
      '2021 年新增建设用地指标共 5,000 亩，已分配 4,800 亩，只剩 200 亩，不够分配 200.01 亩。请减少分配量，或先按文件调增指标池',
    );
  });
  test('gives no project more than it lacks, and does not shrink below what it gave', () => {
    expect(allotmentRefusal(land, pool, { name: '甲项目', gap: 1_000 }, 1_001)).toMatchObject({ code: 'over_gap' });
    expect(sizeRefusal(land, pool, 480_000)).toBeNull();
    expect(sizeRefusal(land, pool, 479_999)).toMatchObject({ code: 'below_allotted' });
  });
});
