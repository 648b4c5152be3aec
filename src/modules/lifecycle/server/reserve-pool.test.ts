import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Caller, type TestCity, testCity } from '#core/server/testing/test-city.ts';
import { ensureUnit } from '#modules/organization/server/public.ts';
import { projects } from '#modules/projects/contract.ts';
import { insertProjects } from '#modules/projects/server/public.ts';
import { lifecycle } from '../contract.ts';
import { shippedRules } from '../reserve.ts';
import { followRegister, insertGates, insertKnownMembers } from './public.ts';

let city: TestCity;
let office: Caller;
let county: string;
beforeAll(async () => {
  city = await testCity();
  office = city.as({ role: 'office', name: '刘敏' });
  county = await city.system(async (scope) => (await ensureUnit(scope, { name: '平江县', kind: 'county' })).id);
});
afterAll(() => city.close());

const yi = (n: number) => Math.round(n * 100_000_000);
const date = (day: string) => ({ day, precision: 'day' as const, text: null });
const create = (name: string, fields: object = {}) =>
  office(projects).create({
    name,
    board: '产业',
    stage: 'preparation',
    totalYuan: yi(3),
    countyUnitId: county,
    ...fields,
  });
const row = async (id: string, show: 'in' | 'left' = 'in') =>
  (await office(lifecycle).reserve({ show })).rows.find((r) => r.projectId === id);

describe('entering', () => {
  test('a project at the floor enters, one below it is refused with both amounts', async () => {
    const { id } = await create('石牛寨装备制造');
    const small = await create('石牛寨零件加工', { totalYuan: yi(2.99) });
    const found = await office(lifecycle).candidates();
    expect(found.find((c) => c.projectId === id)).toMatchObject({
      proposed: 'manufacturing',
      refusal: null,
      canEnter: true,
    });
    expect(found.find((c) => c.projectId === small.id)).toMatchObject({
      refusal: { zh: '总投资 2.99 亿元，低于制造业 3 亿元的入库门槛' },
    });
    const enter = (project: string) =>
      office(lifecycle).enter({ id: project, kind: 'manufacturing', on: '2021-09-01' });
    await expect(enter(small.id)).rejects.toMatchObject({ status: 422, code: 'below_floor', field: 'kind' });
    expect(await enter(id)).toMatchObject({ kind: 'manufacturing', poolYear: 2021, maturity: 0, state: 'member' });
    await expect(enter(id)).rejects.toMatchObject({ status: 409, code: 'already_in' });
    expect((await office(lifecycle).candidates()).some((c) => c.projectId === id)).toBe(false);
  });
  test('what has begun does not enter', async () => {
    const { id } = await create('在建项目', { stage: 'building', startActual: date('2021-01-01') });
    await expect(office(lifecycle).enter({ id, kind: 'manufacturing', on: '2021-09-01' })).rejects.toMatchObject({
      code: 'already_started',
    });
  });
});

test('maturity follows from the items that are done, and from nothing else', async () => {
  const { id } = await create('福寿山文旅', { totalYuan: yi(8) });
  await office(lifecycle).enter({ id, kind: 'services', on: '2021-08-01' });
  const done = (item: string) =>
    office(lifecycle).setItem({ id, item, isDone: true, on: '2021-08-20', document: '批复' });
  expect((await done('approval')).maturity).toBe(20);
  expect((await done('land')).maturity).toBe(40);
  expect((await done('land')).maturity).toBe(40);
  await expect(office(lifecycle).setItem({ id, item: 'land', isDone: false })).rejects.toMatchObject({
    code: 'reason_needed',
  });
  expect((await office(lifecycle).setItem({ id, item: 'land', isDone: false, reason: '预审失效' })).maturity).toBe(20);
  await expect(office(lifecycle).setItem({ id, item: 'nothing', isDone: true })).rejects.toMatchObject({
    code: 'item_unknown',
  });
});

