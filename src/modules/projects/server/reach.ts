import { type RawBuilder, type SqlBool, sql } from 'kysely';
import type { Scope } from '#core/server/scope.ts';

/**
 * SQL condition: the project row under `alias` (of projects.project or projects.pub_project) lies within the caller's
 * reach for `permission`: one of its four parties is a unit of the reach, or the project itself was named.
 * Every read of a project goes through it, in this module and in others.
 */
export function withinReach(scope: Scope, permission = 'projects.read', alias = 'p'): RawBuilder<SqlBool> {
  const reach = scope.reach(permission);
  if (reach.all) return sql<SqlBool>`true`;
  const column = (name: string) => sql.ref(`${alias}.${name}`);
  const units = sql`${[...reach.unitIds]}::uuid[]`;
  return sql<SqlBool>`(${column('ownerUnitId')} = any(${units}) or ${column('leadUnitId')} = any(${units})
    or ${column('commandUnitId')} = any(${units}) or ${column('countyUnitId')} = any(${units})
    or ${column('id')} = any(${[...reach.projectIds]}::uuid[]))`;
}

/** The same rule for one row already in hand. */
export function isWithinReach(
  scope: Scope,
  permission: string,
  row: {
    id: string;
    ownerUnitId: string | null;
    leadUnitId: string | null;
    commandUnitId: string | null;
    countyUnitId: string | null;
  },
): boolean {
  const reach = scope.reach(permission);
  if (reach.all) return true;
  const parties = [row.ownerUnitId, row.leadUnitId, row.commandUnitId, row.countyUnitId];
  return reach.projectIds.includes(row.id) || parties.some((id) => id !== null && reach.unitIds.includes(id));
}
