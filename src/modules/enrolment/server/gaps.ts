import { sql } from 'kysely';
import type { Scope } from '#core/server/scope.ts';
import { isWithinReach } from '#modules/projects/server/public.ts';
import type { GapRow, Gaps } from '../contract.ts';
import { listFacts } from './facts-store.ts';
import { currentRules } from './rules-store.ts';
import { listPairs, listPeriods } from './value-store.ts';

/**
 * Both figures of a month, project by project: every enrolled project and every one with a published figure. The newest
 * month for which something was published, unless another is asked for.
 */
export async function gapsOf(scope: Scope, asked?: string): Promise<Gaps> {
  const periods = await listPeriods(scope);
  const period = asked ?? periods[0] ?? null;
  const rows: GapRow[] = [];
  if (period !== null) {
    const rules = await currentRules(scope);
    const pairs = new Map((await listPairs(scope, rules, { period })).map((pair) => [pair.projectId, pair]));
    for (const facts of await listFacts(scope, sql`(p.parent_id is null or p.child_count = 0)`)) {
      const pair = pairs.get(facts.id);
      // What is not enrolled and not published has no second figure to be compared with.
      if (!pair || (pair.statisticsYuan === null && !facts.enrolled)) continue;
      rows.push({
        ...pair,
        serial: facts.serial,
        name: facts.name,
        demo: facts.demo,
        countyName: facts.countyName,
        enrolledOn: facts.enrolledOn,
        allowed: scope.can('enrolment.edit') && isWithinReach(scope, 'enrolment.edit', facts) ? ['explain'] : [],
      });
    }
  }
  rows.sort((a, b) => Math.abs(b.gapYuan ?? 0) - Math.abs(a.gapYuan ?? 0) || a.serial - b.serial);
  const sum = (some: readonly GapRow[], key: 'statisticsYuan' | 'dispatchYuan') =>
    some.reduce((total, row) => total + (row[key] ?? 0), 0);
  const both = rows.filter((row) => row.gapYuan !== null);
  const onlyStatistics = rows.filter((row) => row.dispatchYuan === null);
  const onlyDispatch = rows.filter((row) => row.statisticsYuan === null);
  return {
    period,
    periods,
    rows,
    both: {
      projects: both.length,
      statisticsYuan: sum(both, 'statisticsYuan'),
      dispatchYuan: sum(both, 'dispatchYuan'),
    },
    onlyStatistics: { projects: onlyStatistics.length, statisticsYuan: sum(onlyStatistics, 'statisticsYuan') },
    onlyDispatch: { projects: onlyDispatch.length, dispatchYuan: sum(onlyDispatch, 'dispatchYuan') },
    unexplained: rows.filter((row) => row.needsExplanation && row.explanation === null).length,
  };
}
