import { type Ratio, rank, toNumber } from '#core/shared/rate.ts';
import { completionRate, gapToClock } from './completion.ts';
import type { Group } from './contract.ts';
import { type Light, lights } from './light-rule.ts';

/** One project as a group counts it. Items of a package are not given: the package stands for them. */
export interface Counted {
  childCount: number;
  planYuan: number | null;
  doneYuan: number | null;
  light: Light;
}

export type Sums = Pick<Group, 'key' | 'projects' | 'items' | 'planYuan' | 'doneYuan' | 'lights'>;

export const emptySums = (key: string | null): Sums => ({
  key,
  projects: 0,
  items: 0,
  planYuan: 0,
  doneYuan: 0,
  lights: Object.fromEntries(lights.map((light) => [light, 0])) as Record<Light, number>,
});

export function add(sums: Sums, one: Counted): void {
  sums.projects += 1;
  sums.items += Math.max(1, one.childCount);
  sums.planYuan += one.planYuan ?? 0;
  // Money without a plan is no part of a completion rate.
  if (one.planYuan) sums.doneYuan += one.doneYuan ?? 0;
  sums.lights[one.light] += 1;
}

/** A single project decides nothing about those who run it: a group of one is shown and not ranked. */
export const leastRanked = 2;

/** Puts names, gaps and ranks on sums; ties share the better rank. */
export function ranked(all: readonly Sums[], nameOf: (key: string) => string | null, clock: Ratio): Group[] {
  const places = rank(
    all.map((s) => (s.projects < leastRanked || s.key === null ? null : completionRate(s.doneYuan, s.planYuan).ratio)),
  );
  return all.map((sums, i) => {
    const gap = gapToClock(sums.doneYuan, sums.planYuan, clock);
    return {
      ...sums,
      name: sums.key === null ? null : nameOf(sums.key),
      rank: places[i]!,
      gapPoints: gap === null ? null : toNumber(gap),
    };
  });
}
