import { classKey, type Step, steps, type Traits } from './classes.ts';
import { mapSpread, missOf, type Spread, spreadOf, stretchFrom } from './spread.ts';

/** A plan of a year: its sum, and the planned cumulative at the end of each month, months 0 to 12. Whole yuan. */
export interface YearPlan {
  planYuan: number;
  curve: readonly number[];
}
/** One project in one year. Whole yuan; month 0 is the beginning of the year. The plan is the one in force now. */
export interface YearSeries extends YearPlan {
  year: number;
  /** The plan as it was known when each month was closed; where the plan was never changed, absent. */
  then?: readonly YearPlan[];
  /** Accepted cumulative by month as known when the month was closed, and as known now. */
  known: readonly number[];
  now: readonly number[];
}
export interface Series {
  id: string;
  planKind: string | null;
  board: string | null;
  size: Traits['size'];
  years: readonly YearSeries[];
}

export const monthIndex = (year: number, month: number): number => year * 12 + month;

/** Twelfths of the plan, or its own curve. */
export const curveOf = (planYuan: number, curve: readonly number[] | null): number[] =>
  Array.from({ length: 13 }, (_, m) => (m === 0 ? 0 : (curve?.[m - 1] ?? Math.round((planYuan * m) / 12))));

/** Two months of the plan weigh against the project's own pace, so that one early month does not decide the year. */
const priorMonths = 2;

/**
 * What the next months should bring by the project's own curve and pace: what its plan holds for them, times how fast it
 * went so far (what was done over what was due, drawn towards 1 while little is known; at most twice).
 */
export function expectedFlow({ planYuan, curve }: YearPlan, month: number, done: number, horizon: number): number {
  const ahead = curve[month + horizon]! - curve[month]!;
  const prior = (planYuan * priorMonths) / 12;
  const pace = Math.min(2, Math.max(0, (done + prior) / (curve[month]! + prior)));
  return ahead * pace;
}

export const traitsAt = (series: Pick<Series, 'planKind' | 'board' | 'size'>, done: number): Traits => ({
  begun: done > 0,
  planKind: series.planKind,
  board: series.board,
  size: series.size,
});

/** A stretch of months of the past of which the end is known. */
export interface Window {
  id: string;
  traits: Traits;
  planYuan: number;
  /** Where it began and ended, in months since year 0. */
  origin: number;
  end: number;
  done: number;
  expected: number;
  actual: number;
  /** (actual − expected) ÷ plan */
  residual: number;
}

/** Every stretch of `horizon` months within a year that ended by `last`. The city's begin in January as well. */
export function windowsOf(all: readonly Series[], horizon: number, last: number, first = 1): Window[] {
  const found: Window[] = [];
  for (const series of all)
    for (const year of series.years) {
      for (let month = first; month + horizon <= 12; month += 1) {
        // A plan raised in November was not known in June: who forecast then had the old one.
        const plan = year.then?.[month] ?? year;
        const origin = monthIndex(year.year, month);
        const end = origin + horizon;
        if (end > last) break;
        if (plan.planYuan <= 0) continue;
        const done = year.known[month]!;
        const expected = expectedFlow(plan, month, done, horizon);
        const actual = year.now[month + horizon]! - done;
        found.push({
          id: series.id,
          traits: traitsAt(series, done),
          planYuan: plan.planYuan,
          origin,
          end,
          done,
          expected,
          actual,
          residual: (actual - expected) / plan.planYuan,
        });
      }
    }
  return found;
}

export const leastWindows = 40;
export const leastProjects = 15;

interface ClassOf {
  residuals: number[];
  projects: number;
}
export type Pool = ReadonlyMap<string, ClassOf>;

/** Windows sorted into every class of the ladder that is large enough to say something. */
export function poolOf(windows: readonly Window[]): Pool {
  const found = new Map<string, { residuals: number[]; ids: Set<string> }>();
  for (const window of windows)
    for (const step of steps) {
      const key = classKey(window.traits, step);
      const one = found.get(key) ?? { residuals: [], ids: new Set() };
      found.set(key, one);
      one.residuals.push(window.residual);
      one.ids.add(window.id);
    }
  return new Map(
    [...found]
      .filter(([, { residuals, ids }]) => residuals.length >= leastWindows && ids.size >= leastProjects)
      .map(([key, { residuals, ids }]) => [key, { residuals: residuals.sort((a, b) => a - b), projects: ids.size }]),
  );
}

export interface MoneyForecast {
  spread: Spread;
  step: Step;
  windows: number;
  projects: number;
}

