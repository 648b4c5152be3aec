import { sql } from 'kysely';
import type { Scope } from '#core/server/scope.ts';
import { findingsOf, isExplained, type ProjectMoney, type SourceMoney } from '../money-checks.ts';
import type { FindingShown } from '../shapes.ts';
import { listSources } from './source-store.ts';
import { tables } from './tables.ts';

type Of<T> = T & { projectId: string };

function grouped<T extends { projectId: string }>(rows: readonly T[]): Map<string, T[]> {
  const by = new Map<string, T[]>();
  for (const row of rows) by.set(row.projectId, [...(by.get(row.projectId) ?? []), row]);
  return by;
}

/** What the checks look at, of many projects in five statements. Does not check reach: ask for the projects first. */
export async function listMoney(
  scope: Scope,
  projectIds: readonly string[],
  year: number,
): Promise<Map<string, ProjectMoney>> {
  const ids = sql`${[...projectIds]}::uuid[]`;
  const city = scope.cityId;
  const labels = new Map((await listSources(scope)).map((s) => [s.code, s.label]));
  const { rows: projects } = await sql<{ id: string; totalYuan: number | null; planYuan: number | null }>`
    select p.id, p.total_yuan, pl.plan_yuan from projects.pub_project p
    left join projects.pub_plan pl on pl.city_id = p.city_id and pl.project_id = p.id and pl.year = ${year}
    where p.city_id = ${city} and p.id = any(${ids})`.execute(scope.db);
  const { rows: sources } = await sql<Of<Omit<SourceMoney, 'label'> & { plannedEverYuan: number }>>`
    select project_id, source, coalesce(sum(planned_yuan), 0)::bigint as planned_ever_yuan,
      coalesce(sum(planned_yuan) filter (where year = ${year}), 0)::bigint as planned_yuan,
      coalesce(sum(arrived_yuan) filter (where year = ${year}), 0)::bigint as arrived_yuan,
      coalesce(sum(arrived_yuan) filter (where year <= ${year}), 0)::bigint as arrived_to_date_yuan,
      coalesce(sum(paid_yuan) filter (where year <= ${year}), 0)::bigint as paid_to_date_yuan
    from funding.year_source where city_id = ${city} and project_id = any(${ids}) group by project_id, source`.execute(
    scope.db,
  );
  const { rows: contracts } = await sql<Of<ProjectMoney['contracts'][number]>>`
    select project_id, contract_id as id, title, current_yuan as value_yuan, paid_yuan from funding.pub_contract
    where city_id = ${city} and project_id = any(${ids})`.execute(scope.db);
  const { rows: bonds } = await sql<Of<ProjectMoney['bonds'][number]>>`
    select project_id, bond_id as id, name, allotted_yuan, used_yuan from funding.pub_bond_use
    where city_id = ${city} and project_id = any(${ids})`.execute(scope.db);
  const bySource = grouped(sources);
  const byContract = grouped(contracts);
  const byBond = grouped(bonds);
  return new Map(
    projects.map(({ id, ...own }) => {
      const rows = bySource.get(id) ?? [];
      const money: ProjectMoney = {
        year,
        ...own,
        plannedEverYuan: rows.reduce((sum, row) => sum + row.plannedEverYuan, 0),
        sources: rows.map((row) => ({ ...row, label: labels.get(row.source) ?? row.source })),
        contracts: byContract.get(id) ?? [],
        bonds: byBond.get(id) ?? [],
      };
      return [id, money];
    }),
  );
}

/** Findings of many projects with the explanation that still holds for each. */
export async function listFindings(
  scope: Scope,
  projectIds: readonly string[],
  year: number,
): Promise<Map<string, FindingShown[]>> {
  if (projectIds.length === 0) return new Map();
  const money = await listMoney(scope, projectIds, year);
  const explanations = grouped(
    await tables(scope)
      .selectFrom('funding.explanation')
      .selectAll()
      .where('cityId', '=', scope.cityId)
      .where('projectId', 'in', [...projectIds])
      .orderBy('at', 'desc')
      .orderBy('id', 'desc')
      .execute(),
  );
  return new Map(
    [...money].map(([id, of]) => [
      id,
      findingsOf(of).map((finding) => {
        const found = explanations.get(id)?.find((e) => isExplained(finding, e));
        return {
          ...finding,
          explanation: found ? { text: found.text, actorName: found.actorName, at: found.at.toISOString() } : null,
        };
      }),
    ]),
  );
}

export const isOpen = ({ severity, explanation }: FindingShown): boolean =>
  severity === 'explain' && explanation === null;
