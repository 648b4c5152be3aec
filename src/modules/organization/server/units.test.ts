import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Caller, type TestCity, testCity } from '#core/server/testing/test-city.ts';
import { organization } from '../contract.ts';
import { insertCityOrganization, subtreeIds, yueyangRegions } from './public.ts';

let city: TestCity;
let hq: Awaited<ReturnType<typeof insertCityOrganization>>;
let office: ReturnType<typeof api>;
const api = (caller: Caller) => caller(organization);

beforeAll(async () => {
  city = await testCity({ today: '2021-09-26' });
  hq = await city.system((scope) =>
    insertCityOrganization(scope, {
      headquartersName: '岳阳市重点项目建设总指挥部',
      validFrom: '2021-01-01',
      regions: yueyangRegions,
      withCountyUnits: true,
    }),
  );
  office = api(city.as({ role: 'office', name: '刘敏' }));
});
afterAll(() => city.close());

const create = (name: string, rest: object = {}) =>
  office.createUnit({ name, kind: 'commandPost', parentId: hq.headquartersId, validFrom: '2021-01-01', ...rest });
const namesOn = async (asOf: string, kind = 'commandPost') =>
  (await office.tree({ asOf })).units.filter((unit) => unit.kind === kind).map((unit) => unit.name);

test('set-up makes the headquarters, its office and a unit for each region below the city', async () => {
  const { units } = await office.tree();
  expect(units.filter((unit) => unit.parentId === null).map((unit) => unit.name)).toEqual([
    '岳阳市重点项目建设总指挥部',
  ]);
  expect(units.filter((unit) => unit.kind === 'county')).toHaveLength(13);
  expect(units.find((unit) => unit.id === hq.officeId)?.parentId).toBe(hq.headquartersId);
});

test('this year’s sixteen command posts and next year’s twelve are both true', async () => {
  const now = await testCity({ today: '2023-03-01' });
  try {
    const root = await now.system((scope) =>
      insertCityOrganization(scope, { headquartersName: '湘潭市项目建设总指挥部', validFrom: '2022-01-01' }),
    );
    const clerk = api(now.as({ role: 'office' }));
    const make = (name: string, validFrom: string, validTo: string | null) =>
      clerk.createUnit({ name, kind: 'commandPost', parentId: root.headquartersId, validFrom, validTo });
    for (let i = 1; i <= 16; i++) await make(`第${i}协调指挥部`, '2022-01-01', '2022-12-31');
    // Twelve of the names come back: below one parent, one after the other, that is no conflict.
    for (let i = 1; i <= 12; i++) await make(`第${i}协调指挥部`, '2023-01-01', null);
    const postsOn = async (asOf: string) =>
      (await clerk.tree({ asOf })).units.filter((u) => u.kind === 'commandPost').length;
    expect(await postsOn('2022-01-01')).toBe(16);
    expect(await postsOn('2022-12-31')).toBe(16);
    expect(await postsOn('2023-01-01')).toBe(12);
    expect(
      (await clerk.tree({ asOf: '2023-01-01', showRetired: true })).units.filter((u) => u.state === 'ended'),
    ).toHaveLength(16);
    await expect(make('第1协调指挥部', '2023-06-01', null)).rejects.toMatchObject({ status: 409, code: 'unit_exists' });
  } finally {
    await now.close();
  }
});

test('a renamed unit bears its old name on days before, and the history says who, when and why', async () => {
  const unit = await create('城建协调指挥部');
  const renamed = await office.changeUnit({
    id: unit.id,
    version: unit.version,
    name: '城建交通协调指挥部',
    effectiveFrom: '2021-07-01',
    reason: '机构调整',
  });
  expect(renamed).toMatchObject({ name: '城建交通协调指挥部', version: 2 });
  expect(await namesOn('2021-06-30')).toContain('城建协调指挥部');
  expect(await namesOn('2021-07-01')).toContain('城建交通协调指挥部');
  expect(await office.unit({ id: unit.id, asOf: '2021-06-30' })).toMatchObject({ name: '城建协调指挥部', allowed: [] });
  expect(await office.unitHistory({ id: unit.id })).toMatchObject([
    {
      action: 'renamed',
      onDay: '2021-07-01',
      reason: '机构调整',
      actorName: '刘敏',
      before: { name: '城建协调指挥部' },
      after: { name: '城建交通协调指挥部' },
    },
    { action: 'created' },
  ]);
});

