import { gapInPoints, rate, ratio, toNumber } from '#core/shared/rate.ts';

/** 超/欠时序 of a group in percentage points, from the exact sums; null without a plan. */
export function gapOf(doneYuan: number, planYuan: number, clock: { n: number; d: number }): number | null {
  const gap = gapInPoints(rate(doneYuan, planYuan), ratio(clock.n, clock.d));
  return gap === null ? null : toNumber(gap);
}
