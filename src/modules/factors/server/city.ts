import { sql } from 'kysely';
import type { Scope } from '#core/server/scope.ts';
import { type Day, daysBetween } from '#core/shared/day.ts';
import { withinReach } from '#modules/projects/server/public.ts';
import type { CategoryCode } from '../categories.ts';
import type { Clearance } from '../clearance.ts';
import type { Coverage, FactorRow, Owner } from '../contract.ts';
import { coverageOf } from '../coverage.ts';
import { type LampCause, type LampLight, lampCauses, lampLights, lampOf } from '../lamp.ts';
import { type NeedState, needState } from '../need-state.ts';

interface CityNeed {
  projectId: string;
  category: CategoryCode;
  demand: number;
  supplied: number;
  promisedOn: Day | null;
  clearance: Clearance | null;
}

/** Every need within the caller's reach; at 20,000 projects with six needs each still one read of 120,000 short rows. */
async function listCityNeeds(scope: Scope): Promise<CityNeed[]> {
  const { rows } = await sql<CityNeed>`
    select n.project_id, n.category, n.demand, n.supplied, n.promised_on, n.clearance from factors.need n
    join projects.pub_project p on p.city_id = n.city_id and p.id = n.project_id
    where n.city_id = ${scope.cityId} and ${withinReach(scope, 'factors.read')}`.execute(scope.db);
  return rows;
}

export async function cityCoverage(scope: Scope): Promise<{ coverage: Coverage[]; lights: Record<LampLight, number> }> {
  const needs = await listCityNeeds(scope);
  const overdue = needs.filter((need) => needState(need, scope.today) === 'overdue');
  const lights = Object.fromEntries(lampLights.map((light) => [light, 0])) as Record<LampLight, number>;
  for (const own of Map.groupBy(needs, (need) => need.projectId).values()) lights[lampOf(own, scope.today).light] += 1;
  return {
    coverage: coverageOf(needs).map((c) => ({
      ...c,
      overdue: overdue.filter((need) => need.category === c.category).length,
    })),
    lights,
  };
}

interface TableQuery {
  q?: string | undefined;
  lights?: LampLight[] | undefined;
  category?: CategoryCode | undefined;
  state?: NeedState | undefined;
  offset?: number | undefined;
  limit?: number | undefined;
}

interface FactorProject {
  projectId: string;
  serial: number;
  name: string;
  countyName: string | null;
  light: LampLight;
  cause: LampCause;
  category: CategoryCode | null;
}

/** Projects with needs, the worst lamp first. Lamps and states as of the last write or the last midnight. */
export async function factorTable(
  scope: Scope,
  { q, lights, category, state, offset = 0, limit = 100 }: TableQuery,
): Promise<{ total: number; rows: FactorRow[] }> {
  const pattern = `%${(q ?? '').replace(/[\\%_]/g, '\\$&')}%`;
  const { rows } = await sql<FactorProject & { total: number }>`
    select l.project_id, p.serial, p.name, coalesce(u.short_name, u.name) as county_name, l.light, l.cause, l.category, count(*) over () as total
    from factors.lamp l
    join projects.pub_project p on p.city_id = l.city_id and p.id = l.project_id
    left join organization.pub_unit u on u.city_id = p.city_id and u.id = p.county_unit_id
    where l.city_id = ${scope.cityId} and ${withinReach(scope, 'factors.read')}
      ${q ? sql`and (p.name ilike ${pattern} or p.initials ilike ${pattern})` : sql``}
      ${lights && lights.length > 0 ? sql`and l.light = any(${lights}::text[])` : sql``}
      ${
        category || state
          ? sql`and exists (select 1 from factors.need n where n.city_id = l.city_id and n.project_id = l.project_id
              ${category ? sql`and n.category = ${category}` : sql``} ${state ? sql`and n.state = ${state}` : sql`and n.state <> 'notNeeded'`})`
          : sql``
      }
    order by array_position(${[...lampCauses]}::text[], l.cause), p.serial
    offset ${offset} limit ${limit}`.execute(scope.db);
  const cells = await listCells(
    scope,
    rows.map((row) => row.projectId),
  );
  return {
    total: rows[0]?.total ?? 0,
    rows: rows.map(({ total: _, ...row }) => ({ ...row, cells: cells.get(row.projectId) ?? {} })),
  };
}

async function listCells(scope: Scope, projectIds: readonly string[]): Promise<Map<string, FactorRow['cells']>> {
  const { rows } = await sql<CityNeed>`
    select project_id, category, demand, supplied, promised_on, clearance from factors.need
    where city_id = ${scope.cityId} and project_id = any(${[...projectIds]}::uuid[])`.execute(scope.db);
  const found = new Map<string, FactorRow['cells']>();
  for (const need of rows) {
    const [check] = lampOf([need], scope.today).checks;
    const { demand, supplied, promisedOn } = need;
    const cell = { state: check!.state, light: check!.light, demand, supplied, promisedOn };
    found.set(need.projectId, { ...found.get(need.projectId), [need.category]: cell });
  }
  return found;
}

/** Promises past their day that are not kept, the owner with most of them first. */
export async function overduePromises(scope: Scope): Promise<Owner[]> {
  const { rows } = await sql<
    Omit<Owner['promises'][number], 'daysLate'> & { unitId: string | null; unitName: string | null }
  >`
    select n.id as need_id, n.project_id, p.name as project_name, n.category, n.demand, n.supplied, n.promised_original,
      n.promised_on, n.person_name, n.unit_id, u.name as unit_name
    from factors.need n
    join projects.pub_project p on p.city_id = n.city_id and p.id = n.project_id
    left join organization.pub_unit u on u.city_id = n.city_id and u.id = n.unit_id
    where n.city_id = ${scope.cityId} and n.promised_on < ${scope.today} and n.state in ('missing', 'partial', 'overdue')
      and ${withinReach(scope, 'factors.read')}
    order by n.promised_on, p.serial`.execute(scope.db);
  const owners = Map.groupBy(rows, (row) => row.unitId);
  return [...owners]
    .map(([unitId, own]) => ({
      unit: unitId === null ? null : { id: unitId, name: own[0]!.unitName ?? '' },
      promises: own.map(({ unitId: _, unitName: __, ...promise }) => ({
        ...promise,
        daysLate: daysBetween(promise.promisedOn, scope.today),
      })),
    }))
    .sort((a, b) => b.promises.length - a.promises.length || (a.unit?.name ?? '').localeCompare(b.unit?.name ?? ''));
}
