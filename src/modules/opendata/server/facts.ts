import { sql } from 'kysely';
import type { Scope } from '#core/server/scope.ts';
import type { Day } from '#core/shared/day.ts';
import type { ContractFacts, ProjectFacts } from '../oc4ids.ts';

type Row = Omit<
  ProjectFacts,
  'children' | 'reached' | 'revisions' | 'plans' | 'sources' | 'milestones' | 'months' | 'arrivals' | 'contracts'
>;

const group = <T extends { projectId: string }>(rows: readonly T[]): Map<string, T[]> =>
  Map.groupBy(rows, (row) => row.projectId);

/**
 * Everything the standard asks of some projects, in one statement a table. Does not check reach: the caller has asked
 * for the projects first. In the order of the register.
 */
export async function listProjectFacts(scope: Scope, ids: readonly string[] | 'all'): Promise<ProjectFacts[]> {
  const { cityId, db } = scope;
  const these = (column: string) => (ids === 'all' ? sql`true` : sql`${sql.ref(column)} = any(${[...ids]}::uuid[])`);
  const many = async <T>(statement: ReturnType<typeof sql<T>>) => (await statement.execute(db)).rows;
  const rows = await many(sql<Row>`
    select p.id, p.serial, p.name, p.code, p.content, p.nature, p.industry, p.stage, p.parent_id, parent.name as parent_name,
      p.total_yuan, p.region_code, r.name as region_name, p.address, p.lng, p.lat, p.start_planned, p.start_actual, p.finish_planned,
      p.finish_actual, p.owner_unit_id as owner_id, coalesce(o.name, p.owner_text) as owner_name, p.lead_unit_id as lead_id,
      coalesce(l.name, p.lead_text) as lead_name, p.changed_at, p.demo
    from projects.pub_project p
    left join projects.pub_project parent on parent.city_id = p.city_id and parent.id = p.parent_id
    left join organization.pub_region r on r.city_id = p.city_id and r.code = p.region_code
    left join organization.pub_unit o on o.city_id = p.city_id and o.id = p.owner_unit_id
    left join organization.pub_unit l on l.city_id = p.city_id and l.id = p.lead_unit_id
    where p.city_id = ${cityId} and ${these('p.id')} order by p.serial`);
  const children = group(
    await many(sql<{ projectId: string; id: string; name: string }>`
      select parent_id as project_id, id, name from projects.pub_project where city_id = ${cityId} and parent_id is not null
        and ${these('parentId')} order by serial`),
  );
  const gates = group(
    await many(sql<{ projectId: string; stage: string; reachedOn: Day }>`
      select project_id, stage, reached_on from lifecycle.pub_gate where city_id = ${cityId} and reached_on is not null and ${these('projectId')}`),
  );
  const revisions = group(
    await many(sql<ProjectFacts['revisions'][number] & { projectId: string }>`
      select project_id, revision_id as id, yuan, decided_on, document from funding.pub_revision
      where city_id = ${cityId} and track = 'total' and ${these('projectId')} order by seq`),
  );
  const plans = group(
    await many(sql<ProjectFacts['plans'][number] & { projectId: string }>`
      select project_id, year, plan_yuan as yuan, curve from projects.pub_plan where city_id = ${cityId} and ${these('projectId')} order by year`),
  );
  const sources = group(
    await many(sql<{ projectId: string; year: number; source: string; plannedYuan: number | null }>`
      select project_id, year, source, planned_yuan from funding.pub_source_year
      where city_id = ${cityId} and ${these('projectId')} order by year, source`),
  );
  const milestones = group(
    await many(sql<ProjectFacts['milestones'][number] & { projectId: string }>`
      select project_id, id, name, due as due_on, actual as done_on from projects.pub_milestone
      where city_id = ${cityId} and ${these('projectId')} order by position`),
  );
  const months = group(
    await many(sql<ProjectFacts['months'][number] & { projectId: string; acceptedAt: Date }>`
      select a.project_id, a.period, a.cumulative_yuan, a.accepted_at, t.image_progress from filings.pub_accepted a
      left join filings.pub_text t on t.city_id = a.city_id and t.filing_id = a.filing_id
      where a.city_id = ${cityId} and ${these('a.projectId')} order by a.period`),
  );
  const arrivals = group(
    await many(sql<{ projectId: string; period: string; yuan: number }>`
      select project_id, period, arrived_yuan as yuan from funding.pub_month
      where city_id = ${cityId} and arrived_yuan > 0 and ${these('projectId')} order by period`),
  );
  const contracts = group(await listContracts(scope, these));
  return rows.map((row) => ({
    ...row,
    // A month that is accepted changes what is published as much as a change of the register does.
    changedAt: new Date(Math.max(+row.changedAt, ...(months.get(row.id) ?? []).map((m) => +m.acceptedAt))),
    children: children.get(row.id) ?? [],
    reached: Object.fromEntries((gates.get(row.id) ?? []).map((g) => [g.stage, g.reachedOn])),
    revisions: revisions.get(row.id) ?? [],
    plans: plans.get(row.id) ?? [],
    sources: (sources.get(row.id) ?? []).map((s) => ({ ...s, label: s.source })),
    milestones: milestones.get(row.id) ?? [],
    months: months.get(row.id) ?? [],
    arrivals: arrivals.get(row.id) ?? [],
    contracts: contracts.get(row.id) ?? [],
  }));
}

async function listContracts(
  { cityId, db }: Scope,
  these: (column: string) => ReturnType<typeof sql>,
): Promise<(ContractFacts & { projectId: string })[]> {
  const { rows } = await sql<Omit<ContractFacts, 'modifications' | 'payments'> & { projectId: string }>`
    select project_id, contract_id as id, title, code, nature, method, tendered_on, tenderers, estimate_yuan, supplier_name,
      supplier_code, signed_on, value_yuan, current_yuan, starts_on, ends_on, status
    from funding.pub_contract where city_id = ${cityId} and ${these('projectId')} order by signed_on nulls last, title`.execute(
    db,
  );
  const { rows: changes } = await sql<ContractFacts['modifications'][number] & { contractId: string }>`
    select contract_id, modification_id as id, kind, on_day, delta_yuan, old_end, new_end, rationale from funding.pub_modification
    where city_id = ${cityId} and ${these('projectId')} order by on_day`.execute(db);
  const { rows: payments } = await sql<ContractFacts['payments'][number] & { contractId: string }>`
    select contract_id, payment_id as id, on_day, yuan from funding.pub_payment
    where city_id = ${cityId} and contract_id is not null and ${these('projectId')} order by on_day`.execute(db);
  const changesOf = Map.groupBy(changes, (c) => c.contractId);
  const paymentsOf = Map.groupBy(payments, (p) => p.contractId);
  return rows.map((row) => ({
    ...row,
    modifications: changesOf.get(row.id) ?? [],
    payments: paymentsOf.get(row.id) ?? [],
  }));
}
