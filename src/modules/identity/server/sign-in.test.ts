import { sql } from 'kysely';
import { TOTP } from 'otpauth';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { enterCity } from '#core/server/db.ts';
import { type TestCity, testCity } from '#core/server/testing/test-city.ts';
import { organization } from '#modules/organization/contract.ts';
import { insertCityOrganization } from '#modules/organization/server/public.ts';
import { addressLimit } from '../lockout.ts';
import { hashPassword, isOutdated, parameters } from './password-hash.ts';
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

describe('signing in and out', () => {
  test('a clerk signs in, is known by name, unit and rights, and signs out', async () => {
    const { username } = await clerk({ grants: [{ role: 'office' }] });
    const here = browser(city);
    expect(await here.identity.me()).toMatchObject({ account: null, units: [], setup: true, city: { code: '430600' } });
    expect(await here.identity.signIn({ username: ` ${username.toUpperCase()}`, password: goodPassword })).toEqual({
      next: 'signedIn',
    });
    const me = await here.identity.me();
    expect(me).toMatchObject({
      account: { username, name: '刘敏', mustChangePassword: false, totp: false },
      units: [{ id: unitId, name: '总指挥部办' }],
      today: '2021-09-26',
      demoClock: true,
      setup: false,
    });
    expect(me.permissions).toContain('organization.edit');
    expect(me.permissions).not.toContain('identity.manage');
    await here.identity.signOut();
    expect((await here.identity.me()).account).toBeNull();
  });

  test('the cookie is out of reach of scripts, other sites and, behind HTTPS, of plain lines', async () => {
    const { username } = await clerk();
    const here = browser(city);
    await here.identity.signIn({ username, password: goodPassword });
    expect(here.cookies.get('guatu')).toMatch(new RegExp(`^${city.cityId}\\.[\\w-]{43}$`));
    expect(here.attributes.get('guatu')).toBe('Path=/; Max-Age=604800; HttpOnly; SameSite=Lax');
    here.headers['x-forwarded-proto'] = 'https';
    await here.identity.signIn({ username, password: goodPassword });
    expect(here.attributes.get('guatu')).toContain('Secure');
  });

  test('the table of sessions holds no token, only its hash, and the old session of the browser ends', async () => {
    const { username, accountId } = await clerk();
    const here = browser(city);
    await here.identity.signIn({ username, password: goodPassword });
    const first = here.cookies.get('guatu')!;
    const stored = await rows(
      sql<{ all: string }>`select row_to_json(s)::text as all from identity.session s where account_id = ${accountId}`,
    );
    expect(stored).toHaveLength(1);
    expect(stored[0]!.all).not.toContain(first.split('.')[1]);
    await here.identity.signIn({ username, password: goodPassword });
    const other = browser(city);
    other.cookies.set('guatu', first);
    expect((await other.identity.me()).account).toBeNull();
  });

  test('a cookie of another city, a changed token or nonsense is nobody', async () => {
    const { username } = await clerk();
    const here = browser(city);
    await here.identity.signIn({ username, password: goodPassword });
    const [cityId, token] = here.cookies.get('guatu')!.split('.') as [string, string];
    for (const value of [
      `${crypto.randomUUID()}.${token}`,
      `${cityId}.${token.slice(0, -1)}${token.endsWith('A') ? 'B' : 'A'}`,
      'x',
      `${cityId}.`,
      "' or 1=1",
    ]) {
      here.cookies.set('guatu', value);
      expect((await here.identity.me()).account, value).toBeNull();
    }
  });

  test('no password and no code is left in the audit log or the idempotency table', async () => {
    const { username } = await clerk();
    const here = browser(city);
    await here.identity.signIn({ username, password: goodPassword, code: '998877' });
    await here.identity.changePassword({ currentPassword: goodPassword, newPassword: 'geese over the lake 7' });
    const kept = await rows(sql<{ text: string }>`
      select coalesce(string_agg(input::text || coalesce(after::text, ''), ''), '') as text from core.audit_payload
      union all select coalesce(string_agg(row_to_json(i)::text, ''), '') from core.idempotency i where action like 'identity.%'`);
    const text = kept.map((row) => row.text).join('');
    expect(text).toContain(username);
    for (const secret of [goodPassword, 'geese over', '998877']) expect(text).not.toContain(secret);
    expect(
      await rows(sql`select 1 from core.idempotency where action in ('identity.signIn', 'identity.changePassword')`),
    ).toEqual([]);
  });
});

