import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Caller, type TestCity, testCity } from '#core/server/testing/test-city.ts';
import { dispatch } from '#modules/dispatch/contract.ts';
import { insertAcceptedFilings, type PastAcceptedFiling } from '#modules/filings/server/public.ts';
import { ensureUnit } from '#modules/organization/server/public.ts';
import { type NewProject, projects } from '#modules/projects/contract.ts';
import { explore } from '../contract.ts';
import type { Pivot } from '../shapes.ts';

let city: TestCity;
let office: Caller;
let traffic: Caller;
const unit: Record<string, string> = {};
const id: Record<string, string> = {};
const yi = (n: number) => n * 100_000_000;

const filing = (projectId: string, period: string, monthYuan: number, cumulativeYuan: number): PastAcceptedFiling => ({
  projectId,
  period,
  monthYuan,
  cumulativeYuan,
  submittedAt: new Date(`${period}-24T02:00:00Z`),
  submittedByName: '填报员',
  acceptedAt: new Date(`${period}-25T02:00:00Z`),
  acceptedByName: '总办',
});

/** 甲 files each month, 乙 not in August, 丙 is a package whose items file, 丁 has no plan. On 26 September 2021. */
beforeAll(async () => {
  city = await testCity({ today: '2021-09-26' });
  office = city.as({ role: 'office', name: '总办' });
  await city.system(async (scope) => {
    for (const [key, name] of [
      ['traffic', '市交通运输局'],
      ['water', '市水利局'],
    ] as const)
      unit[key] = (await ensureUnit(scope, { name, kind: 'department' })).id;
  });
  const make = async (key: string, fields: Partial<NewProject>) => {
    id[key] = (await office(projects).create({ name: `${key}项目`, stage: 'building', ...fields } as NewProject)).id;
  };
  const plan = (planYuan: number) => ({ plan: { year: 2021, planYuan, goal: null } });
  const due = { day: '2021-06-30', precision: 'day' as const, text: null };
  await make('甲', {
    leadUnitId: unit.traffic!,
    board: '基础设施',
    tiers: ['省重点', '市重点'],
    totalYuan: yi(10),
    industry: 'E4812',
    ...plan(yi(4)),
  });
  await make('乙', { leadUnitId: unit.traffic!, board: '产业', tiers: ['市重点'], totalYuan: yi(6), ...plan(yi(2)) });
  await make('丙', { leadUnitId: unit.water!, board: '基础设施', totalYuan: yi(8) });
  await make('丁', { leadUnitId: unit.water!, stage: 'preparation', planKind: 'new', startPlanned: due });
  await make('停', { leadUnitId: unit.water!, stage: 'terminated', ...plan(yi(9)) });
  for (const n of [1, 2])
    await make(`丙${n}`, { parentId: id.丙!, leadUnitId: unit.water!, totalYuan: yi(4), ...plan(yi(1)) });
  traffic = city.as({ role: 'responsibleUnit', name: '交通局', unitIds: [unit.traffic!] });
  await city.system((scope) =>
    insertAcceptedFilings(scope, [
      filing(id.甲!, '2020-11', yi(1), yi(5)),
      filing(id.甲!, '2021-07', yi(1), yi(1)),
      filing(id.甲!, '2021-08', yi(1), yi(2)),
      filing(id.乙!, '2021-07', yi(1), yi(1)),
      filing(id.丙1!, '2021-08', yi(0.5), yi(0.5)),
      filing(id.丙2!, '2021-08', yi(0.25), yi(0.25)),
      filing(id.丁!, '2021-08', yi(3), yi(3)),
      filing(id.停!, '2021-08', yi(7), yi(7)),
    ]),
  );
  await city.settle();
});
afterAll(() => city.close());

const ask = (pivot: Partial<Pivot>, caller = office) =>
  caller(explore).table({ pivot: { measures: ['yearDone'], ...pivot } as Pivot });
/** Cells by their heads, of one measure. */
async function read(pivot: Partial<Pivot>, caller = office, measure = 0) {
  const table = await ask(pivot, caller);
  const name = (head: (string | null)[]) =>
    head.map((key) => (key === null ? '—' : (table.names[key] ?? key))).join('/');
  return Object.fromEntries(
    table.rows.flatMap((row, r) =>
      table.columns.map((column, c) => [`${name(row)}|${name(column)}`, table.cells[r]![c]![measure]!]),
    ),
  );
}

