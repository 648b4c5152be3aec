import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { type TestCity, testCity } from '#core/server/testing/test-city.ts';
import { insertCityOrganization } from '#modules/organization/server/public.ts';
import { type Browser, browser, newClerk } from './testing/browser.ts';
import { fakeIssuer } from './testing/fake-issuer.ts';

let city: TestCity;
let issuer: Awaited<ReturnType<typeof fakeIssuer>>;
let unitId: string;
let admin: Browser;

beforeAll(async () => {
  city = await testCity();
  issuer = await fakeIssuer();
  unitId = await city.system(
    async (scope) =>
      (await insertCityOrganization(scope, { headquartersName: '岳阳市重点项目建设总指挥部', validFrom: '2020-01-01' }))
        .officeId,
  );
  await newClerk(city, {
    name: '系统管理员',
    username: 'admin',
    unitId,
    grants: [{ role: 'admin' }],
    password: 'rain-on-the-ferry-42',
  });
  admin = browser(city);
  await admin.identity.signIn({ username: 'admin', password: 'rain-on-the-ferry-42' });
});
afterAll(async () => {
  await issuer?.close();
  await city?.close();
});
beforeEach(() => {
  Object.assign(issuer.faults, { forgeSignature: false, audience: 'guatu', nonce: undefined });
  city.host.config.publicUrl = 'https://guatu.example';
  city.host.config.oidc = { issuer: issuer.url, clientId: 'guatu', clientSecret: 'shh', name: '市统一身份认证' };
});

let count = 0;
const clerk = async (more: Partial<Parameters<typeof newClerk>[1]> = {}) => {
  const username = `person${++count}`;
  return { username, ...(await newClerk(city, { name: '陈静', username, unitId, ...more })) };
};

test('the address of the issuer carries state, nonce and PKCE, and the page to come back to', async () => {
  const here = browser(city);
  expect((await here.identity.me()).oidc).toEqual({ name: '市统一身份认证' });
  const { url } = await here.identity.beginExternal({});
  const asked = Object.fromEntries(new URL(url).searchParams);
  expect(url.startsWith(`${issuer.url}/authorize`)).toBe(true);
  expect(asked).toMatchObject({
    client_id: 'guatu',
    response_type: 'code',
    redirect_uri: 'https://guatu.example/sign-in/external',
    code_challenge_method: 'S256',
    state: expect.stringMatching(/.{20}/),
    nonce: expect.stringMatching(/.{20}/),
    code_challenge: expect.stringMatching(/.{43}/),
  });
  expect(here.attributes.get('guatu_sso')).toContain('HttpOnly; SameSite=Lax; Secure');
});

test('who was tied by an administrator signs in; a first password does not stand in the way', async () => {
  const { accountId, username } = await clerk({ mustChangePassword: true });
  await admin.identity.linkExternal({ id: accountId, subject: 'sub-chen' });
  await expect(
    admin.identity.linkExternal({ id: (await clerk()).accountId, subject: 'sub-chen' }),
  ).rejects.toMatchObject({ code: 'subject_taken' });
  await expect(admin.identity.linkExternal({ id: accountId, subject: 'another' })).rejects.toMatchObject({
    code: 'has_subject',
  });
  const here = browser(city);
  const { url } = await here.identity.beginExternal({});
  await here.identity.finishExternal({ query: issuer.authorize(url, { sub: 'sub-chen' }) });
  expect((await here.identity.me()).account).toMatchObject({ username, mustChangePassword: false });
  expect((await here.identity.sessions())[0]).toMatchObject({ way: 'oidc' });
  expect(here.cookies.has('guatu_sso')).toBe(false);

  const { externalLogins } = await admin.identity.account({ id: accountId });
  await admin.identity.unlinkExternal({ id: accountId, loginId: externalLogins[0]!.id });
  const again = browser(city);
  const second = await again.identity.beginExternal({});
  await expect(
    again.identity.finishExternal({ query: issuer.authorize(second.url, { sub: 'sub-chen' }) }),
  ).rejects.toMatchObject({
    status: 403,
    code: 'external_unknown',
    words: { zh: expect.stringContaining('sub-chen') },
  });
});

