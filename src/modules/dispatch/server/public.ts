import type { Scope } from '#core/server/scope.ts';
import { type Day, shanghaiDay } from '#core/shared/day.ts';
import type { Words } from '#core/shared/words.ts';
import type { Explanation, Summary } from '../contract.ts';
import { type ExemptionRow, listExemptions as exemptionsOf } from './exemption-store.ts';
import { explain } from './explain.ts';
import { ranksOf as rank } from './ranks.ts';
import { findRuleSet, getActive, listChoices, listVersionsBetween } from './rule-store.ts';
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
/** For loading what was kept elsewhere: nothing is checked and no event is emitted; lights follow with the next recomputation. */
export { insertPlannedGrowth } from './county-store.ts';
export { type ExemptionToInsert, insertExemptions } from './exemption-store.ts';
export { type LightAt, lightsAt } from './lights.ts';
export { listRateRows, listRateRowsOn, type RateRow } from './rate-store.ts';
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

/** What each rule of a version of a set is called: the words for the cause that is kept with a light. */
export async function ruleNames(scope: Scope, code: string, version: number): Promise<Map<string, Words>> {
  const found = await findRuleSet(scope, code, version);
  return new Map(found?.set.rules.map((rule) => [rule.code, rule.name]));
}

/** Exemptions within reach whose last day lies between two days: they lapse by themselves, and the month should know. */
export const listExemptions = (scope: Scope, ending: { endingFrom: Day; endingTo: Day }): Promise<ExemptionRow[]> =>
  exemptionsOf(scope, undefined, ending);

export interface RuleChange {
  code: string;
  version: number;
  name: Words;
  /** Saved: a new version of a set. Chosen: the version that counts from `effectiveOn`. */
  what: 'saved' | 'chosen';
  effectiveOn: Day | null;
  reason: string;
  actorName: string;
  at: Date;
}

/** Light rules saved between two moments, and choices made between them or beginning to count between their days. */
export async function rulesChanged(scope: Scope, { from, to }: { from: Date; to: Date }): Promise<RuleChange[]> {
  const saved = (await listVersionsBetween(scope, from, to)).map(({ body, ...v }) => ({
    ...v,
    name: body.name,
    what: 'saved' as const,
    effectiveOn: null,
  }));
  const [first, last] = [shanghaiDay(from), shanghaiDay(to)];
  const chosen: RuleChange[] = [];
  for (const choice of await listChoices(scope))
    if ((choice.at >= from && choice.at < to) || (choice.effectiveOn >= first && choice.effectiveOn < last)) {
      const found = await findRuleSet(scope, choice.code, choice.version);
      chosen.push({ ...choice, what: 'chosen', name: found?.set.name ?? { zh: choice.code, en: choice.code } });
    }
  return [...saved, ...chosen].map(({ code, version, name, what, effectiveOn, reason, actorName, at }) => ({
    code,
    version,
    name,
    what,
    effectiveOn,
    reason,
    actorName,
    at,
  }));
}
