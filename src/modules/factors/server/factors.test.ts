import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type TestCity, testCity } from '#core/server/testing/test-city.ts';
import { insertCityOrganization, yueyangRegions } from '#modules/organization/server/public.ts';
import { projects } from '#modules/projects/contract.ts';
import { factors } from '../contract.ts';
import { passDay } from './lamps.ts';
import { insertNeeds } from './public.ts';

let city: TestCity;
let unitId: string;
let first: string;
let second: string;
beforeAll(async () => {
  city = await testCity();
  const { headquartersId } = await city.system((scope) =>
    insertCityOrganization(scope, { headquartersName: '总指挥部', validFrom: '2020-01-01', regions: yueyangRegions }),
  );
  unitId = headquartersId;
  first = (await office()(projects).create({ name: '示例一号项目', leadUnitId: unitId })).id;
  second = (await office()(projects).create({ name: '示例二号项目' })).id;
});
afterAll(() => city?.close());

const office = () => city.as({ role: 'office', name: '刘敏' });
const api = () => office()(factors);

test('a need is entered, moves from missing to secured, and its first promise stays', async () => {
  const entered = await api().setNeed({
    projectId: first,
    category: 'land',
    version: 0,
    demand: 30_000,
    supplied: 0,
    unitId,
    personName: '王建国',
    promisedOn: '2021-09-20',
  });
  expect(entered.needs).toMatchObject([{ state: 'overdue', promisedOriginal: '2021-09-20', unit: { id: unitId } }]);
  expect(entered.lamp).toMatchObject({ light: 'late', cause: 'overdue', category: 'land' });
  const move = { projectId: first, category: 'land' as const, version: 1, promisedOn: '2021-12-31' };
  await expect(api().setNeed(move)).rejects.toMatchObject({ code: 'reason_missing', field: 'reason' });
  const moved = await api().setNeed({ ...move, reason: '省厅批次推迟' });
  expect(moved.needs[0]).toMatchObject({ promisedOriginal: '2021-09-20', promisedOn: '2021-12-31', state: 'missing' });
  expect(moved.lamp.light).toBe('warn');
  await expect(api().setNeed(move)).rejects.toMatchObject({ code: 'changed_meanwhile' });
  const supply = { projectId: first, category: 'land' as const, version: 2, supplied: 30_000 };
  await expect(api().setNeed(supply)).rejects.toMatchObject({ code: 'evidence_missing' });
  const file = await office().upload('批复.txt', new TextEncoder().encode('批复'));
  await expect(
    api().setNeed({ ...supply, files: [{ fileId: file.id, name: '别人的' }] }),
    'a file somebody else uploaded cannot be attached',
  ).rejects.toMatchObject({ status: 404 });
  const secured = await api().setNeed({ ...supply, evidence: '湘政地〔2021〕示例12号' });
  expect(secured.lamp).toMatchObject({ light: 'normal', cause: 'secured' });
  await expect(api().setNeed({ ...supply, version: 3, supplied: 20_000 })).rejects.toMatchObject({
    code: 'reason_missing',
  });
  const history = await api().history({ projectId: first });
  expect(history.map((e) => [e.kind, e.reason])).toEqual([
    ['changed', null],
    ['changed', '省厅批次推迟'],
    ['entered', null],
  ]);
  expect(history[1]!.changes).toEqual([{ field: 'promisedOn', before: '2021-09-20', after: '2021-12-31' }]);
});

test('evidence that one uploads can be opened by who may see the project', async () => {
  const clerk = office();
  const file = await clerk.upload('供电方案.txt', new TextEncoder().encode('供电方案答复单'));
  await clerk(factors).setNeed({
    projectId: first,
    category: 'power',
    version: 0,
    demand: 800,
    supplied: 800,
    files: [{ fileId: file.id, name: file.name }],
  });
  const answer = await office().request(`/api/factors/projects/${first}/files/${file.id}`);
  expect(await answer.text()).toBe('供电方案答复单');
  expect((await office().request(`/api/factors/projects/${second}/files/${file.id}`)).status).toBe(404);
});

