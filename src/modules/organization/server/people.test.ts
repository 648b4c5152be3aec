import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type TestCity, testCity } from '#core/server/testing/test-city.ts';
import type { Client } from '#core/web/client.ts';
import { organization } from '../contract.ts';
import {
  ensurePerson,
  ensureUnit,
  findCountyUnit,
  insertCityOrganization,
  listRegions,
  postsOf,
  unitsByName,
  yueyangRegions,
} from './public.ts';

let city: TestCity;
let office: Client<typeof organization>;
let hqId: string;

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
  hqId = hq.headquartersId;
  office = city.as({ role: 'office', name: '刘敏' })(organization);
});
afterAll(() => city.close());

const post = (rest: object = {}) => ({
  unitId: hqId,
  title: '指挥长',
  leaderOrder: 1,
  validFrom: '2021-03-01',
  ...rest,
});

test('a person comes with a first post, and leaders stand in their order', async () => {
  const second = await office.createPerson({ name: '周示例', post: post({ title: '副指挥长', leaderOrder: 2 }) });
  const first = await office.createPerson({ name: '单示例', phone: '0730-1234567', post: post() });
  expect(first).toMatchObject({ phone: '0730-1234567', posts: [{ title: '指挥长', state: 'valid' }] });
  const page = await office.unit({ id: hqId });
  expect(page.posts.map((p) => p.personName)).toEqual(['单示例', '周示例']);
  expect(page.counts.people).toBe(2);
  // 单 is read shàn as a surname.
  expect((await office.persons({ text: 'ssl' })).persons.map((p) => p.id)).toEqual([first.id]);
  expect(second.posts).toHaveLength(1);
});

test('a post that ended is still there on the days on which it was held', async () => {
  const person = await office.createPerson({ name: '陈示例', post: post({ title: '联络员', leaderOrder: null }) });
  const held = person.posts[0]!;
  await expect(office.endPost({ id: held.id, validTo: '2021-02-28', reason: '免职' })).rejects.toMatchObject({
    code: 'dates_out_of_order',
  });
  const ended = await office.endPost({ id: held.id, validTo: '2021-08-31', reason: '工作调整' });
  expect(ended).toMatchObject({ state: 'ended', allowed: ['change'] });
  const on = (day: string) => city.system((scope) => postsOf(scope, person.id, day));
  expect(await on('2021-08-31')).toHaveLength(1);
  expect(await on('2021-09-01')).toEqual([]);
  expect((await office.unit({ id: hqId, asOf: '2021-08-31' })).posts.find((p) => p.id === held.id)?.state).toBe(
    'valid',
  );
  expect((await office.person({ id: person.id })).history[0]).toMatchObject({
    action: 'postEnded',
    reason: '工作调整',
    actorName: '刘敏',
  });
});

test('a changed number leaves no trace of the old one, only that it changed', async () => {
  const person = await office.createPerson({ name: '何示例', phone: '13912345678', post: post() });
  const changed = await office.changePerson({
    id: person.id,
    version: person.version,
    phone: '13987654321',
    reason: '本人更新',
  });
  expect(changed.phone).toBe('13987654321');
  expect(changed.history[0]).toMatchObject({ action: 'contactChanged', before: null, after: null });
  const kept = await city.system(async (scope) => {
    const { rows } = await sql<{
      text: string;
    }>`select coalesce(before::text, '') || coalesce(after::text, '') as text from organization.change`.execute(
      scope.db,
    );
    return rows.map((row) => row.text).join();
  });
  expect(kept).not.toMatch(/139123|139876/);
});

test('a post cannot be given in a unit that has ended, nor outlive it', async () => {
  const make = (name: string, validTo: string) =>
    office.createUnit({ name, kind: 'commandPost', parentId: hqId, validFrom: '2021-01-01', validTo });
  const person = await office.createPerson({ name: '易示例', post: post() });
  const give = (unitId: string, rest: object) =>
    office.givePost({ personId: person.id, unitId, title: '组长', validFrom: '2021-09-01', ...rest });
  const ended = await make('上半年专班', '2021-06-30');
  await expect(give(ended.id, {})).rejects.toMatchObject({ code: 'unit_ended', field: 'unitId' });
  const year = await make('年度专班', '2021-12-31');
  await expect(give(year.id, {})).rejects.toMatchObject({ code: 'post_outlives_unit', field: 'validTo' });
  expect(await give(year.id, { validTo: '2021-12-31' })).toMatchObject({ unitName: '年度专班', state: 'valid' });
});

