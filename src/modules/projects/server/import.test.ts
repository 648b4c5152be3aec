import { readFile } from 'node:fs/promises';
import { utils, write } from '@e965/xlsx';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { readWorkbook } from '#core/server/spreadsheet/read.ts';
import { writeWorkbook } from '#core/server/spreadsheet/write.ts';
import { type Caller, type TestCity, testCity } from '#core/server/testing/test-city.ts';
import { insertCityOrganization, yueyangRegions } from '#modules/organization/server/public.ts';
import { projects } from '../contract.ts';

// Each analysis starts a process and the demonstration ledger makes 270 units: on a busy machine that takes its time.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

let city: TestCity;
let office: Caller;
const api = () => office(projects);

beforeAll(async () => {
  city = await testCity();
  await city.system((scope) =>
    insertCityOrganization(scope, {
      headquartersName: '岳阳市重点项目建设总指挥部',
      validFrom: '2021-01-01',
      regions: yueyangRegions,
      withCountyUnits: true,
    }),
  );
  office = city.as({ role: 'office', name: '刘敏' });
});
afterAll(() => city.close());

const columns = ['序号', '项目名称', '业主单位', '总投资（万元）', '计划开工', '2021年计划投资（万元）'].map(
  (header) => ({ header }),
);
const ledger = (rows: (string | number | null)[][]) =>
  writeWorkbook([{ sheet: '台账', title: '2021年计划', columns, rows }]);

/** Uploads, waits for the analysis, and answers the import. */
async function analysed(bytes: Uint8Array, name = 'ledger.xlsx') {
  const file = await office.upload(name, bytes);
  const { id, state } = await api().startImport({ fileId: file.id, fileName: name });
  expect(state).toBe('analysing');
  await city.settle();
  return api().getImport({ id });
}

const remap = async (id: string, change: Omit<Parameters<ReturnType<typeof api>['mapImport']>[0], 'id'>) => {
  await api().mapImport({ id, ...change });
  await city.settle();
  return api().getImport({ id });
};

describe('the demonstration ledger', () => {
  let id: string;

  test('is understood as it stands and nothing is written before it is accepted', async () => {
    const found = await analysed(
      await readFile(new URL('../../../../demo/ledger-2021.xlsx', import.meta.url)),
      '台账.xlsx',
    );
    id = found.id;
    expect(found).toMatchObject({ state: 'ready', problem: null, structure: { year: 2021 } });
    expect(found.questions.filter((q) => q.isBlocking)).toEqual([]);
    expect(found.counts.new).toBeGreaterThan(600);
    expect(found.newUnits.some((unit) => unit.use === 'command')).toBe(true);
    // The counties' governments are the county units that the city has.
    expect(found.newUnits.map((unit) => unit.name)).not.toContain('君山区人民政府');
    expect((await api().list({})).totals.rows).toBe(0);
  });

  test('shows pages of rows with values under their columns', async () => {
    const page = await api().importRows({ id, status: 'new', limit: 2 });
    expect(page.rows).toHaveLength(2);
    expect(page.rows[0]).toMatchObject({ status: 'new', values: { '1': page.rows[0]!.name } });
  });

  test('is written in one go when accepted: projects, packages, plans, units, with who and why', async () => {
    const before = await api().getImport({ id });
    const after = await api().acceptImport({ id, revision: before.revision });
    expect(after).toMatchObject({ state: 'accepted', allowed: [] });
    const { totals, rows } = await api().list({ sort: [{ by: 'serial' }], limit: 1 });
    expect(totals).toMatchObject({ projects: before.structure!.projects, items: before.structure!.items });
    const project = await api().get({ id: rows[0]!.id });
    expect(project).toMatchObject({ demo: true, owner: { id: expect.any(String) }, plan: { year: 2021, version: 1 } });
    const history = await api().history({ id: project.id });
    expect(history.events.map((e) => [e.kind, e.actorName, e.document])).toContainEqual([
      'imported',
      '刘敏',
      '台账.xlsx',
    ]);
  });

  test('changes nothing when it is uploaded again', async () => {
    const again = await analysed(
      await readFile(new URL('../../../../demo/ledger-2021.xlsx', import.meta.url)),
      '台账.xlsx',
    );
    expect(again.counts).toMatchObject({ new: 0, changed: 0, refused: 0 });
    expect(again.newUnits).toEqual([]);
    expect(again.allowed).not.toContain('accept');
  });
});

