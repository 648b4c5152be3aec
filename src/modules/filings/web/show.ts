import { gapInPoints, percent, rate, ratio, showRatio } from '#core/shared/rate.ts';
import { wan } from '#core/web/ui/format.ts';
import { tenThousandFromYuan } from '../ten-thousand.ts';

/** An amount in 万元 exactly as filed, or a dash where there is none. */
export const sum = (yuan: number | null | undefined): string =>
  yuan === null || yuan === undefined ? '—' : tenThousandFromYuan(yuan);

/** A month's share of an annual plan, in whole 万元: a twelfth has decimals that nobody planned. */
export const roughly = (yuan: number | null): string => wan(yuan);

/** '58.4%' of the plan, from exact amounts, rounded once (四舍五入). */
export const shareOf = (yuan: number | null, planYuan: number | null): string => {
  const text = percent(rate(yuan, planYuan), 1, 'half-up');
  return text === null ? '—' : `${text}%`;
};

/** Percentage points by which the year is ahead of its plan to date: '-15.3'. Null without a plan. */
export function pointsAgainstPlan(
  cumulativeYuan: number | null,
  planYuan: number | null,
  planToDateYuan: number | null,
): string | null {
  if (!planYuan || planToDateYuan === null) return null;
  const gap = gapInPoints(rate(cumulativeYuan, planYuan), ratio(planToDateYuan, planYuan));
  return gap && showRatio(gap, 1, 'half-up');
}

/** '4.0' times last month; null when last month has no amount to compare with. */
export const timesOf = (yuan: number, lastYuan: number | null): string | null =>
  lastYuan === null || lastYuan <= 0 ? null : showRatio(ratio(yuan, lastYuan), 1, 'half-up');

/** '09-26 09:31' of a moment, Beijing time, from the long form '2021-09-26 09:31'. */
export const shortMoment = (long: string): string => (long.length > 5 ? long.slice(5) : long);
