import { audited } from '#core/server/audit.ts';
import { listCities } from '#core/server/cities.ts';
import { enterCity } from '#core/server/db.ts';
import { invalid, Problem } from '#core/server/errors.ts';
import { refuse } from '#core/server/http.ts';
import type { Scope } from '#core/server/scope.ts';
import { newId } from '#core/shared/id.ts';
import { afterAddressFailure, afterFailure, isWaiting } from '../lockout.ts';
import { normalizeUsername, sessionLimits } from '../shapes.ts';
import {
  type AccountTableRow,
  findAccountByUsername,
  findPassword,
  lockTotp,
  setPassword,
  setTotp,
  spendBackupCode,
} from './account-store.ts';
import { findCurrentSessionId, sessionCookie } from './authenticate.ts';
import { hashPassword, isOutdated, isPassword } from './password-hash.ts';
import type { Place } from './place.ts';
import { hashOfSecret, newToken, plainSecret } from './secret.ts';
import { clearFailures, endSessions, findFailures, insertSession, lockFailures, setFailures } from './session-store.ts';
import { stepOf } from './totp-code.ts';
import { setCookie, type Visitor, visitorOf } from './visitor.ts';

interface SignIn {
  username: string;
  password: string;
  code?: string | undefined;
  city?: string | undefined;
}

/**
 * User name and password, and a one-time code where the account asks for it. Every refusal that counts is committed
 * (`refuse`), and an unknown user name gets the answers, the waits and the work of a known one.
 */
export async function signIn(scope: Scope, input: SignIn): Promise<{ next: 'signedIn' | 'codeNeeded' }> {
  const place = await placeNamed(scope, input.city);
  const visitor = visitorOf(scope);
  const username = normalizeUsername(input.username).slice(0, 64);
  const now = new Date();

  const stopped = await findFailures(place, 'address', visitor.address);
  if (isWaiting(stopped, now)) throw tooMany(429, 'too_many_from_address', stopped!.waitUntil!);
  const failures = await lockFailures(place, 'username', username, now);
  if (isWaiting(failures, now)) throw tooMany(423, 'wait', failures!.waitUntil!);

  const account = await findAccountByUsername(place, username);
  const stored = account && (await findPassword(place, account.id));
  const fail = async (code: 'wrong_password' | 'wrong_code'): Promise<{ next: 'signedIn' }> => {
    const after = afterFailure(failures, now);
    await setFailures(place, 'username', username, after);
    const ofAddress = await lockFailures(place, 'address', visitor.address, now);
    await setFailures(place, 'address', visitor.address, afterAddressFailure(ofAddress, now));
    audited(scope, { subject: 'identity.signIn', id: username, after: { outcome: code, address: visitor.address } });
    return refuse(scope, after.waitUntil ? tooMany(423, 'wait', after.waitUntil) : wrong[code]());
  };
  if (!(await isPassword(stored, input.password)) || !account) return fail('wrong_password');
  // Only who knows the password learns that the account is closed.
  if (account.isLocked) throw locked();

  const totp = await lockTotp(place, account.id);
  if (totp?.confirmedAt) {
    if (input.code === undefined) return { next: 'codeNeeded' };
    if (!(await isCode(place, totp, input.code, now))) return fail('wrong_code');
  }
  if (isOutdated(stored!)) await setPassword(place, account.id, await hashPassword(input.password), now);
  await clearFailures(place, 'username', username);
  await openSession(scope, place, visitor, account, 'password', now);
  return { next: 'signedIn' };
}

/** A code of the app that was not used before, or an unused backup code; either is used up by this. */
export async function isCode(
  place: Place,
  totp: { accountId: string; secret: string; confirmedAt: Date | null; lastStep: number },
  code: string,
  now: Date,
): Promise<boolean> {
  const step = stepOf(totp.secret, code, now, totp.lastStep);
  if (step !== null) {
    const { accountId, secret, confirmedAt } = totp;
    await setTotp(place, { accountId, secret, confirmedAt, lastStep: step });
    return true;
  }
  return spendBackupCode(place, totp.accountId, hashOfSecret(plainSecret(code)), now);
}

