import { sql } from 'kysely';
import type { Scope } from '#core/server/scope.ts';
import { yearOf } from '#core/shared/day.ts';
import { isWithinReach, listPlans, type ProjectRecord } from '#modules/projects/server/public.ts';
import { lastUseDay } from '../bond-use.ts';
import type { ProjectFunding, Revision, SourceRow } from '../shapes.ts';
import { listBondUses } from './bond-store.ts';
import { usageOf } from './bonds.ts';
import { listContracts, presentContract } from './contract-store.ts';
import { listFindings } from './money.ts';
import { listRevisions } from './revision-store.ts';
import { listSources } from './source-store.ts';
import type { RevisionTable } from './tables.ts';

const presentRevision = ({ cityId: _c, projectId: _p, actorId: _a, at, ...row }: RevisionTable): Revision => ({
  ...row,
  at: at.toISOString(),
});

/** Everything about one project's money in one year. Does not check reach: ask for the project first. */
export async function projectFunding(
  scope: Scope,
  project: ProjectRecord,
  year = yearOf(scope.today),
): Promise<ProjectFunding> {
  const { id } = project;
  const revisions = (await listRevisions(scope, id)).map(presentRevision);
  const plan = (await listPlans(scope, id)).find((p) => p.year === year);
  const sources = await listSources(scope);
  const rows = await listSourceRows(scope, id, year, new Map(sources.map((s) => [s.code, s.label])));
  // An issue counts from its own day on; a past year is judged as it stood at its end.
  const day = year < yearOf(scope.today) ? `${year}-12-31` : scope.today;
  const uses = await listBondUses(scope, day, { projectIds: [id] });
  return {
    projectId: id,
    year,
    years: await listYears(scope, id),
    totalYuan: project.totalYuan,
    revisions,
    agreementYuan: revisions.findLast((r) => r.track === 'agreement')?.yuan ?? null,
    plan: plan?.planYuan == null ? null : { yuan: plan.planYuan, version: plan.version },
    rows,
    ...(await yearSums(scope, id, year)),
    months: await listMonths(scope, id, year),
    findings: (await listFindings(scope, [id], year)).get(id) ?? [],
    bonds: uses.map((use) => ({
      bondId: use.bondId,
      name: use.name,
      issuedOn: use.issuedOn,
      useBy: lastUseDay(use.issuedOn),
      ...usageOf(use, day),
    })),
    contracts: (await listContracts(scope, id)).map(presentContract),
    sources,
    allowed: [
      ...(scope.can('funding.edit') && isWithinReach(scope, 'funding.edit', project) ? ['enter' as const] : []),
      ...(scope.can('funding.revise') && isWithinReach(scope, 'funding.revise', project) ? ['revise' as const] : []),
    ],
  };
}

async function listSourceRows(
  scope: Scope,
  projectId: string,
  year: number,
  labels: ReadonlyMap<string, string>,
): Promise<SourceRow[]> {
  const of = (column: string) => sql`(sum(${sql.ref(column)}) filter (where year = ${year}))::bigint`;
  const toDate = (column: string) => sql`coalesce(sum(${sql.ref(column)}) filter (where year <= ${year}), 0)::bigint`;
  const { rows } = await sql<Omit<SourceRow, 'label'>>`
    select source, ${of('planned_yuan')} as planned_yuan, ${of('arrived_yuan')} as arrived_yuan, ${of('paid_yuan')} as paid_yuan,
      ${toDate('arrived_yuan')} as arrived_to_date_yuan, ${toDate('paid_yuan')} as paid_to_date_yuan
    from funding.year_source where city_id = ${scope.cityId} and project_id = ${projectId} and year <= ${year}
    group by source`.execute(scope.db);
  const order = [...labels.keys()];
  return rows
    .map((row) => ({ ...row, label: labels.get(row.source) ?? row.source }))
    .sort((a, b) => order.indexOf(a.source) - order.indexOf(b.source));
}

type Sums = Pick<
  ProjectFunding,
  'plannedYuan' | 'arrivedYuan' | 'paidYuan' | 'toPayYuan' | 'arrivedToDateYuan' | 'paidToDateYuan'
>;
async function yearSums(scope: Scope, projectId: string, year: number): Promise<Sums> {
  const of = (column: string) => sql`(sum(${sql.ref(column)}) filter (where year = ${year}))::bigint`;
  const { rows } = await sql<Sums>`
    select ${of('planned_yuan')} as planned_yuan, ${of('arrived_yuan')} as arrived_yuan, ${of('paid_yuan')} as paid_yuan,
      ${of('to_pay_yuan')} as to_pay_yuan, sum(arrived_yuan)::bigint as arrived_to_date_yuan, sum(paid_yuan)::bigint as paid_to_date_yuan
    from funding.year where city_id = ${scope.cityId} and project_id = ${projectId} and year <= ${year}`.execute(
    scope.db,
  );
  return rows[0]!;
}

async function listYears(scope: Scope, projectId: string): Promise<number[]> {
  const { rows } = await sql<{ year: number }>`
    select year from funding.year where city_id = ${scope.cityId} and project_id = ${projectId}
    union select year from projects.pub_plan where city_id = ${scope.cityId} and project_id = ${projectId}
    order by year desc`.execute(scope.db);
  return rows.map((row) => row.year);
}

/** Twelve months: what arrived, what was paid, and what accepted filings reported. */
async function listMonths(scope: Scope, projectId: string, year: number): Promise<ProjectFunding['months']> {
  const { rows } = await sql<ProjectFunding['months'][number]>`
    select period, max(arrived_yuan) as arrived_yuan, max(paid_yuan) as paid_yuan, max(to_pay_yuan) as to_pay_yuan, max(reported_yuan) as reported_yuan
    from (
      select period, arrived_yuan, paid_yuan, to_pay_yuan, null::bigint as reported_yuan from funding.month
        where city_id = ${scope.cityId} and project_id = ${projectId}
      union all
      select period, null, null, null, month_yuan from filings.pub_accepted
        where city_id = ${scope.cityId} and project_id = ${projectId}) m
    where period between ${`${year}-01`} and ${`${year}-12`} group by period`.execute(scope.db);
  const byPeriod = new Map(rows.map((row) => [row.period, row]));
  return Array.from({ length: 12 }, (_, i) => {
    const period = `${year}-${String(i + 1).padStart(2, '0')}`;
    return byPeriod.get(period) ?? { period, arrivedYuan: null, paidYuan: null, toPayYuan: null, reportedYuan: null };
  });
}
