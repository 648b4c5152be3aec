import { audited } from '#core/server/audit.ts';
import { conflict, invalid, notFound } from '#core/server/errors.ts';
import type { Scope } from '#core/server/scope.ts';
import { newId } from '#core/shared/id.ts';
import { authorityOf, defaultReachOf } from '../authority.ts';
import type { Role } from '../shapes.ts';
import {
  countHolders,
  findRole,
  findRoleByName,
  insertEvent,
  insertRole,
  listHeldGrants,
  listRoles,
  type RoleRow,
  setRole,
} from './grant-store.ts';
import { isWithin, mayGive, requireManagerLeft, requireOther, requireWithin } from './guard.ts';
import { wordsOfRole } from './role-words.ts';
import { allPermissions, isShippedRole, shippedPermissions, shippedRoleWords } from './shipped-roles.ts';

type Nothing = Record<string, never>;

export async function listRolesAndPermissions(scope: Scope) {
  const reach = scope.reach('identity.read');
  const holders = await countHolders(scope, scope.today, reach.all ? undefined : reach.unitIds);
  const present = (role: string, permissions: readonly string[], row?: RoleRow): Role => ({
    role,
    words: wordsOfRole(role, row?.name ?? null),
    isShipped: row === undefined,
    permissions: [...permissions],
    defaultReach: defaultReachOf(role),
    holders: holders.get(role) ?? 0,
    allowed: allowedOn(scope, permissions, row !== undefined),
  });
  const shipped = Object.keys(shippedRoleWords).flatMap((role) =>
    isShippedRole(role) ? [present(role, shippedPermissions(role))] : [],
  );
  const own = (await listRoles(scope)).map((row) => present(row.id, row.permissions, row));
  return {
    roles: [...shipped.map((role) => (role.role === 'public' ? { ...role, allowed: [] } : role)), ...own],
    permissions: allPermissions().map((each) => ({ ...each, isHeld: mayGive(scope, [each.permission]) })),
  };
}

const nobody = '00000000-0000-0000-0000-000000000000';
const inWholeCity = (permissions: readonly string[]) => authorityOf([{ permissions, span: { all: true } }]);

function allowedOn(scope: Scope, permissions: readonly string[], isOwn: boolean): Role['allowed'] {
  if (!scope.can('identity.manage') || !mayGive(scope, permissions)) return [];
  return isOwn && isWithin(scope, inWholeCity(permissions)) ? ['give', 'change', 'retire'] : ['give'];
}

/** The permissions of an own role reach wherever it was or will be given, so its maker must hold them in the whole city. */
function requireKnownAndHeld(scope: Scope, permissions: readonly string[]): void {
  const known = new Set(allPermissions().map((each) => each.permission));
  const unknown = permissions.find((permission) => !known.has(permission));
  if (unknown !== undefined)
    throw invalid(
      'no_such_permission',
      { zh: `没有权限“${unknown}”，请刷新页面`, en: `There is no permission ${unknown}: reload the page` },
      'permissions',
    );
  requireWithin(scope, inWholeCity(permissions));
}

async function requireFreeName(scope: Scope, name: string, id?: string): Promise<void> {
  const other = await findRoleByName(scope, name);
  const isShippedName = Object.values(shippedRoleWords).some((words) => words.zh === name || words.en === name);
  if ((other && other.id !== id) || isShippedName)
    throw conflict('role_name_taken', {
      zh: '已有同名角色（含停用的），请换一个名称',
      en: 'A role of this name exists or existed: choose another',
    });
}

export async function createRole(
  scope: Scope,
  { name, permissions }: { name: string; permissions: string[] },
): Promise<{ role: string }> {
  const unique = [...new Set(permissions)].sort();
  requireKnownAndHeld(scope, unique);
  await requireFreeName(scope, name);
  const id = newId();
  await insertRole(scope, { id, name, permissions: unique });
  await recordRole(scope, id, 'created', undefined, { name, permissions: unique });
  return { role: id };
}

export async function changeRole(
  scope: Scope,
  { id, name, permissions }: { id: string; name: string; permissions: string[] },
): Promise<Nothing> {
  const before = await findRole(scope, id);
  if (!before) throw notFound({ zh: '角色', en: 'role' });
  const unique = [...new Set(permissions)].sort();
  requireKnownAndHeld(scope, [...new Set([...unique, ...before.permissions])]);
  await requireFreeName(scope, name, id);
  const held = await listHeldGrants(
    scope,
    { accountId: scope.actor.id, personId: scope.actor.personId ?? nobody },
    scope.today,
  );
  if (held.some((grant) => grant.role === id)) requireOther(scope, scope.actor.personId ?? nobody);
  await setRole(scope, id, { name, permissions: unique });
  await requireManagerLeft(scope);
  await recordRole(
    scope,
    id,
    'changed',
    { name: before.name, permissions: before.permissions },
    { name, permissions: unique },
  );
  return {};
}

/** Its grants stay in the history and give nothing any more. */
export async function retireRole(scope: Scope, { id }: { id: string }): Promise<Nothing> {
  const before = await findRole(scope, id);
  if (!before) throw notFound({ zh: '角色', en: 'role' });
  requireKnownAndHeld(scope, before.permissions);
  await setRole(scope, id, { retiredAt: new Date() });
  await requireManagerLeft(scope);
  await recordRole(scope, id, 'retired', { name: before.name, permissions: before.permissions });
  return {};
}

async function recordRole(scope: Scope, id: string, kind: string, before?: object, after?: object): Promise<void> {
  await insertEvent(scope, scope.actor, { subject: 'role', subjectId: id, kind, data: { before, after } });
  audited(scope, { subject: 'identity.role', id, before, after });
}
