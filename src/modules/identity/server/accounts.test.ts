import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { inTransaction } from '#core/server/db.ts';
import type { Actor } from '#core/server/scope.ts';
import { type TestCity, testCity } from '#core/server/testing/test-city.ts';
import { newId } from '#core/shared/id.ts';
import { ensureUnit, insertCityOrganization, insertPerson, insertPost } from '#modules/organization/server/public.ts';
import { type Browser, browser, goodPassword, newClerk } from './testing/browser.ts';

let city: TestCity;
const unit = { headquarters: '', county: '', town: '', other: '' };
let admin: Browser;
let adminAccount: { accountId: string; personId: string; postId: string };

beforeAll(async () => {
  city = await testCity();
  await city.system(async (scope) => {
    const made = await insertCityOrganization(scope, {
      headquartersName: '岳阳市重点项目建设总指挥部',
      validFrom: '2020-01-01',
    });
    unit.headquarters = made.headquartersId;
    const add = async (name: string, kind: 'county' | 'projectUnit', parentId: string) =>
      (await ensureUnit(scope, { name, kind, parentId, validFrom: '2020-01-01' })).id;
    unit.county = await add('平江县', 'county', made.headquartersId);
    unit.town = await add('平江抽水蓄能公司', 'projectUnit', unit.county);
    unit.other = await add('华容县', 'county', made.headquartersId);
  });
  adminAccount = await newClerk(city, {
    name: '系统管理员',
    username: 'admin',
    unitId: unit.headquarters,
    grants: [{ role: 'admin' }],
  });
  admin = await signedIn('admin');
}, 60_000);
afterAll(() => city?.close());

async function signedIn(username: string, password = goodPassword): Promise<Browser> {
  const here = browser(city);
  await here.identity.signIn({ username, password });
  return here;
}

let count = 0;
const clerk = async (unitId: string, more: Partial<Parameters<typeof newClerk>[1]> = {}) => {
  const username = `clerk${++count}`;
  return { username, ...(await newClerk(city, { name: '王芳', username, unitId, ...more })) };
};

/** The actor that the router would mint for this browser. */
const actorOf = async (here: Browser): Promise<Actor | undefined> => {
  const request = new Request('http://x/api/identity/me', {
    headers: { cookie: `guatu=${here.cookies.get('guatu')}` },
  });
  const { authenticate } = city.modules.find((m) => m.contract.name === 'identity')!;
  return (await inTransaction(city.host.db, (tx) => authenticate!(tx, request, city.host), { readOnly: true }))?.actor;
};

/** A county's manager of accounts: a role of the city's own, reaching the county's subtree. */
async function countyManager(permissions = ['identity.read', 'identity.manage', 'organization.read']) {
  const { role } = await admin.identity.createRole({ name: `县级账号管理员${++count}`, permissions });
  const account = await clerk(unit.county, { name: '周强', grants: [{ role, reach: 'unit' }] });
  return { role, ...account, here: await signedIn(account.username) };
}

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

