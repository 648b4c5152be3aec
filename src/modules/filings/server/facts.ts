import { sql } from 'kysely';
import type { Scope } from '#core/server/scope.ts';
import type { FilingContent } from '../content.ts';
import { planOfMonth, planToEndOf } from '../month-plan.ts';
import { addMonths, kindOf, type Period } from '../period.ts';
import type { FilingFacts } from '../validation.ts';
import { listRulesInForce } from './rule-store.ts';
import type { PlacedFiling } from './store.ts';
import { listLastReports } from './weeks.ts';

export interface LastMonth {
  id: string;
  period: Period;
  /** Null in every kind but the monthly one. */
  monthYuan: number | null;
  cumulativeYuan: number | null;
  content: FilingContent;
}

export interface Surroundings {
  facts: FilingFacts;
  /** The filing before this one, submitted or accepted; null when there is none within a year. */
  last: LastMonth | null;
}

/**
 * What the rules compare each filing with, read for all of them at once. All filings must be of one period.
 * A month that waits for review counts as filed for the month after it; one that was returned counts with its accepted
 * version, or not at all.
 */
export async function listSurroundings(
  scope: Scope,
  filings: readonly PlacedFiling[],
): Promise<Map<string, Surroundings>> {
  const period = filings[0]?.period;
  if (period === undefined) return new Map();
  if (kindOf(period) !== 'monthly') return listTextSurroundings(scope, filings, period);
  const projectIds = filings.map((f) => f.projectId);
  const [lasts, months, earlier, lastYear, rules] = [
    await listLast(scope, projectIds, period),
    await listRecentMonths(scope, projectIds, period),
    await sumEarlierYears(scope, projectIds, period),
    await listMonthsOf(scope, projectIds, addMonths(period, -12)),
    await listRulesInForce(scope, scope.today),
  ];
  return new Map(
    filings.map((filing) => {
      const last = lasts.get(filing.projectId) ?? null;
      const ofThisYear = last !== null && last.period.slice(0, 4) === period.slice(0, 4) ? last : null;
      const before = earlier.get(filing.projectId);
      const plan = filing.planYuan === null ? null : { yuan: filing.planYuan, curve: filing.curve };
      const facts: FilingFacts = {
        period,
        lastCumulativeYuan: ofThisYear?.cumulativeYuan ?? 0,
        lastPeriod: ofThisYear?.period ?? null,
        beforeYearYuan:
          filing.doneBeforeYuan === null && before === undefined ? null : (filing.doneBeforeYuan ?? 0) + (before ?? 0),
        totalYuan: filing.totalYuan,
        planYuan: filing.planYuan,
        planMonthYuan:
          plan &&
          [period, ...filing.covers.filter((p) => p !== period)].reduce((sum, p) => sum + planOfMonth(plan, p), 0),
        planToDateYuan: plan && planToEndOf(plan, period),
        recentMonthYuans: months.get(filing.projectId) ?? [],
        lastMonthYuan: last?.period === addMonths(period, -1) ? last.monthYuan : null,
        lastYearMonthYuan: lastYear.get(filing.projectId) ?? null,
        lastImageProgress: last?.content.imageProgress ?? '',
        startedOn: filing.startActual,
        planKind: filing.planKind,
        finishPlanned: filing.finishPlanned,
        isCorrection: filing.acceptedSeq !== null && filing.state !== 'accepted' && filing.state !== 'frozen',
        rules,
      };
      return [filing.id, { facts, last }];
    }),
  );
}

