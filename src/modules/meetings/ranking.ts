import { type Ratio, rank, ratio } from '#core/shared/rate.ts';

/** A point of the scheme. Weights are whole and add up to 100. */
export interface Criterion {
  code: string;
  name: string;
  weight: number;
}
export const scales = ['hundred', 'stars'] as const;
export type Scale = (typeof scales)[number];

/** From how many observers on the highest and the lowest score are left out. */
export const trimFrom = 5;
/** Below so many observers a mean says little. */
export const fewObservers = 3;

/** The usual scheme of a quarterly 观摩; a city changes names and weights for each one. */
export const usualCriteria: readonly Criterion[] = [
  { code: 'progress', name: '形象进度', weight: 35 },
  { code: 'investment', name: '投资完成', weight: 25 },
  { code: 'quality', name: '质量安全', weight: 15 },
  { code: 'factors', name: '要素保障', weight: 15 },
  { code: 'site', name: '现场管理', weight: 10 },
];

export const weightsFault = (criteria: readonly Criterion[]): 'sum' | 'twice' | null => {
  if (criteria.reduce((sum, c) => sum + c.weight, 0) !== 100) return 'sum';
  return new Set(criteria.map((c) => c.code)).size < criteria.length ? 'twice' : null;
};

/** One observer's score of one stop in hundredths of a point, exact: five stars are a hundred points. */
export function totalHundredths(
  criteria: readonly Criterion[],
  scale: Scale,
  points: Readonly<Record<string, number>>,
): number {
  const factor = scale === 'stars' ? 20 : 1;
  return criteria.reduce((sum, c) => sum + (points[c.code] ?? 0) * factor * c.weight, 0);
}

/** The mean of scores in hundredths; from five observers on without one highest and one lowest. Null without any. */
export function meanOf(totals: readonly number[]): { mean: Ratio; isTrimmed: boolean } | null {
  if (totals.length === 0) return null;
  const isTrimmed = totals.length >= trimFrom;
  const sorted = [...totals].sort((a, b) => a - b);
  const counted = isTrimmed ? sorted.slice(1, -1) : sorted;
  return {
    mean: ratio(
      counted.reduce((sum, t) => sum + t, 0),
      counted.length * 100,
    ),
    isTrimmed,
  };
}

export interface StopScores {
  stopId: string;
  totals: readonly number[];
}
export interface RankedStop {
  stopId: string;
  observers: number;
  mean: Ratio | null;
  isTrimmed: boolean;
  isFew: boolean;
  /** Ties share the better rank; without a score there is no rank. */
  rank: number | null;
}

/** Ranked by the exact mean, in the order of the ranks; those without a score come last. */
export function rankStops(stops: readonly StopScores[]): RankedStop[] {
  const means = stops.map((stop) => meanOf(stop.totals));
  const ranks = rank(means.map((found) => found?.mean ?? null));
  return stops
    .map((stop, i) => ({
      stopId: stop.stopId,
      observers: stop.totals.length,
      mean: means[i]?.mean ?? null,
      isTrimmed: means[i]?.isTrimmed ?? false,
      isFew: stop.totals.length < fewObservers,
      rank: ranks[i]!,
    }))
    .sort((a, b) => (a.rank ?? Number.MAX_SAFE_INTEGER) - (b.rank ?? Number.MAX_SAFE_INTEGER));
}
