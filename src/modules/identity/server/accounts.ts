import { audited } from '#core/server/audit.ts';
import { conflict, notFound } from '#core/server/errors.ts';
import type { Scope } from '#core/server/scope.ts';
import { newId } from '#core/shared/id.ts';
import { type Account, type AccountRow, accountEvents } from '../shapes.ts';
import { listAccountEvents, listAccountRows, listGrantDetails, listPersonsWithoutAccount } from './account-list.ts';
import {
  deleteExternalLogin,
  findAccountByUsername,
  findAccountOfPerson,
  findExternalLogin,
  insertAccount,
  insertExternalLogin,
  listExternalLogins,
  removeTotp,
  setAccount,
  setPassword,
} from './account-store.ts';
import { insertEvent } from './grant-store.ts';
import {
  getAccountInReach,
  getManagedAccount,
  isPersonInReach,
  requireManagerLeft,
  requireOther,
  requireWithinHolder,
} from './guard.ts';
import { nameOfPerson, openSessionsOf, presentSession } from './own-account.ts';
import { hashPassword } from './password-hash.ts';
import { usernameFrom } from './person-names.ts';
import { wordsOfRole } from './role-words.ts';
import { newFirstPassword } from './secret.ts';
import { clearFailures, endSessions } from './session-store.ts';

type Nothing = Record<string, never>;

export const listAccounts = (
  scope: Scope,
  filter: { text: string; offset: number; personId?: string | undefined },
): Promise<{ accounts: AccountRow[]; total: number }> => listAccountRows(scope, filter);

export async function getAccount(scope: Scope, { id }: { id: string }): Promise<Account> {
  const { accounts } = await listAccountRows(scope, { id });
  const row = accounts[0];
  if (!row) throw notFound({ zh: '账号', en: 'account' });
  const grants = await listGrantDetails(scope, row);
  return {
    ...row,
    grants: grants.map(({ postId, postTitle, postUnitName, roleName, unitId, unitName, ...grant }) => ({
      ...grant,
      post: postId === null ? null : { id: postId, title: postTitle ?? '', unitName: postUnitName ?? '' },
      roleWords: wordsOfRole(grant.role, roleName),
      unit: unitId === null ? null : { id: unitId, name: unitName ?? '' },
    })),
    sessions: (await openSessionsOf(scope, id)).map((session) => presentSession(session)),
    externalLogins: (await listExternalLogins(scope, id)).map(({ id: loginId, issuer, subject, linkedAt }) => ({
      id: loginId,
      issuer,
      subject,
      linkedAt: linkedAt.toISOString(),
    })),
    events: (
      await listAccountEvents(
        scope,
        id,
        grants.map((grant) => grant.id),
      )
    ).map((event) => ({ ...event, at: event.at.toISOString() })),
    allowed: await allowedOn(scope, row),
  };
}

/** What the caller may do to this account now: the page draws its buttons from this and from nothing else. */
async function allowedOn(scope: Scope, row: AccountRow): Promise<Account['allowed']> {
  try {
    if (!scope.can('identity.manage')) return [];
    await getManagedAccount(scope, row.id);
  } catch {
    // Out of reach, their own, or beyond their rights: the page shows and offers nothing.
    return [];
  }
  const hasIssuer = scope.effects.host.config.oidc !== undefined;
  return accountEvents.filter(
    (event) =>
      (event !== 'lock' || !row.isLocked) &&
      (event !== 'unlock' || row.isLocked || row.waitUntil !== null) &&
      (event !== 'clearTotp' || row.totp) &&
      (event !== 'linkExternal' || hasIssuer),
  );
}

export async function personsWithoutAccount(scope: Scope, { text }: { text: string }) {
  const persons = await listPersonsWithoutAccount(scope, text);
  const suggested = new Set<string>();
  const rows: ((typeof persons)[number] & { suggestedUsername: string })[] = [];
  for (const person of persons) {
    const base = usernameFrom(person.name) || 'user';
    let username = base;
    for (let n = 2; suggested.has(username) || (await findAccountByUsername(scope, username)); n++)
      username = `${base}${n}`;
    suggested.add(username);
    rows.push({ ...person, suggestedUsername: username });
  }
  return rows;
}

