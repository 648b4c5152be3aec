import { sql } from 'kysely';
import type { Scope } from '#core/server/scope.ts';
import { newId } from '#core/shared/id.ts';
import type { Span } from '../authority.ts';
import { normalizeUsername } from '../shapes.ts';
import { findAccountByUsername, insertAccount, setPassword } from './account-store.ts';
import { authorityOn } from './authenticate.ts';
import { giveRole, type NewGrant } from './grants.ts';
import { type Holder, type HolderPlace, holdersOn } from './holders.ts';
import { hashPassword } from './password-hash.ts';

/** For jobs with a system Scope (the demonstration, an import of staff): the guards of `giveRole` pass those. */

export interface WantedAccount {
  personId: string;
  username: string;
  password: string;
  /** False only for a demonstration whose passwords are printed for everybody to use. */
  mustChangePassword?: boolean;
  grants?: readonly NewGrant[];
}

/** Opens an account with a known password and its roles. The password is not judged by the policy: the caller chose it. */
export async function insertAccountWithRoles(scope: Scope, wanted: WantedAccount): Promise<{ accountId: string }> {
  const now = new Date();
  const account = await insertAccount(scope, {
    id: newId(),
    personId: wanted.personId,
    username: normalizeUsername(wanted.username),
    language: null,
    isLocked: false,
    mustChangePassword: wanted.mustChangePassword ?? true,
    createdAt: now,
  });
  await setPassword(scope, account.id, await hashPassword(wanted.password), now);
  for (const grant of wanted.grants ?? []) await giveRole(scope, grant, account);
  return { accountId: account.id };
}

/** The account id of a user name, for finding out whether the demonstration was loaded already. */
export const findAccountId = async (scope: Scope, username: string): Promise<string | undefined> =>
  (await findAccountByUsername(scope, normalizeUsername(username)))?.id;

/**
 * Accounts that can act today: not locked, of people who are still here, with a grant of `permission` that reaches the unit
 * or the project. The answer is a function to ask about many places; an empty list means that nobody would answer there.
 */
export const holdersOf = (scope: Scope, permission: string): Promise<(where: HolderPlace) => Promise<Holder[]>> =>
  holdersOn(scope, scope.today, permission);

/**
 * What the person behind an account may do today, for what they set up earlier and is read without a session (the address of
 * a calendar feed). Undefined: no such account, locked, or of somebody who left.
 */
export async function findAbsent(
  scope: Scope,
  accountId: string,
): Promise<{ personId: string; unitIds: string[]; grants: Map<string, Span> } | undefined> {
  const { rows } = await sql<{ personId: string; unitIds: string[] }>`
    select a.person_id, array(select distinct p.unit_id from organization.pub_post p
        where p.city_id = a.city_id and p.person_id = a.person_id
          and p.valid_from <= ${scope.today}::date and (p.valid_to is null or p.valid_to >= ${scope.today}::date)) as unit_ids
    from identity.account a join organization.pub_person n on n.city_id = a.city_id and n.id = a.person_id
    where a.city_id = ${scope.cityId} and a.id::text = ${accountId} and not a.is_locked
      and (n.valid_to is null or n.valid_to >= ${scope.today}::date)`.execute(scope.db);
  const found = rows[0];
  return found && { ...found, grants: await authorityOn(scope, { accountId, ...found }, scope.today) };
}

export type { NewGrant } from './grants.ts';
export type { Holder, HolderPlace } from './holders.ts';
