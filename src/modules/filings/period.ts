import { addDays, type Day, endOfMonth, toEpochDay, weekday } from '#core/shared/day.ts';
import type { Words } from '#core/shared/words.ts';

/**
 * A reporting period: a month 2021-09, a week 2021-W39 (ISO 8601, Monday to Sunday), half a month 2021-09-H1, a quarter
 * 2021-Q3. Periods of one kind compare as strings; those of different kinds do not.
 */
export type Period = string;

export const cycleKinds = ['weekly', 'halfMonthly', 'monthly', 'quarterly'] as const;
export type CycleKind = (typeof cycleKinds)[number];

/** A month. */
export const periodPattern = /^\d{4}-(0[1-9]|1[0-2])$/;
/** A period of any kind. */
export const anyPeriodPattern = /^\d{4}-((0[1-9]|1[0-2])(-H[12])?|W(0[1-9]|[1-4]\d|5[0-3])|Q[1-4])$/;

export function kindOf(period: Period): CycleKind {
  if (period.includes('W')) return 'weekly';
  if (period.includes('Q')) return 'quarterly';
  return period.includes('H') ? 'halfMonthly' : 'monthly';
}

/** What comes after the year: '09', 'W39', '09-H1', 'Q3'. */
export const partOf = (period: Period): string => period.slice(5);

const two = (n: number): string => String(n).padStart(2, '0');

/** The period of the kind in which a day lies. The year of a week is that of its Thursday (ISO 8601). */
export function periodOn(kind: CycleKind, day: Day): Period {
  const [year, month, date] = [day.slice(0, 4), day.slice(5, 7), Number(day.slice(8, 10))];
  switch (kind) {
    case 'weekly': {
      const thursday = addDays(day, 4 - weekday(day));
      const first = `${thursday.slice(0, 4)}-01-01`;
      return `${thursday.slice(0, 4)}-W${two(Math.floor((toEpochDay(thursday) - toEpochDay(first)) / 7) + 1)}`;
    }
    case 'halfMonthly':
      return `${year}-${month}-H${date <= 15 ? 1 : 2}`;
    case 'monthly':
      return `${year}-${month}`;
    case 'quarterly':
      return `${year}-Q${Math.ceil(Number(month) / 3)}`;
  }
}

/** First and last day. */
export function spanOf(period: Period): { from: Day; to: Day } {
  const year = period.slice(0, 4);
  const month = period.slice(5, 7);
  switch (kindOf(period)) {
    case 'weekly': {
      // 4 January always lies in the first week.
      const fourth = `${year}-01-04`;
      const from = addDays(fourth, 1 - weekday(fourth) + 7 * (Number(period.slice(6)) - 1));
      return { from, to: addDays(from, 6) };
    }
    case 'halfMonthly':
      return period.endsWith('1')
        ? { from: `${year}-${month}-01`, to: `${year}-${month}-15` }
        : { from: `${year}-${month}-16`, to: endOfMonth(`${year}-${month}-16`) };
    case 'monthly':
      return { from: `${year}-${month}-01`, to: endOfMonth(`${year}-${month}-01`) };
    case 'quarterly': {
      const last = Number(period.slice(6)) * 3;
      return { from: `${year}-${two(last - 2)}-01`, to: endOfMonth(`${year}-${two(last)}-01`) };
    }
  }
}

/** True for a period that there is: 2021-W53 has the pattern and is none. */
export const isPeriod = (period: Period): boolean =>
  anyPeriodPattern.test(period) && periodOn(kindOf(period), spanOf(period).from) === period;

export const nextPeriod = (period: Period): Period => periodOn(kindOf(period), addDays(spanOf(period).to, 1));
export const previousPeriod = (period: Period): Period => periodOn(kindOf(period), addDays(spanOf(period).from, -1));

/** The month into which a period's texts flow: that of its last day. */
export const monthOfPeriod = (period: Period): Period => spanOf(period).to.slice(0, 7);

const shortDay = (day: Day): string => `${Number(day.slice(5, 7))}月${Number(day.slice(8))}日`;

/** 2021年9月, 2021年第39周（9月27日—10月3日）, 2021年9月上半月, 2021年三季度. */
export function periodName(period: Period): Words {
  const year = period.slice(0, 4);
  const { from, to } = spanOf(period);
  switch (kindOf(period)) {
    case 'weekly':
      return {
        zh: `${year}年第${Number(period.slice(6))}周（${shortDay(from)}—${shortDay(to)}）`,
        en: `Week ${Number(period.slice(6))} of ${year} (${from.slice(5)} to ${to.slice(5)})`,
      };
    case 'halfMonthly':
      return {
        zh: `${year}年${Number(period.slice(5, 7))}月${period.endsWith('1') ? '上' : '下'}半月`,
        en: `${from} to ${to}`,
      };
    case 'monthly':
      return { zh: `${year}年${Number(period.slice(5))}月`, en: period };
    case 'quarterly':
      return { zh: `${year}年${'一二三四'[Number(period.slice(6)) - 1]}季度`, en: `Q${period.slice(6)} ${year}` };
  }
}

/** For a column's head or a button: 9 月, 第39周, 9月上半月, 三季度. */
export function shortPeriod(period: Period): Words {
  const { zh, en } = periodName(period);
  if (kindOf(period) === 'monthly') return { zh: `${Number(period.slice(5))} 月`, en: period };
  const isWeek = kindOf(period) === 'weekly';
  return isWeek
    ? { zh: `第${Number(period.slice(6))}周`, en: `Week ${Number(period.slice(6))}` }
    : { zh: zh.slice(5), en };
}

export const periodOf = (day: string): Period => day.slice(0, 7);
export const yearOf = (period: Period): number => Number(period.slice(0, 4));
export const monthOf = (period: Period): number => Number(period.slice(5, 7));
export const firstDayOf = (period: Period): Day => spanOf(period).from;

/** The month `n` months later (earlier when negative). */
export function addMonths(period: Period, n: number): Period {
  const months = yearOf(period) * 12 + (monthOf(period) - 1) + n;
  return `${String(Math.floor(months / 12)).padStart(4, '0')}-${String((months % 12) + 1).padStart(2, '0')}`;
}

/** The periods before this one in the same year, January first. */
export const earlierInYear = (period: Period): Period[] =>
  Array.from({ length: monthOf(period) - 1 }, (_, i) => `${period.slice(0, 4)}-${String(i + 1).padStart(2, '0')}`);

/** Whole seconds by which `at` is after the due moment; never negative. A return does not move the due moment. */
export const latenessSeconds = (dueAt: Date, at: Date): number =>
  Math.max(0, Math.floor((at.getTime() - dueAt.getTime()) / 1000));
