import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type TestCity, testCity } from '#core/server/testing/test-city.ts';
import { organization } from '../contract.ts';
import { insertCityOrganization, insertPerson, insertPost, subtreeIds, yueyangRegions } from './public.ts';

// 云溪区 and 平江县: what one keeps to itself, the other must not read by any endpoint or guessed id.

let city: TestCity;
let a: string;
let b: string;
let firmOfA: string;
let firmOfB: string;
let personOfA: string;
let personOfB: { personId: string; postId: string };
let personOfBoth: string;

beforeAll(async () => {
  city = await testCity();
  const hq = await city.system((scope) =>
    insertCityOrganization(scope, {
      headquartersName: '总指挥部',
      validFrom: '2021-01-01',
      regions: yueyangRegions,
      withCountyUnits: true,
    }),
  );
  a = hq.countyUnitIds.get('430603')!;
  b = hq.countyUnitIds.get('430626')!;
  const office = city.as({ role: 'office' })(organization);
  const firm = (parentId: string, name: string) =>
    office.createUnit({ name, kind: 'projectUnit', parentId, validFrom: '2021-01-01', note: '内部备注' });
  firmOfA = (await firm(a, '云溪示例公司')).id;
  firmOfB = (await firm(b, '平江示例公司')).id;
  await city.system(async (scope) => {
    personOfA = (await insertPerson(scope, { name: '方示例', unitId: a, title: '区长', phone: '13000000001' }))
      .personId;
    personOfB = await insertPerson(scope, { name: '唐示例', unitId: b, title: '县长', phone: '13000000002' });
    personOfBoth = (await insertPerson(scope, { name: '双示例', unitId: a, title: '工程师', phone: '13000000003' }))
      .personId;
    await insertPost(scope, { personId: personOfBoth, unitId: b, title: '顾问' });
  });
});
afterAll(() => city.close());

const as = async (unitId: string, role: 'responsibleUnit' | 'filer' | 'office' | 'admin') => {
  const unitIds = await city.system((scope) => subtreeIds(scope, [unitId], '2021-09-26'));
  return city.as({ role, unitIds })(organization);
};
const missing = { status: 404, code: 'not_found' };

test('names, kinds and places in the tree are common reference data', async () => {
  const { units } = await (await as(a, 'filer')).tree();
  const line = units.find((unit) => unit.id === firmOfB)!;
  expect(Object.keys(line).sort()).toEqual([
    'canOpen',
    'id',
    'initials',
    'kind',
    'name',
    'parentId',
    'shortName',
    'state',
  ]);
  expect(line.canOpen).toBe(false);
  expect(units.find((unit) => unit.id === firmOfA)?.canOpen).toBe(true);
  expect((await (await as(a, 'filer')).searchUnits({ text: '平江示例' })).map((unit) => unit.id)).toEqual([firmOfB]);
});

test('another county’s unit, history and people are not found, whoever guesses their ids', async () => {
  const clerk = await as(a, 'responsibleUnit');
  await expect(clerk.unit({ id: b })).rejects.toMatchObject(missing);
  await expect(clerk.unit({ id: firmOfB, asOf: '2021-02-01' })).rejects.toMatchObject(missing);
  await expect(clerk.unitHistory({ id: firmOfB })).rejects.toMatchObject(missing);
  await expect(clerk.person({ id: personOfB.personId })).rejects.toMatchObject(missing);
  expect((await clerk.persons({})).persons.map((person) => person.name).sort()).toEqual(['双示例', '方示例']);
  expect((await clerk.persons({ unitId: b })).persons).toEqual([]);
  expect((await clerk.persons({ text: '唐示例' })).persons).toEqual([]);
});

test('of a person with posts in both counties only the own county’s post is told, in page and history', async () => {
  const clerk = await as(a, 'responsibleUnit');
  const person = await clerk.person({ id: personOfBoth });
  expect(person.posts.map((post) => post.title)).toEqual(['工程师']);
  expect(JSON.stringify(person)).not.toContain('平江');
  expect(person.history.map((line) => line.action)).toEqual(['postGiven', 'registered']);
});

