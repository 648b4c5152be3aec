import { sql } from 'kysely';
import type { Reach, Scope } from '#core/server/scope.ts';
import type { AccountRow } from '../shapes.ts';
import { wordsOfRole } from './role-words.ts';

/** The reads behind the pages of accounts: set-based, over our tables and the views of `organization`. */

interface Row {
  id: string;
  username: string;
  personId: string;
  personName: string;
  isLocked: boolean;
  mustChangePassword: boolean;
  totp: boolean;
  waitUntil: Date | null;
  seenAt: Date | null;
  posts: { id: string; title: string; unitId: string; unitName: string }[];
  roles: { role: string; name: string | null }[];
}

export const accountsPerPage = 50;

// Somebody with posts in two counties is one person: each county is shown its own posts and what was granted for them.
const isPostInReach = (reach: Reach) =>
  sql`(${reach.all} or p.unit_id = any(${reach.all ? [] : [...reach.unitIds]}::uuid[]))`;
const isOwnGrantShown = (reach: Reach) =>
  sql`(${reach.all} or g.reach = 'city' or g.unit_id = any(${reach.all ? [] : [...reach.unitIds]}::uuid[])
    or (g.reach = 'projects' and g.project_ids <@ ${reach.all ? [] : [...reach.projectIds]}::uuid[]))`;

/** Accounts of people with a post in reach, by name; `text` is part of a user name or name, or pinyin initials. */
export async function listAccountRows(
  scope: Scope,
  filter: { text?: string; offset?: number; id?: string; personId?: string | undefined },
): Promise<{ accounts: AccountRow[]; total: number }> {
  const reach = scope.reach('identity.read');
  const like = `%${(filter.text ?? '').toLowerCase().replace(/[\\%_]/g, '\\$&')}%`;
  const isHeld = sql`p.valid_from <= ${scope.today}::date and (p.valid_to is null or p.valid_to >= ${scope.today}::date)`;
  const isInForce = sql`g.valid_from <= ${scope.today}::date and (g.valid_to is null or g.valid_to >= ${scope.today}::date)`;
  const isNear = isPostInReach(reach);
  const { rows } = await sql<Row & { total: number }>`
    select a.id, a.username, a.person_id, n.name as person_name, a.is_locked, a.must_change_password,
      exists (select 1 from identity.totp t where t.city_id = a.city_id and t.account_id = a.id and t.confirmed_at is not null) as totp,
      (select f.wait_until from identity.failure f
        where f.city_id = a.city_id and f.kind = 'username' and f.name = a.username and f.wait_until > now()) as wait_until,
      (select max(s.seen_at) from identity.session s where s.city_id = a.city_id and s.account_id = a.id) as seen_at,
      coalesce((select jsonb_agg(jsonb_build_object('id', p.id, 'title', p.title, 'unitId', u.id, 'unitName', coalesce(u.short_name, u.name)) order by p.id)
        from organization.pub_post p join organization.pub_unit u on u.city_id = p.city_id and u.id = p.unit_id
        where p.city_id = a.city_id and p.person_id = a.person_id and ${isHeld} and ${isNear}), '[]') as posts,
      coalesce((select jsonb_agg(distinct jsonb_build_object('role', g.role, 'name', r.name))
        from identity.role_grant g
        left join identity.role r on r.city_id = g.city_id and r.id::text = g.role
        where g.city_id = a.city_id and ${isInForce} and ((g.account_id = a.id and ${isOwnGrantShown(reach)}) or g.post_id in (
          select p.id from organization.pub_post p where p.city_id = a.city_id and p.person_id = a.person_id and ${isHeld} and ${isNear}))), '[]') as roles,
      count(*) over () as total
    from identity.account a
    join organization.pub_person n on n.city_id = a.city_id and n.id = a.person_id
    where a.city_id = ${scope.cityId}
      and (${filter.id ?? null}::uuid is null or a.id = ${filter.id ?? null}::uuid)
      and (${filter.personId ?? null}::uuid is null or a.person_id = ${filter.personId ?? null}::uuid)
      and (a.username like ${like} or lower(n.name) like ${like} or lower(n.initials) like ${like})
      and (${reach.all} or exists (select 1 from organization.pub_post p
        where p.city_id = a.city_id and p.person_id = a.person_id and ${isHeld}
          and p.unit_id = any(${reach.all ? [] : reach.unitIds}::uuid[])))
    order by a.username
    limit ${accountsPerPage} offset ${filter.offset ?? 0}`.execute(scope.db);
  const accounts = rows.map(({ total: _, waitUntil, seenAt, roles, ...row }) => ({
    ...row,
    waitUntil: waitUntil?.toISOString() ?? null,
    seenAt: seenAt?.toISOString() ?? null,
    roles: roles.map(({ role, name }) => wordsOfRole(role, name)),
  }));
  return { accounts, total: rows[0]?.total ?? 0 };
}

