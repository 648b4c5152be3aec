import type { Scope } from '#core/server/scope.ts';
import type { Day } from '#core/shared/day.ts';
import type { MonthBoard, MonthRanking, MonthRankings } from '../month.ts';

/** Rankings and boards of a month, worked out from the figures as of `day`. */
export const rankMonth = async (
  _scope: Scope,
  { period, day }: { period: string; day: Day },
): Promise<MonthRankings> => ({ period, day, rankings: [], boards: [] });

/** Keeps the published month and raises what follows from its boards; how many matters came of it. */
export const raiseConsequences = async (
  _scope: Scope,
  _: { period: string; boards: readonly MonthBoard[]; rankings?: readonly MonthRanking[]; day?: Day },
): Promise<number> => 0;
