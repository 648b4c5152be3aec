import { type Day, daysBetween } from '#core/shared/day.ts';
import { compare, multiply, type Ratio, ratio, showRatio, subtract } from '#core/shared/rate.ts';
import type { ExactValue } from './terms.ts';

export const exactOf = (r: Ratio): ExactValue => ({ n: r.n.toString(), d: r.d.toString() });
export const ratioFrom = ({ n, d }: ExactValue): Ratio => ratio(BigInt(n), BigInt(d));

/** The way gone from the baseline to the target, exact: below 0 behind the baseline, above 1 beyond the target; null when both are one. */
export function progressOf(baseline: Ratio, target: Ratio, value: Ratio): Ratio | null {
  const way = subtract(target, baseline);
  if (way.n === 0n) return null;
  return multiply(subtract(value, baseline), ratio(way.d, way.n));
}

/** A target below the baseline is reached from above: 能耗, 用时. */
export const meetsTarget = (baseline: Ratio, target: Ratio, value: Ratio): boolean =>
  compare(target, baseline) >= 0 ? compare(value, target) >= 0 : compare(value, target) <= 0;

/** The share of the time that has passed, 0…1; null when the days are not in order. */
export function timeShare(from: Day, to: Day, day: Day): Ratio | null {
  const whole = daysBetween(from, to);
  if (whole <= 0) return null;
  return ratio(Math.max(0, Math.min(whole, daysBetween(from, day))), whole);
}

/** Behind its time by more than ten points of the way: the mark on the card, no light of the dispatch. */
export const isLagging = (progress: Ratio | null, time: Ratio | null): boolean =>
  progress !== null && time !== null && compare(subtract(time, progress), ratio(1, 10)) > 0;

export const showExact = (value: ExactValue, decimals: number): string =>
  showRatio(ratioFrom(value), decimals, 'half-up');
