import { sql } from 'kysely';
import { newId } from '#core/shared/id.ts';
import type { GrantReach } from '../shapes.ts';
import type { Place } from './place.ts';

interface RoleTable {
  cityId: string;
  id: string;
  name: string;
  permissions: string[];
  retiredAt: Date | null;
}
interface RoleGrantTable {
  cityId: string;
  id: string;
  postId: string | null;
  accountId: string | null;
  role: string;
  reach: GrantReach;
  unitId: string | null;
  projectIds: string[];
  validFrom: string;
  validTo: string | null;
}
export type RoleRow = RoleTable;
export type GrantRow = RoleGrantTable;

const tables = (place: Place) =>
  place.db.withTables<{ 'identity.role': RoleTable; 'identity.roleGrant': RoleGrantTable }>();

/** The city's own roles, retired ones left out. */
export const listRoles = (place: Place): Promise<RoleRow[]> =>
  tables(place)
    .selectFrom('identity.role')
    .selectAll()
    .where('cityId', '=', place.cityId)
    .where('retiredAt', 'is', null)
    .orderBy('name')
    .execute();

export const findRole = (place: Place, id: string): Promise<RoleRow | undefined> =>
  tables(place)
    .selectFrom('identity.role')
    .selectAll()
    .where('cityId', '=', place.cityId)
    .where('id', '=', id)
    .where('retiredAt', 'is', null)
    .executeTakeFirst();

export const findRoleByName = (place: Place, name: string): Promise<RoleRow | undefined> =>
  tables(place)
    .selectFrom('identity.role')
    .selectAll()
    .where('cityId', '=', place.cityId)
    .where('name', '=', name)
    .executeTakeFirst();

export async function insertRole(place: Place, row: Omit<RoleRow, 'cityId' | 'retiredAt'>): Promise<void> {
  await tables(place)
    .insertInto('identity.role')
    .values({ ...row, cityId: place.cityId, retiredAt: null })
    .execute();
}

export async function setRole(
  place: Place,
  id: string,
  change: Partial<Pick<RoleRow, 'name' | 'permissions' | 'retiredAt'>>,
): Promise<void> {
  await tables(place)
    .updateTable('identity.role')
    .set(change)
    .where('cityId', '=', place.cityId)
    .where('id', '=', id)
    .execute();
}

export async function insertGrant(place: Place, row: Omit<GrantRow, 'cityId'>): Promise<void> {
  await tables(place)
    .insertInto('identity.roleGrant')
    .values({ ...row, cityId: place.cityId })
    .execute();
}

export const lockGrant = (place: Place, id: string): Promise<GrantRow | undefined> =>
  tables(place)
    .selectFrom('identity.roleGrant')
    .selectAll()
    .where('cityId', '=', place.cityId)
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst();

/** A grant that ends before it began never holds. */
export async function endGrantAt(place: Place, id: string, lastDay: string): Promise<void> {
  await tables(place)
    .updateTable('identity.roleGrant')
    .set({ validTo: lastDay, validFrom: sql<string>`least(valid_from, ${lastDay}::date)` })
    .where('cityId', '=', place.cityId)
    .where('id', '=', id)
    .execute();
}

/** A grant in force, with the city's own role resolved and the subtree laid out. */
export interface HeldGrant {
  id: string;
  role: string;
  /** Of the city's own role; null for a shipped one. */
  permissions: string[] | null;
  reach: GrantReach;
  /** With reach 'unit': the whole subtree on that day. */
  unitIds: string[];
  projectIds: string[];
}

/**
 * What an account holds on a day: by its own grants and by those of the posts its person holds that day.
 * One statement, because every request asks it. A grant of a retired own role is there without permissions.
 * `orLater` adds what is given already and begins after that day.
 */