test('a claim ties an account by its user name only where the setting names it, and never one that is tied to somebody else', async () => {
  const { username, accountId } = await clerk();
  const arrive = async (claims: { sub: string } & Record<string, unknown>) => {
    const here = browser(city);
    const { url } = await here.identity.beginExternal({});
    await here.identity.finishExternal({ query: issuer.authorize(url, claims) });
    return (await here.identity.me()).account?.id;
  };
  await expect(arrive({ sub: 'claimed', preferred_username: username })).rejects.toMatchObject({
    code: 'external_unknown',
  });
  city.host.config.oidc!.usernameClaim = 'preferred_username';
  expect(await arrive({ sub: 'claimed', preferred_username: username.toUpperCase() })).toBe(accountId);
  expect(await arrive({ sub: 'claimed' })).toBe(accountId);
  await expect(arrive({ sub: 'impostor', preferred_username: username })).rejects.toMatchObject({
    code: 'external_unknown',
  });
});

test('a locked account stays out', async () => {
  const { accountId } = await clerk();
  await admin.identity.linkExternal({ id: accountId, subject: 'sub-locked' });
  await admin.identity.lockAccount({ id: accountId, reason: '调离' });
  const here = browser(city);
  const { url } = await here.identity.beginExternal({});
  await expect(
    here.identity.finishExternal({ query: issuer.authorize(url, { sub: 'sub-locked' }) }),
  ).rejects.toMatchObject({ code: 'account_locked' });
  expect(here.cookies.has('guatu')).toBe(false);
});

test('an answer comes back once, in time, to the browser that asked, with the state it took along', async () => {
  const { accountId } = await clerk();
  await admin.identity.linkExternal({ id: accountId, subject: 'sub-once' });
  const here = browser(city);
  const { url } = await here.identity.beginExternal({});
  const query = issuer.authorize(url, { sub: 'sub-once' });
  // Another browser has no cookie of the attempt: a victim cannot be signed in as somebody else.
  await expect(browser(city).identity.finishExternal({ query })).rejects.toMatchObject({ code: 'external_expired' });
  const attempt = here.cookies.get('guatu_sso')!;
  await expect(
    here.identity.finishExternal({ query: query.replace(/state=\w+/, 'state=other') }),
  ).rejects.toMatchObject({ status: 401, code: 'external_refused' });
  // The attempt is used up, even by a refused answer.
  here.cookies.set('guatu_sso', attempt);
  await expect(here.identity.finishExternal({ query })).rejects.toMatchObject({ code: 'external_expired' });

  const late = browser(city);
  const second = await late.identity.beginExternal({});
  await city.system((scope) => sql`update identity.external_attempt set expires_at = now()`.execute(scope.db));
  await expect(
    late.identity.finishExternal({ query: issuer.authorize(second.url, { sub: 'sub-once' }) }),
  ).rejects.toMatchObject({ code: 'external_expired' });
});

test.each([
  ['a forged signature', { forgeSignature: true }],
  ['a token for another client', { audience: 'somebody-else' }],
  ['a nonce of another attempt', { nonce: 'replayed' }],
])('%s is refused', async (_, fault) => {
  const { accountId } = await clerk();
  const sub = `sub-${accountId}`;
  await admin.identity.linkExternal({ id: accountId, subject: sub });
  const here = browser(city);
  const { url } = await here.identity.beginExternal({});
  Object.assign(issuer.faults, fault);
  await expect(here.identity.finishExternal({ query: issuer.authorize(url, { sub }) })).rejects.toMatchObject({
    code: 'external_refused',
  });
  expect((await here.identity.me()).account).toBeNull();
});

test('an issuer that does not answer is said plainly, and so is one that is not configured', async () => {
  city.host.config.oidc = { issuer: 'http://127.0.0.1:9', clientId: 'guatu', clientSecret: 'shh', name: 'x' };
  await expect(browser(city).identity.beginExternal({}, { idempotencyKey: 'no-retry-here' })).rejects.toMatchObject({
    code: 'issuer_unreachable',
  });
  delete city.host.config.oidc;
  await expect(browser(city).identity.beginExternal({})).rejects.toMatchObject({ status: 404, code: 'no_issuer' });
  expect((await browser(city).identity.me()).oidc).toBeNull();
});
