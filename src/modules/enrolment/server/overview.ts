import { sql } from 'kysely';
import type { Scope } from '#core/server/scope.ts';
import { checklistOf, missingOf } from '../checklist.ts';
import type { Overview, OverviewRow } from '../contract.ts';
import { hitsOf } from '../cross-check.ts';
import { type EnrolmentState, enrolmentStates } from '../flow.ts';
import { daysSinceStart } from '../lamp.ts';
import { countEnrolled, isDue } from '../position.ts';
import { listFacts, type ProjectFacts, positionOf } from './facts-store.ts';
import { findingsOf, held } from './present.ts';
import { currentRules } from './rules-store.ts';
import { listDocuments } from './store.ts';

/** Who has begun and is not enrolled, longest first, and the rates. A package is one row and its items in the second count. */
export async function overviewOf(scope: Scope): Promise<Overview> {
  const rules = await currentRules(scope);
  const all = await listFacts(scope, sql`true`);
  const top = all.filter((p) => p.parentId === null);
  const open = top.filter((p) => !p.enrolled && isDue(p, rules));
  const papers = Map.groupBy(
    await listDocuments(
      scope,
      open.map((p) => p.id),
    ),
    (d) => d.projectId,
  );
  const rows = open.map((facts): OverviewRow => {
    const own = papers.get(facts.id) ?? [];
    return {
      projectId: facts.id,
      serial: facts.serial,
      name: facts.name,
      demo: facts.demo,
      countyName: facts.countyName,
      leadName: facts.leadName,
      totalYuan: facts.totalYuan,
      startedOn: facts.startActual,
      days: daysSinceStart(facts.startActual, scope.today),
      ...positionOf(facts, rules, scope.today),
      missing: missingOf(checklistOf(held(own), facts.totalYuan, rules)).map((item) => item.kind),
      hits: own.length === 0 ? 0 : hitsOf(findingsOf(own, facts)).length,
    };
  });
  rows.sort((a, b) => (b.days ?? -1) - (a.days ?? -1) || a.serial - b.serial);
  const lamps = (lamp: OverviewRow['lamp']) => rows.filter((row) => row.lamp === lamp).length;
  return {
    asOf: scope.today,
    projects: countEnrolled(top, rules),
    items: countEnrolled(
      all.filter((p) => p.childCount === 0),
      rules,
    ),
    large: countEnrolled(top, rules, rules.nationalYuan),
    nationalYuan: rules.nationalYuan,
    states: countStates(top, (facts) => positionOf(facts, rules, scope.today).state),
    lamps: { normal: lamps('normal'), warn: lamps('warn'), late: lamps('late'), unknown: lamps(null) },
    rows,
  };
}

function countStates(
  facts: readonly ProjectFacts[],
  stateOf: (facts: ProjectFacts) => EnrolmentState,
): Record<EnrolmentState, number> {
  const counts = Object.fromEntries(enrolmentStates.map((state) => [state, 0])) as Record<EnrolmentState, number>;
  for (const one of facts) counts[stateOf(one)] += 1;
  return counts;
}
