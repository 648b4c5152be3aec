import { type Day, dayOfYear, daysInYear, fromEpochDay, toEpochDay, weekday, yearOf } from '#core/shared/day.ts';

/** 'off' 放假: no work on this day, whatever its weekday. 'work' 调休上班: a weekend day that is worked. */
export interface MarkedDay {
  day: Day;
  mark: 'off' | 'work';
  /** The festival it belongs to. */
  name: string;
}

export interface CalendarYear {
  year: number;
  notice: string;
  noticeDate: Day | null;
  days: readonly MarkedDay[];
}

export type DayKind = 'workday' | 'makeUp' | 'weekend' | 'off';

/** There is no published calendar for the year, so nobody can say which of its days are worked. */
export class CalendarNotPublished extends Error {
  readonly code = 'CALENDAR_NOT_PUBLISHED';
  readonly year: number;
  constructor(year: number) {
    super(`CALENDAR_NOT_PUBLISHED: no working-day calendar is published for ${year}`);
    this.year = year;
  }
}

export interface WorkCalendar {
  years: readonly CalendarYear[];
  hasYear(year: number): boolean;
  /** Everything below throws CalendarNotPublished when it meets a year without a calendar. */
  kindOf(day: Day): DayKind;
  /** Festival of a marked day, else null. */
  nameOf(day: Day): string | null;
  isWorkday(day: Day): boolean;
  /** The n-th workday after `day` (before it when n is negative); `day` itself is never counted. n is not zero. */
  addWorkdays(day: Day, n: number): Day;
  /** Workdays after `from` up to and including `to`; negative when `to` is earlier. */
  workdaysBetween(from: Day, to: Day): number;
  /** `day` itself when it is worked, else the first workday after it. */
  nextWorkday(day: Day): Day;
  /** `day` itself when it is worked, else the last workday before it. */
  previousWorkday(day: Day): Day;
}

interface CountedYear {
  firstEpochDay: number;
  /** worked[i] = workdays among the first i days of the year, so that any span is one subtraction. */
  worked: readonly number[];
}

const isWeekend = (day: Day): boolean => weekday(day) >= 6;

export function workCalendar(years: readonly CalendarYear[]): WorkCalendar {
  const marks = new Map<Day, MarkedDay>();
  for (const year of years) for (const marked of year.days) marks.set(marked.day, marked);
  const counted = new Map<number, CountedYear>();

  const kindOf = (day: Day): DayKind => {
    yearOfDay(yearOf(day));
    return plainKind(day);
  };
  const plainKind = (day: Day): DayKind => {
    const mark = marks.get(day)?.mark;
    if (mark === 'off') return 'off';
    if (isWeekend(day)) return mark === 'work' ? 'makeUp' : 'weekend';
    return 'workday';
  };
  const isWorked = (kind: DayKind): boolean => kind === 'workday' || kind === 'makeUp';

  const published = new Set(years.map((y) => y.year));
  const yearOfDay = (year: number): CountedYear => {
    const known = counted.get(year);
    if (known) return known;
    if (!published.has(year)) throw new CalendarNotPublished(year);
    const firstEpochDay = toEpochDay(`${String(year).padStart(4, '0')}-01-01`);
    const worked = [0];
    for (let i = 0; i < daysInYear(year); i++)
      worked.push(worked[i]! + (isWorked(plainKind(fromEpochDay(firstEpochDay + i))) ? 1 : 0));
    const made = { firstEpochDay, worked };
    counted.set(year, made);
    return made;
  };

  /** The day of `year` on which the count of worked days first reaches `count` (1 or more). */
  const dayOfCount = ({ firstEpochDay, worked }: CountedYear, count: number): Day => {
    let [low, high] = [1, worked.length - 1];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (worked[middle]! >= count) high = middle;
      else low = middle + 1;
    }
    return fromEpochDay(firstEpochDay + low - 1);
  };

  const addWorkdays = (day: Day, n: number): Day => {
    if (!Number.isSafeInteger(n) || n === 0) throw new RangeError(`Not a count of workdays: ${n}`);
    let year = yearOf(day);
    let counts = yearOfDay(year);
    if (n > 0) {
      let count = counts.worked[dayOfYear(day)]! + n;
      while (count > counts.worked.at(-1)!) {
        count -= counts.worked.at(-1)!;
        counts = yearOfDay(++year);
      }
      return dayOfCount(counts, count);
    }
    let count = counts.worked[dayOfYear(day) - 1]! + 1 + n;
    while (count < 1) {
      counts = yearOfDay(--year);
      count += counts.worked.at(-1)!;
    }
    return dayOfCount(counts, count);
  };

  const workdaysBetween = (from: Day, to: Day): number => {
    if (from > to) return -workdaysBetween(to, from);
    let count = yearOfDay(yearOf(to)).worked[dayOfYear(to)]! - yearOfDay(yearOf(from)).worked[dayOfYear(from)]!;
    for (let year = yearOf(from); year < yearOf(to); year++) count += yearOfDay(year).worked.at(-1)!;
    return count;
  };

  const isWorkday = (day: Day): boolean => isWorked(kindOf(day));
  return {
    years,
    hasYear: (year) => published.has(year),
    kindOf,
    nameOf: (day) => marks.get(day)?.name ?? null,
    isWorkday,
    addWorkdays,
    workdaysBetween,
    nextWorkday: (day) => (isWorkday(day) ? day : addWorkdays(day, 1)),
    previousWorkday: (day) => (isWorkday(day) ? day : addWorkdays(day, -1)),
  };
}
