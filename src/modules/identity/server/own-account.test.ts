import { sql } from 'kysely';
import { TOTP } from 'otpauth';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type TestCity, testCity } from '#core/server/testing/test-city.ts';
import { organization } from '#modules/organization/contract.ts';
import { insertCityOrganization } from '#modules/organization/server/public.ts';
import { browser, goodPassword, newClerk } from './testing/browser.ts';

let city: TestCity;
let unitId: string;
beforeAll(async () => {
  city = await testCity();
  unitId = await city.system(
    async (scope) =>
      (await insertCityOrganization(scope, { headquartersName: '岳阳市重点项目建设总指挥部', validFrom: '2020-01-01' }))
        .officeId,
  );
});
afterAll(() => city?.close());

let count = 0;
const clerk = async (more: Partial<Parameters<typeof newClerk>[1]> = {}) => {
  const username = `clerk${++count}`;
  return { username, ...(await newClerk(city, { name: '刘敏', username, unitId, ...more })) };
};
const rows = <T>(query: ReturnType<typeof sql<T>>) =>
  city.system(async (scope) => (await query.execute(scope.db)).rows);
const run = (query: ReturnType<typeof sql>) => city.system(async (scope) => void (await query.execute(scope.db)));

describe('sessions', () => {
  test('one sees where one is signed in, ends another session, and not a stranger’s', async () => {
    const { username } = await clerk();
    const [desk, phone] = [browser(city, '10.7.0.1'), browser(city, '10.7.0.2')];
    await desk.identity.signIn({ username, password: goodPassword });
    await phone.identity.signIn({ username, password: goodPassword });
    const sessions = await desk.identity.sessions();
    expect(sessions.map((s) => [s.address, s.isCurrent]).sort()).toEqual([
      ['10.7.0.1', true],
      ['10.7.0.2', false],
    ]);
    const other = sessions.find((s) => !s.isCurrent)!;

    const stranger = browser(city);
    await stranger.identity.signIn({ username: (await clerk()).username, password: goodPassword });
    await expect(stranger.identity.endSession({ id: other.id })).rejects.toMatchObject({ status: 404 });

    await desk.identity.endSession({ id: other.id });
    expect((await phone.identity.me()).account).toBeNull();
    expect((await desk.identity.me()).account).not.toBeNull();
  });

  test('all others end at once, and so they do when the password changes', async () => {
    const { username } = await clerk();
    const [desk, phone, tablet] = [browser(city), browser(city), browser(city)];
    for (const each of [desk, phone]) await each.identity.signIn({ username, password: goodPassword });
    expect(await desk.identity.endOtherSessions()).toEqual({ ended: 1 });
    expect((await phone.identity.me()).account).toBeNull();
    await tablet.identity.signIn({ username, password: goodPassword });
    await desk.identity.changePassword({ currentPassword: goodPassword, newPassword: 'geese over the lake 7' });
    expect((await tablet.identity.me()).account).toBeNull();
    expect((await desk.identity.me()).account).not.toBeNull();
  });

  test('a session ends when it is not used, when it is old, when the account is locked and when the person leaves', async () => {
    const { username, accountId, personId } = await clerk();
    const here = browser(city);
    const isIn = async () => (await here.identity.me()).account !== null;
    const again = async () => here.identity.signIn({ username, password: goodPassword });
    await again();
    await run(
      sql`update identity.session set seen_at = now() - interval '8 hours 1 minute' where account_id = ${accountId}`,
    );
    expect(await isIn()).toBe(false);
    await again();
    await run(sql`update identity.session set expires_at = now() where account_id = ${accountId}`);
    expect(await isIn()).toBe(false);
    await again();
    await run(sql`update identity.account set is_locked = true where id = ${accountId}`);
    expect(await isIn()).toBe(false);
    await expect(again()).rejects.toMatchObject({ status: 403, code: 'account_locked' });
    await run(sql`update identity.account set is_locked = false where id = ${accountId}`);
    expect(await isIn()).toBe(true);
    await run(sql`update organization.person set valid_to = '2021-09-25' where id = ${personId}`);
    expect(await isIn()).toBe(false);
  });

  test('using a session keeps it awake', async () => {
    const { username, accountId } = await clerk();
    const here = browser(city);
    await here.identity.signIn({ username, password: goodPassword });
    await run(sql`update identity.session set seen_at = now() - interval '7 hours' where account_id = ${accountId}`);
    await here.identity.me();
    await expect
      .poll(() =>
        rows(
          sql<{
            fresh: boolean;
          }>`select seen_at > now() - interval '1 minute' as fresh from identity.session where account_id = ${accountId}`,
        ),
      )
      .toEqual([{ fresh: true }]);
  });
});