test('a city changes floors and weights; maturity is worked out anew, and a second editor is told', async () => {
  const { id } = await create('加义镇食品加工', { totalYuan: yi(3.5) });
  await office(lifecycle).enter({ id, kind: 'manufacturing', on: '2021-08-01' });
  await office(lifecycle).setItem({ id, item: 'owner', isDone: true });
  expect((await row(id))!.maturity).toBe(10);
  const { version, rules } = await office(lifecycle).rules();
  expect([version, rules]).toEqual([0, shippedRules]);
  const checklist = rules.checklist.map((item) => (item.code === 'owner' ? { ...item, weight: 30 } : item));
  const input = { basedOn: 0, rules: { ...rules, checklist }, reason: '提高业主落实的权重' };
  expect((await office(lifecycle).setRules(input)).version).toBe(1);
  expect((await row(id))!.maturity).toBe(25); // 30 of 120
  await expect(office(lifecycle).setRules(input)).rejects.toMatchObject({ status: 409, code: 'changed_meanwhile' });
  const back = await office(lifecycle).setRules({ basedOn: 1, rules, reason: '恢复' });
  expect(back.version).toBe(2);
});

test('members of last year are listed, then carried over or withdrawn by decision; conversion names who began', async () => {
  const made = await city.system(async (scope) => {
    const rows = await insertProjects(
      scope,
      ['甲', '乙', '丙', '丁'].map((name) => ({
        name: `汨罗${name}项目`,
        board: '产业',
        stage: 'preparation' as const,
        totalYuan: yi(5),
        countyUnitId: county,
      })),
      { kind: 'imported' },
    );
    await followRegister(scope, 'all');
    await insertKnownMembers(
      scope,
      rows.map(({ id }) => ({
        projectId: id,
        kind: 'manufacturing',
        enteredOn: '2020-03-01',
        poolYear: 2020,
        items: [{ item: 'approval', doneOn: '2020-05-01' }],
      })),
    );
    return rows.map((r) => r.id);
  });
  const [carried, withdrawn, started, waiting] = made as [string, string, string, string];
  expect((await office(lifecycle).reserve({ show: 'lapsed' })).rows.map((r) => r.projectId)).toEqual(made);

  await office(lifecycle).carry({ ids: [carried, started], reason: '2021 年继续谋划' });
  expect(await row(carried)).toMatchObject({ poolYear: 2021, state: 'member' });
  expect(await office(lifecycle).carry({ ids: [carried], reason: '再次结转' })).toEqual({ carried: 0 });
  await office(lifecycle).end({
    id: withdrawn,
    to: 'withdrawn',
    on: '2021-09-10',
    reason: '要素无法落实',
    approver: '王建',
    documents: [{ kind: 'endDecision', number: '退库〔2021〕2号' }],
  });
  const numbered = (kind: string) => [{ kind, number: '1号' }];
  await office(lifecycle).amend({ id: started, stage: 'signed', on: '2020-02-01', documents: [], reason: '补登' });
  await office(lifecycle).move({
    id: started,
    to: 'started',
    on: '2021-09-15',
    documents: [...numbered('startProof'), ...numbered('startPhoto')],
  });
  expect(await row(started, 'left')).toMatchObject({ state: 'started', leftOn: '2021-09-15' });
  expect(await row(withdrawn, 'left')).toMatchObject({ state: 'withdrawn', leftOn: '2021-09-10' });
  expect(await row(waiting)).toMatchObject({ state: 'lapsed', allowed: ['item', 'carry', 'withdraw'] });

  const { conversion } = await office(lifecycle).cohorts();
  expect(conversion.find((c) => c.year === 2020)).toEqual({
    year: 2020,
    entered: { projects: 4, items: 4 },
    started: { projects: 1, items: 1 },
    withdrawn: { projects: 1, items: 1 },
    open: { projects: 2, items: 2 },
  });
  const names = async (step: 'started' | 'open') =>
    (await office(lifecycle).cohortMembers({ list: 'conversion', year: 2020, step })).map((m) => [m.name, m.days]);
  expect(await names('started')).toEqual([['汨罗丙项目', 563]]);
  expect(await names('open')).toEqual([
    ['汨罗甲项目', null],
    ['汨罗丁项目', null],
  ]);

  await office(lifecycle).revoke({ id: started, stage: 'started', reason: '未打桩' });
  expect(await row(started)).toMatchObject({ state: 'member', leftOn: null });
});

