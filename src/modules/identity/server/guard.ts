import { sql } from 'kysely';
import { conflict, notFound, Problem } from '#core/server/errors.ts';
import type { Scope } from '#core/server/scope.ts';
import { type Authority, beyond, joinSpans, nothing } from '../authority.ts';
import { type AccountTableRow, findAccount } from './account-store.ts';
import { authorityOn } from './authenticate.ts';
import { countCityWideHolders, listRoles } from './grant-store.ts';
import { allPermissions, shippedPermissions } from './shipped-roles.ts';

/** Who may do what to whose rights. Every command on accounts, roles and grants passes here. */

/** What the caller may give: what they hold, as far as they hold it; and with identity.grantAny anything, as far as that reaches. */
function givable(scope: Scope): Authority {
  const any = scope.can('identity.grantAny') ? scope.reach('identity.grantAny') : nothing;
  return new Map(allPermissions().map(({ permission }) => [permission, joinSpans(scope.reach(permission), any)]));
}

export const isWithin = (scope: Scope, asked: Authority): boolean => beyond(givable(scope), asked).length === 0;

/** Could the caller give these at least somewhere? */
export const mayGive = (scope: Scope, permissions: readonly string[]): boolean =>
  scope.can('identity.grantAny') || permissions.every((permission) => scope.can(permission));

/** No escalation: throws 403 when the caller would give away, or take control of, more than they hold. */
export function requireWithin(scope: Scope, asked: Authority): void {
  const missing = beyond(givable(scope), asked);
  if (missing.length === 0) return;
  const named = allPermissions().filter(({ permission }) => missing.includes(permission));
  const list = (language: 'zh' | 'en') =>
    named
      .slice(0, 3)
      .map(({ words }) => words[language])
      .join(language === 'zh' ? '、' : '; ');
  throw new Problem(
    403,
    'beyond_own_rights',
    {
      zh: `不能授予或改动超出您本人权限的内容：${list('zh')}${named.length > 3 ? '等' : ''}。请由具备这些权限的管理员办理`,
      en: `This goes beyond your own rights: ${list('en')}${named.length > 3 ? ' and more' : ''}. Ask an administrator who holds them`,
    },
    { details: { permissions: missing } },
  );
}

/** People do not change their own rights, whatever they hold: a second person does. */
export function requireOther(scope: Scope, personId: string): void {
  if (scope.actor.kind === 'account' && scope.actor.personId === personId)
    throw new Problem(403, 'own_rights', {
      zh: '不能更改本人的权限和账号状态，请由另一位管理员办理',
      en: 'Nobody changes their own rights or account: ask another administrator',
    });
}

/** Is somebody of theirs in a unit that this permission reaches? People without any post belong to the whole city. */
export async function isPersonInReach(scope: Scope, permission: string, personId: string): Promise<boolean> {
  const reach = scope.reach(permission);
  if (reach.all) return true;
  const { rows } = await sql`select 1 from organization.pub_post
    where city_id = ${scope.cityId} and person_id = ${personId} and unit_id = any(${reach.unitIds}::uuid[])
      and valid_from <= ${scope.today}::date and (valid_to is null or valid_to >= ${scope.today}::date) limit 1`.execute(
    scope.db,
  );
  return rows.length > 0;
}

export async function getAccountInReach(scope: Scope, permission: string, id: string): Promise<AccountTableRow> {
  const account = await findAccount(scope, id);
  if (!account || !(await isPersonInReach(scope, permission, account.personId)))
    throw notFound({ zh: '账号', en: 'account' });
  return account;
}

/** Taking control of what somebody holds now, or will hold by a grant that begins later, is giving it to oneself. */
export const requireWithinHolder = async (
  scope: Scope,
  holder: { accountId: string; personId: string },
): Promise<void> => requireWithin(scope, await authorityOn(scope, holder, scope.today, true));

/**
 * The account, when the caller may act on it: it is in reach, is not their own, and may do nothing that the caller could
 * not give. Otherwise a clerk with the right to reset passwords could become the administrator.
 */
export async function getManagedAccount(scope: Scope, id: string): Promise<AccountTableRow> {
  const account = await getAccountInReach(scope, 'identity.manage', id);
  requireOther(scope, account.personId);
  await requireWithinHolder(scope, { accountId: id, personId: account.personId });
  return account;
}

/** Roles, shipped or own, that carry identity.manage. */
async function managingRoles(scope: Scope): Promise<string[]> {
  const own = (await listRoles(scope))
    .filter((role) => role.permissions.includes('identity.manage'))
    .map((role) => role.id);
  return shippedPermissions('admin').includes('identity.manage') ? ['admin', ...own] : own;
}

/** Called after a change, before its commit: somebody must be left who can manage accounts in the whole city. */
export async function requireManagerLeft(scope: Scope): Promise<void> {
  // Two administrators who lock each other at the same moment would both see the other still there.
  await sql`select pg_advisory_xact_lock(hashtextextended(${`identity.manage:${scope.cityId}`}, 0))`.execute(scope.db);
  if ((await countCityWideHolders(scope, await managingRoles(scope), scope.today)) > 0) return;
  throw conflict('last_administrator', {
    zh: '这是最后一位管理员，停用或收回后将无人能管理账号。请先指定另一位管理员',
    en: 'This is the last administrator: appoint another one first',
  });
}