describe('what rights add up to', () => {
  test('a role on a post reaches the subtree of the post’s unit, and no further', async () => {
    const { username } = await clerk(unit.county, { grants: [{ role: 'responsibleUnit' }] });
    const actor = await actorOf(await signedIn(username));
    expect(actor?.unitIds).toEqual([unit.county]);
    const reach = actor?.grants.get('organization.read');
    expect(reach).toMatchObject({ all: false, projectIds: [] });
    expect(new Set(reach?.all === false ? reach.unitIds : [])).toEqual(new Set([unit.county, unit.town]));
  });

  test('leader, office, inspector and administrator reach the city; a narrower grant stays narrow', async () => {
    const wide = await clerk(unit.county, { grants: [{ role: 'inspector' }] });
    expect((await actorOf(await signedIn(wide.username)))?.grants.get('organization.read')).toEqual({ all: true });
    const narrow = await clerk(unit.county, { grants: [{ role: 'inspector', reach: 'unit', unitId: unit.other }] });
    expect((await actorOf(await signedIn(narrow.username)))?.grants.get('organization.read')).toMatchObject({
      all: false,
      unitIds: [unit.other],
    });
  });

  test('a grant of listed projects reaches those and no unit', async () => {
    const projectIds = [newId(), newId()];
    const { username } = await clerk(unit.county, { grants: [{ role: 'filer', reach: 'projects', projectIds }] });
    expect((await actorOf(await signedIn(username)))?.grants.get('organization.read')).toEqual({
      all: false,
      unitIds: [],
      projectIds,
    });
  });

  test('rights begin and end with their days, with the post, and with the role', async () => {
    const { role } = await admin.identity.createRole({ name: '临时查看', permissions: ['organization.read'] });
    const { username, accountId, personId, postId } = await clerk(unit.county);
    const here = await signedIn(username);
    const holds = async () => (await actorOf(here))!.grants.has('organization.read');
    const give = (more: object) =>
      admin.identity.grant({ accountId, role, reach: 'unit', unitId: unit.county, ...more });
    expect(await holds()).toBe(false);
    await give({ validFrom: '2021-09-27' });
    await give({ validFrom: '2021-01-01', validTo: '2021-09-25' });
    expect(await holds()).toBe(false);
    const { id } = await give({ postId });
    expect(await holds()).toBe(true);
    await admin.identity.endGrant({ id });
    expect(await holds()).toBe(false);
    await give({ postId });
    await city.system((scope) =>
      sql`update organization.post set valid_to = '2021-09-25' where id = ${postId}`.execute(scope.db),
    );
    expect(await holds()).toBe(false);
    const second = await city.system((scope) =>
      insertPost(scope, { personId, unitId: unit.county, title: '副科长', validFrom: '2020-01-01' }),
    );
    expect(await holds()).toBe(false);
    await give({ postId: second });
    expect(await holds()).toBe(true);
    await admin.identity.retireRole({ id: role });
    expect(await holds()).toBe(false);
    const { grants } = await admin.identity.account({ id: accountId });
    expect(grants).toHaveLength(5);
  });

  test('shipped roles are what the contracts say, in words, and nobody can be given the public’s', async () => {
    const { roles, permissions } = await admin.identity.roles();
    const named = (role: string) => roles.find((each) => each.role === role)!;
    expect(roles.filter((role) => role.isShipped)).toHaveLength(8);
    expect(named('admin').permissions).toEqual(
      expect.arrayContaining(['identity.manage', 'identity.grantAny', 'organization.edit']),
    );
    expect(named('filer').permissions).not.toContain('organization.edit');
    expect(permissions.find((each) => each.permission === 'organization.edit')).toMatchObject({
      words: { zh: '维护单位、人员和岗位' },
      isHeld: true,
    });
    expect(named('public').allowed).toEqual([]);
    const { accountId } = await clerk(unit.county);
    await expect(admin.identity.grant({ accountId, role: 'public' })).rejects.toMatchObject({ status: 404 });
  });
});

