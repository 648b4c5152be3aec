import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { enterCity } from '#core/server/db.ts';
import { type TestCity, testCity } from '#core/server/testing/test-city.ts';
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
      // Work, not time: what else the machine does is no part of it.
      const from = process.cpuUsage();
      await browser(city, '10.5.0.1')
        .identity.signIn({ username: name, password: 'wrong guess' })
        .catch(() => {});
      return process.cpuUsage(from).user;
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
