import { sql } from 'kysely';
import type { Scope } from '#core/server/scope.ts';
import { newId } from '#core/shared/id.ts';
import type { CategoryCode } from '../categories.ts';
import type { Allotment } from '../contract.ts';
import { type AllotmentTable, type PoolRow, type PoolVersionTable, tables } from './tables.ts';

export const listPools = (scope: Scope, year?: number): Promise<PoolRow[]> =>
  tables(scope)
    .selectFrom('factors.pool')
    .selectAll()
    .where('cityId', '=', scope.cityId)
    .$if(year !== undefined, (q) => q.where('year', '=', year!))
    .orderBy('year', 'desc')
    .orderBy('name')
    .execute();

/** Held to the end of the transaction: two who allot at once are served one after the other. */
export const lockPool = (scope: Scope, id: string): Promise<PoolRow | undefined> =>
  tables(scope)
    .selectFrom('factors.pool')
    .selectAll()
    .where('cityId', '=', scope.cityId)
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst();

/** The new pool, or undefined when there is one of that category, year and name. */
export async function insertPool(scope: Scope, pool: Omit<PoolRow, 'id' | 'allotted' | 'version'>) {
  const row: PoolRow = { ...pool, id: newId(), allotted: 0, version: 1 };
  const { numInsertedOrUpdatedRows } = await tables(scope)
    .insertInto('factors.pool')
    .values({ ...row, cityId: scope.cityId })
    .onConflict((c) => c.columns(['cityId', 'year', 'category', 'name']).doNothing())
    .executeTakeFirst();
  return numInsertedOrUpdatedRows === 1n ? row : undefined;
}

export async function setPool(scope: Scope, id: string, set: Partial<Pick<PoolRow, 'size' | 'allotted' | 'version'>>) {
  await tables(scope)
    .updateTable('factors.pool')
    .set(set)
    .where('cityId', '=', scope.cityId)
    .where('id', '=', id)
    .execute();
}

export async function insertPoolVersion(
  scope: Scope,
  row: Pick<PoolVersionTable, 'poolId' | 'version' | 'size' | 'document' | 'note'>,
): Promise<void> {
  const { id: actorId, name: actorName } = scope.actor;
  await tables(scope)
    .insertInto('factors.poolVersion')
    .values({ ...row, cityId: scope.cityId, actorId, actorName, at: scope.now })
    .execute();
}

/** Newest first. */
export const listPoolVersions = (scope: Scope, poolIds: readonly string[]): Promise<PoolVersionTable[]> =>
  poolIds.length === 0
    ? Promise.resolve([])
    : tables(scope)
        .selectFrom('factors.poolVersion')
        .selectAll()
        .where('cityId', '=', scope.cityId)
        .where('poolId', 'in', [...poolIds])
        .orderBy('version', 'desc')
        .execute();

export async function insertAllotments(
  scope: Scope,
  rows: readonly Pick<AllotmentTable, 'poolId' | 'projectId' | 'amount' | 'onDay' | 'document' | 'reason'>[],
): Promise<void> {
  if (rows.length === 0) return;
  const { id: actorId, name: actorName } = scope.actor;
  await tables(scope)
    .insertInto('factors.allotment')
    .values(rows.map((row) => ({ ...row, cityId: scope.cityId, id: newId(), actorId, actorName, at: scope.now })))
    .execute();
}

/** What a project holds from a pool: allotted less withdrawn. */
export async function findHeld(scope: Scope, poolId: string, projectId: string): Promise<number> {
  const { rows } = await sql<{ held: number | null }>`select sum(amount)::bigint as held from factors.allotment
    where city_id = ${scope.cityId} and pool_id = ${poolId} and project_id = ${projectId}`.execute(scope.db);
  return rows[0]?.held ?? 0;
}

export type PlacedAllotment = Allotment & { poolId: string; poolName: string; year: number; category: CategoryCode };

/** Newest first. Does not check reach: ask for the project, or for the permission over pools, first. */
export async function listAllotments(
  scope: Scope,
  of: { projectId: string } | { poolIds: readonly string[] },
): Promise<PlacedAllotment[]> {
  const { rows } = await sql<PlacedAllotment>`
    select a.id, a.pool_id, o.name as pool_name, o.year, o.category, a.project_id, p.name as project_name, a.amount,
      a.on_day, a.document, a.reason, a.actor_name
    from factors.allotment a
    join factors.pool o on o.city_id = a.city_id and o.id = a.pool_id
    join projects.pub_project p on p.city_id = a.city_id and p.id = a.project_id
    where a.city_id = ${scope.cityId}
      and ${'projectId' in of ? sql`a.project_id = ${of.projectId}` : sql`a.pool_id = any(${[...of.poolIds]}::uuid[])`}
    order by a.on_day desc, a.id desc`.execute(scope.db);
  return rows;
}