describe('guessing', () => {
  test('an unknown user name gets the answers and the wait of a known one, and the wait tells its end', async () => {
    const { username } = await clerk();
    const answers = await Promise.all(
      [username, 'nobody-here'].map(async (name, n) => {
        const here = browser(city, `10.1.0.${n}`);
        const said: unknown[] = [];
        for (let i = 0; i < 6; i++)
          await here.identity
            .signIn({ username: name, password: `wrong guess ${i}` })
            .catch((error) => said.push([error.status, error.code, typeof error.details?.until]));
        return said;
      }),
    );
    expect(answers[0]).toEqual([
      ...Array(4).fill([401, 'wrong_password', 'undefined']),
      [423, 'wait', 'string'],
      [423, 'wait', 'string'],
    ]);
    expect(answers[1]).toEqual(answers[0]);
  });

  test('while the wait runs even the right password is refused; after it the account opens and the count is gone', async () => {
    const { username } = await clerk();
    const here = browser(city, '10.2.0.1');
    for (let i = 0; i < 5; i++) await here.identity.signIn({ username, password: 'wrong guess' }).catch(() => {});
    await expect(here.identity.signIn({ username, password: goodPassword })).rejects.toMatchObject({
      status: 423,
      code: 'wait',
      words: { zh: expect.stringMatching(/请在 \d\d:\d\d 后再试/) },
    });
    await run(sql`update identity.failure set wait_until = now() - interval '1 second' where name = ${username}`);
    expect(await here.identity.signIn({ username, password: goodPassword })).toEqual({ next: 'signedIn' });
    expect(await rows(sql`select 1 from identity.failure where name = ${username}`)).toEqual([]);
  });

  test('guesses that arrive together are counted one by one', async () => {
    const { username } = await clerk();
    await Promise.allSettled(
      Array.from({ length: 5 }, (_, n) =>
        browser(city, `10.3.0.${n}`).identity.signIn({ username, password: 'wrong guess' }),
      ),
    );
    const [failure] = await rows(
      sql<{
        count: number;
        waits: boolean;
      }>`select count, wait_until is not null as waits from identity.failure where name = ${username}`,
    );
    expect(failure).toEqual({ count: 5, waits: true });
  });

  test('an address that fails too often waits, whatever names it tries; other addresses do not', async () => {
    const { username } = await clerk();
    await run(
      sql`insert into identity.failure (city_id, kind, name, count, last_at) values (${city.cityId}, 'address', '10.4.0.1', ${addressLimit.failures - 1}, now())`,
    );
    const here = browser(city, '10.4.0.1');
    await expect(here.identity.signIn({ username: 'somebody', password: 'wrong guess' })).rejects.toMatchObject({
      status: 401,
    });
    await expect(here.identity.signIn({ username, password: goodPassword })).rejects.toMatchObject({
      status: 429,
      code: 'too_many_from_address',
    });
    expect(await browser(city, '10.4.0.2').identity.signIn({ username, password: goodPassword })).toEqual({
      next: 'signedIn',
    });
  });

  test('an unknown user name costs the work of a known one', async () => {
    const { username } = await clerk();
    const timed = async (name: string) => {
      const from = performance.now();
      await browser(city, '10.5.0.1')
        .identity.signIn({ username: name, password: 'wrong guess' })
        .catch(() => {});
      return performance.now() - from;
    };
    await timed('warm-up');
    const [known, unknown] = [await timed(username), await timed('nobody-at-all')];
    // The hash takes most of the time; without it an unknown name would answer in a tenth.
    expect(unknown).toBeGreaterThan(known / 3);
  });

  test('failed sign-ins stand in the audit log', async () => {
    const { username } = await clerk();
    await browser(city, '10.6.0.1')
      .identity.signIn({ username, password: 'wrong guess' })
      .catch(() => {});
    const audit = await rows(
      sql`select a.action, p.after from core.audit a join core.audit_payload p on p.audit_id = a.id where a.subject_id = ${username}`,
    );
    expect(audit).toEqual([{ action: 'identity.signIn', after: { outcome: 'wrong_password', address: '10.6.0.1' } }]);
  });

  test('a hash with old parameters is renewed at the next sign-in', async () => {
    const { username, accountId } = await clerk();
    const stored = async () =>
      (
        await rows(
          sql<{
            n: number;
            r: number;
            p: number;
          }>`select n, r, p from identity.password where account_id = ${accountId}`,
        )
      )[0]!;
    // N = 2^14: what an older version of the program would have stored.
    const { scryptSync, randomBytes } = await import('node:crypto');
    const salt = randomBytes(16);
    const old = scryptSync(goodPassword, salt, 32, { N: 2 ** 14, r: 8, p: 1 });
    await run(
      sql`update identity.password set n = ${2 ** 14}, salt = ${salt}, hash = ${old} where account_id = ${accountId}`,
    );
    await browser(city).identity.signIn({ username, password: goodPassword });
    expect(await stored()).toEqual(parameters);
    await browser(city).identity.signIn({ username, password: goodPassword });
    expect(isOutdated(await hashPassword('x'))).toBe(false);
  });
});

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

test('row-level security hides accounts and sessions from another city', async () => {
  await clerk();
  const seen = await city.system(async (scope) => {
    await enterCity(scope.db, crypto.randomUUID());
    return (await sql`select 1 from identity.account union all select 1 from identity.session`.execute(scope.db)).rows;
  });
  expect(seen).toEqual([]);
});

test('the nightly tidying forgets yesterday’s failures and keeps today’s', async () => {
  await run(sql`insert into identity.failure (city_id, kind, name, count, last_at)
    values (${city.cityId}, 'username', 'old-one', 1, now() - interval '25 hours'), (${city.cityId}, 'username', 'new-one', 1, now())`);
  const tidy = city.modules.find((m) => m.contract.name === 'identity')!.jobs!.tidy!;
  await tidy(
    {
      cityId: city.cityId,
      host: city.host,
      log: city.host.log,
      signal: new AbortController().signal,
      transaction: city.system,
    },
    {} as never,
  );
  expect(await rows(sql`select name from identity.failure where name in ('old-one', 'new-one')`)).toEqual([
    { name: 'new-one' },
  ]);
});
