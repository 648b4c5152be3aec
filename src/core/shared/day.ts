/**
 * A civil day of the business, 'YYYY-MM-DD', in Asia/Shanghai. Text on the wire and in rows, because a JavaScript
 * Date is a moment and moves to the day before as soon as it meets another time zone. Rules count in epoch days.
 */
export type Day = string;

const shape = /^(\d{4})-(\d{2})-(\d{2})$/;
const monthLengths = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31] as const;
const msOfDay = 86_400_000;
const shanghaiOffsetMs = 8 * 3_600_000;

export const isLeapYear = (year: number): boolean => (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
export const daysInYear = (year: number): 365 | 366 => (isLeapYear(year) ? 366 : 365);

/** @param month 1–12 */
export const daysInMonth = (year: number, month: number): number =>
  month === 2 && isLeapYear(year) ? 29 : (monthLengths[month - 1] ?? 0);

/** The day, or null for anything that is not one: 2021-02-31 is refused, never rolled into March. */
export function parseDay(text: string): Day | null {
  const match = shape.exec(text);
  if (!match) return null;
  const [year, month, day] = [Number(match[1]), Number(match[2]), Number(match[3])];
  return year >= 1 && day >= 1 && day <= daysInMonth(year, month) ? text : null;
}

export const isDay = (text: string): boolean => parseDay(text) !== null;

/** Days since 1970-01-01. Throws a RangeError when the text is not a day of the calendar. */
export function toEpochDay(day: Day): number {
  const match = shape.exec(day);
  if (!match || parseDay(day) === null) throw new RangeError(`Not a day: ${day}`);
  const utc = new Date(0);
  // setUTCFullYear and not Date.UTC: the latter reads years 0–99 as 1900–1999.
  utc.setUTCFullYear(Number(match[1]), Number(match[2]) - 1, Number(match[3]));
  return utc.getTime() / msOfDay;
}

export function fromEpochDay(epochDay: number): Day {
  if (!Number.isSafeInteger(epochDay)) throw new RangeError(`Not a whole number of days: ${epochDay}`);
  const iso = new Date(epochDay * msOfDay).toISOString();
  if (iso.length !== 24) throw new RangeError(`Outside the years 0000–9999: ${epochDay}`);
  return iso.slice(0, 10);
}

export const makeDay = (year: number, month: number, day: number): Day | null =>
  parseDay(`${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`);

export const addDays = (day: Day, days: number): Day => fromEpochDay(toEpochDay(day) + days);

/** Days from `from` to `to`; negative when `to` is earlier. */
export const daysBetween = (from: Day, to: Day): number => toEpochDay(to) - toEpochDay(from);

export const yearOf = (day: Day): number => Number(day.slice(0, 4));
export const monthOf = (day: Day): number => Number(day.slice(5, 7));
export const dayOfMonth = (day: Day): number => Number(day.slice(8, 10));

/** 1 on 1 January. */
export const dayOfYear = (day: Day): number => toEpochDay(day) - toEpochDay(`${day.slice(0, 4)}-01-01`) + 1;

export const startOfMonth = (day: Day): Day => `${day.slice(0, 8)}01`;
export const endOfMonth = (day: Day): Day =>
  `${day.slice(0, 8)}${String(daysInMonth(yearOf(day), monthOf(day))).padStart(2, '0')}`;
export const isEndOfMonth = (day: Day): boolean => day === endOfMonth(day);

/** The same day of another month, or that month's last day when it is shorter: 31 January + 1 is 28 February. */
export function addMonths(day: Day, months: number): Day {
  const index = yearOf(day) * 12 + monthOf(day) - 1 + months;
  const [year, month] = [Math.floor(index / 12), (((index % 12) + 12) % 12) + 1];
  const made = makeDay(year, month, Math.min(dayOfMonth(day), daysInMonth(year, month)));
  if (made === null) throw new RangeError(`Outside the years 0001–9999: ${day} and ${months} months`);
  return made;
}

/** Months between two days counted by calendar month alone: 30 April to 1 May is 1. */
export const monthsBetween = (from: Day, to: Day): number =>
  (yearOf(to) - yearOf(from)) * 12 + monthOf(to) - monthOf(from);

/** 1 Monday … 7 Sunday (ISO 8601, GB/T 7408). */
export const weekday = (day: Day): 1 | 2 | 3 | 4 | 5 | 6 | 7 =>
  (((((toEpochDay(day) + 3) % 7) + 7) % 7) + 1) as 1 | 2 | 3 | 4 | 5 | 6 | 7;

/** The civil day of a moment in Asia/Shanghai. UTC+8 all the year: China has had no summer time since 1991. */
export const shanghaiDay = (moment: Date): Day =>
  new Date(moment.getTime() + shanghaiOffsetMs).toISOString().slice(0, 10);