test('a correction counts from the day of what it corrects, and both stay readable', async () => {
  const unit = await create('文旅协调指渾部');
  await office.changeUnit({ id: unit.id, version: 1, name: '文旅协调指挥部', correction: true, reason: '错字' });
  expect(await namesOn('2021-01-01')).toContain('文旅协调指挥部');
  const [line] = await office.unitHistory({ id: unit.id });
  expect(line).toMatchObject({
    action: 'corrected',
    before: { name: '文旅协调指渾部' },
    after: { name: '文旅协调指挥部' },
  });
});

test('a change takes effect neither after today nor before the last one', async () => {
  const unit = await create('生态协调指挥部');
  const change = (effectiveFrom: string) =>
    office.changeUnit({ id: unit.id, version: 1, name: '生态环保协调指挥部', effectiveFrom, reason: '更名' });
  await expect(change('2021-09-27')).rejects.toMatchObject({ code: 'effective_in_future', field: 'effectiveFrom' });
  await expect(change('2020-12-31')).rejects.toMatchObject({ code: 'effective_too_early', field: 'effectiveFrom' });
});

test('two people with one form open: the second is told, and nothing is lost', async () => {
  const unit = await create('商贸协调指挥部');
  await office.changeUnit({ id: unit.id, version: 1, shortName: '商贸', reason: '简称' });
  await expect(office.changeUnit({ id: unit.id, version: 1, shortName: '贸易', reason: '简称' })).rejects.toMatchObject(
    {
      status: 409,
      code: 'changed_meanwhile',
    },
  );
});

test('a moved unit takes its subtree along from that day on', async () => {
  const [a, b] = [await create('甲协调指挥部'), await create('乙协调指挥部')];
  const firm = await create('示例建设公司', { kind: 'stateFirm', parentId: a.id });
  const team = await create('示例项目部', { kind: 'projectUnit', parentId: firm.id });
  await office.moveUnit({ id: firm.id, version: 1, parentId: b.id, effectiveFrom: '2021-08-01', reason: '调整隶属' });
  const below = (unitId: string, day: string) => city.system((scope) => subtreeIds(scope, [unitId], day));
  expect((await below(a.id, '2021-07-31')).toSorted()).toEqual([a.id, firm.id, team.id].toSorted());
  expect(await below(a.id, '2021-08-01')).toEqual([a.id]);
  expect((await below(b.id, '2021-08-01')).toSorted()).toEqual([b.id, firm.id, team.id].toSorted());
  expect((await office.unit({ id: team.id })).path.map((unit) => unit.name)).toEqual([
    '岳阳市重点项目建设总指挥部',
    '乙协调指挥部',
    '示例建设公司',
  ]);
  expect((await office.unit({ id: team.id, asOf: '2021-07-31' })).path.at(-2)?.name).toBe('甲协调指挥部');
});

test('a unit cannot be put below one of its own', async () => {
  const top = await create('丙协调指挥部');
  const low = await create('丙下属单位', { kind: 'department', parentId: top.id });
  await expect(office.moveUnit({ id: top.id, version: 1, parentId: low.id, reason: '试' })).rejects.toMatchObject({
    status: 409,
    code: 'circle',
  });
  await expect(
    office.moveUnit({ id: hq.headquartersId, version: 1, parentId: top.id, reason: '试' }),
  ).rejects.toMatchObject({ code: 'parent_out_of_reach' });
});

