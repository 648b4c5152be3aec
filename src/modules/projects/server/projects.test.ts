import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readWorkbook } from '#core/server/spreadsheet/read.ts';
import { type Caller, type TestCity, testCity } from '#core/server/testing/test-city.ts';
import { ensureUnit } from '#modules/organization/server/public.ts';
import { projects } from '../contract.ts';
import { listMilestones, setMilestoneDone, setStage, setStanding } from './public.ts';

let city: TestCity;
let office: Caller;
let yunxi: string;
let junshan: string;
let firm: string;
beforeAll(async () => {
  city = await testCity();
  office = city.as({ role: 'office', name: '刘敏' });
  [yunxi, junshan, firm] = await city.system(async (scope) => {
    const unit = async (name: string, kind: 'county' | 'stateFirm') => (await ensureUnit(scope, { name, kind })).id;
    return [
      await unit('云溪区', 'county'),
      await unit('君山区', 'county'),
      await unit('市交投集团', 'stateFirm'),
    ] as const;
  });
});
afterAll(() => city.close());

const date = (day: string) => ({ day, precision: 'day' as const, text: null });
const airport = () => ({
  name: 'G353机场快速路项目',
  code: '2019-430600-48-01-001134',
  board: '基础设施',
  stage: 'building' as const,
  tiers: ['省重点'],
  leadUnitId: firm,
  countyUnitId: junshan,
  totalYuan: 3_862_000_000,
  startActual: date('2019-11-18'),
  contactPhone: '0730-8888888',
});

test('a project is entered, gets the next number, and its history begins', async () => {
  const first = await office(projects).create(airport());
  const second = await office(projects).create({ name: '西环线项目' });
  expect(second.serial).toBe(first.serial + 1);
  expect(first).toMatchObject({
    lead: { name: '市交投集团' },
    county: { name: '君山区' },
    version: 1,
    allowed: ['edit', 'milestones', 'plan', 'addChild'],
  });
  const { events } = await office(projects).history({ id: first.id });
  expect(events).toMatchObject([{ kind: 'created', actorName: '刘敏' }]);
});

test('a changed amount needs a reason and keeps both values', async () => {
  const { id, version } = await office(projects).create(airport());
  const changes = { totalYuan: 4_000_000_000 };
  await expect(office(projects).update({ id, version, changes })).rejects.toMatchObject({
    status: 422,
    code: 'reason_needed',
    field: 'reason',
  });
  const after = await office(projects).update({
    id,
    version,
    changes,
    reason: '初设批复调整概算',
    document: '岳发改〔2021〕88号',
  });
  expect(after).toMatchObject({ totalYuan: 4_000_000_000, version: 2 });
  const { events } = await office(projects).history({ id });
  expect(events[0]).toMatchObject({
    kind: 'changed',
    reason: '初设批复调整概算',
    document: '岳发改〔2021〕88号',
    changes: [{ field: 'totalYuan', before: 3_862_000_000, after: 4_000_000_000 }],
  });
  const versions = await city.system((scope) =>
    sql<{
      yuan: number;
    }>`select (fields->>'totalYuan')::bigint as yuan from projects.project_version where project_id = ${id} order by version`.execute(
      scope.db,
    ),
  );
  expect(versions.rows.map((row) => row.yuan)).toEqual([3_862_000_000, 4_000_000_000]);
});

test('the history names the unit that a project went to, not its id', async () => {
  const { id, version } = await office(projects).create(airport());
  await office(projects).update({ id, version, changes: { leadUnitId: junshan } });
  const { events } = await office(projects).history({ id });
  expect(events[0]!.changes).toEqual([{ field: 'leadUnitId', before: '市交投集团', after: '君山区' }]);
});

test('saving the same values again changes nothing', async () => {
  const { id, version } = await office(projects).create(airport());
  const after = await office(projects).update({
    id,
    version,
    changes: { totalYuan: 3_862_000_000, tiers: ['省重点'] },
  });
  expect(after.version).toBe(1);
});