test('money of a unit is that of its accepted filings, a package is the sum of its items, the dropped are left out', async () => {
  expect(await read({ rows: ['lead'] })).toEqual({
    '|': yi(6.75),
    '市交通运输局|': yi(3),
    '市水利局|': yi(3.75),
  });
  expect(await read({ rows: ['lead'], withDropped: true })).toMatchObject({ '市水利局|': yi(10.75) });
  expect(await read({ rows: ['lead'], measures: ['plan'] })).toEqual({
    '|': yi(8),
    '市交通运输局|': yi(6),
    '市水利局|': yi(2),
  });
});

test('a month without a filing keeps the cumulative before it, and the total of months is the newest, not their sum', async () => {
  const found = await read({
    rows: ['lead'],
    columns: ['month'],
    span: { kind: 'months', from: '2021-07', to: '2021-08' },
  });
  expect(found).toMatchObject({
    '市交通运输局|2021-07': yi(2),
    '市交通运输局|2021-08': yi(3),
    '市交通运输局|': yi(3),
    '市水利局|2021-08': yi(3.75),
  });
  const flow = { rows: ['lead'], columns: ['month'], measures: ['monthDone'] } as const;
  expect(await read(flow as unknown as Pivot)).toMatchObject({
    '市交通运输局|2021-07': yi(2),
    '市交通运输局|2021-08': yi(1),
    '市交通运输局|': yi(3),
  });
});

test('the rate of a group is worked out from its sums, without projects that have no plan, as on the page of dispatch', async () => {
  const found = await read({ rows: ['lead'], measures: ['rate'] });
  // 丁 has money and no plan: 0.75 of 2, not 3.75.
  expect(found['市水利局|']).toEqual({ n: String(yi(0.75)), d: String(yi(2)) });
  const { total } = await office(dispatch).summary({});
  expect(found['|']).toEqual({ n: String(total.doneYuan), d: String(total.planYuan) });
  const gap = (await read({ measures: ['gap'] }))['|'] as { n: string; d: string };
  expect(Number(gap.n) / Number(gap.d)).toBeCloseTo(total.gapPoints!, 9);
});

test('a project of two tiers stands in both and once in the total', async () => {
  expect(await read({ rows: ['tier'], measures: ['projects'] })).toEqual({
    '|': 4,
    '省重点|': 1,
    '市重点|': 2,
    '—|': 2,
  });
  expect(await read({ rows: ['tier'], columns: ['board'] })).toMatchObject({
    '市重点|': yi(3),
    '|': yi(6.75),
    '市重点|产业': yi(1),
  });
});

test('levels, years, starts and industries', async () => {
  expect(await read({ measures: ['projects'], level: 'items' })).toEqual({ '|': 5 });
  expect(await read({ measures: ['items'] })).toEqual({ '|': 5 });
  expect(await read({ measures: ['startOverdue', 'startDue'] })).toEqual({ '|': 1 });
  expect(await read({ columns: ['year'], span: { kind: 'months', from: '2020-01', to: '2021-12' } })).toEqual({
    '|': yi(11.75),
    '|2020': yi(5),
    '|2021': yi(6.75),
  });
  expect(await read({ rows: ['industry'], measures: ['total'] })).toMatchObject({ '48 土木工程建筑业|': yi(10) });
});

test('a unit’s pivot sums only its own projects, whatever the question says', async () => {
  expect(await read({ rows: ['lead'] }, traffic)).toEqual({ '|': yi(3), '市交通运输局|': yi(3) });
  expect(await read({ conditions: [{ dimension: 'lead', values: [unit.water!] }] }, traffic)).toEqual({ '|': null });
  expect((await traffic(explore).values({ dimension: 'lead' })).map((v) => v.name)).toEqual(['市交通运输局']);
});

test('the list behind every cell adds up to the cell, exactly', async () => {
  const pivots: Partial<Pivot>[] = [
    {
      rows: ['lead', 'tier'],
      columns: ['month'],
      measures: ['yearDone', 'monthDone', 'rate', 'gap', 'plan', 'planned'],
    },
    { rows: ['board'], columns: ['stage'], measures: ['projects', 'total', 'items', 'startOverdue'] },
    { rows: ['planKind', 'light'], measures: ['filings', 'due', 'onTime'] },
  ];
  let opened = 0;
  for (const pivot of pivots) {
    const table = await ask(pivot);
    for (const [r, row] of table.rows.entries())
      for (const [c, column] of table.columns.entries())
        for (const [m, measure] of pivot.measures!.entries()) {
          const cell = { pivot: { rows: [], columns: [], ...pivot } as unknown as Pivot, row, column, measure };
          const found = await office(explore).members({ cell });
          expect(found.value, JSON.stringify({ row, column, measure })).toEqual(table.cells[r]![c]![m]);
          const listed = found.members.map((one) => one.value).filter((v) => typeof v === 'number');
          if (typeof found.value === 'number') expect(listed.reduce((a, b) => a + b, 0)).toBe(found.value);
          opened += 1;
        }
  }
  expect(opened).toBeGreaterThan(100);
}, 60_000);

