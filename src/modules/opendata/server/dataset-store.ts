import { type RawBuilder, sql } from 'kysely';
import type { Scope } from '#core/server/scope.ts';
import type { CsvCell } from '../csv.ts';
import { type DatasetCode, type DatasetColumn, datasets } from '../datasets.ts';

const p = sql`p.id as project_id, p.serial, p.name`;
/** The project of a row of `view`, under the alias it was given. */
const ofProject = (alias: string) =>
  sql`join projects.pub_project p on p.city_id = ${sql.ref(`${alias}.cityId`)} and p.id = ${sql.ref(`${alias}.projectId`)}`;

/** Columns in the order of the dataset. The caller may see the whole city: the permission is a whole-city one. */
const statements: Record<DatasetCode, (cityId: string, year: number) => RawBuilder<Record<string, unknown>>> = {
  projects: (cityId) => sql`
    select ${p}, p.code, p.board, p.industry, p.nature, p.plan_kind, p.stage, array_to_string(p.tiers, '、') as tiers, p.parent_id,
      p.region_code, p.address, p.lng, p.lat, p.content, p.start_planned, p.start_actual, p.finish_planned, p.finish_actual, p.total_yuan,
      p.done_before_yuan, coalesce(o.name, p.owner_text) as owner, coalesce(l.name, p.lead_text) as lead, c.name as command,
      y.name as county, p.enrolled, p.enrolled_on, p.source, p.demo
    from projects.pub_project p
    left join organization.pub_unit o on o.city_id = p.city_id and o.id = p.owner_unit_id
    left join organization.pub_unit l on l.city_id = p.city_id and l.id = p.lead_unit_id
    left join organization.pub_unit c on c.city_id = p.city_id and c.id = p.command_unit_id
    left join organization.pub_unit y on y.city_id = p.city_id and y.id = p.county_unit_id
    where p.city_id = ${cityId} order by p.serial`,
  plans: (cityId) => sql`
    select ${p}, v.year, v.version, v.plan_yuan, v.effective_on, v.reason, v.approver, v.at
    from projects.pub_plan_version v ${ofProject('v')} where v.city_id = ${cityId} order by p.serial, v.year, v.version`,
  milestones: (cityId) => sql`
    select ${p}, m.name as milestone, m.planned, m.due, m.actual
    from projects.pub_milestone m ${ofProject('m')} where m.city_id = ${cityId} order by p.serial, m.position`,
  gates: (cityId) => sql`
    select ${p}, g.stage, g.reached_on, g.source
    from lifecycle.pub_gate g ${ofProject('g')} where g.city_id = ${cityId} order by p.serial, g.reached_on`,
  filings: (cityId, year) => sql`
    select ${p}, v.period, v.seq, v.month_yuan, v.cumulative_yuan, v.valid_from, v.superseded_at
    from filings.pub_accepted_version v ${ofProject('v')}
    where v.city_id = ${cityId} and v.period between ${`${year}-01`} and ${`${year}-12`} order by p.serial, v.period, v.seq`,
  funds: (cityId, year) => sql`
    select ${p}, m.period, m.arrived_yuan, m.paid_yuan
    from funding.pub_month m ${ofProject('m')}
    where m.city_id = ${cityId} and m.period between ${`${year}-01`} and ${`${year}-12`} order by p.serial, m.period`,
  contracts: (cityId) => sql`
    select ${p}, k.title, k.code as contract_code, k.nature, k.method, k.supplier_name, k.supplier_code, k.signed_on, k.value_yuan,
      k.current_yuan, k.paid_yuan, k.status
    from funding.pub_contract k ${ofProject('k')} where k.city_id = ${cityId} order by p.serial, k.signed_on nulls last, k.title`,
  units: (cityId) => sql`
    select id as unit_id, name as unit_name, kind, parent_id, valid_from, valid_to from organization.pub_unit
    where city_id = ${cityId} order by position, name`,
};

const camel = (key: string): string => key.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());

/** One whole table: its columns and its rows in their order. Moments are ISO 8601 in UTC, days YYYY-MM-DD, money whole yuan. */
export async function readDataset(
  scope: Scope,
  code: DatasetCode,
  year: number,
): Promise<{ columns: readonly DatasetColumn[]; rows: CsvCell[][] }> {
  const columns: readonly DatasetColumn[] = datasets[code].columns;
  const { rows } = await statements[code](scope.cityId, year).execute(scope.db);
  const cell = (value: unknown): CsvCell => (value instanceof Date ? value.toISOString() : (value as CsvCell));
  return { columns, rows: rows.map((row) => columns.map(({ key }) => cell(row[camel(key)]))) };
}

export async function yearsOfMoney(scope: Scope): Promise<number[]> {
  const { rows } = await sql<{
    year: number;
  }>`select distinct left(period, 4)::integer as year from filings.pub_accepted
    where city_id = ${scope.cityId} order by 1 desc`.execute(scope.db);
  return rows.map((row) => row.year);
}

export async function countProjects(scope: Scope): Promise<{ publicProjects: number; allProjects: number }> {
  const { rows } = await sql<{ publicProjects: number; allProjects: number }>`
    select (select count(*) from opendata.publication where city_id = ${scope.cityId} and withdrawn_at is null)::integer as public_projects,
      (select count(*) from projects.pub_project where city_id = ${scope.cityId})::integer as all_projects`.execute(
    scope.db,
  );
  return rows[0]!;
}
