import { sql } from 'kysely';
import { listRoles } from './grant-store.ts';
import type { Place } from './place.ts';
import { isShippedRole, shippedPermissions, shippedRoleWords } from './shipped-roles.ts';

export interface Holder {
  accountId: string;
  personId: string;
}

/** Roles, shipped and the city's own, that carry a permission. */
async function rolesWith(place: Place, permission: string): Promise<string[]> {
  const shipped = Object.keys(shippedRoleWords).filter(
    (role) => isShippedRole(role) && shippedPermissions(role).includes(permission),
  );
  const own = (await listRoles(place)).filter((role) => role.permissions.includes(permission));
  return [...shipped, ...own.map((role) => role.id)];
}

interface Grant extends Holder {
  reach: 'city' | 'unit' | 'projects';
  topId: string | null;
  projectIds: string[];
}

async function listGrants(place: Place, day: string, permission: string): Promise<Grant[]> {
  const roles = await rolesWith(place, permission);
  const { rows } = await sql<Grant>`
    select distinct a.id as account_id, a.person_id, g.reach, coalesce(g.unit_id, p.unit_id) as top_id, g.project_ids
    from identity.role_grant g
    left join organization.pub_post p on p.city_id = g.city_id and p.id = g.post_id
      and p.valid_from <= ${day}::date and (p.valid_to is null or p.valid_to >= ${day}::date)
    join identity.account a on a.city_id = g.city_id and (a.id = g.account_id or a.person_id = p.person_id) and not a.is_locked
    join organization.pub_person n on n.city_id = a.city_id and n.id = a.person_id and (n.valid_to is null or n.valid_to >= ${day}::date)
    where g.city_id = ${place.cityId} and g.role = any(${roles}::text[])
      and g.valid_from <= ${day}::date and (g.valid_to is null or g.valid_to >= ${day}::date)`.execute(place.db);
  return rows;
}

async function listAncestors(place: Place, day: string, unitId: string): Promise<Set<string>> {
  const { rows } = await sql<{ id: string }>`
    select c.ancestor_id as id from organization.pub_unit_closure c
    where c.city_id = ${place.cityId} and c.descendant_id = ${unitId} and ${day}::date between c.from_day and c.to_day`.execute(
    place.db,
  );
  return new Set([unitId, ...rows.map((row) => row.id)]);
}

/** Where somebody is looked for: at a unit (or above it), or by a grant for the one project. */
export interface HolderPlace {
  unitId: string | null;
  projectId: string;
}

/**
 * Who may sign in and holds `permission` on `day` where it reaches: by a grant for the whole city, for the unit or one above
 * it, or for the project by name. Nobody: an empty list. Grants are read once and each unit once, so that thousands of
 * projects may be asked about.
 */
export async function holdersOn(
  place: Place,
  day: string,
  permission: string,
): Promise<(where: HolderPlace) => Promise<Holder[]>> {
  const grants = await listGrants(place, day, permission);
  const known = new Map<string, Promise<Set<string>>>();
  return async ({ unitId, projectId }) => {
    if (grants.length === 0) return [];
    const above = unitId === null ? undefined : (known.get(unitId) ?? listAncestors(place, day, unitId));
    if (unitId !== null) known.set(unitId, above!);
    const units = await above;
    return grants
      .filter(
        ({ reach, topId, projectIds }) =>
          reach === 'city' ||
          (reach === 'projects' && projectIds.includes(projectId)) ||
          (reach === 'unit' && topId !== null && units?.has(topId)),
      )
      .map(({ accountId, personId }) => ({ accountId, personId }));
  };
}