describe('passwords', () => {
  test('a first password opens nothing but the change of itself', async () => {
    const { username } = await clerk({ mustChangePassword: true, grants: [{ role: 'office' }] });
    const here = browser(city);
    await here.identity.signIn({ username, password: goodPassword });
    expect(await here.identity.me()).toMatchObject({ account: { mustChangePassword: true }, permissions: [] });
    for (const refused of [
      () => here.call(organization).tree(),
      () => here.identity.sessions(),
      () => here.identity.accounts({}),
      () => here.identity.setLanguage({ language: 'en' }),
    ])
      await expect(refused()).rejects.toMatchObject({ status: 403, code: 'password_change_needed' });
    await here.identity.changePassword({ currentPassword: goodPassword, newPassword: 'geese over the lake 7' });
    expect(await here.identity.me()).toMatchObject({
      account: { mustChangePassword: false },
      permissions: expect.arrayContaining(['organization.edit']),
    });
    await here.call(organization).tree();
  });

  test('a new password must be right by the policy, differ from the current one, and the current one must be known', async () => {
    const { username } = await clerk();
    const here = browser(city);
    await here.identity.signIn({ username, password: goodPassword });
    const change = (newPassword: string, currentPassword = goodPassword) =>
      here.identity.changePassword({ currentPassword, newPassword });
    await expect(change('short')).rejects.toMatchObject({
      status: 422,
      code: 'password_too_short',
      field: 'newPassword',
    });
    await expect(change('liumin-and-the-trees')).rejects.toMatchObject({ code: 'password_contains_name' });
    await expect(change(`the ${username} garden`)).rejects.toMatchObject({ code: 'password_contains_name' });
    await expect(change('Woaini1314520')).rejects.toMatchObject({ code: 'password_common' });
    await expect(change(goodPassword)).rejects.toMatchObject({ code: 'password_same' });
    await expect(change('geese over the lake 7', 'wrong guess')).rejects.toMatchObject({
      status: 422,
      code: 'wrong_password',
      field: 'currentPassword',
    });
  });

  test('an open browser is no place to guess the current password either', async () => {
    const { username } = await clerk();
    const here = browser(city);
    await here.identity.signIn({ username, password: goodPassword });
    for (let i = 0; i < 5; i++)
      await here.identity
        .changePassword({ currentPassword: 'wrong guess', newPassword: 'geese over the lake 7' })
        .catch(() => {});
    await expect(
      here.identity.changePassword({ currentPassword: goodPassword, newPassword: 'geese over the lake 7' }),
    ).rejects.toMatchObject({ status: 423 });
  });
});

