import type { Scope } from '#core/server/scope.ts';
import type { Day } from '#core/shared/day.ts';
import { scoreOf } from '../result.ts';
import type { YearScores } from '../year.ts';
import { gatherInputs, type Known } from './gather.ts';
import { findPublished, findResult, scoresOf } from './result-store.ts';
import { getBody, listSchemeRows, schemeAsOf } from './scheme-store.ts';

export { emptyBody, entered, events, indicator, itemOf, projects } from '../draft.ts';
export { examples } from '../examples.ts';
export type { Input, Item, SchemeBody } from '../scheme.ts';
export { insertPastScheme, type PastScheme } from './past.ts';

/**
 * Every scheme in force for the year: its published or final result if there is one that rests on a day no later than `day`,
 * else the points so far on the figures of `day`. For callers that reach the whole city (a job); others get nothing, because
 * half a city has no ranks. Drafts are left out. In the order of their making. `knownAt`: by when filings count, as in the rest
 * of a month; `asOf`: schemes, formulas and entries as they stood then; `moments`: what indicators have read in the same work.
 * @throws Problem 422 future_day
 */
export async function scoreYear(
  scope: Scope,
  { year, day, ...known }: { year: number; day: Day } & Known,
): Promise<YearScores[]> {
  if (!scope.reach('scores.read').all || !scope.reach('indicators.read').all) return [];
  const found: YearScores[] = [];
  const { asOf } = known;
  for (const row of await listSchemeRows(scope, year)) {
    const scheme = asOf ? await schemeAsOf(scope, row, asOf) : row;
    if (!scheme || scheme.state === 'draft') continue;
    const result = asOf ? await findPublished(scope, scheme.id, asOf) : await findResult(scope, scheme.id);
    if (result?.publishedAt && result.day <= day) {
      found.push(scoresOf(result));
      continue;
    }
    const body = await getBody(scope, scheme.id, scheme.version);
    found.push(scoreOf(await gatherInputs(scope, scheme, body, day, known)));
  }
  return found;
}
