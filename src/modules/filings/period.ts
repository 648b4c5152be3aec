/** A reporting month as 'YYYY-MM'. Periods compare as strings. */
export type Period = string;

export const periodPattern = /^\d{4}-(0[1-9]|1[0-2])$/;

export const periodOf = (day: string): Period => day.slice(0, 7);
export const yearOf = (period: Period): number => Number(period.slice(0, 4));
export const monthOf = (period: Period): number => Number(period.slice(5, 7));
export const firstDayOf = (period: Period): string => `${period}-01`;

/** The period `n` months later (earlier when negative). */
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
