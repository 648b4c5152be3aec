import type { Scope } from '#core/server/scope.ts';
import type { Day } from '#core/shared/day.ts';
import type { Explanation, Summary } from '../contract.ts';
import { explain } from './explain.ts';
import { ranksOf as rank } from './ranks.ts';
import { getActive } from './rule-store.ts';
import { summaryOf as sum, summaryDay } from './summary.ts';

export { clockAt } from '../clock.ts';
export { add, emptySums, ranked, type Sums } from '../grouping.ts';
export { type Measure, measures } from '../measures.ts';
export {
  type RateBasis,
  type RateLevel,
  rateBases,
  rateDefinitions,
  rateLevels,
  rateOf,
  tally,
} from '../rates.ts';
export { type LightAt, lightsAt } from './lights.ts';
export { listRateRows, type RateRow } from './rate-store.ts';
export { atLevel } from './rates.ts';
export { recomputeProjects } from './standing.ts';
export { summaryDay } from './summary.ts';

/**
 * Sums, lights, ranks and the clock for the whole city and by county, command post and board, over what the caller may see
 * under `permission`. Without a day: today for this year, 31 December for an earlier one.
 * @throws Problem 422 future_day
 */
export const summaryOf = (
  scope: Scope,
  { year, day, permission }: { year?: number; day?: Day; permission?: string } = {},
): Promise<Summary> => sum(scope, summaryDay(scope, year, day), permission);

/** Why a project shows its light. @throws Problem 404 out of reach, 422 future_day */
export const explainLight = (scope: Scope, projectId: string, day?: Day): Promise<Explanation> =>
  explain(scope, projectId, day);

/** Name and version of the rules in force on a day, for a footnote. */
export async function rulesInForce(scope: Scope, day: Day = scope.today) {
  const { set, version } = await getActive(scope, day);
  return { code: set.code, version, name: set.name, clock: set.clock };
}

/**
 * Rank of each county, command post or board by completion rate as of a day (unit id or board → rank), for the movement
 * beside a ranking. Much cheaper than a past `summaryOf`, which works out every light. @throws Problem 422 future_day
 */
export const ranksOf = (
  scope: Scope,
  grouping: 'county' | 'command' | 'board',
  { day, permission = 'dispatch.read' }: { day: Day; permission?: string },
): Promise<Map<string, number>> => rank(scope, grouping, summaryDay(scope, undefined, day), permission);
