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

/**
 * Who may sign in and holds `permission` on `day` where it reaches the unit or the project: by a grant for the whole city,
 * for the unit or one above it, or for the project by name. Nobody: an empty list.
 */
export async function listHoldersOn(
  place: Place,
  day: string,
  permission: string,
  where: { unitId: string | null; projectId: string },
): Promise<Holder[]> {
  const roles = await rolesWith(place, permission);
  const top = sql`coalesce(g.unit_id, p.unit_id)`;
  const { rows } = await sql<Holder>`
    select distinct a.id as account_id, a.person_id
    from identity.role_grant g
    left join organization.pub_post p on p.city_id = g.city_id and p.id = g.post_id
      and p.valid_from <= ${day}::date and (p.valid_to is null or p.valid_to >= ${day}::date)
    join identity.account a on a.city_id = g.city_id and (a.id = g.account_id or a.person_id = p.person_id) and not a.is_locked
    join organization.pub_person n on n.city_id = a.city_id and n.id = a.person_id and (n.valid_to is null or n.valid_to >= ${day}::date)
    where g.city_id = ${place.cityId} and g.role = any(${roles}::text[])
      and g.valid_from <= ${day}::date and (g.valid_to is null or g.valid_to >= ${day}::date)
      and (g.reach = 'city'
        or (g.reach = 'projects' and ${where.projectId} = any(g.project_ids::text[]))
        or (g.reach = 'unit' and (${top} = ${where.unitId}::uuid or exists (
          select 1 from organization.pub_unit_closure c
          where c.city_id = g.city_id and c.ancestor_id = ${top} and c.descendant_id = ${where.unitId}::uuid
            and ${day}::date between c.from_day and c.to_day))))`.execute(place.db);
  return rows;
}