test('when a unit retires, the posts in it end with it', async () => {
  const unit = await office.createUnit({
    name: '临时专班',
    kind: 'commandPost',
    parentId: hqId,
    validFrom: '2021-01-01',
  });
  const person = await office.createPerson({ name: '丁示例', post: post({ unitId: unit.id, title: '成员' }) });
  await office.retireUnit({ id: unit.id, version: 1, validTo: '2021-09-25', reason: '任务完成' });
  expect((await office.person({ id: person.id })).posts).toMatchObject([{ validTo: '2021-09-25', state: 'ended' }]);
  expect((await office.person({ id: person.id })).history[0]).toMatchObject({
    action: 'postEnded',
    reason: '任务完成',
  });
});

test('who leaves holds no post any more', async () => {
  const person = await office.createPerson({ name: '离任示例', post: post({ title: '成员', leaderOrder: null }) });
  const left = await office.changePerson({ id: person.id, version: 1, validTo: '2021-09-20', reason: '调离' });
  expect(left.posts).toMatchObject([{ validTo: '2021-09-20', state: 'ended' }]);
  expect((await office.persons({ text: '离任示例' })).persons).toEqual([]);
  expect((await office.persons({ text: '离任示例', showEnded: true })).persons).toHaveLength(1);
});

test('an import finds a unit under any of its names, and makes it once', async () => {
  const ensure = (name: string) =>
    city.system((scope) =>
      ensureUnit(scope, { name, kind: 'stateFirm', parentId: hqId, aliases: ['城投'], reason: '导入台账' }),
    );
  const made = await ensure('岳阳市城市建设投资集团（有限公司）');
  expect(made.isNew).toBe(true);
  const again = [await ensure('岳阳市城市建设投资集团(有限公司) '), await ensure('城投')];
  expect(again.map((unit) => [unit.id, unit.isNew])).toEqual([
    [made.id, false],
    [made.id, false],
  ]);
  expect(await office.unitHistory({ id: made.id })).toMatchObject([{ action: 'created', reason: '导入台账' }]);
  const names = await city.system(unitsByName);
  expect(names.find('城投').map((unit) => unit.id)).toEqual([made.id]);
  expect(names.find('经开区')[0]?.kind).toBe('county');
  expect(names.find('无此单位')).toEqual([]);
});

test('two imports that make the same unit at the same moment make one', async () => {
  const ensure = () => city.system((scope) => ensureUnit(scope, { name: '同时示例公司', kind: 'projectUnit' }));
  const both = await Promise.all([ensure(), ensure()]);
  expect(new Set(both.map((unit) => unit.id)).size).toBe(1);
});

test('a leader named in a ledger becomes one person, not one per row', async () => {
  const ensure = () =>
    city.system((scope) => ensurePerson(scope, { name: '示例市长', unitId: hqId, title: '包联领导' }));
  const [first, second] = [await ensure(), await ensure()];
  expect([first.isNew, second.isNew]).toEqual([true, false]);
  expect(second.personId).toBe(first.personId);
});

test('the county unit of a region is found by its code', async () => {
  expect((await city.system((scope) => findCountyUnit(scope, '430600-JKQ')))?.name).toBe('岳阳经济技术开发区');
  expect(await city.system((scope) => findCountyUnit(scope, '430399'))).toBeUndefined();
});

test('a city brings its own regions, changes them with a reason, and the same list again changes nothing', async () => {
  const list = [
    { code: '430600-LSQ', name: '示例片区', kind: 'own' as const, parentCode: '430602', editionYear: 2021 },
    { code: '430602', name: '岳阳楼区', shortName: '楼区', kind: 'gb' as const, editionYear: 2021 },
  ];
  expect(await office.saveRegions({ regions: list, reason: '新增片区' })).toEqual({
    added: 1,
    changed: 1,
    unchanged: 0,
  });
  expect(await office.saveRegions({ regions: list, reason: '再次' })).toEqual({ added: 0, changed: 0, unchanged: 2 });
  expect(await office.regionHistory({ code: '430602' })).toMatchObject([
    {
      action: 'changed',
      before: { shortName: null, editionYear: 2020 },
      after: { shortName: '楼区', editionYear: 2021 },
    },
    { action: 'created' },
  ]);
  const region = (rest: object) => office.saveRegions({ regions: [{ ...list[0]!, ...rest }], reason: '试' });
  await expect(region({ kind: 'gb' })).rejects.toMatchObject({ code: 'region_code' });
  await expect(region({ parentCode: '999999' })).rejects.toMatchObject({ code: 'region_parent' });
  await region({ validTo: '2021-06-30' });
  const inForce = await city.system(listRegions);
  expect(inForce.map((r) => r.code)).not.toContain('430600-LSQ');
  expect((await office.regions({ showEnded: true })).map((r) => r.code)).toContain('430600-LSQ');
});