test('a stage is not edited: the gates change it, and its history says so', async () => {
  const { id, version } = await office(projects).create(airport());
  const changes = { stage: 'completed' as const };
  await expect(office(projects).update({ id, version, changes })).rejects.toMatchObject({
    status: 422,
    code: 'stage_by_gate',
    field: 'stage',
    words: { zh: expect.stringContaining('按关口办理') },
  });
  await expect(
    office(projects).update({ id, version, changes: { stageDates: { completed: '2021-09-01' } } }),
  ).rejects.toMatchObject({ code: 'stage_by_gate' });
  // The form sends what it found: the same stage is no change.
  expect((await office(projects).update({ id, version, changes: { stage: 'building', remark: '备注' } })).version).toBe(
    2,
  );
  await city.system((scope) => setStage(scope, { id, stage: 'suspended' }, { reason: '资金未到位' }));
  const { stage } = await office(projects).get({ id });
  const { events } = await office(projects).history({ id });
  expect(stage).toBe('suspended');
  expect(events[0]).toMatchObject({
    reason: '资金未到位',
    changes: [{ field: 'stage', before: 'building', after: 'suspended' }],
  });
});

test('two people who edit the same state: the second is told', async () => {
  const { id, version } = await office(projects).create(airport());
  await office(projects).update({ id, version, changes: { remark: '甲' } });
  await expect(office(projects).update({ id, version, changes: { remark: '乙' } })).rejects.toMatchObject({
    status: 409,
    code: 'stale_version',
  });
});

test('impossible dates are refused at their field', async () => {
  const refused = office(projects).create({ ...airport(), startActual: date('2021-09-27') });
  await expect(refused).rejects.toMatchObject({ status: 422, code: 'in_the_future', field: 'startActual' });
});

test('an annual plan keeps every version, and a new one needs a reason and an approver', async () => {
  const { id } = await office(projects).create(airport());
  const plan = { id, year: 2021, planYuan: 1_280_000_000, goal: '主线通车', curve: null, approver: null };
  await office(projects).setPlan(plan);
  await expect(office(projects).setPlan({ ...plan, planYuan: 1_000_000_000 })).rejects.toMatchObject({
    code: 'reason_needed',
  });
  await expect(
    office(projects).setPlan({ ...plan, planYuan: 1_000_000_000, reason: '征拆未完成' }),
  ).rejects.toMatchObject({ status: 422, code: 'approver_needed', field: 'approver' });
  const after = await office(projects).setPlan({
    ...plan,
    planYuan: 1_000_000_000,
    reason: '征拆未完成',
    approver: '刘敏',
  });
  expect(after).toMatchObject({ plan: { version: 2, planYuan: 1_000_000_000 }, originalPlanYuan: 1_280_000_000 });
  expect((await office(projects).plans({ id })).map((p) => p.planYuan)).toEqual([1_000_000_000, 1_280_000_000]);
});

test('a monthly curve must end at the plan and never fall', async () => {
  const { id } = await office(projects).create(airport());
  const plan = { id, year: 2021, planYuan: 1200, goal: null, approver: null };
  const curve = Array.from({ length: 12 }, (_, i) => (i + 1) * 100);
  await expect(office(projects).setPlan({ ...plan, curve: [...curve.slice(0, 11), 1100] })).rejects.toMatchObject({
    code: 'curve_end',
  });
  await expect(office(projects).setPlan({ ...plan, curve: [200, 100, ...curve.slice(2)] })).rejects.toMatchObject({
    code: 'curve_falls',
  });
  expect((await office(projects).setPlan({ ...plan, curve })).plan?.curve).toEqual(curve);
});

test('a milestone keeps its original date for ever', async () => {
  const { id } = await office(projects).create(airport());
  const main = { name: '主线通车', due: date('2021-07-01'), actual: null };
  const [first] = (await office(projects).setMilestones({ id, milestones: [main] })).milestones;
  const moved = [{ ...main, id: first!.id, due: date('2021-10-01') }];
  await expect(office(projects).setMilestones({ id, milestones: moved })).rejects.toMatchObject({
    code: 'reason_needed',
  });
  const after = await office(projects).setMilestones({ id, milestones: moved, reason: '现场调度会纪要' });
  expect(after.milestones).toMatchObject([
    { planned: { day: '2021-07-01' }, due: { day: '2021-10-01' }, actual: null },
  ]);
});

test('another module ticks a milestone; twice is one change', async () => {
  const { id } = await office(projects).create(airport());
  const { milestones } = await office(projects).setMilestones({
    id,
    milestones: [{ name: '主线通车', due: date('2021-10-01'), actual: null }],
  });
  const done = { projectId: id, milestoneId: milestones[0]!.id, actual: date('2021-09-25') };
  await city.system((scope) => setMilestoneDone(scope, done));
  await city.system((scope) => setMilestoneDone(scope, done));
  expect(await city.system((scope) => listMilestones(scope, id))).toMatchObject([{ actual: { day: '2021-09-25' } }]);
  const { events } = await office(projects).history({ id });
  expect(events.filter((e) => e.kind === 'milestoneDone')).toHaveLength(1);
});

