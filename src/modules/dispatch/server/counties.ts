import { audited } from '#core/server/audit.ts';
import { notFound } from '#core/server/errors.ts';
import { emit } from '#core/server/events.ts';
import type { Scope } from '#core/server/scope.ts';
import { type Day, yearOf } from '#core/shared/day.ts';
import { unitNames } from '#modules/organization/server/public.ts';
import type { CountyLamps } from '../contract.ts';
import { type CountyFacts, judgeCounty } from '../county-check.ts';
import { countyRulesOf, evaluateCounty } from '../county-light.ts';
import { levelOf, type RuleSet } from '../light-rule.ts';
import { monthsToLookBack, type PastMonth } from '../streak.ts';
import { insertPlannedGrowth, listCountyFacts, listPlannedGrowth } from './county-store.ts';
import { monthEndBefore, yearBack } from './history.ts';
import { findRuleSet, getActive } from './rule-store.ts';
import { summaryDay } from './summary.ts';

/**
 * Month ends before the day for those counties whose rules ask how long something has lasted, the newest first. All counties
 * come in one statement a month, so it stops when none of them asks any more.
 */
async function pastOf(scope: Scope, set: RuleSet, now: Map<string, CountyFacts>, day: Day) {
  const rules = countyRulesOf(set);
  const asking = (facts: CountyFacts, on: Day) =>
    rules.some((rule) => monthsToLookBack(set, rule, judgeCounty(set, rule, facts, on), on) > 0);
  const isHeavy = (facts: CountyFacts, on: Day) =>
    rules.some((rule) => {
      const { level } = judgeCounty(set, rule, facts, on);
      return level !== null && levelOf(set, level).severity > 0;
    });
  const past: PastMonth<Map<string, CountyFacts>>[] = [];
  let open = [...now].filter(([, facts]) => asking(facts, day)).map(([id]) => id);
  for (let end = monthEndBefore(day); open.length > 0 && past.length < yearBack; end = monthEndBefore(end)) {
    const then = await listCountyFacts(scope, end);
    past.push({ day: end, facts: then });
    open = open.filter((id) => then.has(id) && isHeavy(then.get(id)!, end));
  }
  return (id: string): PastMonth<CountyFacts>[] => {
    const own: PastMonth<CountyFacts>[] = [];
    for (const { day: end, facts } of past) {
      const then = facts.get(id);
      if (!then) break;
      own.push({ day: end, facts: then });
    }
    return own;
  };
}

/**
 * The lamp of every county that the caller reaches as a county, by the rules in force on the day or by a version that is
 * tried. Nothing is kept: a county's lamp is worked out when it is looked at. @throws Problem 404, 422 future_day
 */
export async function countyLamps(
  scope: Scope,
  { day: wanted, code, version }: { day?: Day | undefined; code?: string | undefined; version?: number | undefined },
): Promise<CountyLamps> {
  const day = summaryDay(scope, undefined, wanted);
  const found = code === undefined ? await getActive(scope, day) : await findRuleSet(scope, code, version);
  if (!found) throw notFound({ zh: '规则', en: 'rule set' });
  const { set } = found;
  const head = { day, ruleSet: { code: set.code, version: found.version, name: set.name, source: set.source } };
  if (countyRulesOf(set).length === 0) return { ...head, counties: [] };
  const reach = scope.reach('dispatch.read');
  const facts = await listCountyFacts(scope, day);
  const past = await pastOf(scope, set, facts, day);
  const seen = [...facts].filter(([id]) => reach.all || reach.unitIds.includes(id));
  const names = await unitNames(
    scope,
    seen.map(([id]) => id),
  );
  const planned = new Map((await listPlannedGrowth(scope, yearOf(day))).map((g) => [g.countyUnitId, g]));
  return {
    ...head,
    counties: seen.flatMap(([unitId, county]) => {
      const judgement = evaluateCounty(set, county, day, past(unitId));
      const name = names.get(unitId);
      const growth = planned.get(unitId);
      return judgement && name
        ? [
            {
              unitId,
              name: name.shortName ?? name.name,
              ...judgement,
              plannedGrowth: growth
                ? {
                    percent: growth.percent,
                    source: growth.source,
                    actorName: growth.actorName,
                    at: growth.at.toISOString(),
                  }
                : null,
            },
          ]
        : [];
    }),
  };
}

/** Records the planned growth of a county's year; an earlier figure stays and counts for earlier days. @throws Problem 404 */
export async function setPlannedGrowth(
  scope: Scope,
  { unitId, year, percent, source }: { unitId: string; year: number; percent: string; source: string },
): Promise<{ percent: string }> {
  const reach = scope.reach('dispatch.rules');
  if (!(await unitNames(scope, [unitId])).has(unitId) || !(reach.all || reach.unitIds.includes(unitId)))
    throw notFound({ zh: '单位', en: 'unit' });
  await insertPlannedGrowth(scope, { countyUnitId: unitId, year, percent, source });
  audited(scope, { subject: 'dispatch.plannedGrowth', id: `${unitId}@${year}`, after: { percent, source } });
  await emit(scope, { topic: 'dispatch.growthPlanned', unitIds: [unitId], data: { year } });
  return { percent };
}