test('a project of a cell opens to its filings, and to nobody who may not see it', async () => {
  const cell = {
    pivot: { measures: ['yearDone'], rows: ['lead'] } as unknown as Pivot,
    row: [unit.water!],
    column: [],
    measure: 'yearDone' as const,
  };
  const found = await office(explore).filings({ cell, projectId: id.丙! });
  expect(found.map(({ name, period, monthYuan }) => [name, period, monthYuan])).toEqual([
    ['丙1项目', '2021-08', yi(0.5)],
    ['丙2项目', '2021-08', yi(0.25)],
  ]);
  await expect(traffic(explore).filings({ cell, projectId: id.丙! })).rejects.toMatchObject({ status: 404 });
});

test('a question without an answer says what to change', async () => {
  await expect(ask({ measures: ['projects'], columns: ['month'] })).rejects.toMatchObject({ code: 'no_time' });
  await expect(ask({ span: { kind: 'months', from: '2021-11', to: '2021-12' } })).rejects.toMatchObject({
    code: 'no_months',
  });
  await expect(ask({ sort: { measure: 'plan', order: 'most' } })).rejects.toMatchObject({ code: 'sort' });
  await expect(ask({ rows: ['lead', 'lead'] })).rejects.toMatchObject({ status: 400 });
  await expect(ask({ rows: ["lead'; drop table"] as never })).rejects.toMatchObject({ status: 400 });
  // What is typed stays a value.
  const odd = "x'); drop table explore.view; --";
  expect(await read({ conditions: [{ dimension: 'board', values: [odd] }] })).toEqual({ '|': null });
  expect(await read({ conditions: [{ dimension: 'lead', values: [odd] }] })).toEqual({ '|': null });
});

test('rows sort by the total of a measure among their siblings, and what has none comes last', async () => {
  const { rows, names } = await ask({ rows: ['lead', 'board'], sort: { measure: 'yearDone', order: 'most' } });
  expect(rows.map((head) => head.map((key) => (key ? (names[key] ?? key) : '—')).join('/'))).toEqual([
    '',
    '市水利局',
    '市水利局/—',
    '市水利局/基础设施',
    '市交通运输局',
    '市交通运输局/基础设施',
    '市交通运输局/产业',
  ]);
});

test('a shared view opens for others and shows each their own; one that is not shared is not there', async () => {
  const pivot = { measures: ['yearDone'], rows: ['lead'] } as unknown as Pivot;
  const mine = await office(explore).saveView({ name: '我的', pivot });
  const shared = await office(explore).saveView({ name: '各单位完成', pivot, isShared: true, chart: 'bar' });
  await expect(traffic(explore).view({ id: mine.id })).rejects.toMatchObject({ status: 404 });
  const seen = await traffic(explore).view(shared);
  expect(seen).toMatchObject({ name: '各单位完成', isMine: false, ownerName: '总办', chart: 'bar' });
  expect((await traffic(explore).table({ pivot: seen.pivot })).cells[0]![0]).toEqual([yi(3)]);
  await expect(traffic(explore).saveView({ id: shared.id, name: '改', pivot })).rejects.toMatchObject({ status: 404 });
  await expect(office(explore).saveView({ name: '我的', pivot })).rejects.toMatchObject({ code: 'name_taken' });

  // What a unit shares is for its own people and those above it.
  const water = city.as({ role: 'responsibleUnit', name: '水利局', unitIds: [unit.water!] });
  const own = await traffic(explore).saveView({ name: '交通', pivot, isShared: true });
  await expect(water(explore).view(own)).rejects.toMatchObject({ status: 404 });
  expect((await office(explore).views({})).map((view) => view.name)).toContain('交通');
  expect((await water(explore).views({})).map((view) => view.name)).toEqual(['各单位完成']);
  await office(explore).removeView({ id: mine.id });
  await expect(office(explore).view(mine)).rejects.toMatchObject({ status: 404 });
});

test('exports are the table that is shown', async () => {
  const pivot = { measures: ['plan', 'yearDone', 'rate'], rows: ['lead'], columns: ['board'] } as unknown as Pivot;
  for (const [format, head] of [
    ['xlsx', 'PK'],
    ['docx', 'PK'],
    ['pdf', '%PDF'],
  ] as const) {
    const blob = await office(explore).export({ pivot, format, title: '各单位' });
    expect(new TextDecoder('latin1').decode((await blob.arrayBuffer()).slice(0, 4))).toContain(head);
  }
}, 60_000);
