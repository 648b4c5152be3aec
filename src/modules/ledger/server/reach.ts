import { type RawBuilder, type SqlBool, sql } from 'kysely';
import type { Scope } from '#core/server/scope.ts';

/**
 * SQL condition: the matter under `alias` (of ledger.matter or ledger.pub_matter) lies within the caller's reach for
 * `permission`: a unit of the reach is a party to it, or its project was named to the caller, or the caller is its lead leader.
 * Every read of a matter goes through it; who is none of these does not learn that it exists.
 */
export function matterWithinReach(scope: Scope, permission = 'ledger.read', alias = 'm'): RawBuilder<SqlBool> {
  if (!scope.can(permission)) return sql<SqlBool>`false`;
  const reach = scope.reach(permission);
  if (reach.all) return sql<SqlBool>`true`;
  const column = (name: string) => sql.ref(`${alias}.${name}`);
  return sql<SqlBool>`(exists (select 1 from ledger.party reach_party where reach_party.city_id = ${column('cityId')}
      and reach_party.matter_id = ${column('id')} and reach_party.unit_id = any(${[...reach.unitIds]}::uuid[]))
    or ${column('projectId')} = any(${[...reach.projectIds]}::uuid[])
    or ${column('leadLeaderId')} = ${scope.actor.personId}::uuid)`;
}

/** The caller speaks for this unit: holds a post in it, or in one above it that answers for it. */
export function speaksFor(scope: Scope, unitId: string | null, permission = 'ledger.handle'): boolean {
  if (scope.actor.kind === 'system') return true;
  if (unitId === null || !scope.can(permission)) return false;
  const reach = scope.reach(permission);
  // Whole-city reach is for looking after others: it does not make one the unit that has to do the work.
  return scope.actor.unitIds.includes(unitId) || (!reach.all && reach.unitIds.includes(unitId));
}