interface GrantDetail {
  id: string;
  postId: string | null;
  postTitle: string | null;
  postUnitName: string | null;
  role: string;
  roleName: string | null;
  reach: 'city' | 'unit' | 'projects';
  unitId: string | null;
  unitName: string | null;
  projectIds: string[];
  validFrom: string;
  validTo: string | null;
  isInForce: boolean;
}

/** Grants in reach to the account or to a post its person holds or held, newest first, ended ones included. */
export async function listGrantDetails(
  scope: Scope,
  account: { id: string; personId: string },
  permission = 'identity.read',
): Promise<GrantDetail[]> {
  const reach = scope.reach(permission);
  const { rows } = await sql<GrantDetail>`
    select g.id, g.post_id, p.title as post_title, coalesce(u.short_name, u.name) as post_unit_name, g.role, r.name as role_name, g.reach,
      top.id as unit_id, coalesce(top.short_name, top.name) as unit_name, g.project_ids, g.valid_from, g.valid_to,
      (g.valid_from <= ${scope.today}::date and (g.valid_to is null or g.valid_to >= ${scope.today}::date)
        and (p.id is null or (p.valid_from <= ${scope.today}::date and (p.valid_to is null or p.valid_to >= ${scope.today}::date)))) as is_in_force
    from identity.role_grant g
    left join organization.pub_post p on p.city_id = g.city_id and p.id = g.post_id
    left join organization.pub_unit u on u.city_id = p.city_id and u.id = p.unit_id
    left join organization.pub_unit top on top.city_id = g.city_id and g.reach = 'unit' and top.id = coalesce(g.unit_id, p.unit_id)
    left join identity.role r on r.city_id = g.city_id and r.id::text = g.role
    where g.city_id = ${scope.cityId} and ((g.account_id = ${account.id} and ${isOwnGrantShown(reach)})
      or (p.person_id = ${account.personId} and ${isPostInReach(reach)}))
    order by g.id desc`.execute(scope.db);
  return rows;
}

export interface EventRow {
  id: string;
  kind: string;
  data: Record<string, unknown>;
  byName: string;
  at: Date;
}

/** The newest hundred things done to the account and its grants. */
export async function listAccountEvents(
  scope: Scope,
  accountId: string,
  grantIds: readonly string[],
): Promise<EventRow[]> {
  const { rows } = await sql<EventRow>`
    select id, kind, data, by_name, at from identity.event
    where city_id = ${scope.cityId}
      and ((subject = 'account' and subject_id = ${accountId}) or (subject = 'grant' and subject_id = any(${grantIds}::uuid[])))
    order by id desc limit 100`.execute(scope.db);
  return rows;
}

/** People in reach who still work here and have no account; at most 50. */
export async function listPersonsWithoutAccount(
  scope: Scope,
  text: string,
): Promise<{ id: string; name: string; posts: string }[]> {
  const reach = scope.reach('identity.manage');
  const like = `%${text.toLowerCase().replace(/[\\%_]/g, '\\$&')}%`;
  const isHeld = sql`p.valid_from <= ${scope.today}::date and (p.valid_to is null or p.valid_to >= ${scope.today}::date)`;
  const { rows } = await sql<{ id: string; name: string; posts: string }>`
    select n.id, n.name, coalesce((select string_agg(coalesce(u.short_name, u.name) || ' ' || p.title, '、' order by p.id)
      from organization.pub_post p join organization.pub_unit u on u.city_id = p.city_id and u.id = p.unit_id
      where p.city_id = n.city_id and p.person_id = n.id and ${isHeld} and ${isPostInReach(reach)}), '') as posts
    from organization.pub_person n
    where n.city_id = ${scope.cityId} and (n.valid_to is null or n.valid_to >= ${scope.today}::date)
      and (lower(n.name) like ${like} or lower(n.initials) like ${like})
      and not exists (select 1 from identity.account a where a.city_id = n.city_id and a.person_id = n.id)
      and (${reach.all} or exists (select 1 from organization.pub_post p where p.city_id = n.city_id and p.person_id = n.id and ${isHeld}
        and p.unit_id = any(${reach.all ? [] : reach.unitIds}::uuid[])))
    order by n.name limit 50`.execute(scope.db);
  return rows;
}