export async function listHeldGrants(
  place: Place,
  holder: { accountId: string; personId: string },
  day: string,
  orLater = false,
): Promise<HeldGrant[]> {
  const { rows } = await sql<HeldGrant>`
    with held as (
      select g.id, g.role, g.reach, g.project_ids, g.unit_id as top
      from identity.role_grant g
      where g.city_id = ${place.cityId} and g.account_id = ${holder.accountId}
        and (${orLater} or g.valid_from <= ${day}::date) and (g.valid_to is null or g.valid_to >= ${day}::date)
      union all
      select g.id, g.role, g.reach, g.project_ids, coalesce(g.unit_id, p.unit_id) as top
      from organization.pub_post p
      join identity.role_grant g on g.city_id = p.city_id and g.post_id = p.id
      where p.city_id = ${place.cityId} and p.person_id = ${holder.personId}
        and (${orLater} or p.valid_from <= ${day}::date) and (p.valid_to is null or p.valid_to >= ${day}::date)
        and (${orLater} or g.valid_from <= ${day}::date) and (g.valid_to is null or g.valid_to >= ${day}::date)
    )
    select h.id, h.role, r.permissions, h.reach, h.project_ids,
      case when h.reach = 'unit' then array(
        select c.descendant_id from organization.pub_unit_closure c
        where c.city_id = ${place.cityId} and c.ancestor_id = h.top and ${day}::date between c.from_day and c.to_day
        union select h.top) else '{}' end as unit_ids
    from held h
    left join identity.role r on r.city_id = ${place.cityId} and r.id::text = h.role and r.retired_at is null`.execute(
    place.db,
  );
  return rows;
}

/** The subtree of a unit on a day, itself included. */
export async function listSubtree(place: Place, unitId: string, day: string): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select c.descendant_id as id from organization.pub_unit_closure c
    where c.city_id = ${place.cityId} and c.ancestor_id = ${unitId} and ${day}::date between c.from_day and c.to_day
    union select ${unitId}::uuid`.execute(place.db);
  return rows.map((row) => row.id);
}

/** Accounts that are not locked and hold one of these roles for the whole city today. */
export async function countCityWideHolders(place: Place, roles: readonly string[], day: string): Promise<number> {
  const { rows } = await sql<{ holders: number }>`
    select count(distinct a.id) as holders
    from identity.role_grant g
    left join organization.pub_post p on p.city_id = g.city_id and p.id = g.post_id
      and p.valid_from <= ${day}::date and (p.valid_to is null or p.valid_to >= ${day}::date)
    join identity.account a on a.city_id = g.city_id and (a.id = g.account_id or a.person_id = p.person_id) and not a.is_locked
    join organization.pub_person n on n.city_id = a.city_id and n.id = a.person_id and (n.valid_to is null or n.valid_to >= ${day}::date)
    where g.city_id = ${place.cityId} and g.role = any(${roles}::text[]) and g.reach = 'city'
      and g.valid_from <= ${day}::date and (g.valid_to is null or g.valid_to >= ${day}::date)`.execute(place.db);
  return rows[0]!.holders;
}

/** How many accounts of people with a post in these units (undefined: of the whole city) hold each role today. */
export async function countHolders(
  place: Place,
  day: string,
  unitIds: readonly string[] | undefined,
): Promise<Map<string, number>> {
  const { rows } = await sql<{ role: string; holders: number }>`
    select g.role, count(distinct a.id) as holders
    from identity.role_grant g
    left join organization.pub_post p on p.city_id = g.city_id and p.id = g.post_id
      and p.valid_from <= ${day}::date and (p.valid_to is null or p.valid_to >= ${day}::date)
    join identity.account a on a.city_id = g.city_id and (a.id = g.account_id or a.person_id = p.person_id)
    where g.city_id = ${place.cityId} and g.valid_from <= ${day}::date and (g.valid_to is null or g.valid_to >= ${day}::date)
      and (${unitIds === undefined} or exists (select 1 from organization.pub_post o
        where o.city_id = a.city_id and o.person_id = a.person_id and o.unit_id = any(${[...(unitIds ?? [])]}::uuid[])
          and o.valid_from <= ${day}::date and (o.valid_to is null or o.valid_to >= ${day}::date)))
    group by g.role`.execute(place.db);
  return new Map(rows.map((row) => [row.role, row.holders]));
}

export interface IdentityEvent {
  subject: 'account' | 'role' | 'grant';
  subjectId: string;
  kind: string;
  data?: Record<string, unknown>;
}

/** Adds to the history of an account, a role or a grant. Nothing here is ever changed or removed. */
export async function insertEvent(
  place: Place,
  actor: { id: string; name: string },
  event: IdentityEvent,
  now = new Date(),
): Promise<void> {
  await sql`insert into identity.event (city_id, id, subject, subject_id, kind, data, by_actor, by_name, at)
    values (${place.cityId}, ${newId()}, ${event.subject}, ${event.subjectId}, ${event.kind}, ${JSON.stringify(event.data ?? {})}::jsonb,
      ${actor.id}, ${actor.name}, ${now})`.execute(place.db);
}
