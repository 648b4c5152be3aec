import { sql } from 'kysely';
import type { Scope } from '#core/server/scope.ts';
import { newId } from '#core/shared/id.ts';
import { withinReach } from '#modules/projects/server/public.ts';
import type { PlainArea } from '../boundary.ts';
import type { Attention, Cycle, LatestFiling, MapPoint } from '../contract.ts';

const permission = 'wall.read';
const year = (scope: Scope) => Number(scope.today.slice(0, 4));
const attentionRows = 300;
const latestRows = 12;

/** Every project with a place and a light: packages by their items, since those have the places. */
export async function listPoints(scope: Scope): Promise<MapPoint[]> {
  const { rows } = await sql<MapPoint>`
    select p.id, p.lng, p.lat, s.light
    from projects.pub_project p
    join projects.pub_standing s on s.city_id = p.city_id and s.project_id = p.id and s.year = ${year(scope)}
    where p.city_id = ${scope.cityId} and p.lng is not null and p.child_count = 0 and p.stage not in ('terminated', 'withdrawn') and ${withinReach(scope, permission)}
    order by case s.light when 'late' then 0 when 'warn' then 1 when 'ahead' then 2 when 'normal' then 3 else 4 end, p.id`.execute(
    scope.db,
  );
  return rows;
}

/** Red before yellow, then the furthest behind. */
export async function listAttention(scope: Scope): Promise<Attention[]> {
  const { rows } = await sql<Attention>`
    select p.id, p.name, p.demo, coalesce(u.short_name, u.name, p.lead_text) as unit, s.light, s.cause, s.gap_points, s.since, p.finish_planned
    from projects.pub_project p
    join projects.pub_standing s on s.city_id = p.city_id and s.project_id = p.id and s.year = ${year(scope)}
    left join organization.pub_unit u on u.city_id = p.city_id and u.id = p.lead_unit_id
    where p.city_id = ${scope.cityId} and p.parent_id is null and p.stage not in ('terminated', 'withdrawn') and s.light in ('late', 'warn') and ${withinReach(scope, permission)}
    order by s.light = 'late' desc, s.gap_points nulls last, p.serial
    limit ${attentionRows}`.execute(scope.db);
  return rows;
}

export async function listLatest(scope: Scope): Promise<LatestFiling[]> {
  const { rows } = await sql<Omit<LatestFiling, 'acceptedAt'> & { acceptedAt: Date }>`
    select f.filing_id as id, f.project_id, p.name as project_name, coalesce(u.short_name, u.name, p.lead_text) as unit, f.period,
      f.accepted_at, f.month_yuan, s.plan_yuan, s.done_yuan
    from filings.pub_accepted f
    join projects.pub_project p on p.city_id = f.city_id and p.id = f.project_id
    left join projects.pub_standing s on s.city_id = p.city_id and s.project_id = p.id and s.year = ${year(scope)}
    left join organization.pub_unit u on u.city_id = p.city_id and u.id = p.lead_unit_id
    where f.city_id = ${scope.cityId} and ${withinReach(scope, permission)}
    order by f.accepted_at desc, f.filing_id desc limit ${latestRows}`.execute(scope.db);
  return rows.map((row) => ({ ...row, acceptedAt: row.acceptedAt.toISOString() }));
}

/** The newest period that has been opened, as far as the viewer may see it. */
export async function findCycle(scope: Scope): Promise<Cycle | null> {
  const { rows } = await sql<Omit<Cycle, 'dueAt'> & { dueAt: Date }>`
    select f.period, min(f.due_at) as due_at, count(*) as expected, count(*) filter (where f.state = 'accepted') as accepted,
      count(*) filter (where f.state = 'submitted') as submitted, count(*) filter (where f.state = 'returned') as returned,
      count(*) filter (where f.state in ('opened', 'draft')) as missing
    from filings.pub_state f
    join projects.pub_project p on p.city_id = f.city_id and p.id = f.project_id
    where f.city_id = ${scope.cityId} and ${withinReach(scope, permission)}
      and f.period = (select max(n.period) from filings.pub_state n where n.city_id = ${scope.cityId})
    group by f.period`.execute(scope.db);
  const row = rows[0];
  return row ? { ...row, dueAt: row.dueAt.toISOString() } : null;
}

interface BoundaryTable {
  cityId: string;
  id: string;
  areas: string;
  source: string;
  approvalNo: string | null;
  actorName: string;
  setAt: Date;
}
const tables = (scope: Scope) => scope.db.withTables<{ 'wall.boundary': BoundaryTable }>();

export async function findBoundary(
  scope: Scope,
): Promise<{ areas: PlainArea[]; source: string; approvalNo: string | null } | undefined> {
  const row = await tables(scope)
    .selectFrom('wall.boundary')
    .select(['areas', 'source', 'approvalNo'])
    .where('cityId', '=', scope.cityId)
    .orderBy('setAt', 'desc')
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row && { ...row, areas: row.areas as unknown as PlainArea[] };
}

export async function insertBoundary(
  scope: Scope,
  boundary: { areas: readonly PlainArea[]; source: string; approvalNo: string | null },
): Promise<string> {
  const id = newId();
  await tables(scope)
    .insertInto('wall.boundary')
    .values({
      cityId: scope.cityId,
      id,
      areas: JSON.stringify(boundary.areas),
      source: boundary.source,
      approvalNo: boundary.approvalNo,
      actorName: scope.actor.name,
      setAt: scope.now,
    })
    .execute();
  return id;
}

/** County units by the names a map may call them. */
export async function unitsByAreaName(scope: Scope): Promise<Map<string, string>> {
  const { rows } = await sql<{ id: string; region: string }>`
    select u.id, r.name as region from organization.pub_unit u
    join organization.pub_region r on r.city_id = u.city_id and r.code = u.region_code
    where u.city_id = ${scope.cityId} and u.kind = 'county' and (u.valid_to is null or u.valid_to >= ${scope.today}::date)`.execute(
    scope.db,
  );
  return new Map(rows.map((row) => [row.region, row.id]));
}

export async function getCity(scope: Scope): Promise<{ name: string; hqName: string; demo: boolean }> {
  const { rows } = await sql<{
    name: string;
    hqName: string;
    demo: boolean;
  }>`select name, hq_name, demo from core.city where id = ${scope.cityId}`.execute(scope.db);
  return rows[0]!;
}