describe('nobody gives more than they hold', () => {
  test('without identity.manage nothing can be granted or opened', async () => {
    const { username } = await clerk(unit.headquarters, { grants: [{ role: 'office' }] });
    const here = await signedIn(username);
    const { accountId } = await clerk(unit.county);
    for (const refused of [
      () => here.identity.grant({ accountId, role: 'filer' }),
      () => here.identity.createRole({ name: '自设', permissions: ['organization.read'] }),
      () => here.identity.resetPassword({ id: accountId }),
      () => here.identity.accounts({}),
    ])
      await expect(refused()).rejects.toMatchObject({ status: 403, code: 'forbidden' });
  });

  test('a county’s manager gives what they hold inside the county, and neither another role, nor farther, nor elsewhere', async () => {
    const manager = await countyManager();
    const inside = await clerk(unit.town);
    const give = (more: object) =>
      manager.here.identity.grant({ accountId: inside.accountId, role: manager.role, postId: inside.postId, ...more });
    await give({});
    await give({ reach: 'unit', unitId: unit.county });
    await expect(give({ reach: 'city' })).rejects.toMatchObject({ status: 403, code: 'beyond_own_rights' });
    await expect(give({ reach: 'unit', unitId: unit.other })).rejects.toMatchObject({ code: 'beyond_own_rights' });
    await expect(give({ reach: 'unit', unitId: unit.headquarters })).rejects.toMatchObject({
      code: 'beyond_own_rights',
    });
    await expect(give({ reach: 'projects', projectIds: [newId()] })).rejects.toMatchObject({
      code: 'beyond_own_rights',
    });
    await expect(give({ role: 'filer', reach: 'unit' })).rejects.toMatchObject({
      code: 'beyond_own_rights',
      details: { permissions: expect.arrayContaining(['projects.read']) },
    });
    await expect(give({ role: 'admin' })).rejects.toMatchObject({ code: 'beyond_own_rights' });
  });

  test('who manages one county finds no account of another: to list, read, reset, lock or grant', async () => {
    const { here, role } = await countyManager();
    const { accountId } = await clerk(unit.other, { name: '华容人', username: 'huarong' });
    expect((await here.identity.accounts({ text: 'huarong' })).accounts).toEqual([]);
    for (const refused of [
      () => here.identity.account({ id: accountId }),
      () => here.identity.resetPassword({ id: accountId }),
      () => here.identity.lockAccount({ id: accountId, reason: 'x' }),
      () => here.identity.grant({ accountId, role, reach: 'unit', unitId: unit.county }),
      () => here.identity.endAccountSession({ id: accountId, sessionId: newId() }),
    ])
      await expect(refused()).rejects.toMatchObject({ status: 404 });
    const outside = await city.system((scope) =>
      insertPerson(scope, { name: '华容新人', unitId: unit.other, title: '科员' }),
    );
    await expect(here.identity.createAccount({ personId: outside.personId, username: 'hrxr' })).rejects.toMatchObject({
      status: 404,
    });
    expect(await here.identity.personsWithoutAccount({ text: '华容' })).toEqual([]);
  });

  test('control of a stronger account is no way round: no new password, no unlocking, no ended grant', async () => {
    const { here } = await countyManager();
    const strong = await clerk(unit.county, { grants: [{ role: 'office' }] });
    const { allowed, grants } = await here.identity.account({ id: strong.accountId });
    expect(allowed).toEqual([]);
    for (const refused of [
      () => here.identity.resetPassword({ id: strong.accountId }),
      () => here.identity.lockAccount({ id: strong.accountId, reason: 'x' }),
      () => here.identity.unlockAccount({ id: strong.accountId }),
      () => here.identity.clearTotp({ id: strong.accountId }),
      () => here.identity.linkExternal({ id: strong.accountId, subject: 'mine' }),
      () => here.identity.endGrant({ id: grants[0]!.id }),
    ])
      await expect(refused()).rejects.toMatchObject({ status: 403, code: 'beyond_own_rights' });
  });

  test('nor is opening the account of a person whose post carries a stronger role already', async () => {
    const { here } = await countyManager();
    const { personId, postId, accountId } = await clerk(unit.county, { grants: [{ role: 'office' }] });
    await city.system(async (scope) => {
      await sql`delete from identity.password where account_id = ${accountId}`.execute(scope.db);
      await sql`delete from identity.account where id = ${accountId}`.execute(scope.db);
      expect(
        (await sql`select 1 from identity.role_grant where post_id = ${postId}`.execute(scope.db)).rows,
      ).toHaveLength(1);
    });
    await expect(here.identity.createAccount({ personId, username: 'officenow' })).rejects.toMatchObject({
      code: 'beyond_own_rights',
    });
    await admin.identity.createAccount({ personId, username: 'officenow' });
  });

  test('nor is a role: neither making one, nor widening one, beyond what one holds in the whole city', async () => {
    const { here, role } = await countyManager();
    await expect(here.identity.createRole({ name: '更大', permissions: ['organization.edit'] })).rejects.toMatchObject({
      code: 'beyond_own_rights',
    });
    await expect(here.identity.createRole({ name: '更远', permissions: ['organization.read'] })).rejects.toMatchObject({
      code: 'beyond_own_rights',
    });
    await expect(
      here.identity.changeRole({ id: role, name: '更大', permissions: ['identity.manage', 'organization.edit'] }),
    ).rejects.toMatchObject({ code: 'beyond_own_rights' });
    await expect(here.identity.retireRole({ id: role })).rejects.toMatchObject({ code: 'beyond_own_rights' });
  });

  test('a post of somebody else cannot be used to hang a role on', async () => {
    const [one, other] = [await clerk(unit.county), await clerk(unit.county)];
    await expect(
      admin.identity.grant({ accountId: one.accountId, postId: other.postId, role: 'filer' }),
    ).rejects.toMatchObject({ status: 404 });
  });

  test('an administrator makes a filer without being one, and another administrator', async () => {
    const { accountId, postId, username } = await clerk(unit.town);
    await admin.identity.grant({ accountId, postId, role: 'filer' });
    await admin.identity.grant({ accountId, role: 'admin' });
    expect((await (await signedIn(username)).identity.me()).permissions).toContain('identity.grantAny');
    const { grants } = await admin.identity.account({ id: accountId });
    for (const grant of grants) await admin.identity.endGrant({ id: grant.id });
  });

  test('nobody changes their own rights, and the last administrator stays', async () => {
    const { accountId } = adminAccount;
    for (const refused of [
      () => admin.identity.grant({ accountId, role: 'leader' }),
      () => admin.identity.lockAccount({ id: accountId, reason: 'x' }),
      () => admin.identity.resetPassword({ id: accountId }),
    ])
      await expect(refused()).rejects.toMatchObject({ status: 403, code: 'own_rights' });
    const second = await clerk(unit.headquarters, { grants: [{ role: 'admin' }] });
    const other = await signedIn(second.username);
    await other.identity.lockAccount({ id: accountId, reason: '轮岗' });
    // Another who manages the city's accounts by a role of its own would do; without one, the lock is refused.
    const { role } = await other.identity.createRole({
      name: '账号员',
      permissions: ['identity.manage', 'identity.grantAny', 'identity.read'],
    });
    const third = await clerk(unit.headquarters, { grants: [{ role, reach: 'city' }] });
    const last = await signedIn(third.username);
    await expect(
      other.identity.changeRole({ id: role, name: '账号员', permissions: ['identity.read'] }),
    ).resolves.toEqual({});
    await expect(last.identity.lockAccount({ id: second.accountId, reason: 'x' })).rejects.toMatchObject({
      code: 'forbidden',
    });
    await other.identity.changeRole({
      id: role,
      name: '账号员',
      permissions: ['identity.manage', 'identity.grantAny'],
    });
    await last.identity.lockAccount({ id: second.accountId, reason: '轮岗' });
    await expect(last.identity.retireRole({ id: role })).rejects.toMatchObject({
      status: 409,
      code: 'last_administrator',
    });
    await expect(
      last.identity.changeRole({ id: role, name: '账号员', permissions: ['identity.grantAny'] }),
    ).rejects.toMatchObject({ code: 'own_rights' });
    await last.identity.unlockAccount({ id: accountId });
    admin = await signedIn('admin');
  });

  test('wrong input is told where it is wrong', async () => {
    const { accountId } = await clerk(unit.county);
    const give = (more: object) => admin.identity.grant({ accountId, role: 'filer', ...more });
    await expect(give({})).rejects.toMatchObject({ status: 422, field: 'unitId' });
    await expect(give({ reach: 'projects' })).rejects.toMatchObject({ status: 422, field: 'projectIds' });
    await expect(give({ reach: 'unit', unitId: newId() })).rejects.toMatchObject({ status: 422, field: 'unitId' });
    await expect(give({ reach: 'city', validFrom: '2021-09-02', validTo: '2021-09-01' })).rejects.toMatchObject({
      field: 'validTo',
    });
    await expect(give({ role: 'nonsense' })).rejects.toMatchObject({ status: 404 });
    await expect(
      admin.identity.createRole({ name: '督查员', permissions: ['organization.read'] }),
    ).rejects.toMatchObject({ code: 'role_name_taken' });
    await expect(admin.identity.createRole({ name: '新', permissions: ['no.such'] })).rejects.toMatchObject({
      field: 'permissions',
    });
  });
});