describe('a small ledger', () => {
  test('shows old and new of each changed cell, writes only those, and refuses the rest at the cell', async () => {
    const first = await analysed(
      await ledger([
        [1, '测试甲', '甲公司', 1000, '2021年3月', 100],
        [2, '测试乙', '甲公司', 500, '2021.6.30', 50],
      ]),
    );
    await api().acceptImport({ id: first.id, revision: first.revision });
    const second = await analysed(
      await ledger([
        [1, '测试甲', '甲公司', 1200, '2021年3月', 150],
        [2, '测试乙', '甲公司', 500, '2021.6.30', 50],
        [3, '测试丙', '甲公司', 10, '2021年2月31日', 1],
      ]),
    );
    expect(second.counts).toEqual({ new: 0, changed: 1, unchanged: 1, refused: 1 });
    const { rows } = await api().importRows({ id: second.id });
    expect(rows[0]).toMatchObject({
      status: 'changed',
      changes: [
        { field: 'totalYuan', column: 3, before: 10_000_000, after: 12_000_000 },
        { field: 'planYuan.2021', column: 5, before: 1_000_000, after: 1_500_000 },
      ],
    });
    expect(rows[2]).toMatchObject({
      status: 'refused',
      errors: [{ column: 4, code: 'date_impossible' }],
      texts: { '4': '2021年2月31日' },
    });
    // A plan that stands is changed by somebody's decision, also when it comes in a file; until then nothing is written.
    await expect(api().acceptImport({ id: second.id, revision: second.revision })).rejects.toMatchObject({
      code: 'approver_needed',
      field: 'approver',
      words: { zh: '这份台账要调整 1 项已下达的年度计划，请写明批准人' },
    });
    expect(await api().get({ id: rows[0]!.projectId! })).toMatchObject({
      totalYuan: 10_000_000,
      plan: { planYuan: 1_000_000, version: 1 },
    });
    await api().acceptImport({ id: second.id, revision: second.revision, approver: '市政府常务会议' });
    const project = await api().get({ id: rows[0]!.projectId! });
    expect(project).toMatchObject({
      totalYuan: 12_000_000,
      plan: { planYuan: 1_500_000, version: 2, approver: '市政府常务会议' },
      originalPlanYuan: 1_000_000,
    });
    const refused = await office.request(`/api/project-imports/${second.id}/refused`);
    const sheet = (await readWorkbook(new Uint8Array(await refused.arrayBuffer()))).sheets[0]!;
    expect(sheet.rows[2]!.map((cell) => cell.value).slice(0, 4)).toEqual([5, '测试丙', 'E5', '2021年2月31日']);
  });

  test('whose unit nothing states asks, cannot be accepted, and can once it is answered', async () => {
    const csv = new TextEncoder().encode('项目名称,总投资,责任单位\n问甲,320,市交通局\n');
    const asked = await analysed(csv, '台账.csv');
    expect(asked.questions).toMatchObject([{ kind: 'unit', column: 1, isBlocking: true }, { kind: 'code' }]);
    await expect(api().acceptImport({ id: asked.id, revision: asked.revision })).rejects.toMatchObject({ status: 409 });
    const answered = await remap(asked.id, { answers: { units: { '1': '万元' } } });
    expect(answered).toMatchObject({ revision: 2, counts: { new: 1 }, allowed: expect.arrayContaining(['accept']) });
    await expect(api().acceptImport({ id: asked.id, revision: 1 })).rejects.toMatchObject({ code: 'stale_preview' });
  });

  test('with a mapping corrected by the user can be a template that the next file uses by itself', async () => {
    const bytes = (name: string) => new TextEncoder().encode(`项目名称,甲栏,总投资（万元）\n${name},某公司,320\n`);
    const first = await analysed(bytes('模板甲'), 'a.csv');
    expect(first).toMatchObject({ state: 'ready', problem: null });
    expect(first.columns[1]!.field).toBeNull();
    const mapped = await remap(first.id, {
      mapping: [
        { column: 0, field: 'name' },
        { column: 1, field: 'owner' },
        { column: 2, field: 'totalYuan' },
      ],
    });
    expect(mapped.columns[1]!.field).toBe('owner');
    const twice = [0, 1].map((column) => ({ column, field: 'name' as const }));
    await expect(api().mapImport({ id: first.id, mapping: twice })).rejects.toMatchObject({ code: 'field_twice' });
    expect(await api().saveImportTemplate({ importId: first.id, name: '县区报表' })).toMatchObject({
      name: '县区报表',
      columns: 3,
    });
    expect((await analysed(bytes('模板乙'), 'b.csv')).columns[1]!.field).toBe('owner');
    expect(await api().importTemplates({})).toMatchObject([{ name: '县区报表' }]);
  });

  test('whose register changed after the preview is not written over it', async () => {
    const found = await analysed(await ledger([[1, '后改甲', '甲公司', 1000, null, 1]]));
    await api().create({ name: '后改甲' });
    await expect(api().acceptImport({ id: found.id, revision: found.revision })).rejects.toMatchObject({
      code: 'register_changed',
    });
    expect((await remap(found.id, {})).counts).toMatchObject({ new: 0, changed: 1 });
  });

  test('that is cancelled leaves nothing', async () => {
    const found = await analysed(await ledger([[1, '取消甲', '甲公司', 1000, null, 1]]));
    expect(await api().cancelImport({ id: found.id })).toMatchObject({ state: 'cancelled', allowed: [] });
    expect((await api().importRows({ id: found.id })).total).toBe(0);
    await expect(api().acceptImport({ id: found.id, revision: 1 })).rejects.toMatchObject({ status: 409 });
  });

  test('that is cancelled while it is analysed is not shown any more', async () => {
    const file = await office.upload('c.xlsx', await ledger([[1, '半途甲', '甲公司', 1000, null, 1]]));
    const { id } = await api().startImport({ fileId: file.id, fileName: 'c.xlsx' });
    await api().cancelImport({ id });
    await city.settle();
    expect(await api().getImport({ id })).toMatchObject({ state: 'cancelled', counts: { new: 0 } });
  });
});