test('a package counts once as a project and as many items as it has', async () => {
  const before = (await office(projects).list({})).totals;
  const roads = await office(projects).create({ name: '云溪区农村公路打捆' });
  for (const name of ['路口铺段', '陆城段', '文桥段']) await office(projects).create({ name, parentId: roads.id });
  const after = (await office(projects).list({})).totals;
  expect([after.projects - before.projects, after.items - before.items]).toEqual([1, 3]);
  const items = (await office(projects).list({ level: 'items', q: '段' })).totals;
  expect([items.projects, items.items]).toEqual([1, 3]);
  expect((await office(projects).list({ q: '陆城段' })).rows.map((row) => row.name)).toEqual(['云溪区农村公路打捆']);
  expect(await office(projects).children({ id: roads.id })).toHaveLength(3);
  const item = (await office(projects).children({ id: roads.id }))[0]!;
  await expect(office(projects).create({ name: '再拆', parentId: item.id })).rejects.toMatchObject({
    code: 'package_in_package',
  });
});

test('a standing makes the list filter and sort by light, and a changed light enters the history', async () => {
  const { id } = await office(projects).create({ name: '胥家桥物流园城配中心' });
  const standing = {
    projectId: id,
    year: 2021,
    cause: 'progress',
    explanation: {},
    planYuan: 300,
    doneYuan: 121,
    gapPoints: -33.4,
    filedOn: '2021-09-25',
    filingState: 'submitted',
  };
  await city.system((scope) => setStanding(scope, [{ ...standing, light: 'warn', asOf: '2021-08-26' }]));
  await city.system((scope) => setStanding(scope, [{ ...standing, light: 'warn', asOf: '2021-09-01' }]));
  expect((await office(projects).get({ id })).standing).toMatchObject({
    light: 'warn',
    since: '2021-08-26',
    asOf: '2021-09-01',
  });
  await city.system((scope) => setStanding(scope, [{ ...standing, light: 'late', asOf: '2021-09-26' }]));
  const late = await office(projects).list({ filters: [{ op: 'in', field: 'light', values: ['late'] }] });
  expect(late.rows.map((row) => row.id)).toEqual([id]);
  expect(late.totals.lights.late).toBe(1);
  const worst = await office(projects).list({ sort: [{ by: 'light' }], limit: 1 });
  expect(worst.rows[0]!.id).toBe(id);
  expect((await office(projects).history({ id })).events[0]).toMatchObject({
    kind: 'light',
    changes: [{ before: 'warn', after: 'late' }],
  });
});

test('pinyin initials, a part of the name and the code find a project', async () => {
  const { id } = await office(projects).create({ name: '市中心医院项目', code: '2103-430602-84-01-777777' });
  for (const q of ['szxyy', '中心医', '84-01-7777', 'SZXYY'])
    expect(
      (await office(projects).list({ q })).rows.map((row) => row.id),
      q,
    ).toEqual([id]);
});

test('every column filters, sorts and counts without an error', async () => {
  const { columns, columnKeys, sortKeys } = await import('../columns.ts');
  for (const by of sortKeys) await office(projects).list({ sort: [{ by, down: true }], limit: 5 });
  for (const field of columnKeys) {
    await office(projects).list({ filters: [{ op: 'blank', field, value: true }], limit: 1 });
    if (columns[field] === 'choice') await office(projects).facets({ fields: [field] });
  }
  for (const name of ['mine', 'startOverdue', 'notEnrolled', 'notFiled', 'finishOverdue'] as const)
    await office(projects).list({ filters: [{ op: 'named', name }] });
  const rich = await office(projects).list({
    filters: [
      { op: 'between', field: 'total', min: 3_000_000_000, max: null },
      { op: 'days', field: 'startActual', from: '2019-11-01', to: '2019-11-30' },
      { op: 'in', field: 'tiers', values: ['省重点'] },
      { op: 'has', field: 'name', value: '机场' },
      { op: 'is', field: 'enrolled', value: false },
    ],
    columns: ['content', 'goal'],
  });
  expect(rich.rows.length).toBeGreaterThan(0);
  expect(rich.totals.notEnrolled).toBe(rich.totals.rows);
});

