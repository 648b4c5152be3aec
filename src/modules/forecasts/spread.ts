/** Ten in a hundred below it, ten above; half inside p25 and p75. */
export interface Spread {
  p10: number;
  p25: number;
  p50: number;
  p75: number;
  p90: number;
}
export const points = { p10: 0.1, p25: 0.25, p50: 0.5, p75: 0.75, p90: 0.9 } as const satisfies Record<
  keyof Spread,
  number
>;
export const spreadKeys = Object.keys(points) as (keyof Spread)[];

/**
 * The value that a next one of the same kind stays below with chance `q`, from a sorted sample: the order statistic of rank
 * q·(n+1), rounded outwards from the middle, so that the interval promises no more than so small a sample can hold
 * (split conformal prediction). Beyond the ends of the sample it is the end.
 */
export function sampleQuantile(sorted: readonly number[], q: number): number {
  const n = sorted.length;
  if (n === 0) throw new RangeError('A quantile of nothing');
  const rank = q * (n + 1);
  if (q === 0.5) {
    const [low, high] = [sorted[Math.floor((n - 1) / 2)]!, sorted[Math.ceil((n - 1) / 2)]!];
    return (low + high) / 2;
  }
  const at = q < 0.5 ? Math.floor(rank) : Math.ceil(rank);
  return sorted[Math.min(n, Math.max(1, at)) - 1]!;
}

/** Quantiles of a sample, wider or narrower around the median by `stretch`. Sorted for any sample and any stretch ≥ 0. */
export function spreadOf(sorted: readonly number[], stretch = 1): Spread {
  const middle = sampleQuantile(sorted, 0.5);
  const at = (q: number) => {
    const value = middle + stretch * (sampleQuantile(sorted, q) - middle);
    return q < 0.5 ? Math.min(value, middle) : Math.max(value, middle);
  };
  return { p10: at(0.1), p25: at(0.25), p50: middle, p75: at(0.75), p90: at(0.9) };
}

export const mapSpread = (spread: Spread, change: (value: number) => number): Spread => ({
  p10: change(spread.p10),
  p25: change(spread.p25),
  p50: change(spread.p50),
  p75: change(spread.p75),
  p90: change(spread.p90),
});

/** How far the truth lay from the median, in units of the way to the end of the interval on its side: at most 1 is inside. */
export function missOf({ p10, p50, p90 }: Spread, truth: number): number {
  const way = truth >= p50 ? p90 - p50 : p50 - p10;
  const off = Math.abs(truth - p50);
  return off === 0 ? 0 : way === 0 ? Number.POSITIVE_INFINITY : off / way;
}

/** Fewer misses than this say nothing about how wide the next interval should be. */
export const leastMisses = 50;

/**
 * What the next intervals are to be stretched by so that eight of ten past ones would have held: the 80 % quantile of the
 * misses, never beyond twice or half. 1 while there are too few.
 */
export function stretchFrom(misses: readonly number[]): number {
  if (misses.length < leastMisses) return 1;
  const sorted = [...misses].sort((a, b) => a - b);
  return Math.min(2, Math.max(0.5, sampleQuantile(sorted, 0.8)));
}
