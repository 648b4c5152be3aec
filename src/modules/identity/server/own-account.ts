import { audited } from '#core/server/audit.ts';
import { listCities } from '#core/server/cities.ts';
import { invalid, notFound, Problem } from '#core/server/errors.ts';
import { refuse } from '#core/server/http.ts';
import type { Scope } from '#core/server/scope.ts';
import { newId } from '#core/shared/id.ts';
import type { Language } from '#core/shared/words.ts';
import { personName, unitNames } from '#modules/organization/server/public.ts';
import { afterFailure, isWaiting } from '../lockout.ts';
import { normalizePassword, passwordFaults } from '../password.ts';
import type { Me, Session } from '../shapes.ts';
import {
  type AccountTableRow,
  countBackupCodes,
  removeTotp as deleteTotp,
  findAccount,
  findPassword,
  findTotp,
  lockTotp,
  setAccount,
  setBackupCodes,
  setPassword,
  setTotp,
} from './account-store.ts';
import { findCurrentSessionId, idleSince } from './authenticate.ts';
import { insertEvent } from './grant-store.ts';
import { hashPassword, isPassword } from './password-hash.ts';
import { namesOf } from './person-names.ts';
import { hashOfSecret, newBackupCode, plainSecret } from './secret.ts';
import {
  clearFailures,
  endSessions,
  listOpenSessions,
  lockFailures,
  type SessionRow,
  setFailures,
} from './session-store.ts';
import { isSetupOpen } from './setup-store.ts';
import { newTotpSecret, stepOf, totpUri } from './totp-code.ts';
import { visitorOf } from './visitor.ts';

export async function me(scope: Scope): Promise<Me> {
  const { host } = scope.effects;
  const cities = await listCities(scope.db);
  const city = cities.find(({ id }) => id === scope.cityId) ?? null;
  const account = scope.actor.kind === 'account' ? await findAccount(scope, scope.actor.id) : undefined;
  const names = await unitNames(scope, scope.actor.unitIds);
  return {
    account: account
      ? {
          id: account.id,
          username: account.username,
          name: scope.actor.name,
          language: account.language,
          mustChangePassword: scope.actor.mustChangePassword ?? false,
          totp: (await findTotp(scope, account.id))?.confirmedAt != null,
        }
      : null,
    units: scope.actor.unitIds.flatMap((id) => {
      const unit = names.get(id);
      return unit ? [{ id, name: unit.shortName ?? unit.name }] : [];
    }),
    permissions: [...scope.actor.grants.keys()],
    city: city && { id: city.id, name: city.name, code: city.code, demo: city.demo },
    cities: cities.map(({ code, name }) => ({ code, name })),
    today: scope.today,
    demoClock: host.clock.isDemo,
    setup: !account && (await isSetupOpen(scope.db)),
    oidc: host.config.oidc ? { name: host.config.oidc.name } : null,
  };
}

const own = async (scope: Scope): Promise<AccountTableRow> => {
  const account = scope.actor.kind === 'account' ? await findAccount(scope, scope.actor.id) : undefined;
  if (!account) throw notFound({ zh: '账号', en: 'account' });
  return account;
};

export async function setLanguage(scope: Scope, { language }: { language: Language }): Promise<Record<string, never>> {
  const account = await own(scope);
  await setAccount(scope, account.id, { language });
  return {};
}

/**
 * The account's own password asked again before something that matters. A wrong one counts like one at sign-in: an open
 * browser must not be a place to guess. Answers the refusal, or undefined when the password is right.
 */
async function reason(
  scope: Scope,
  account: AccountTableRow,
  password: string,
  field: string,
): Promise<Problem | undefined> {
  const now = new Date();
  const failures = await lockFailures(scope, 'username', account.username, now);
  const waiting = (until: Date) =>
    new Problem(
      423,
      'wait',
      { zh: '连续输错次数过多，请稍后再试', en: 'Too many wrong attempts: try again later' },
      { details: { until } },
    );
  if (isWaiting(failures, now)) return waiting(failures!.waitUntil!);
  if (await isPassword(await findPassword(scope, account.id), password)) {
    await clearFailures(scope, 'username', account.username);
    return undefined;
  }
  const after = afterFailure(failures, now);
  await setFailures(scope, 'username', account.username, after);
  return after.waitUntil
    ? waiting(after.waitUntil)
    : new Problem(
        422,
        'wrong_password',
        { zh: '当前密码不正确，请重新输入', en: 'The current password is not right: enter it again' },
        { field },
      );
}

/** Throws 422 with the first thing to mend. */
export async function requireGoodPassword(
  password: string,
  username: string,
  name: string,
  field: string,
): Promise<void> {
  const [fault] = passwordFaults(password, namesOf(username, name));
  if (fault) throw invalid(`password_${fault.code}`, fault.words, field);
}

export async function changePassword(
  scope: Scope,
  { currentPassword, newPassword }: { currentPassword: string; newPassword: string },
): Promise<Record<string, never>> {
  const account = await own(scope);
  const refusal = await reason(scope, account, currentPassword, 'currentPassword');
  if (refusal) return refuse(scope, refusal);
  await requireGoodPassword(newPassword, account.username, scope.actor.name, 'newPassword');
  if (normalizePassword(newPassword) === normalizePassword(currentPassword))
    throw invalid(
      'password_same',
      { zh: '新密码与当前密码相同，请换一个', en: 'The new password is the current one: choose another' },
      'newPassword',
    );
  const now = new Date();
  await setPassword(scope, account.id, await hashPassword(newPassword), now);
  await setAccount(scope, account.id, { mustChangePassword: false });
  // Whoever else may have known the old password is out.
  const current = await findCurrentSessionId(scope, visitorOf(scope).cookies);
  await endSessions(scope, account.id, { by: account.id, now, except: current });
  await insertEvent(scope, scope.actor, { subject: 'account', subjectId: account.id, kind: 'passwordChanged' });
  audited(scope, { subject: 'identity.account', id: account.id });
  return {};
}

