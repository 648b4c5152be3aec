import { sql } from 'kysely';
import { audited } from '#core/server/audit.ts';
import { conflict, invalid, notFound } from '#core/server/errors.ts';
import type { Scope } from '#core/server/scope.ts';
import { addDays } from '#core/shared/day.ts';
import { newId } from '#core/shared/id.ts';
import { findUnit } from '#modules/organization/server/public.ts';
import { authorityOf, defaultReachOf, type Span } from '../authority.ts';
import type { GrantReach } from '../shapes.ts';
import { listGrantDetails } from './account-list.ts';
import { findAccount, findAccountOfPerson } from './account-store.ts';
import { permissionsOfRole } from './authenticate.ts';
import {
  endGrantAt,
  findRole,
  type GrantRow,
  insertEvent,
  insertGrant,
  listSubtree,
  lockGrant,
} from './grant-store.ts';
import { getAccountInReach, isPersonInReach, requireManagerLeft, requireOther, requireWithin } from './guard.ts';
import { wordsOfRole } from './role-words.ts';
import { closeSetup } from './setup-store.ts';
import { isShippedRole, shippedPermissions } from './shipped-roles.ts';

type Nothing = Record<string, never>;

export interface NewGrant {
  postId?: string | undefined;
  role: string;
  reach?: GrantReach | undefined;
  unitId?: string | undefined;
  projectIds?: readonly string[] | undefined;
  validFrom?: string | undefined;
  validTo?: string | undefined;
}

interface Post {
  id: string;
  unitId: string;
  personId: string;
}

const findPost = async (scope: Scope, id: string): Promise<Post | undefined> => {
  const { rows } = await sql<Post>`select id, unit_id, person_id from organization.pub_post
    where city_id = ${scope.cityId} and id = ${id}`.execute(scope.db);
  return rows[0];
};

const getRole = async (
  scope: Scope,
  role: string,
): Promise<{ role: string; permissions: readonly string[]; name: string | null }> => {
  // Nobody signs in as the public, so nobody can hold its role.
  if (isShippedRole(role) && role !== 'public') return { role, permissions: shippedPermissions(role), name: null };
  const own = /^[0-9a-f-]{36}$/.test(role) ? await findRole(scope, role) : undefined;
  if (!own) throw notFound({ zh: '角色', en: 'role' });
  return { role, permissions: own.permissions, name: own.name };
};

/** Where a grant reaches on the day it is given. Throws 422 when the reach lacks its unit or projects. */
async function spanOfNew(scope: Scope, grant: NewGrant, reach: GrantReach, post: Post | undefined): Promise<Span> {
  if (reach === 'city') return { all: true };
  if (reach === 'projects') {
    if (!grant.projectIds?.length)
      throw invalid('projects_missing', { zh: '请至少选择一个项目', en: 'Choose at least one project' }, 'projectIds');
    return { all: false, unitIds: [], projectIds: grant.projectIds };
  }
  const top = grant.unitId ?? post?.unitId;
  if (top === undefined || !(await findUnit(scope, top)))
    throw invalid(
      'unit_missing',
      { zh: '请选择授权到哪个单位', en: 'Choose the unit to which the role reaches' },
      'unitId',
    );
  return { all: false, unitIds: await listSubtree(scope, top, scope.today), projectIds: [] };
}

export async function grant(scope: Scope, input: NewGrant & { accountId: string }): Promise<{ id: string }> {
  const account = await getAccountInReach(scope, 'identity.manage', input.accountId);
  requireOther(scope, account.personId);
  return giveRole(scope, input, account);
}

/** Writes the grant when the caller may give it; the guard of every way to a role, also of set-up and the demonstration. */
export async function giveRole(
  scope: Scope,
  input: NewGrant,
  account: { id: string; personId: string },
): Promise<{ id: string }> {
  const { role, permissions, name } = await getRole(scope, input.role);
  const post = input.postId === undefined ? undefined : await findPost(scope, input.postId);
  if (input.postId !== undefined && post?.personId !== account.personId) throw notFound({ zh: '岗位', en: 'post' });
  const reach = input.reach ?? defaultReachOf(role);
  const span = await spanOfNew(scope, input, reach, post);
  requireWithin(scope, authorityOf([{ permissions, span }]));
  const validFrom = input.validFrom ?? scope.today;
  if (input.validTo !== undefined && input.validTo < validFrom)
    throw invalid(
      'ends_before_start',
      { zh: '结束日期早于开始日期', en: 'The last day lies before the first' },
      'validTo',
    );
  const row = {
    id: newId(),
    postId: post?.id ?? null,
    accountId: post ? null : account.id,
    role,
    reach,
    // With a post and no unit named, the reach follows the post's unit.
    unitId: reach === 'unit' ? (input.unitId ?? null) : null,
    projectIds: reach === 'projects' ? [...(input.projectIds ?? [])] : [],
    validFrom,
    validTo: input.validTo ?? null,
  };
  await insertGrant(scope, row);
  const data = {
    role: wordsOfRole(role, name),
    reach,
    unitId: row.unitId,
    projectIds: row.projectIds,
    validFrom,
    validTo: row.validTo,
  };
  await insertEvent(scope, scope.actor, { subject: 'grant', subjectId: row.id, kind: 'granted', data });
  audited(scope, { subject: 'identity.grant', id: row.id, after: { accountId: account.id, ...data } });
  if (role === 'admin' && reach === 'city') await closeSetup(scope.db);
  return { id: row.id };
}

/** From today on the grant does not hold any more. */
export async function endGrant(scope: Scope, { id }: { id: string }): Promise<Nothing> {
  const row = await lockGrant(scope, id);
  const holder = row && (await holderOf(scope, row));
  if (!row || !holder || !(await isPersonInReach(scope, 'identity.manage', holder)))
    throw notFound({ zh: '授权', en: 'grant' });
  // The post or part of the city it was given for may be another county's, of which this caller knows nothing.
  const account = await findAccountOfPerson(scope, holder);
  const shown = account ? await listGrantDetails(scope, account, 'identity.manage') : [];
  if (!shown.some((grant) => grant.id === id)) throw notFound({ zh: '授权', en: 'grant' });
  requireOther(scope, holder);
  const own = isShippedRole(row.role) ? undefined : await findRole(scope, row.role);
  const span = await spanOf(scope, row);
  requireWithin(scope, authorityOf([{ permissions: permissionsOfRole(row.role, own?.permissions ?? null), span }]));
  if (row.validTo !== null && row.validTo < scope.today)
    throw conflict('grant_ended', { zh: '该授权已结束', en: 'This grant has ended' });
  await endGrantAt(scope, id, addDays(scope.today, -1));
  await requireManagerLeft(scope);
  await insertEvent(scope, scope.actor, { subject: 'grant', subjectId: id, kind: 'ended', data: { role: row.role } });
  audited(scope, { subject: 'identity.grant', id, before: row });
  return {};
}

const spanOf = async (scope: Scope, row: GrantRow): Promise<Span> => {
  if (row.reach === 'city') return { all: true };
  if (row.reach === 'projects') return { all: false, unitIds: [], projectIds: row.projectIds };
  const top = row.unitId ?? (await findPost(scope, row.postId!))?.unitId;
  return { all: false, unitIds: top ? await listSubtree(scope, top, scope.today) : [], projectIds: [] };
};

const holderOf = async (
  scope: Scope,
  row: { postId: string | null; accountId: string | null },
): Promise<string | undefined> =>
  row.postId === null
    ? (await findAccount(scope, row.accountId!))?.personId
    : (await findPost(scope, row.postId))?.personId;