test('a county sees its own projects and nothing of another county, by any door', async () => {
  const mine = await office(projects).create({ name: '云溪化工园管廊', countyUnitId: yunxi });
  const theirs = await office(projects).create({ name: '君山湿地修复', countyUnitId: junshan });
  const county = city.as({ role: 'responsibleUnit', unitIds: [yunxi] });
  const list = await county(projects).list({ limit: 500 });
  expect(list.rows.map((row) => row.id)).toContain(mine.id);
  expect(list.rows.every((row) => row.countyName === '云溪区')).toBe(true);
  expect(list.totals.rows).toBe(list.rows.length);
  const missing = { status: 404 };
  await expect(county(projects).get({ id: theirs.id })).rejects.toMatchObject(missing);
  await expect(county(projects).history({ id: theirs.id })).rejects.toMatchObject(missing);
  await expect(county(projects).plans({ id: theirs.id })).rejects.toMatchObject(missing);
  await expect(county(projects).children({ id: theirs.id })).rejects.toMatchObject(missing);
  expect((await county(projects).facets({ fields: ['county'] })).county!.map((f) => f.label)).toEqual(['云溪区']);
  const post = city.as({ role: 'commandPost', unitIds: [yunxi] });
  const reason = '试';
  await expect(post(projects).update({ id: theirs.id, version: 1, changes: { remark: 'x' } })).rejects.toMatchObject(
    missing,
  );
  await expect(post(projects).setMilestones({ id: theirs.id, milestones: [], reason })).rejects.toMatchObject(missing);
  await expect(post(projects).create({ name: '别人的', countyUnitId: junshan })).rejects.toMatchObject({
    code: 'outside_your_units',
  });
  await expect(
    post(projects).create({ name: '塞进别人的包', countyUnitId: yunxi, parentId: theirs.id }),
  ).rejects.toMatchObject({ code: 'package_unknown' });
  await expect(
    post(projects).setPlan({ id: mine.id, year: 2021, planYuan: 1, goal: null, curve: null, approver: null }),
  ).rejects.toMatchObject({ status: 403 });
});

test('an item whose package lies out of reach stands for itself', async () => {
  const parent = await office(projects).create({ name: '全市污水管网打捆', leadUnitId: firm });
  const item = await office(projects).create({ name: '云溪污水管网', parentId: parent.id, countyUnitId: yunxi });
  const county = city.as({ role: 'responsibleUnit', unitIds: [yunxi] });
  expect((await county(projects).list({ q: '污水' })).rows.map((row) => row.id)).toEqual([item.id]);
  expect((await county(projects).get({ id: item.id })).parent).toBeNull();
});

test('telephone numbers are for those who hold the right', async () => {
  const { id } = await office(projects).create(airport());
  expect((await office(projects).get({ id })).contactPhone).toBe('0730-8888888');
  const inspector = city.as({ role: 'inspector' });
  expect(await inspector(projects).get({ id })).toMatchObject({ contactPhone: null, contactHidden: true });
});

test('a saved view counts, is shared with colleagues and kept from others', async () => {
  const owner = city.as({ role: 'responsibleUnit', unitIds: [yunxi] });
  const { id } = await owner(projects).saveView({
    name: '红灯',
    definition: { filters: [{ op: 'in', field: 'light', values: ['late'] }] },
    shared: true,
  });
  expect(await owner(projects).views({})).toMatchObject([{ id, name: '红灯', count: 0, mine: true }]);
  const colleague = city.as({ role: 'responsibleUnit', unitIds: [yunxi] });
  expect(await colleague(projects).views({})).toMatchObject([{ id, mine: false }]);
  const stranger = city.as({ role: 'responsibleUnit', unitIds: [junshan] });
  expect(await stranger(projects).views({})).toEqual([]);
  await expect(colleague(projects).removeView({ id })).rejects.toMatchObject({ status: 404 });
  await owner(projects).removeView({ id });
  expect(await owner(projects).views({})).toEqual([]);
});

test('the Excel export is a workbook with what the list shows', async () => {
  const file = await office(projects).exportList({ q: '机场', columns: ['serial', 'name', 'total'] });
  const { sheets } = await readWorkbook(new Uint8Array(await file.arrayBuffer()));
  const cells = sheets[0]!.rows.map((row) => row.map((cell) => cell.value));
  expect(cells[2]).toEqual(['编号', '项目名称', '总投资']);
  expect(cells[3]?.slice(1)).toEqual(['G353机场快速路项目', 38.62]);
});

test("the city's own words replace the shipped lists", async () => {
  expect((await office(projects).choices({})).board.map((b) => b.label)).toContain('产业');
  await office(projects).setChoices({ kind: 'board', choices: [{ label: '文旅', mark: null }] });
  expect((await office(projects).choices({})).board.map((b) => b.label)).toEqual(['文旅']);
});