test('a ledger of 50,000 rows tells how far it is, and cancelling stops it in the middle', async () => {
  const lines = Array.from({ length: 50_000 }, (_, i) => `长表${i},${i},某公司${i % 50},2021年${(i % 12) + 1}月`);
  const csv = `项目名称,总投资（万元）,业主单位,计划开工\n${lines.join('\n')}\n`;
  const file = await office.upload('长表.csv', new TextEncoder().encode(csv));
  const { id } = await api().startImport({ fileId: file.id, fileName: '长表.csv' });
  let isDone = false;
  const working = city.settle().then(() => {
    isDone = true;
  });
  let rows = 0;
  while (!isDone && rows === 0) {
    await new Promise((next) => setTimeout(next, 50));
    rows = (await api().getImport({ id })).progress?.rows ?? 0;
  }
  expect(rows).toBeGreaterThan(0);
  await api().cancelImport({ id });
  await working;
  expect(await api().getImport({ id })).toMatchObject({ state: 'cancelled' });
  expect((await api().importRows({ id })).total).toBe(0);
});

describe('other kinds of files', () => {
  const rows = [
    ['项目名称', '总投资（万元）', '计划开工'],
    ['格式甲', 320, '2021年3月'],
  ];

  test('an old .xls is read like an .xlsx', async () => {
    const book = utils.book_new();
    utils.book_append_sheet(book, utils.aoa_to_sheet(rows), '台账');
    const bytes = new Uint8Array(write(book, { type: 'buffer', bookType: 'biff8' }));
    expect(await analysed(bytes, '台账.xls')).toMatchObject({ state: 'ready', counts: { new: 1 } });
  });

  test('of several sheets the ledger is found, and another can be chosen', async () => {
    const head = columns.map((c) => c.header);
    const bytes = await writeWorkbook([
      { sheet: '说明', columns: [{ header: '填表说明' }], rows: [['请如实填写']] },
      {
        sheet: '台账',
        columns,
        rows: [
          [1, '多表甲', '甲公司', 1, null, 1],
          [2, '多表乙', '甲公司', 1, null, 1],
        ],
      },
      { sheet: '上年', columns: head.map((header) => ({ header })), rows: [[1, '多表丙', '甲公司', 1, null, 1]] },
    ]);
    const found = await analysed(bytes);
    expect(found).toMatchObject({
      sheet: 1,
      counts: { new: 2 },
      sheets: [{ name: '说明' }, { name: '台账' }, { name: '上年' }],
    });
    expect(await remap(found.id, { sheet: 2 })).toMatchObject({ sheet: 2, counts: { new: 1 } });
    const wrong = await remap(found.id, { sheet: 0 });
    expect(wrong).toMatchObject({ state: 'failed', problem: { code: 'no_ledger' }, allowed: ['map', 'cancel'] });
    expect(await remap(found.id, { sheet: 1 })).toMatchObject({ state: 'ready', counts: { new: 2 } });
  });
});

describe('a file that is no ledger', () => {
  test.each<[string, string, string]>([
    ['text without a heading', '会议纪要\n一、关于', 'no_ledger'],
    ['a table of something else', '姓名,年龄\n张三,3', 'no_ledger'],
  ])('%s fails with what to do, and nothing is written', async (_, text, code) => {
    expect(await analysed(new TextEncoder().encode(text), 'x.csv')).toMatchObject({
      state: 'failed',
      problem: { code },
    });
  });

  test('a damaged workbook says so', async () => {
    const whole = await ledger([[1, '甲', '乙', 1, null, 1]]);
    const bytes = whole.slice();
    bytes.fill(7, 60, 400);
    expect(await analysed(bytes)).toMatchObject({ state: 'failed', problem: { code: 'broken_workbook' } });
  });
});

describe('who may import', () => {
  test('the office may, a filer may not, a county has not the whole city', async () => {
    const file = await office.upload('r.xlsx', await ledger([[1, '权限甲', '甲公司', 1, null, 1]]));
    const input = { fileId: file.id, fileName: 'r.xlsx' };
    await expect(city.as({ role: 'filer' })(projects).startImport(input)).rejects.toMatchObject({ status: 403 });
    const county = city.as({ role: 'office', unitIds: ['0197c3a0-0000-7000-8000-000000000001'] });
    await expect(county(projects).startImport(input)).rejects.toMatchObject({ status: 403, code: 'whole_city_only' });
    await expect(county(projects).imports({})).rejects.toMatchObject({ code: 'whole_city_only' });
    // Somebody else's upload is not theirs to import.
    await expect(city.as({ role: 'office' })(projects).startImport(input)).rejects.toMatchObject({ status: 404 });
  });
});
