import { audited } from '#core/server/audit.ts';
import { listCities } from '#core/server/cities.ts';
import { Problem } from '#core/server/errors.ts';
import { refuse } from '#core/server/http.ts';
import type { Scope } from '#core/server/scope.ts';
import { newId } from '#core/shared/id.ts';
import { normalizeUsername } from '../shapes.ts';
import {
  type AccountTableRow,
  findAccount,
  findAccountByUsername,
  findExternalLogin,
  insertExternalLogin,
  listExternalLogins,
} from './account-store.ts';
import { insertEvent } from './grant-store.ts';
import { type Arrival, arrive, depart, type Issuer } from './oidc-client.ts';
import type { Place } from './place.ts';
import { hashOfSecret, newToken } from './secret.ts';
import { insertExternalAttempt, takeExternalAttempt } from './session-store.ts';
import { locked, openSession, placeNamed } from './sign-in.ts';
import { setCookie, visitorOf } from './visitor.ts';

const attemptCookie = 'guatu_sso';
/** Long enough to find the phone for the issuer's own second factor. */
const attemptSeconds = 600;
export const callbackPath = '/sign-in/external';

function issuerOf(scope: Scope): { issuer: Issuer; redirectUri: string } {
  const { oidc, publicUrl } = scope.effects.host.config;
  if (!oidc || !publicUrl)
    throw new Problem(404, 'no_issuer', {
      zh: '本系统未配置统一身份认证，请用用户名和密码登录',
      en: 'Single sign-on is not configured: use user name and password',
    });
  return { issuer: oidc, redirectUri: `${publicUrl}${callbackPath}` };
}

const unreachable = (): Problem =>
  new Problem(503, 'issuer_unreachable', {
    zh: '统一身份认证暂时无法使用，请稍后再试，或用用户名和密码登录',
    en: 'Single sign-on does not answer: try again later, or use user name and password',
  });

export async function beginExternal(scope: Scope, { city }: { city?: string | undefined }): Promise<{ url: string }> {
  const { issuer, redirectUri } = issuerOf(scope);
  const place = await placeNamed(scope, city);
  const departure = await depart(issuer, redirectUri).catch((error: unknown) => {
    scope.effects.host.log.warn({ error }, 'the OIDC issuer could not be reached');
    throw unreachable();
  });
  const token = newToken();
  const { url, ...secrets } = departure;
  await insertExternalAttempt(place, {
    tokenHash: hashOfSecret(token),
    ...secrets,
    expiresAt: new Date(Date.now() + attemptSeconds * 1000),
  });
  setCookie(scope, attemptCookie, `${place.cityId}.${token}`, attemptSeconds);
  return { url };
}

const expired = (): Problem =>
  new Problem(401, 'external_expired', {
    zh: '本次统一身份登录已过期或已使用，请重新登录',
    en: 'This sign-in has run out or was used: begin again',
  });

export async function finishExternal(scope: Scope, { query }: { query: string }): Promise<Record<string, never>> {
  const { issuer, redirectUri } = issuerOf(scope);
  const visitor = visitorOf(scope);
  const [cityId, token] = (visitor.cookies.get(attemptCookie) ?? '').split('.');
  const place = cityId && token ? await placeById(scope, cityId) : undefined;
  if (!place || !token) throw expired();
  const attempt = await takeExternalAttempt(place, hashOfSecret(token));
  setCookie(scope, attemptCookie, '', 0);
  const now = new Date();
  if (!attempt || attempt.expiresAt <= now) return refuse(scope, expired());

  const callback = new URL(`${redirectUri}?${query.replace(/^\?/, '')}`);
  const arrival = await arrive(issuer, callback, attempt).catch((error: unknown) => {
    scope.effects.host.log.warn({ error }, 'a sign-in at the OIDC issuer was refused');
    return undefined;
  });
  if (!arrival)
    return refuse(
      scope,
      new Problem(401, 'external_refused', {
        zh: '统一身份认证没有通过，请重新登录',
        en: 'Single sign-on did not confirm who you are: begin again',
      }),
    );
  const account = await findLinked(scope, place, issuer, arrival, now);
  if (!account)
    return refuse(
      scope,
      new Problem(
        403,
        'external_unknown',
        {
          zh: `统一身份“${arrival.subject}”尚未关联本系统账号，请联系管理员关联`,
          en: `The identity “${arrival.subject}” is not tied to an account here: ask an administrator to tie it`,
        },
        { details: { subject: arrival.subject } },
      ),
    );
  if (account.isLocked) return refuse(scope, locked());
  await openSession(scope, place, visitor, account, 'oidc', now);
  return {};
}

const placeById = async (scope: Scope, cityId: string): Promise<Place | undefined> => {
  const city = (await listCities(scope.db)).find(({ id }) => id === cityId);
  return city && placeNamed(scope, city.code);
};

/** By the subject that was tied before; else, where the setting names a claim, by a user name of the same value, which ties it. */
async function findLinked(
  scope: Scope,
  place: Place,
  issuer: Issuer,
  arrival: Arrival,
  now: Date,
): Promise<AccountTableRow | undefined> {
  const login = await findExternalLogin(place, arrival.issuer, arrival.subject);
  if (login) return findAccount(place, login.accountId);
  const claimed = issuer.usernameClaim === undefined ? undefined : arrival.claims[issuer.usernameClaim];
  if (typeof claimed !== 'string' || claimed.trim() === '') return undefined;
  const account = await findAccountByUsername(place, normalizeUsername(claimed));
  // An account tied to another subject is somebody else's, whatever the claim says.
  if (!account || (await listExternalLogins(place, account.id)).some((other) => other.issuer === arrival.issuer))
    return undefined;
  await insertExternalLogin(place, {
    id: newId(),
    accountId: account.id,
    issuer: arrival.issuer,
    subject: arrival.subject,
    linkedAt: now,
    linkedBy: 'claim',
  });
  const data = { subject: arrival.subject, claim: issuer.usernameClaim };
  await insertEvent(place, scope.actor, { subject: 'account', subjectId: account.id, kind: 'externalLinked', data });
  audited(scope, { subject: 'identity.account', id: account.id, after: { kind: 'externalLinked', ...data } });
  return account;
}
