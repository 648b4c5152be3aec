import { type RawBuilder, type SqlBool, sql } from 'kysely';
import type { Reach, Scope } from '#core/server/scope.ts';

/** Whose list it is: the caller of a request, or the person behind a calendar feed. */
export interface Reader {
  cityId: string;
  /** Null: may not read at all. */
  reach: Reach | null;
  personId: string | null;
  /** Units in which the person holds a post. */
  unitIds: readonly string[];
}

export const readerOf = (scope: Scope, permission = 'ledger.read'): Reader => ({
  cityId: scope.cityId,
  reach: scope.can(permission) ? scope.reach(permission) : null,
  personId: scope.actor.personId,
  unitIds: scope.actor.unitIds,
});

const uuids = (ids: readonly string[]) => sql`${[...ids]}::uuid[]`;

/**
 * The same as `matterWithinReach`, for lists: the ids are collected through the indexes of parties, projects and leaders
 * first, instead of asking of every matter of the city whether one of its parties is near. A test holds the two together.
 */
export function withinReachOf({ cityId, reach, personId }: Reader, alias = 'm'): RawBuilder<SqlBool> {
  if (reach === null) return sql<SqlBool>`false`;
  if (reach.all) return sql<SqlBool>`true`;
  const byProject =
    reach.projectIds.length === 0
      ? sql``
      : sql` union select id from ledger.matter where city_id = ${cityId} and project_id = any(${uuids(reach.projectIds)})`;
  const byLeader =
    personId === null
      ? sql``
      : sql` union select id from ledger.matter where city_id = ${cityId} and lead_leader_id = ${personId}`;
  return sql<SqlBool>`${sql.ref(`${alias}.id`)} in (select matter_id from ledger.party
    where city_id = ${cityId} and unit_id = any(${uuids(reach.unitIds)})${byProject}${byLeader})`;
}

/** The units a person works for: those within reach, or, with the whole city in reach, those of the person's posts. */
export const unitsOf = ({ reach, unitIds }: Reader): readonly string[] =>
  reach && !reach.all ? reach.unitIds : unitIds;

/**
 * What the person's units have to work on, as lead or co-responsible. Who looks after the whole city looks at everybody's.
 * Implies reach: the lead and the co-responsible are parties.
 */
export function ownWork(reader: Reader): RawBuilder<SqlBool> {
  const { cityId, reach } = reader;
  if (reach === null) return sql<SqlBool>`false`;
  if (reach.all) return sql<SqlBool>`true`;
  const units = uuids(reach.unitIds);
  const leads =
    reader.personId === null
      ? sql``
      : sql` union select id from ledger.matter where city_id = ${cityId} and lead_leader_id = ${reader.personId}`;
  return sql<SqlBool>`m.id in (select id from ledger.matter
      where city_id = ${cityId} and lead_unit_id = any(${units}) and state not in ('closed', 'void')
    union select matter_id from ledger.party where city_id = ${cityId} and unit_id = any(${units}) and role = 'co'${leads})`;
}
