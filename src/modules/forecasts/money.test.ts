import { expect, test } from 'vitest';
import {
  backTest,
  curveOf,
  expectedFlow,
  forecastMoney,
  forecastTotal,
  monthIndex,
  poolOf,
  type Series,
  totalWindows,
  windowsOf,
} from './money.ts';
import { missOf, sampleQuantile, spreadKeys, spreadOf, stretchFrom } from './spread.ts';

/** A stream of numbers in 0 to 1, the same at every run. */
function stream(seed: number) {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

/** Projects whose months scatter evenly around their own plan. */
function city(n: number, seed: number, wild = 1): Series[] {
  const next = stream(seed);
  return Array.from({ length: n }, (_, i) => ({
    id: `p${i}`,
    planKind: i % 3 === 0 ? 'new' : 'carried',
    board: i % 2 === 0 ? '产业' : '生态',
    size: 'middle',
    years: [2019, 2020, 2021].map((year) => {
      const planYuan = 12_000_000 * (1 + (i % 5));
      let sum = 0;
      const now = Array.from({ length: 13 }, (__, m) => {
        if (m > 0) sum += Math.round((planYuan / 12) * (1 + wild * (next() - 0.5)));
        return sum;
      });
      return { year, planYuan, curve: curveOf(planYuan, null), known: now, now };
    }),
  }));
}

test('quantiles rise with their chance, and shift and stretch with their sample', () => {
  const next = stream(7);
  for (let round = 0; round < 300; round += 1) {
    const sample = Array.from({ length: 1 + Math.floor(next() * 60) }, () => next() * 100 - 50).sort((a, b) => a - b);
    for (const stretch of [0, 0.5, 1, 2]) {
      const spread = spreadOf(sample, stretch);
      const values = spreadKeys.map((key) => spread[key]);
      expect(values).toEqual([...values].sort((a, b) => a - b));
      expect(spreadOf(sample, stretch)).toEqual(spread);
    }
    const moved = spreadOf(sample.map((x) => x + 1_000));
    for (const key of spreadKeys) expect(moved[key]).toBeCloseTo(spreadOf(sample)[key] + 1_000, 6);
    // A wider stretch never leaves anything out.
    expect(spreadOf(sample, 2).p90).toBeGreaterThanOrEqual(spreadOf(sample).p90);
  }
});

test('of nine past values the interval is their whole range, of eleven one is left out at each end', () => {
  const to = (n: number) => Array.from({ length: n }, (_, i) => i + 1);
  expect([sampleQuantile(to(9), 0.1), sampleQuantile(to(9), 0.9)]).toEqual([1, 9]);
  expect([sampleQuantile(to(19), 0.1), sampleQuantile(to(19), 0.9)]).toEqual([2, 18]);
});

test('the own curve and pace: half of what was due is drawn towards the plan, and never beyond twice it', () => {
  const year = { planYuan: 1200, curve: curveOf(1200, null) };
  expect(expectedFlow(year, 6, 600, 6)).toBe(600);
  // (300 + 200) ÷ (600 + 200)
  expect(expectedFlow(year, 6, 300, 6)).toBe(375);
  expect(expectedFlow(year, 6, 6_000, 6)).toBe(1_200);
  const late = [...Array(11).fill(0), 1200];
  expect(expectedFlow({ planYuan: 1200, curve: curveOf(1200, late) }, 6, 0, 6)).toBe(1_200);
});

test('intervals are ordered, never below what is done, rise with what is done, and are the same every time', () => {
  const windows = windowsOf(city(40, 3, 2), 4, monthIndex(2021, 8));
  const pool = poolOf(windows);
  const own = (done: number) => ({
    traits: { begun: done > 0, planKind: 'carried', board: '产业', size: 'middle' as const },
    planYuan: 12_000_000,
    done,
    expected: expectedFlow({ planYuan: 12_000_000, curve: curveOf(12_000_000, null) }, 8, done, 4),
  });
  let before = 0;
  for (let done = 500_000; done <= 12_000_000; done += 500_000) {
    const found = forecastMoney(own(done), pool)!;
    const values = spreadKeys.map((key) => found.spread[key]);
    expect(values).toEqual([...values].sort((a, b) => a - b));
    expect(found.spread.p10).toBeGreaterThanOrEqual(done);
    expect(found.spread.p50).toBeGreaterThanOrEqual(before);
    expect(forecastMoney(own(done), pool)).toEqual(found);
    before = found.spread.p50;
  }
});

test('too few references of a class lead to a wider one, and too few of all to no interval', () => {
  const pool = poolOf(windowsOf(city(80, 3), 4, monthIndex(2021, 8)));
  const own = { planYuan: 12_000_000, done: 1_000_000, expected: 2_000_000 };
  const of = (traits: object) =>
    forecastMoney(
      { ...own, traits: { begun: true, planKind: 'carried', size: 'middle', board: '产业', ...traits } },
      pool,
    );
  expect(of({})?.step).toBe(0);
  expect(of({ board: '航天' })?.step).toBe(1);
  expect(of({ size: 'huge' })?.step).toBe(2);
  expect(of({ planKind: 'finishing' })?.step).toBe(3);
  expect(of({ begun: false })).toBeNull();
  expect(
    forecastMoney(
      { ...own, traits: { begun: true, planKind: null, size: 'middle', board: null } },
      poolOf(windowsOf(city(10, 3), 4, monthIndex(2021, 8))),
    ),
  ).toBeNull();
});

test('in a world that does not change, eight of ten past forecasts hold', () => {
  const { months, stretch } = backTest(windowsOf(city(80, 11, 2), 4, monthIndex(2021, 12)), 4);
  const tested = months.reduce((sum, m) => sum + m.tested, 0);
  const inside = months.reduce((sum, m) => sum + m.inside, 0);
  expect(tested).toBeGreaterThan(1_000);
  expect(inside / tested).toBeGreaterThan(0.74);
  expect(inside / tested).toBeLessThan(0.86);
  expect(stretch).toBeGreaterThan(0.8);
  expect(stretch).toBeLessThan(1.25);
  for (const m of months) expect(m.inside + m.below + m.above).toBe(m.tested);
});

test('the first months have nothing to learn from, and a forecast never sees what came later', () => {
  const windows = windowsOf(city(40, 5), 4, monthIndex(2021, 8));
  const { months } = backTest(windows, 4);
  expect(months[0]).toMatchObject({ tested: 0, untold: 40 });
  // Whatever happens after a month changes nothing of the forecasts whose truth was out before.
  const cut = windows.filter((w) => w.end <= monthIndex(2020, 10));
  const before = backTest(cut, 4).months;
  expect(months.slice(0, before.length)).toEqual(before);
});

test('misses widen the next intervals, between half and twice', () => {
  expect(stretchFrom(Array(49).fill(3))).toBe(1);
  expect(stretchFrom(Array(60).fill(3))).toBe(2);
  expect(stretchFrom(Array(60).fill(0.1))).toBe(0.5);
  expect(missOf({ p10: 0, p25: 4, p50: 10, p75: 12, p90: 15 }, 20)).toBe(2);
  expect(missOf({ p10: 0, p25: 4, p50: 10, p75: 12, p90: 15 }, 5)).toBe(0.5);
});

test('the whole has a past of its own and says nothing before eight months of it', () => {
  const past = totalWindows(windowsOf(city(40, 3), 4, monthIndex(2021, 8), 0));
  expect(past.length).toBe(9 + 9 + 5);
  const own = { planYuan: 100, done: 60, expected: 30 };
  expect(forecastTotal(own, past.slice(0, 7))).toBeNull();
  const spread = forecastTotal(own, past)!;
  expect(spread.p10).toBeLessThanOrEqual(spread.p50);
  // Forty projects together scatter much less than each.
  expect(spread.p90 - spread.p10).toBeLessThan(20);
});

test('a plan that was raised later was not known before: past forecasts rest on the plan of their month', () => {
  const now = Array.from({ length: 13 }, (_, m) => m * 1_000_000);
  const [old, raised] = [12_000_000, 24_000_000].map((planYuan) => ({ planYuan, curve: curveOf(planYuan, null) }));
  const then = Array.from({ length: 13 }, (_, m) => (m < 10 ? old! : raised!));
  const year = { year: 2020, ...raised!, then, known: now, now };
  const series: Series = { id: 'p', planKind: 'new', board: null, size: 'middle', years: [year] };
  const told = windowsOf([series], 1, monthIndex(2020, 12)).map((w) => [w.origin - monthIndex(2020, 0), w.planYuan]);
  expect(told).toContainEqual([9, 12_000_000]);
  expect(told).toContainEqual([10, 24_000_000]);
  // On the old plan the project did exactly what was due; against the raised one it would look late.
  expect(windowsOf([series], 1, monthIndex(2020, 12))[4]!.residual).toBe(0);
});
