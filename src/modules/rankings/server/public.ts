import type { Scope } from '#core/server/scope.ts';
import type { Day } from '#core/shared/day.ts';
import type { MonthBoard, MonthRanking, MonthRankings } from '../month.ts';
import { type MonthAt, rankingsOf } from './compute.ts';
import { raiseFor, settle } from './consequences.ts';

export { insertVersion as saveDefinition, listCurrent as listDefinitions } from './definition-store.ts';
export { insertExemption } from './exemption-store.ts';
export { insertExternal } from './external-store.ts';

/**
 * Rankings and boards of a month (`YYYY-MM`) from the figures as of `day`, under the definitions in force now. Places of the
 * month before and months running count on from its settled result, else from its figures as of its last day. What the caller
 * reaches is what is ranked: call it with the whole city. `knownAt` is the
 * moment by which filings count (that of a freeze); with `asOf` the rules, exemptions and earlier months are those of
 * that moment, so that a month can be worked out again. `moments` is what indicators have read in the same work. @throws Problem 422 future_day
 */
export const rankMonth = (scope: Scope, at: MonthAt): Promise<MonthRankings> => rankingsOf(scope, at);

/**
 * Keeps a published month, so that the next one counts on from it and every unit may see it. The same again is no new version;
 * returns the version that stands.
 */
export const settleMonth = (scope: Scope, result: MonthRankings, reason: string | null = null): Promise<number> =>
  settle(scope, result, reason);

/**
 * What follows from the boards of a published month becomes matters of the ledger, each once for period, board, unit and
 * consequence however often this is called; returns how many came of this call. Settles the month: with `rankings` exactly as
 * given, else, if these boards are not settled yet, with rankings worked out as of `day` (left out: the end of the month or today).
 */
export const raiseConsequences = (
  scope: Scope,
  month: { period: string; boards: readonly MonthBoard[]; rankings?: MonthRanking[]; day?: Day; demo?: boolean },
): Promise<number> => raiseFor(scope, month, month.demo ?? false);
