import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { inTransaction } from '#core/server/db.ts';
import type { Actor } from '#core/server/scope.ts';
import { newId } from '#core/shared/id.ts';
import { insertPerson, insertPost } from '#modules/organization/server/public.ts';
import type { Browser } from './testing/browser.ts';
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

/** The actor that the router would mint for this browser. */
const actorOf = async (here: Browser): Promise<Actor | undefined> => {
  const request = new Request('http://x/api/identity/me', {
    headers: { cookie: `guatu=${here.cookies.get('guatu')}` },
  });
  const { authenticate } = city.modules.find((m) => m.contract.name === 'identity')!;
  return (await inTransaction(city.host.db, (tx) => authenticate!(tx, request, city.host), { readOnly: true }))?.actor;
};

let managers = 0;
/** A county's manager of accounts: a role of the city's own, reaching the county's subtree. */
async function countyManager(permissions = ['identity.read', 'identity.manage', 'organization.read']) {
  const { role } = await admin.identity.createRole({ name: `县级账号管理员${++managers}`, permissions });
  const account = await clerk(unit.county, { name: '周强', grants: [{ role, reach: 'unit' }] });
  return { role, ...account, here: await signedIn(account.username) };
}

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

  test('nor is waiting: an account whose stronger role begins next month is as strong today', async () => {
    const { here } = await countyManager();
    const { accountId } = await clerk(unit.county);
    await admin.identity.grant({ accountId, role: 'office', validFrom: '2021-10-01' });
    await expect(here.identity.resetPassword({ id: accountId })).rejects.toMatchObject({ code: 'beyond_own_rights' });
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
    const { accountId } = stage.adminAccount;
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