test('the funnel counts by year of signing, packages once and as their items, and names who stopped where', async () => {
  const ids = await city.system(async (scope) => {
    const base = { board: '产业', countyUnitId: county, totalYuan: yi(2) };
    const rows = await insertProjects(
      scope,
      [
        { ...base, name: '签约未履约', stage: 'signed', stageDates: { signed: '2018-03-01' } },
        { ...base, name: '履约未开工', stage: 'preparation', stageDates: { signed: '2018-04-01' } },
        {
          ...base,
          name: '已投产',
          stage: 'producing',
          stageDates: { signed: '2018-05-01' },
          startActual: date('2018-09-01'),
        },
        {
          ...base,
          id: '01960000-0000-7000-8000-0000000000aa',
          name: '打捆已开工',
          stage: 'started',
          stageDates: { signed: '2018-06-01' },
          startActual: date('2019-01-01'),
        },
        {
          ...base,
          name: '子项一',
          stage: 'started',
          parentId: '01960000-0000-7000-8000-0000000000aa',
          stageDates: { signed: '2018-06-01' },
        },
        {
          ...base,
          name: '子项二',
          stage: 'started',
          parentId: '01960000-0000-7000-8000-0000000000aa',
          stageDates: { signed: '2018-06-01' },
        },
      ],
      { kind: 'imported' },
    );
    await followRegister(scope, 'all');
    await insertGates(scope, [{ projectId: rows[2]!.id, stage: 'producing', on: '2020-02-01', reason: '示例' }]);
    return rows.map((r) => r.id);
  });
  const { funnel, overdueStarts, startLimitMonths } = await office(lifecycle).cohorts();
  expect(funnel.find((f) => f.year === 2018)!.steps).toEqual({
    signed: { projects: 4, items: 5, yuan: yi(8) },
    performed: { projects: 3, items: 4, yuan: yi(6) },
    started: { projects: 2, items: 3, yuan: yi(4) },
    producing: { projects: 1, items: 1, yuan: yi(2) },
    fullCapacity: { projects: 0, items: 0, yuan: 0 },
  });
  const stopped = await office(lifecycle).cohortMembers({
    list: 'funnel',
    year: 2018,
    step: 'started',
    who: 'missing',
  });
  expect(stopped.map((m) => m.name)).toEqual(['履约未开工']);
  const producing = await office(lifecycle).cohortMembers({ list: 'funnel', year: 2018, step: 'producing' });
  expect(producing).toMatchObject([{ name: '已投产', from: '2018-05-01', on: '2020-02-01', days: 641 }]);
  expect(startLimitMonths).toBe(6);
  expect(overdueStarts.filter((o) => ids.includes(o.projectId)).map((o) => o.name)).toEqual([
    '签约未履约',
    '履约未开工',
  ]);
});

test('the target is three times the provincial projects that began last year', async () => {
  await city.system(async (scope) => {
    await insertProjects(
      scope,
      [1, 2].map((n) => ({
        name: `省重点${n}`,
        tiers: ['省重点'],
        stage: 'building' as const,
        startActual: date('2020-06-01'),
        countyUnitId: county,
      })),
      { kind: 'imported' },
    );
    await followRegister(scope, 'all');
  });
  const { target } = await office(lifecycle).reserve();
  expect(target).toMatchObject({ startedLastYear: 2, target: 6 });
});

test('a county sees its own members only', async () => {
  const other = city.as({ role: 'commandPost', unitIds: ['01960000-0000-7000-8000-0000000000bb'] });
  const seen = await other(lifecycle).reserve();
  expect(seen).toMatchObject({
    rows: [],
    counts: { in: 0, lapsed: 0, left: 0, candidates: 0 },
    target: { startedLastYear: 0, members: 0 },
  });
  expect(await other(lifecycle).cohorts()).toMatchObject({ conversion: [], funnel: [], overdueStarts: [] });
});
