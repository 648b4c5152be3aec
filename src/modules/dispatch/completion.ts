import { gapInPoints, type Rate, type Ratio, rate } from '#core/shared/rate.ts';

/** 投资完成率: accepted yuan of the year ÷ the year's plan. May exceed 1; there is none without a plan. */
export const completionRate = (doneYuan: number | null, planYuan: number | null): Rate => rate(doneYuan ?? 0, planYuan);

/** 超(+)/欠(−)时序 in percentage points, from exact values; null without a plan. Rounded once, where it is shown. */
export const gapToClock = (doneYuan: number | null, planYuan: number | null, clock: Ratio): Ratio | null =>
  gapInPoints(completionRate(doneYuan, planYuan), clock);

/**
 * The least whole yuan that must be done so that the gap to the clock is at least `points` (more than `points` when
 * `strictly`). The inverse of gapToClock: what a project needs to turn green.
 */
export function yuanForGap(planYuan: number, clock: Ratio, points: Ratio, strictly: boolean): number {
  // done / plan − clock ≥ points / 100  ⇔  done ≥ plan · (clock + points / 100)
  const numerator = BigInt(planYuan) * (clock.n * points.d * 100n + points.n * clock.d);
  const denominator = clock.d * points.d * 100n;
  return Number(leastWhole(numerator, denominator, strictly));
}

/** The least whole number that is at least (more than, when `strictly`) the fraction; never below 0. */
export function leastWhole(numerator: bigint, denominator: bigint, strictly: boolean): bigint {
  if (numerator < 0n) return 0n;
  const floor = numerator / denominator;
  const isWhole = floor * denominator === numerator;
  return isWhole && !strictly ? floor : floor + 1n;
}