describe('one-time codes', () => {
  const codeAt = (secret: string, timestamp = Date.now()) => new TOTP({ secret }).generate({ timestamp });

  test('are enrolled with one code, then asked for at every sign-in; a code counts once; backup codes count once', async () => {
    const { username, accountId } = await clerk();
    const here = browser(city);
    await here.identity.signIn({ username, password: goodPassword });
    await expect(here.identity.beginTotp({ password: 'wrong guess' })).rejects.toMatchObject({
      code: 'wrong_password',
    });
    const { secret, uri } = await here.identity.beginTotp({ password: goodPassword });
    expect(uri).toContain(`secret=${secret}`);
    // An enrolment that was not confirmed asks for nothing.
    expect(await browser(city).identity.signIn({ username, password: goodPassword })).toEqual({ next: 'signedIn' });
    await expect(here.identity.confirmTotp({ code: '000000' })).rejects.toMatchObject({
      status: 422,
      code: 'wrong_code',
    });
    const enrolling = codeAt(secret);
    const { backupCodes } = await here.identity.confirmTotp({ code: enrolling });
    expect(new Set(backupCodes).size).toBe(10);
    expect(await here.identity.totp()).toEqual({ isOn: true, backupCodesLeft: 10 });

    const there = browser(city);
    expect(await there.identity.signIn({ username, password: goodPassword })).toEqual({ next: 'codeNeeded' });
    expect(there.cookies.size).toBe(0);
    // The code of the enrolment is used up.
    await expect(there.identity.signIn({ username, password: goodPassword, code: enrolling })).rejects.toMatchObject({
      status: 401,
      code: 'wrong_code',
    });
    // One step ahead is still inside the allowance for clocks that differ.
    const next = codeAt(secret, Date.now() + 30_000);
    expect(await there.identity.signIn({ username, password: goodPassword, code: next })).toEqual({ next: 'signedIn' });
    await expect(browser(city).identity.signIn({ username, password: goodPassword, code: next })).rejects.toMatchObject(
      { code: 'wrong_code' },
    );

    const backup = backupCodes[3]!;
    expect(
      await browser(city).identity.signIn({
        username,
        password: goodPassword,
        code: ` ${backup.toUpperCase().replace('-', ' ')}`,
      }),
    ).toEqual({ next: 'signedIn' });
    await expect(
      browser(city).identity.signIn({ username, password: goodPassword, code: backup }),
    ).rejects.toMatchObject({ code: 'wrong_code' });
    expect(await here.identity.totp()).toEqual({ isOn: true, backupCodesLeft: 9 });
    const stored = await rows(
      sql<{
        text: string;
      }>`select string_agg(encode(hash, 'escape'), '') as text from identity.backup_code where account_id = ${accountId}`,
    );
    expect(stored[0]!.text).not.toContain(backup);
  });

  test('wrong codes count like wrong passwords', async () => {
    const { username } = await clerk();
    const here = browser(city);
    await here.identity.signIn({ username, password: goodPassword });
    const { secret } = await here.identity.beginTotp({ password: goodPassword });
    await here.identity.confirmTotp({ code: codeAt(secret) });
    const there = browser(city, '10.8.0.1');
    for (let i = 0; i < 5; i++)
      await there.identity.signIn({ username, password: goodPassword, code: '000000' }).catch(() => {});
    await expect(
      there.identity.signIn({ username, password: goodPassword, code: codeAt(secret, Date.now() + 30_000) }),
    ).rejects.toMatchObject({ status: 423, code: 'wait' });
  });

  test('new backup codes end the old ones, and removal needs the password', async () => {
    const { username } = await clerk();
    const here = browser(city);
    await here.identity.signIn({ username, password: goodPassword });
    await expect(here.identity.renewBackupCodes({ password: goodPassword })).rejects.toMatchObject({
      code: 'totp_off',
    });
    const { secret } = await here.identity.beginTotp({ password: goodPassword });
    const { backupCodes: old } = await here.identity.confirmTotp({ code: codeAt(secret) });
    await here.identity.renewBackupCodes({ password: goodPassword });
    await expect(
      browser(city).identity.signIn({ username, password: goodPassword, code: old[0]! }),
    ).rejects.toMatchObject({ code: 'wrong_code' });
    await expect(here.identity.beginTotp({ password: goodPassword })).rejects.toMatchObject({
      status: 409,
      code: 'totp_on',
    });
    await expect(here.identity.removeTotp({ password: 'wrong guess' })).rejects.toMatchObject({
      code: 'wrong_password',
    });
    await here.identity.removeTotp({ password: goodPassword });
    expect(await browser(city).identity.signIn({ username, password: goodPassword })).toEqual({ next: 'signedIn' });
  });
});