/** 409 `username_taken` or `has_account`. The password in the answer is shown this once and must be changed at the first sign-in. */
export async function createAccount(
  scope: Scope,
  { personId, username }: { personId: string; username: string },
): Promise<{ id: string; firstPassword: string }> {
  await nameOfPerson(scope, personId);
  if (!(await isPersonInReach(scope, 'identity.manage', personId))) throw notFound({ zh: '人员', en: 'person' });
  requireOther(scope, personId);
  // The person's posts may carry roles already: whoever opens the account sees its first password.
  await requireWithinHolder(scope, { accountId: newId(), personId });
  if (await findAccountOfPerson(scope, personId))
    throw conflict('has_account', { zh: '此人已有账号', en: 'This person has an account already' });
  if (await findAccountByUsername(scope, username))
    throw conflict('username_taken', { zh: '用户名已被使用，请换一个', en: 'This user name is taken: choose another' });
  const now = new Date();
  const account = await insertAccount(scope, {
    id: newId(),
    personId,
    username,
    language: null,
    isLocked: false,
    mustChangePassword: true,
    createdAt: now,
  });
  const firstPassword = newFirstPassword();
  await setPassword(scope, account.id, await hashPassword(firstPassword), now);
  await record(scope, account.id, 'created', { username });
  return { id: account.id, firstPassword };
}

export async function resetPassword(scope: Scope, { id }: { id: string }): Promise<{ firstPassword: string }> {
  const account = await getManagedAccount(scope, id);
  const now = new Date();
  const firstPassword = newFirstPassword();
  await setPassword(scope, id, await hashPassword(firstPassword), now);
  await setAccount(scope, id, { mustChangePassword: true });
  await endSessions(scope, id, { by: scope.actor.id, now });
  await clearFailures(scope, 'username', account.username);
  await record(scope, id, 'passwordReset');
  return { firstPassword };
}

export async function lockAccount(scope: Scope, { id, reason }: { id: string; reason: string }): Promise<Nothing> {
  await getManagedAccount(scope, id);
  await setAccount(scope, id, { isLocked: true });
  await requireManagerLeft(scope);
  await endSessions(scope, id, { by: scope.actor.id, now: new Date() });
  await record(scope, id, 'locked', { reason });
  return {};
}

export async function unlockAccount(scope: Scope, { id }: { id: string }): Promise<Nothing> {
  const account = await getManagedAccount(scope, id);
  await setAccount(scope, id, { isLocked: false });
  await clearFailures(scope, 'username', account.username);
  await record(scope, id, 'unlocked');
  return {};
}

export async function clearTotp(scope: Scope, { id }: { id: string }): Promise<Nothing> {
  await getManagedAccount(scope, id);
  await removeTotp(scope, id);
  await record(scope, id, 'totpCleared');
  return {};
}

/** Ending a session gives nobody anything, so reach alone decides: a county's manager may end a leader's forgotten one. */
export async function endAccountSession(
  scope: Scope,
  { id, sessionId }: { id: string; sessionId: string },
): Promise<Nothing> {
  await getAccountInReach(scope, 'identity.manage', id);
  const ended = await endSessions(scope, id, { by: scope.actor.id, now: new Date(), only: sessionId });
  if (ended === 0) throw notFound({ zh: '会话', en: 'session' });
  await record(scope, id, 'sessionEnded');
  return {};
}

/** Whoever owns the subject at the issuer signs in as this account, so the same guard holds as for a new password. */
export async function linkExternal(scope: Scope, { id, subject }: { id: string; subject: string }): Promise<Nothing> {
  await getManagedAccount(scope, id);
  const { oidc } = scope.effects.host.config;
  if (!oidc) throw conflict('no_issuer', { zh: '本系统未配置统一身份认证', en: 'Single sign-on is not configured' });
  if (await findExternalLogin(scope, oidc.issuer, subject))
    throw conflict('subject_taken', {
      zh: '该统一身份已关联到其他账号',
      en: 'This subject is tied to another account',
    });
  if ((await listExternalLogins(scope, id)).some((login) => login.issuer === oidc.issuer))
    throw conflict('has_subject', {
      zh: '该账号已关联统一身份，请先解除',
      en: 'This account is tied already: untie it first',
    });
  await insertExternalLogin(scope, {
    id: newId(),
    accountId: id,
    issuer: oidc.issuer,
    subject,
    linkedAt: new Date(),
    linkedBy: scope.actor.id,
  });
  await record(scope, id, 'externalLinked', { subject });
  return {};
}

export async function unlinkExternal(scope: Scope, { id, loginId }: { id: string; loginId: string }): Promise<Nothing> {
  await getManagedAccount(scope, id);
  const login = await deleteExternalLogin(scope, id, loginId);
  if (!login) throw notFound({ zh: '关联', en: 'link' });
  await record(scope, id, 'externalUnlinked', { subject: login.subject });
  return {};
}

async function record(scope: Scope, id: string, kind: string, data: Record<string, unknown> = {}): Promise<void> {
  await insertEvent(scope, scope.actor, { subject: 'account', subjectId: id, kind, data });
  audited(scope, { subject: 'identity.account', id, after: { kind, ...data } });
}