test('clearance figures only grow, and a correction keeps both values and the reason', async () => {
  const figures = (signed: number, vacated: number) => ({
    households: { planned: 120, signed, vacated },
    area: { planned: 36_000, signed: signed * 300, vacated: vacated * 300 },
  });
  const base = { projectId: second, category: 'clearance' as const };
  const entered = await api().setNeed({ ...base, version: 0, clearance: figures(80, 50), promisedOn: '2021-10-08' });
  expect(entered.needs[0]).toMatchObject({ demand: 120, supplied: 50, state: 'partial' });
  expect(entered.lamp).toMatchObject({ light: 'warn', cause: 'near' });
  const less = { ...base, version: 1, clearance: figures(75, 50) };
  await expect(api().setNeed(less)).rejects.toMatchObject({
    code: 'figure_falls',
    field: 'clearance.households.signed',
  });
  await expect(api().setNeed({ ...less, isCorrection: true })).rejects.toMatchObject({ code: 'reason_missing' });
  const corrected = await api().setNeed({ ...less, isCorrection: true, reason: '上月重复统计 5 户' });
  expect(corrected.needs[0]!.clearance!.households.signed).toBe(75);
  const [event] = await api().history({ projectId: second });
  expect(event).toMatchObject({ kind: 'corrected', reason: '上月重复统计 5 户' });
  expect(event!.changes).toMatchObject([
    { field: 'clearance', before: { households: { signed: 80 } }, after: { households: { signed: 75 } } },
  ]);
});

test('a pool gives to projects, refuses what it has not, and takes back', async () => {
  const land = { category: 'land' as const, version: 0, supplied: 0 };
  const third = (await office()(projects).create({ name: '示例三号项目' })).id;
  await api().setNeed({ ...land, projectId: second, demand: 50_000 });
  await api().setNeed({ ...land, projectId: third, demand: 60_000 });
  const pool = await api().createPool({
    category: 'land',
    year: 2021,
    name: '新增建设用地指标',
    size: 80_000,
    document: '示例文〔2021〕3号',
  });
  const give = (projectId: string, amount: number) =>
    api().allot({ id: pool.id, projectId, amount, document: '示例分〔2021〕1号' });
  expect(await give(second, 50_000)).toMatchObject({ size: 80_000, allotted: 50_000 });
  expect((await api().project({ projectId: second })).needs.find((n) => n.category === 'land')).toMatchObject({
    state: 'secured',
    supplied: 50_000,
    allotted: 50_000,
  });
  await expect(give(third, 40_000)).rejects.toMatchObject({ status: 422, code: 'over_pool' });
  await expect(give(third, 40_000)).rejects.toMatchObject({ words: { zh: expect.stringContaining('只剩 300 亩') } });
  await expect(give(second, 1)).rejects.toMatchObject({ code: 'over_gap' });
  await expect(
    api().setNeed({ projectId: second, category: 'land', version: 2, supplied: 10, reason: '试试' }),
  ).rejects.toMatchObject({ code: 'below_allotted' });
  await expect(api().resizePool({ id: pool.id, version: 1, size: 49_999, document: '示例文' })).rejects.toMatchObject({
    code: 'below_allotted',
  });
  const larger = await api().resizePool({ id: pool.id, version: 1, size: 110_000, document: '示例文〔2021〕9号' });
  expect(larger).toMatchObject({
    size: 110_000,
    document: '示例文〔2021〕9号',
    versions: [{ size: 110_000 }, { size: 80_000 }],
  });
  await give(third, 60_000);
  const withdraw = { id: pool.id, projectId: second, document: '示例收〔2021〕1号', reason: '项目缓建' };
  await expect(api().withdraw({ ...withdraw, amount: 50_001 })).rejects.toMatchObject({ code: 'over_held' });
  const back = await api().withdraw({ ...withdraw, amount: 20_000 });
  expect(back.allotted).toBe(90_000);
  expect(back.allotments.map((a) => a.amount)).toContain(-20_000);
  const { needs, lamp } = await api().project({ projectId: second });
  expect(needs.find((n) => n.category === 'land')).toMatchObject({ state: 'partial', supplied: 30_000 });
  expect(lamp.light).toBe('warn');
});

