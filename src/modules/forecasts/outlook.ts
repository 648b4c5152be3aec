import { addMonths, type Day, endOfMonth, isEndOfMonth } from '#core/shared/day.ts';
import { type Building, backTestFinish, finishAtPace, forecastFinish } from './completion.ts';
import {
  type BackTest,
  backTest,
  backTestTotal,
  expectedFlow,
  forecastMoney,
  forecastTotal,
  monthIndex,
  poolOf,
  type Series,
  totalWindows,
  traitsAt,
  windowsOf,
} from './money.ts';
import type { CityForecast, Outlook, ProjectForecast } from './shapes.ts';

/** A month is closed when the 15th of the next has passed: by then its filings are accepted. */
export const closingDay = 15;

/** The last closed month of a day. */
export function originOf(day: Day): string {
  const back = Number(day.slice(8, 10)) > closingDay || isEndOfMonth(day) ? 1 : 2;
  return addMonths(`${day.slice(0, 8)}01`, -back).slice(0, 7);
}

export interface Known {
  series: readonly Series[];
  buildings: readonly Building[];
  /** Of each project: what is left of its total, and what the last twelve closed months brought. Yuan. */
  pace: ReadonlyMap<string, { leftYuan: number | null; yearYuan: number }>;
}

const periodOf = (index: number): string =>
  `${Math.floor((index - 1) / 12)}-${String(((index - 1) % 12) + 1).padStart(2, '0')}`;
/** Past months that are tested, newest last. */
const testedMonths = 24;

/** Everything that is forecast on a day, from what is known. Pure: the same facts give the same figures. */
export function outlookOf(known: Known, day: Day): Outlook {
  const origin = originOf(day);
  const [year, month] = origin.split('-').map(Number) as [number, number];
  const last = monthIndex(year, month);
  const horizon = 12 - month;
  const running = known.series.filter((one) => one.years.some((y) => y.year === year && y.planYuan > 0));
  const city = running.length === 0 ? null : cityOf(known, running, { year, month, last, horizon, origin }, day);
  const windows = horizon > 0 ? recent(windowsOf(known.series, horizon, last), last) : [];
  const pool = poolOf(windows);
  const stretch = city?.tests.projects.stretch ?? 1;
  const finished = known.buildings.filter((one) => one.finished !== null && one.finished <= day);
  const buildings = new Map(known.buildings.map((one) => [one.id, one]));

  const projects = running.map((series): ProjectForecast => {
    const own = series.years.find((y) => y.year === year)!;
    const done = own.now[month]!;
    const traits = traitsAt(series, done);
    const expected = expectedFlow(own, month, done, horizon);
    const found = horizon > 0 ? forecastMoney({ traits, planYuan: own.planYuan, done, expected }, pool, stretch) : null;
    const building = buildings.get(series.id);
    const ahead = building && building.finished === null ? forecastFinish(building, finished, day) : null;
    const pace = known.pace.get(series.id);
    return {
      projectId: series.id,
      year,
      origin,
      planYuan: own.planYuan,
      doneYuan: done,
      traits,
      money: found && {
        spread: found.spread,
        references: { step: found.step, windows: found.windows, projects: found.projects },
      },
      finish:
        building && building.finished === null
          ? {
              planned: building.planned,
              spread: ahead?.spread ?? null,
              projects: ahead?.projects ?? 0,
              step: ahead?.step ?? 3,
              atPace: pace ? finishAtPace(pace.leftYuan, pace.yearYuan, day) : null,
            }
          : null,
    };
  });
  return { city, projects };
}

const recent = <T extends { origin: number }>(windows: readonly T[], last: number): T[] =>
  windows.filter((window) => window.origin >= last - 3 * 12);

function cityOf(
  known: Known,
  running: readonly Series[],
  {
    year,
    month,
    last,
    horizon,
    origin,
  }: { year: number; month: number; last: number; horizon: number; origin: string },
  day: Day,
): CityForecast {
  const own = running.map((one) => one.years.find((y) => y.year === year)!);
  const sum = (of: (y: (typeof own)[number]) => number) => own.reduce((total, y) => total + of(y), 0);
  const [planYuan, done] = [sum((y) => y.planYuan), sum((y) => y.now[month]!)];
  const ahead = Array.from({ length: horizon }, (_, i) => {
    const h = i + 1;
    const past = totalWindows(recent(windowsOf(known.series, h, last, 0), last));
    const expected = sum((y) => expectedFlow(y, month, y.now[month]!, h));
    return {
      period: periodOf(last + h),
      spread: forecastTotal({ planYuan, done, expected }, past),
      past: past.length,
    };
  });
  const windows = horizon > 0 ? windowsOf(known.series, horizon, last) : [];
  const totals = horizon > 0 ? totalWindows(windowsOf(known.series, horizon, last, 0)) : [];
  const said = ({ months }: BackTest) =>
    months
      .filter((m) => m.origin > last - testedMonths)
      .map(({ origin: at, ...rest }) => ({ origin: periodOf(at), ...rest }));
  const tested = backTest(recent(windows, last), horizon);
  return {
    year,
    origin,
    horizon,
    projects: running.length,
    planYuan,
    done: Array.from({ length: month }, (_, i) => sum((y) => y.now[i + 1]!)),
    plan: Array.from({ length: 12 }, (_, i) => sum((y) => y.curve[i + 1]!)),
    ahead,
    tests: {
      projects: { horizon, stretch: tested.stretch, months: said(tested) },
      total: { horizon, months: said(backTestTotal(recent(totals, last), horizon)) },
      finish: backTestFinish(known.buildings, pastEnds(day, 12), day).filter((test) => test.tested + test.open > 0),
    },
  };
}

/** The ends of the last months before a day, oldest first. */
const pastEnds = (day: Day, n: number): Day[] =>
  Array.from({ length: n }, (_, i) => endOfMonth(addMonths(`${day.slice(0, 8)}01`, i - n)));
