import { type Day, dayOfYear, daysInYear, fromEpochDay, toEpochDay, weekday, yearOf } from '#core/shared/day.ts';
import type { CityDays, Content, OwnCalendar } from './shapes.ts';

/** Nobody has published which days of the year are worked: a plan that reaches it cannot be counted in working days. */
export class CalendarMissing extends Error {
  readonly year: number;
  constructor(year: number) {
    super(`No working calendar for ${year}`);
    this.year = year;
  }
}

/** Worked days numbered one after another, so that durations and lags are sums. Everything throws CalendarMissing outside the known years. */
export interface DayAxis {
  isWorked(day: Day): boolean;
  /** Number of `day`, or of the first worked day after it. */
  indexFrom(day: Day): number;
  /** Number of `day`, or of the last worked day before it. */
  indexUpTo(day: Day): number;
  dayAt(index: number): Day;
}

const firstOf = (year: number): number => toEpochDay(`${String(year).padStart(4, '0')}-01-01`);

/** @param first the first year that is known; days are numbered from its 1 January. */
function axisOver(first: number, hasYear: (year: number) => boolean, isWorkedDay: (day: Day) => boolean): DayAxis {
  const counted = new Map<number, number[]>();
  /** [n] = worked days before the n-th day of the year (0-based). */
  const countsOf = (year: number): number[] => {
    const known = counted.get(year);
    if (known) return known;
    if (!hasYear(year)) throw new CalendarMissing(year);
    const from = firstOf(year);
    const counts = [0];
    for (let i = 0; i < daysInYear(year); i++) counts.push(counts[i]! + (isWorkedDay(fromEpochDay(from + i)) ? 1 : 0));
    counted.set(year, counts);
    return counts;
  };
  const starts = new Map<number, number>([[first, 0]]);
  const startOf = (year: number): number => {
    if (year < first) throw new CalendarMissing(year);
    const known = starts.get(year);
    if (known !== undefined) return known;
    const start = startOf(year - 1) + countsOf(year - 1).at(-1)!;
    starts.set(year, start);
    return start;
  };
  const before = (day: Day): number => {
    // The day's own year first: it is the one to name when there is no calendar.
    const inYear = countsOf(yearOf(day))[dayOfYear(day) - 1]!;
    return startOf(yearOf(day)) + inYear;
  };
  const isWorked = (day: Day): boolean => {
    countsOf(yearOf(day));
    return isWorkedDay(day);
  };
  return {
    isWorked,
    indexFrom: before,
    indexUpTo: (day) => before(day) - (isWorked(day) ? 0 : 1),
    dayAt(index) {
      if (index < 0) throw new CalendarMissing(first - 1);
      let year = first;
      while (startOf(year) + countsOf(year).at(-1)! <= index) year += 1;
      const counts = countsOf(year);
      const wanted = index - startOf(year) + 1;
      let [low, high] = [1, counts.length - 1];
      while (low < high) {
        const middle = (low + high) >> 1;
        if (counts[middle]! >= wanted) high = middle;
        else low = middle + 1;
      }
      return fromEpochDay(firstOf(year) + low - 1);
    },
  };
}

const ever = (year: number): boolean => year >= 1990 && year <= 2100;

/** The city's calendar: Monday to Friday, but for days off and worked weekend days of the years that are published. */
export function cityAxis({ years, off, work }: CityDays): DayAxis {
  const [isOff, isWork, isKnown] = [new Set(off), new Set(work), new Set(years)];
  return axisOver(
    years.length === 0 ? 1990 : Math.min(...years),
    (year) => isKnown.has(year),
    (day) => (weekday(day) >= 6 ? isWork.has(day) : !isOff.has(day)),
  );
}

/** 日历天: every day counts. */
export const everyDayAxis = (): DayAxis => axisOver(1990, ever, () => true);

export function ownAxis({ weekdays, exceptions }: OwnCalendar): DayAxis {
  const marks = new Map<Day, boolean>();
  // Later exceptions win, as they do where they come from.
  for (const { from, to, isWorked } of exceptions)
    for (let at = toEpochDay(from); at <= toEpochDay(to) && marks.size < 20_000; at++)
      marks.set(fromEpochDay(at), isWorked);
  return axisOver(1990, ever, (day) => marks.get(day) ?? weekdays[weekday(day) - 1]!);
}

export const axisFor = (content: Pick<Content, 'calendar' | 'own'>, city: CityDays): DayAxis =>
  content.calendar === 'own' && content.own
    ? ownAxis(content.own)
    : content.calendar === 'everyDay'
      ? everyDayAxis()
      : cityAxis(city);