test('two who allot the last of a pool at once: one gets it, the other a sentence', async () => {
  const pool = await api().createPool({
    category: 'energy',
    year: 2021,
    name: '能耗增量',
    size: 1_000,
    document: '示例',
  });
  const made = await Promise.all([1, 2, 3].map((n) => office()(projects).create({ name: `示例并发项目${n}` })));
  for (const { id } of made)
    await api().setNeed({ projectId: id, category: 'energy', version: 0, demand: 600, supplied: 0 });
  const results = await Promise.allSettled(
    made.map(({ id }) => api().allot({ id: pool.id, projectId: id, amount: 600, document: '示例' })),
  );
  expect(results.filter((r) => r.status === 'fulfilled')).toHaveLength(1);
  for (const r of results) if (r.status === 'rejected') expect(r.reason).toMatchObject({ code: 'over_pool' });
});

test('coverage, the table and overdue promises tell the same as the projects', async () => {
  await city.system((scope) =>
    insertNeeds(
      scope,
      [
        { projectId: first, category: 'water', demand: 500, supplied: 0, unitId, promisedOn: '2021-08-01' },
        { projectId: second, category: 'water', demand: 500, supplied: 500 },
      ],
      '示例',
    ),
  );
  const { coverage, allowed } = await api().coverage({});
  expect(coverage.find((c) => c.category === 'water')).toMatchObject({ needing: 2, secured: 1, overdue: 1 });
  expect(allowed).toEqual(['pools', 'allot']);
  const { rows, total } = await api().table({ category: 'water', state: 'overdue' });
  expect(total).toBe(1);
  expect(rows[0]).toMatchObject({ projectId: first, light: 'late', cells: { water: { light: 'late' } } });
  const { owners } = await api().promises({});
  expect(owners).toMatchObject([
    { unit: { name: '总指挥部' }, promises: [{ projectId: first, category: 'water', daysLate: 56 }] },
  ]);
  const views = await city.system(async (scope) => [
    (
      await sql`select demand::text, state from factors.pub_need where project_id = ${second} and category = 'land'`.execute(
        scope.db,
      )
    ).rows,
    (await sql`select light, cause from factors.pub_lamp where project_id = ${first}`.execute(scope.db)).rows,
  ]);
  expect(views[0]).toEqual([{ demand: expect.stringMatching(/^500(\.0*)?$/), state: 'partial' }]);
  expect(views[1]).toEqual([{ light: 'late', cause: 'overdue' }]);
});

test('a new day turns a broken promise red without anybody touching it', async () => {
  const { id } = await office()(projects).create({ name: '示例过夜项目' });
  await api().setNeed({
    projectId: id,
    category: 'gas',
    version: 0,
    demand: 10,
    supplied: 0,
    promisedOn: '2021-09-27',
  });
  const kept = () =>
    city.system(
      async (scope) =>
        (
          await sql<{ light: string; state: string }>`select l.light, n.state from factors.pub_lamp l
            join factors.pub_need n using (project_id) where project_id = ${id}`.execute(scope.db)
        ).rows[0],
    );
  expect(await kept()).toEqual({ light: 'warn', state: 'missing' });
  await city.system((scope) => passDay(Object.create(scope, { today: { value: '2021-09-28' } })));
  expect(await kept()).toEqual({ light: 'late', state: 'overdue' });
});

test('a filer reads but does not enter, and a county does not see the pools of the city', async () => {
  const filer = city.as({ role: 'filer', projectIds: [first] })(factors);
  expect((await filer.project({ projectId: first })).allowed).toEqual([]);
  await expect(filer.project({ projectId: second })).rejects.toMatchObject({ status: 404 });
  await expect(
    filer.setNeed({ projectId: first, category: 'gas', version: 0, demand: 1, supplied: 0 }),
  ).rejects.toMatchObject({ status: 403 });
  expect((await filer.table({})).total).toBe(1);
  const county = city.as({ role: 'office', projectIds: [first] })(factors);
  await expect(county.pools({})).rejects.toMatchObject({ status: 403 });
});