export const presentSession = (row: SessionRow, currentId?: string): Session => ({
  id: row.id,
  isCurrent: row.id === currentId,
  createdAt: row.createdAt.toISOString(),
  seenAt: row.seenAt.toISOString(),
  expiresAt: row.expiresAt.toISOString(),
  address: row.address,
  agent: row.agent,
  way: row.way,
});

export async function openSessionsOf(scope: Scope, accountId: string): Promise<SessionRow[]> {
  const now = new Date();
  return listOpenSessions(scope, accountId, { now, seenAfter: idleSince(now) });
}

export async function listOwnSessions(scope: Scope): Promise<Session[]> {
  const current = await findCurrentSessionId(scope, visitorOf(scope).cookies);
  return (await openSessionsOf(scope, scope.actor.id)).map((row) => presentSession(row, current));
}

export async function endOwnSession(scope: Scope, { id }: { id: string }): Promise<Record<string, never>> {
  const ended = await endSessions(scope, scope.actor.id, { by: scope.actor.id, now: new Date(), only: id });
  if (ended === 0) throw notFound({ zh: '会话', en: 'session' });
  return {};
}

export async function endOtherSessions(scope: Scope): Promise<{ ended: number }> {
  const current = await findCurrentSessionId(scope, visitorOf(scope).cookies);
  return { ended: await endSessions(scope, scope.actor.id, { by: scope.actor.id, now: new Date(), except: current }) };
}

export async function totpState(scope: Scope): Promise<{ isOn: boolean; backupCodesLeft: number }> {
  const account = await own(scope);
  const totp = await findTotp(scope, account.id);
  return { isOn: totp?.confirmedAt != null, backupCodesLeft: await countBackupCodes(scope, account.id) };
}

const alreadyOn = () =>
  new Problem(409, 'totp_on', {
    zh: '已绑定动态口令；如需更换请先解除',
    en: 'One-time codes are on already: remove them first to change the phone',
  });

export async function beginTotp(
  scope: Scope,
  { password }: { password: string },
): Promise<{ secret: string; uri: string }> {
  const account = await own(scope);
  const refusal = await reason(scope, account, password, 'password');
  if (refusal) return refuse(scope, refusal);
  if ((await lockTotp(scope, account.id))?.confirmedAt) throw alreadyOn();
  const secret = newTotpSecret();
  await setTotp(scope, { accountId: account.id, secret, confirmedAt: null, lastStep: 0 });
  return { secret, uri: totpUri(secret, account.username, '挂图 Guatu') };
}

export async function confirmTotp(scope: Scope, { code }: { code: string }): Promise<{ backupCodes: string[] }> {
  const account = await own(scope);
  const totp = await lockTotp(scope, account.id);
  if (!totp) throw notFound({ zh: '绑定申请', en: 'enrolment' });
  if (totp.confirmedAt) throw alreadyOn();
  const now = new Date();
  const step = stepOf(totp.secret, code, now, totp.lastStep);
  if (step === null)
    throw invalid(
      'wrong_code',
      {
        zh: '动态口令不正确。请核对手机时间后输入新显示的六位数字',
        en: 'The code is not right. Check the phone’s clock and enter the six digits now shown',
      },
      'code',
    );
  await setTotp(scope, { accountId: account.id, secret: totp.secret, confirmedAt: now, lastStep: step });
  await insertEvent(scope, scope.actor, { subject: 'account', subjectId: account.id, kind: 'totpOn' });
  audited(scope, { subject: 'identity.account', id: account.id });
  return { backupCodes: await newCodes(scope, account.id) };
}

/** Ten codes, shown this once; the table keeps their hashes. */
async function newCodes(scope: Scope, accountId: string): Promise<string[]> {
  const codes = Array.from({ length: 10 }, newBackupCode);
  await setBackupCodes(
    scope,
    accountId,
    codes.map((code) => ({ id: newId(), hash: hashOfSecret(plainSecret(code)) })),
  );
  return codes;
}

export async function renewBackupCodes(
  scope: Scope,
  { password }: { password: string },
): Promise<{ backupCodes: string[] }> {
  const account = await own(scope);
  const refusal = await reason(scope, account, password, 'password');
  if (refusal) return refuse(scope, refusal);
  if (!(await findTotp(scope, account.id))?.confirmedAt)
    throw new Problem(409, 'totp_off', { zh: '尚未绑定动态口令', en: 'One-time codes are not on' });
  return { backupCodes: await newCodes(scope, account.id) };
}

export async function removeTotp(scope: Scope, { password }: { password: string }): Promise<Record<string, never>> {
  const account = await own(scope);
  const refusal = await reason(scope, account, password, 'password');
  if (refusal) return refuse(scope, refusal);
  await deleteTotp(scope, account.id);
  await insertEvent(scope, scope.actor, { subject: 'account', subjectId: account.id, kind: 'totpOff' });
  audited(scope, { subject: 'identity.account', id: account.id });
  return {};
}

export const nameOfPerson = async (scope: Scope, personId: string): Promise<string> => {
  const name = await personName(scope, personId);
  if (name === undefined) throw notFound({ zh: '人员', en: 'person' });
  return name;
};
