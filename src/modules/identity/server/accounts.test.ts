import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { insertPerson } from '#modules/organization/server/public.ts';
import { type Browser, browser, goodPassword } from './testing/browser.ts';
import { layStage, type Stage } from './testing/stage.ts';

let stage: Stage;
let city: Stage['city'];
let unit: Stage['unit'];
let admin: Browser;
let clerk: Stage['clerk'];
let signedIn: Stage['signedIn'];

beforeAll(async () => {
  stage = await layStage();
  ({ city, unit, admin, clerk, signedIn } = stage);
}, 60_000);
afterAll(() => stage?.city.close());

describe('accounts', () => {
  test('an administrator opens an account; the first password is shown once, works once and must be changed', async () => {
    const { personId } = await city.system((scope) =>
      insertPerson(scope, { name: '欧阳晓', unitId: unit.town, title: '填报员', validFrom: '2020-01-01' }),
    );
    const [person] = await admin.identity.personsWithoutAccount({ text: '欧阳' });
    expect(person).toMatchObject({
      id: personId,
      name: '欧阳晓',
      posts: '平江抽水蓄能公司 填报员',
      suggestedUsername: 'ouyangxiao',
    });
    const { id, firstPassword } = await admin.identity.createAccount({ personId, username: 'OuYangXiao' });
    expect(firstPassword).toMatch(/^([a-z2-9]{4}-){3}[a-z2-9]{4}$/);
    const here = await signedIn('ouyangxiao', firstPassword);
    expect((await here.identity.me()).account).toMatchObject({ id, mustChangePassword: true });
    expect(await admin.identity.personsWithoutAccount({ text: '欧阳' })).toEqual([]);
    await expect(admin.identity.createAccount({ personId, username: 'another' })).rejects.toMatchObject({
      code: 'has_account',
    });
    const other = await city.system((scope) =>
      insertPerson(scope, { name: '欧阳小', unitId: unit.town, title: '填报员' }),
    );
    await expect(
      admin.identity.createAccount({ personId: other.personId, username: 'ouyangxiao' }),
    ).rejects.toMatchObject({ code: 'username_taken' });
    expect((await admin.identity.personsWithoutAccount({ text: '欧阳' }))[0]?.suggestedUsername).toBe('ouyangxiao2');
  });

  test('the first password is nowhere in the database', async () => {
    const { personId } = await city.system((scope) =>
      insertPerson(scope, { name: '钱进', unitId: unit.town, title: '填报员' }),
    );
    const { firstPassword } = await admin.identity.createAccount({ personId, username: 'qianjin' });
    const found = await city.system(
      async (scope) =>
        (
          await sql`select 1 from core.idempotency where response::text like ${`%${firstPassword}%`}
        union all select 1 from core.audit_payload where input::text || coalesce(after::text, '') like ${`%${firstPassword}%`}
        union all select 1 from identity.event where data::text like ${`%${firstPassword}%`}`.execute(scope.db)
        ).rows,
    );
    expect(found).toEqual([]);
  });

  test('a reset gives a new first password, ends the wait and all sessions', async () => {
    const { username, accountId } = await clerk(unit.county);
    const here = await signedIn(username);
    for (let i = 0; i < 5; i++)
      await browser(city, '10.9.0.1')
        .identity.signIn({ username, password: 'wrong guess' })
        .catch(() => {});
    expect(await admin.identity.account({ id: accountId })).toMatchObject({
      waitUntil: expect.any(String),
      allowed: expect.arrayContaining(['reset', 'unlock']),
    });
    const { firstPassword } = await admin.identity.resetPassword({ id: accountId });
    expect((await here.identity.me()).account).toBeNull();
    const again = await signedIn(username, firstPassword);
    expect((await again.identity.me()).account).toMatchObject({ mustChangePassword: true });
  });

  test('a locked account is out at once and back after unlocking, with the reason in its history', async () => {
    const { username, accountId } = await clerk(unit.county);
    const here = await signedIn(username);
    await admin.identity.lockAccount({ id: accountId, reason: '调离' });
    expect((await here.identity.me()).account).toBeNull();
    const locked = await admin.identity.account({ id: accountId });
    expect(locked).toMatchObject({
      isLocked: true,
      events: [{ kind: 'locked', data: { reason: '调离' }, byName: '系统管理员' }],
    });
    expect(locked.allowed).toContain('unlock');
    expect(locked.allowed).not.toContain('lock');
    await admin.identity.unlockAccount({ id: accountId });
    await signedIn(username);
  });

  test('an administrator sees and ends a session of somebody else, and lifts the codes of a lost phone', async () => {
    const { username, accountId } = await clerk(unit.county);
    const here = await signedIn(username);
    const { sessions } = await admin.identity.account({ id: accountId });
    expect(sessions).toHaveLength(1);
    await admin.identity.endAccountSession({ id: accountId, sessionId: sessions[0]!.id });
    expect((await here.identity.me()).account).toBeNull();
    await expect(admin.identity.endAccountSession({ id: accountId, sessionId: sessions[0]!.id })).rejects.toMatchObject(
      { status: 404 },
    );
    await city.system((scope) =>
      sql`insert into identity.totp (city_id, account_id, secret, confirmed_at) values (${city.cityId}, ${accountId}, 'JBSWY3DPEHPK3PXP', now())`.execute(
        scope.db,
      ),
    );
    expect(await browser(city).identity.signIn({ username, password: goodPassword })).toEqual({ next: 'codeNeeded' });
    await admin.identity.clearTotp({ id: accountId });
    expect(await browser(city).identity.signIn({ username, password: goodPassword })).toEqual({ next: 'signedIn' });
  });

  test('the list finds by user name, name and pinyin initials, and counts', async () => {
    await clerk(unit.county, { name: '上官云', username: 'yunshang' });
    for (const text of ['yunsh', '上官', 'sgy']) {
      const { accounts, total } = await admin.identity.accounts({ text });
      expect(
        accounts.map((a) => a.personName),
        text,
      ).toEqual(['上官云']);
      expect(total).toBe(1);
    }
    expect((await admin.identity.accounts({ text: '%' })).total).toBe(0);
  });
});