/** A new token in a cookie; the session that the same browser had before ends. */
export async function openSession(
  scope: Scope,
  place: Place,
  visitor: Visitor,
  account: AccountTableRow,
  way: 'password' | 'oidc',
  now: Date,
): Promise<void> {
  const before = scope.actor.kind === 'account' && (await findCurrentSessionId(place, visitor.cookies));
  if (before) await endSessions(place, scope.actor.id, { by: 'replaced', now, only: before });
  const token = newToken();
  const maxAge = sessionLimits.absoluteDays * 24 * 3600;
  await insertSession(place, {
    id: newId(),
    accountId: account.id,
    tokenHash: hashOfSecret(token),
    createdAt: now,
    seenAt: now,
    expiresAt: new Date(now.getTime() + maxAge * 1000),
    address: visitor.address,
    agent: visitor.agent,
    way,
  });
  setCookie(scope, sessionCookie, `${place.cityId}.${token}`, maxAge);
  audited(scope, {
    subject: 'identity.account',
    id: account.id,
    after: { outcome: 'signedIn', way, username: account.username, address: visitor.address },
  });
}

export async function signOut(scope: Scope): Promise<Record<string, never>> {
  const { cookies } = visitorOf(scope);
  const current = await findCurrentSessionId(scope, cookies);
  if (current) await endSessions(scope, scope.actor.id, { by: scope.actor.id, now: new Date(), only: current });
  setCookie(scope, sessionCookie, '', 0);
  return {};
}

/** The city whose accounts are meant; without a code, the one the router chose. */
export async function placeNamed(scope: Scope, code: string | undefined): Promise<Place> {
  if (code === undefined) return scope;
  const city = (await listCities(scope.db)).find((each) => each.code === code);
  if (!city)
    throw invalid(
      'no_such_city',
      { zh: '没有这个城市，请重新选择', en: 'There is no such city: choose again' },
      'city',
    );
  if (city.id !== scope.cityId) await enterCity(scope.db, city.id);
  return { db: scope.db, cityId: city.id };
}

const clockFace = new Intl.DateTimeFormat('zh-CN', {
  timeZone: 'Asia/Shanghai',
  hour: '2-digit',
  minute: '2-digit',
  hourCycle: 'h23',
});
/** The minute after which the wait is surely over. */
const endOf = (until: Date): string => clockFace.format(new Date(Math.ceil(until.getTime() / 60_000) * 60_000));

const tooMany = (status: 423 | 429, code: string, until: Date): Problem =>
  new Problem(
    status,
    code,
    status === 423
      ? {
          zh: `连续输错次数过多，请在 ${endOf(until)} 后再试，或联系管理员重置密码`,
          en: `Too many wrong attempts. Try again after ${endOf(until)} (China time), or ask an administrator to reset the password`,
        }
      : {
          zh: `本网络地址输错次数过多，请在 ${endOf(until)} 后再试`,
          en: `Too many wrong attempts from this network address. Try again after ${endOf(until)} (China time)`,
        },
    { details: { until: until.toISOString() } },
  );

const wrong = {
  wrong_password: () =>
    new Problem(
      401,
      'wrong_password',
      {
        zh: '用户名或密码不正确，请检查大小写和输入法后重试',
        en: 'User name or password is not right. Check capitals and the input method, then try again',
      },
      { field: 'password' },
    ),
  wrong_code: () =>
    new Problem(
      401,
      'wrong_code',
      {
        zh: '动态口令不正确或已用过，请输入手机上新显示的六位数字，或一个未用过的备用码',
        en: 'The code is wrong or was used before. Enter the six digits now shown on the phone, or an unused backup code',
      },
      { field: 'code' },
    ),
};

export const locked = (): Problem =>
  new Problem(403, 'account_locked', {
    zh: '账号已停用，请联系管理员',
    en: 'This account is locked: ask an administrator',
  });