test('an administrator of one county edits there, and finds nothing elsewhere', async () => {
  const admin = await as(a, 'admin');
  const made = await admin.createUnit({
    name: '云溪新公司',
    kind: 'projectUnit',
    parentId: a,
    validFrom: '2021-09-01',
  });
  expect(made.path.at(-1)?.id).toBe(a);
  await expect(
    admin.createUnit({ name: '平江新公司', kind: 'projectUnit', parentId: b, validFrom: '2021-09-01' }),
  ).rejects.toMatchObject(missing);
  const act = { id: firmOfB, version: 1, reason: '试' };
  await expect(admin.changeUnit({ ...act, name: '改名' })).rejects.toMatchObject(missing);
  await expect(admin.retireUnit({ ...act, validTo: '2021-09-01' })).rejects.toMatchObject(missing);
  await expect(admin.restoreUnit(act)).rejects.toMatchObject(missing);
  await expect(admin.moveUnit({ ...act, parentId: a })).rejects.toMatchObject(missing);
  await expect(admin.mergeUnit({ ...act, validTo: '2021-09-01', successorId: firmOfA })).rejects.toMatchObject(missing);
  await expect(admin.moveUnit({ ...act, id: firmOfA, parentId: b })).rejects.toMatchObject(missing);
  await expect(
    admin.mergeUnit({ ...act, id: firmOfA, validTo: '2021-09-01', successorId: firmOfB }),
  ).rejects.toMatchObject(missing);
  await expect(admin.endPost({ id: personOfB.postId, validTo: '2021-09-01', reason: '试' })).rejects.toMatchObject(
    missing,
  );
  await expect(admin.changePost({ id: personOfB.postId, title: '试', reason: '试' })).rejects.toMatchObject(missing);
  await expect(
    admin.givePost({ personId: personOfB.personId, unitId: a, title: '试', validFrom: '2021-09-01' }),
  ).rejects.toMatchObject(missing);
  await expect(
    admin.givePost({ personId: personOfA, unitId: b, title: '试', validFrom: '2021-09-01' }),
  ).rejects.toMatchObject(missing);
  await expect(
    admin.createPerson({ name: '试', post: { unitId: b, title: '试', validFrom: '2021-09-01' } }),
  ).rejects.toMatchObject(missing);
});

test('who answers to two counties is kept by the headquarters', async () => {
  const admin = await as(a, 'admin');
  await expect(admin.changePerson({ id: personOfBoth, version: 1, name: '改', reason: '试' })).rejects.toMatchObject({
    status: 403,
    code: 'person_out_of_reach',
  });
});

test('a county cannot move or retire itself out of the tree, nor touch the city’s regions', async () => {
  const admin = await as(a, 'admin');
  expect((await admin.unit({ id: a })).allowed).toEqual(['change', 'addChild', 'addPost']);
  await expect(admin.retireUnit({ id: a, version: 1, validTo: '2021-09-01', reason: '试' })).rejects.toMatchObject({
    status: 403,
    code: 'parent_out_of_reach',
  });
  const region = { code: '430600-X', name: '试', kind: 'own' as const, editionYear: 2021 };
  await expect(admin.saveRegions({ regions: [region], reason: '试' })).rejects.toMatchObject({ status: 403 });
  await expect(admin.regionHistory({ code: '430603' })).rejects.toMatchObject({ status: 403 });
});

test('a credit code of another county’s unit is refused without naming the unit', async () => {
  const office = city.as({ role: 'office' })(organization);
  await office.changeUnit({ id: firmOfB, version: 1, creditCode: '91350100M000100Y43', reason: '登记' });
  const admin = await as(a, 'admin');
  const refusal = await admin
    .createUnit({
      name: '云溪借码公司',
      kind: 'projectUnit',
      parentId: a,
      validFrom: '2021-09-01',
      creditCode: '91350100M000100Y43',
    })
    .catch((error: unknown) => error);
  expect(refusal).toMatchObject({ status: 409, code: 'credit_code_taken' });
  expect(JSON.stringify(refusal)).not.toContain('平江');
});

test('a telephone number is a field only for those who may read contacts', async () => {
  const [clerk, filer] = [await as(a, 'responsibleUnit'), await as(a, 'filer')];
  expect((await clerk.person({ id: personOfA })).phone).toBe('13000000001');
  const person = await filer.person({ id: personOfA });
  expect(person).not.toHaveProperty('phone');
  expect((await filer.unit({ id: a })).posts.every((post) => !('phone' in post))).toBe(true);
  expect((await clerk.unit({ id: a })).posts.find((post) => post.personId === personOfA)?.phone).toBe('13000000001');
});

test('one sees oneself, number included, whatever the role', async () => {
  const me = city.as({ role: 'filer', unitIds: [firmOfA], personId: personOfA })(organization);
  expect((await me.person({ id: personOfA })).phone).toBe('13000000001');
});

test('nobody without an account reads anything', async () => {
  const visitor = city.anyone(organization);
  const calls = [
    () => visitor.tree(),
    () => visitor.searchUnits({}),
    () => visitor.regions(),
    () => visitor.persons({}),
    () => visitor.unit({ id: a }),
  ];
  for (const call of calls) await expect(call()).rejects.toMatchObject({ status: 401 });
});

test('the views that other modules join with hold no contact', async () => {
  const columns = await city.system(async (scope) => {
    const { rows } = await sql<{ name: string }>`select column_name as name from information_schema.columns
      where table_schema = 'organization' and table_name like 'pub\\_%'`.execute(scope.db);
    return rows.map((row) => row.name);
  });
  expect(columns.length).toBeGreaterThan(20);
  expect(columns.filter((name) => /phone|contact|note/.test(name))).toEqual([]);
});