/**
 * What the months to come bring, cumulative, whole yuan: the project's own curve and pace, with the misses that such
 * projects showed over as many months. Null when even the widest class is too small: then nothing is claimed.
 */
export function forecastMoney(
  own: { traits: Traits; planYuan: number; done: number; expected: number },
  pool: Pool,
  stretch = 1,
): MoneyForecast | null {
  for (const step of steps) {
    const found = pool.get(classKey(own.traits, step));
    if (!found) continue;
    const spread = mapSpread(spreadOf(found.residuals, stretch), (residual) =>
      // What is done stays done.
      Math.max(own.done, Math.round(own.done + own.expected + own.planYuan * residual)),
    );
    return { spread, step, windows: found.residuals.length, projects: found.projects };
  }
  return null;
}

export interface TestMonth {
  /** Month of the forecast, in months since year 0. */
  origin: number;
  tested: number;
  inside: number;
  /** Truth below and above the interval. */
  below: number;
  above: number;
  /** Not forecast for want of references. */
  untold: number;
}
export interface BackTest {
  horizon: number;
  months: TestMonth[];
  stretch: number;
}

const monthOfTest = (origin: number): TestMonth => ({ origin, tested: 0, inside: 0, below: 0, above: 0, untold: 0 });

/**
 * At each past month the forecast as it would have been made: references that had ended by then, and a stretch learned from
 * forecasts whose truth had come out by then. How often the truth lay inside is counted, and the stretch for today returned.
 */
export function backTest(windows: readonly Window[], horizon: number): BackTest {
  const byOrigin = Map.groupBy(windows, (window) => window.origin);
  const misses: { end: number; miss: number }[] = [];
  const months: TestMonth[] = [];
  for (const origin of [...byOrigin.keys()].sort((a, b) => a - b)) {
    const pool = poolOf(windows.filter((window) => window.end <= origin));
    const stretch = stretchFrom(misses.filter((m) => m.end <= origin).map((m) => m.miss));
    const month = monthOfTest(origin);
    for (const window of byOrigin.get(origin)!) {
      const found = forecastMoney(window, pool, stretch);
      if (!found) {
        month.untold += 1;
        continue;
      }
      count(month, found.spread, window.done + window.actual);
      // Learned in terms of the unstretched interval, so that a stretch does not feed on itself.
      misses.push({ end: window.end, miss: missOf(found.spread, window.done + window.actual) * stretch });
    }
    months.push(month);
  }
  return { horizon, months, stretch: stretchFrom(misses.map((m) => m.miss)) };
}

function count(month: TestMonth, { p10, p90 }: Spread, truth: number): void {
  month.tested += 1;
  if (truth < p10) month.below += 1;
  else if (truth > p90) month.above += 1;
  else month.inside += 1;
}

/** A past stretch of all projects together. */
export interface TotalWindow {
  origin: number;
  end: number;
  planYuan: number;
  done: number;
  expected: number;
  actual: number;
  residual: number;
}

/** Projects rise and fall together, so the whole is not the sum of their intervals: it has a past of its own. */
export function totalWindows(windows: readonly Window[]): TotalWindow[] {
  return [...Map.groupBy(windows, (window) => window.origin)]
    .map(([origin, some]) => {
      const sum = (of: (window: Window) => number) => some.reduce((total, window) => total + of(window), 0);
      const [planYuan, done, expected, actual] = [
        sum((w) => w.planYuan),
        sum((w) => w.done),
        sum((w) => w.expected),
        sum((w) => w.actual),
      ];
      return { origin, end: some[0]!.end, planYuan, done, expected, actual, residual: (actual - expected) / planYuan };
    })
    .sort((a, b) => a.origin - b.origin);
}

/** Eight past months: the interval then is their whole range. */
export const leastTotals = 8;

export function forecastTotal(
  own: { planYuan: number; done: number; expected: number },
  past: readonly Pick<TotalWindow, 'residual'>[],
): Spread | null {
  if (past.length < leastTotals) return null;
  const residuals = past.map((window) => window.residual).sort((a, b) => a - b);
  return mapSpread(spreadOf(residuals), (residual) =>
    Math.max(own.done, Math.round(own.done + own.expected + own.planYuan * residual)),
  );
}

export function backTestTotal(windows: readonly TotalWindow[], horizon: number): BackTest {
  const months = windows.map((window) => {
    const month = monthOfTest(window.origin);
    const found = forecastTotal(
      window,
      windows.filter((one) => one.end <= window.origin),
    );
    if (found) count(month, found, window.done + window.actual);
    else month.untold += 1;
    return month;
  });
  return { horizon, months, stretch: 1 };
}