/** Of a report between the months only the one before it matters: there is no money in it. */
async function listTextSurroundings(
  scope: Scope,
  filings: readonly PlacedFiling[],
  period: Period,
): Promise<Map<string, Surroundings>> {
  const lasts = await listLastReports(
    scope,
    filings.map((f) => f.projectId),
    kindOf(period),
    period,
  );
  return new Map(
    filings.map((filing) => {
      const last = lasts.get(filing.projectId);
      const facts: FilingFacts = {
        period,
        lastCumulativeYuan: 0,
        lastPeriod: last?.period ?? null,
        beforeYearYuan: null,
        totalYuan: filing.totalYuan,
        planYuan: filing.planYuan,
        planMonthYuan: null,
        planToDateYuan: null,
        recentMonthYuans: [],
        lastImageProgress: last?.content.imageProgress ?? '',
        startedOn: filing.startActual,
        isCorrection: filing.acceptedSeq !== null && filing.state === 'returned',
      };
      return [filing.id, { facts, last: last ? { ...last, monthYuan: null, cumulativeYuan: null } : null }];
    }),
  );
}

async function listLast(scope: Scope, projectIds: readonly string[], period: Period): Promise<Map<string, LastMonth>> {
  const { rows } = await sql<LastMonth & { projectId: string }>`
    select l.project_id, l.id, l.period, v.month_yuan, v.cumulative_yuan, v.content
    from (
      select distinct on (project_id) project_id, id, period, coalesce(accepted_seq, seq) as seq
      from filings.filing
      where city_id = ${scope.cityId} and project_id = any(${projectIds}::uuid[])
        and kind = 'monthly' and period >= ${addMonths(period, -12)} and period < ${period}
        and (accepted_seq is not null or state = 'submitted')
      order by project_id, period desc
    ) l
    join filings.filing_version v on v.city_id = ${scope.cityId} and v.filing_id = l.id and v.seq = l.seq`.execute(
    scope.db,
  );
  return new Map(rows.map(({ projectId, ...row }) => [projectId, row]));
}

/** Accepted amounts of the six months before, newest first. */
async function listRecentMonths(
  scope: Scope,
  projectIds: readonly string[],
  period: Period,
): Promise<Map<string, number[]>> {
  const { rows } = await sql<{ projectId: string; monthYuan: number }>`
    select project_id, accepted_month_yuan as month_yuan
    from filings.filing
    where city_id = ${scope.cityId} and project_id = any(${projectIds}::uuid[])
      and kind = 'monthly' and period >= ${addMonths(period, -6)} and period < ${period} and accepted_seq is not null
    order by project_id, period desc`.execute(scope.db);
  const months = new Map<string, number[]>();
  for (const { projectId, monthYuan } of rows) {
    const of = months.get(projectId);
    if (of) of.push(monthYuan);
    else months.set(projectId, [monthYuan]);
  }
  return months;
}

/** Accepted amounts of one month, by project. */
async function listMonthsOf(scope: Scope, projectIds: readonly string[], period: Period): Promise<Map<string, number>> {
  const { rows } = await sql<{ projectId: string; monthYuan: number }>`
    select project_id, accepted_month_yuan as month_yuan from filings.filing
    where city_id = ${scope.cityId} and project_id = any(${projectIds}::uuid[])
      and kind = 'monthly' and period = ${period} and accepted_seq is not null`.execute(scope.db);
  return new Map(rows.map((row) => [row.projectId, row.monthYuan]));
}

/** Done in the earlier years that were filed here and are not in 至上年底累计 already: the last accepted cumulative of each. */
async function sumEarlierYears(
  scope: Scope,
  projectIds: readonly string[],
  period: Period,
): Promise<Map<string, number>> {
  const { rows } = await sql<{ projectId: string; yuan: number }>`
    select project_id, sum(yuan)::bigint as yuan from (
      select distinct on (f.project_id, left(f.period, 4)) f.project_id, f.accepted_cumulative_yuan as yuan
      from filings.filing f
      join projects.pub_project p on p.city_id = f.city_id and p.id = f.project_id
      where f.city_id = ${scope.cityId} and f.project_id = any(${projectIds}::uuid[])
        and f.kind = 'monthly' and f.period < ${`${period.slice(0, 4)}-01`} and f.accepted_seq is not null
        and left(f.period, 4)::integer > coalesce(p.done_before_year, 0)
      order by f.project_id, left(f.period, 4), f.period desc
    ) y group by project_id`.execute(scope.db);
  return new Map(rows.map((row) => [row.projectId, row.yuan]));
}
