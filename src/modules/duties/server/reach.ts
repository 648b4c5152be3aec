import { type RawBuilder, type SqlBool, sql } from 'kysely';
import { notFound } from '#core/server/errors.ts';
import type { Scope } from '#core/server/scope.ts';
import { findUnit, type UnitRef, unitNames } from '#modules/organization/server/public.ts';

/** Rows of units that the permission reaches. `column` is the unit of the row, as written in SQL. */
export function unitWithinReach(scope: Scope, permission: string, column: string): RawBuilder<SqlBool> {
  const reach = scope.reach(permission);
  return reach.all ? sql`true` : sql`${sql.ref(column)} = any(${[...reach.unitIds]}::uuid[])`;
}

export function reachesUnit(scope: Scope, permission: string, unitId: string): boolean {
  const reach = scope.reach(permission);
  return scope.can(permission) && (reach.all || reach.unitIds.includes(unitId));
}

/** The unit, or the same 404 whether it is missing or not the caller's. */
export async function getUnit(scope: Scope, unitId: string, permission: string): Promise<UnitRef> {
  const unit = reachesUnit(scope, permission, unitId) ? await findUnit(scope, unitId) : undefined;
  if (!unit) throw notFound({ zh: '单位', en: 'unit' });
  return unit;
}

interface UnitLine {
  id: string;
  name: string;
}

/** Units with people on their list, and those in which the caller holds a post; the caller's own first. */
export async function listDutyUnits(scope: Scope, permission: string): Promise<UnitLine[]> {
  const { rows } = await sql<{ unitId: string }>`
    select distinct unit_id from duties.member
    where city_id = ${scope.cityId} and is_active and ${unitWithinReach(scope, permission, 'unit_id')}`.execute(
    scope.db,
  );
  const own = await ownUnits(scope);
  const ids = [...new Set([...own, ...rows.map((row) => row.unitId)])].filter((id) =>
    reachesUnit(scope, permission, id),
  );
  const names = await unitNames(scope, ids);
  return ids.flatMap((id) => (names.has(id) ? [{ id, name: names.get(id)!.name }] : []));
}

/** Units of the caller's posts today. `actor.unitIds` would do but for tests and jobs, where it may hold a whole subtree. */
async function ownUnits(scope: Scope): Promise<string[]> {
  if (scope.actor.personId === null) return scope.actor.unitIds.slice(0, 1);
  const { rows } = await sql<{ unitId: string }>`
    select unit_id from organization.pub_post where city_id = ${scope.cityId} and person_id = ${scope.actor.personId}
      and valid_from <= ${scope.today}::date and (valid_to is null or valid_to >= ${scope.today}::date)
    order by valid_from desc`.execute(scope.db);
  return rows.map((row) => row.unitId);
}