test('a unit retires only when nothing stands below it any more', async () => {
  const post = await create('丁协调指挥部');
  const child = await create('丁下属单位', { kind: 'department', parentId: post.id });
  const retire = (id: string, version: number) =>
    office.retireUnit({ id, version, validTo: '2021-09-01', reason: '年度调整' });
  await expect(retire(post.id, 1)).rejects.toMatchObject({ status: 409, code: 'has_children' });
  await retire(child.id, 1);
  const retired = await retire(post.id, 1);
  expect(retired).toMatchObject({ state: 'ended', validTo: '2021-09-01', allowed: ['change', 'restore'] });
  expect(await namesOn('2021-09-01')).toContain('丁协调指挥部');
  expect(await namesOn('2021-09-02')).not.toContain('丁协调指挥部');
  const back = await office.restoreUnit({ id: post.id, version: retired.version, reason: '误操作' });
  expect(back).toMatchObject({ state: 'valid', validTo: null });
  expect(await namesOn('2021-09-02')).toContain('丁协调指挥部');
});

test('a merged unit names its successor, its children move over, and its data stays in the successor’s reach', async () => {
  const [old, heir] = [await create('戊协调指挥部'), await create('己协调指挥部')];
  const child = await create('戊下属单位', { kind: 'department', parentId: old.id });
  const merged = await office.mergeUnit({
    id: old.id,
    version: 1,
    successorId: heir.id,
    validTo: '2021-08-31',
    reason: '合并',
  });
  expect(merged).toMatchObject({ state: 'ended', successor: { id: heir.id } });
  const page = await office.unit({ id: heir.id });
  expect(page.predecessors.map((unit) => unit.name)).toEqual(['戊协调指挥部']);
  expect(page.children.map((unit) => unit.id)).toEqual([child.id]);
  expect((await office.unit({ id: old.id, asOf: '2021-08-31' })).children.map((unit) => unit.id)).toEqual([child.id]);
  const below = (day: string) => city.system((scope) => subtreeIds(scope, [heir.id], day));
  expect(await below('2021-08-31')).toEqual([heir.id]);
  expect((await below('2021-09-01')).toSorted()).toEqual([old.id, heir.id, child.id].toSorted());
  const low = await office.createUnit({
    name: '己下属',
    kind: 'department',
    parentId: heir.id,
    validFrom: '2021-01-01',
  });
  await expect(
    office.mergeUnit({ id: heir.id, version: page.version, successorId: low.id, validTo: '2021-09-01', reason: '试' }),
  ).rejects.toMatchObject({ code: 'merge_into_child' });
});

test('a credit code that fails its check character is kept with a reason and shown as such', async () => {
  const make = (rest: object) => create('示例失校单位', { kind: 'projectUnit', ...rest });
  await expect(make({ creditCode: '91350203M0001QAY9B' })).rejects.toMatchObject({
    status: 422,
    code: 'credit_code_check',
    field: 'creditCodeReason',
  });
  await expect(make({ creditCode: '91350203M0001QAY' })).rejects.toMatchObject({ code: 'credit_code_length' });
  await expect(make({ creditCode: '9135O203M0001QAY9B' })).rejects.toMatchObject({ code: 'credit_code_character' });
  const unit = await make({ creditCode: '91350203m0001qay9b', creditCodeReason: '与营业执照一致' });
  expect(unit).toMatchObject({
    creditCode: '91350203M0001QAY9B',
    creditCodeHolds: false,
    creditCodeReason: '与营业执照一致',
  });
  await expect(
    create('另一单位', { creditCode: '91350203M0001QAY9B', creditCodeReason: '与营业执照一致' }),
  ).rejects.toMatchObject({ status: 409, code: 'credit_code_taken' });
});

test('units are found by name, short name, alias and pinyin initials, the closest first', async () => {
  await create('岳阳市交通建设投资集团有限公司', { kind: 'stateFirm', shortName: '市交投集团', aliases: ['交建投'] });
  const find = async (text: string) => (await office.searchUnits({ text })).map((unit) => unit.name);
  for (const text of ['交通建设投资', '市交投', '交建投', 'yysjtjs', 'sjtjt', 'JJT'])
    expect(await find(text), text).toContain('岳阳市交通建设投资集团有限公司');
  expect((await find('岳阳县'))[0]).toBe('岳阳县');
  expect(await find('%')).toEqual([]);
  expect(await find('没有这样的单位')).toEqual([]);
});
