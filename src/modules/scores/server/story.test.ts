// Long because it tells one year of a scheme from the draft to the final result, and what each may see on the way.
import { createHash } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { clockOf } from '#core/server/clock.ts';
import { readWorkbook } from '#core/server/spreadsheet/read.ts';
import { type Caller, type TestCity, testCity } from '#core/server/testing/test-city.ts';
import { ensureUnit } from '#modules/organization/server/public.ts';
import { projects } from '#modules/projects/contract.ts';
import { scores } from '../contract.ts';
import { projects as counted, emptyBody, entered, events, indicator, itemOf } from '../draft.ts';
import { brief, unwire } from '../exact.ts';
import type { SchemeBody } from '../scheme.ts';
import { scoreYear } from './public.ts';

let city: TestCity;
let office: Caller;
let other: Caller;
let inspector: Caller;
let lake: Caller;
let river: Caller;
let stranger: Caller;
let body: SchemeBody;
let id: string;
const unit: Record<string, string> = {};

const said = (exact: { n: string; d: string }) => brief(unwire(exact));
const code = (expected: string) => ({ code: expected });

beforeAll(async () => {
  city = await testCity({ today: '2021-09-26' });
  office = city.as({ role: 'office', name: '考核科' });
  other = city.as({ role: 'office', name: '督查科' });
  inspector = city.as({ role: 'inspector', name: '督查员' });
  for (const name of ['临湖县', '沿江区', '山口县', '教育局'])
    unit[name] = (
      await city.system((scope) => ensureUnit(scope, { name, kind: name === '教育局' ? 'department' : 'county' }))
    ).id;
  lake = city.as({ role: 'responsibleUnit', name: '临湖县填报', unitIds: [unit.临湖县!] });
  river = city.as({ role: 'responsibleUnit', name: '沿江区填报', unitIds: [unit.沿江区!] });
  stranger = city.as({ role: 'responsibleUnit', name: '山口县填报', unitIds: [unit.山口县!] });
  // 3 of 4 planned starts in the one county, 1 of 2 in the other.
  const start = (county: string, isStarted: boolean, n: number) =>
    office(projects).create({
      name: `示例${county}${n}`,
      countyUnitId: unit[county]!,
      planKind: 'new',
      stage: isStarted ? 'building' : 'preparation',
      startPlanned: { day: '2021-03-01', precision: 'day', text: null },
      ...(isStarted && { startActual: { day: '2021-04-01', precision: 'day', text: null } }),
      plan: { year: 2021, planYuan: 100_000_000, goal: null },
    });
  for (let n = 0; n < 4; n += 1) await start('临湖县', n < 3, n);
  for (let n = 0; n < 2; n += 1) await start('沿江区', n < 1, n);
  body = {
    ...emptyBody,
    name: { zh: '县区年度考核', en: 'Counties of the year' },
    publicityDays: 5,
    vetoes: [{ zh: '较大安全事故', en: 'A grave accident' }],
    groups: [
      {
        code: 'counties',
        name: { zh: '县区', en: 'Counties' },
        units: ['临湖县', '沿江区'].map((name) => ({ unitId: unit[name]!, boundTo: null })),
      },
      {
        code: 'departments',
        name: { zh: '市直部门', en: 'Departments' },
        units: [{ unitId: unit.教育局!, boundTo: null }],
      },
    ],
    items: [
      itemOf(
        'start',
        ['开工率', 'Start rate'],
        '40',
        { kind: 'ratio', of: '开工率' },
        [indicator('开工率', 'startOfYear')],
        {
          cap: '40',
        },
      ),
      itemOf(
        'number',
        ['新开工个数', 'Starts'],
        '20',
        {
          kind: 'rank',
          of: '新开工',
          best: 'highest',
          places: [
            { to: 1, points: '20' },
            { to: 2, points: '10' },
          ],
        },
        [counted('新开工', '个数(已开工)')],
      ),
      itemOf('service', ['服务', 'Service'], '40', { kind: 'ratio', of: '满意度' }, [
        entered('满意度', { show: 'percent' }),
      ]),
      itemOf(
        'blame',
        ['通报批评', 'Criticised'],
        '0',
        {
          kind: 'counts',
          base: '0',
          lines: [{ label: { zh: '通报', en: 'times' }, of: '通报', points: '-5', most: null }],
        },
        [events('通报')],
        { side: 'deduction', floor: null },
      ),
    ],
  };
});
afterAll(() => city.close());

it('is drafted from a shipped example or by hand, is refused with every fault, and is nobody else’s to see', async () => {
  const { create } = office(scores);
  const broken = { ...body, items: [{ ...body.items[0]!, inputs: [indicator('开工率', 'nowhere')] }] };
  await expect(create({ year: 2021, code: 'counties', body: broken, reason: '年初制定' })).rejects.toMatchObject({
    code: 'scheme',
    words: { zh: expect.stringContaining('没有代码为“nowhere”的指标') },
  });
  const unknown = { ...body, items: [{ ...body.items[1]!, inputs: [counted('新开工', '个数(不存在)')] }] };
  await expect(create({ year: 2021, code: 'counties', body: unknown, reason: '年初制定' })).rejects.toMatchObject(
    code('scheme'),
  );
  ({ id } = await create({ year: 2021, code: 'counties', body, reason: '年初制定' }));
  await expect(create({ year: 2021, code: 'counties', body, reason: '年初制定' })).rejects.toMatchObject(
    code('code_taken'),
  );
  await expect(lake(scores).scheme({ id })).rejects.toMatchObject({ status: 404 });
  await expect(lake(scores).create({ year: 2021, code: 'own', body, reason: '自己定' })).rejects.toMatchObject({
    status: 403,
  });
  for (const example of await office(scores).examples({}))
    await create({ year: 2021, code: example.code, body: example.body, reason: '示例都可直接使用' });
});

it('comes into force with a document, and takes a new version with a reason, not from a stale page', async () => {
  await office(scores).enforce({ id, document: '岳项指〔2021〕3号' });
  const weighted = { ...body, items: body.items.map((i) => (i.code === 'start' ? { ...i, note: '按全年计划' } : i)) };
  expect(await office(scores).save({ id, basedOn: 1, body: weighted, reason: '补充口径' })).toMatchObject({
    version: 2,
  });
  await expect(office(scores).save({ id, basedOn: 1, body, reason: '旧页面' })).rejects.toMatchObject(code('moved'));
  expect((await lake(scores).scheme({ id })).version).toBe(2);
  await expect(stranger(scores).scheme({ id })).rejects.toMatchObject({ status: 404 });
  expect((await stranger(scores).list({})).schemes).toEqual([]);
});

it('lets units assess themselves until a day, their own unit only, and never more than an item gives', async () => {
  await expect(
    lake(scores).assess({ id, unitId: unit.临湖县!, rows: [{ item: 'start', points: '30', note: '四开三' }] }),
  ).rejects.toMatchObject(code('self_closed'));
  await office(scores).openSelf({ id, until: '2021-09-28' });
  const { id: fileId } = await lake.upload('说明.txt', new TextEncoder().encode('开工说明'));
  const row = { item: 'start', points: '32.5', note: '四个项目开工三个', fileId };
  await lake(scores).assess({ id, unitId: unit.临湖县!, rows: [row] });
  await lake(scores).assess({ id, unitId: unit.临湖县!, rows: [{ ...row, points: '31' }] });
  await expect(
    lake(scores).assess({ id, unitId: unit.临湖县!, rows: [{ ...row, points: '41' }] }),
  ).rejects.toMatchObject(code('points'));
  await expect(lake(scores).assess({ id, unitId: unit.沿江区!, rows: [row] })).rejects.toMatchObject({ status: 404 });
  const sheet = await lake(scores).selfSheet({ id });
  expect(sheet).toMatchObject({ unitName: '临湖县', canAssess: true });
  expect(sheet.rows[0]).toMatchObject({ points: '31', fileName: '说明.txt' });
  await expect(river(scores).selfSheet({ id, unitId: unit.临湖县! })).rejects.toMatchObject({ status: 404 });
  await expect(river(scores).evidence({ kind: 'self', id: sheet.rows[0]!.id! })).rejects.toMatchObject({ status: 404 });
  expect((await lake(scores).evidence({ kind: 'self', id: sheet.rows[0]!.id! })).size).toBeGreaterThan(0);
});

it('takes by hand only what is entered by hand; the points themselves are never typed', async () => {
  const typed = { id, unitId: unit.临湖县!, item: 'service', input: '满意度', value: '90', note: '第三方测评' };
  await other(scores).enter(typed);
  await other(scores).enter({ ...typed, unitId: unit.沿江区!, value: '80' });
  await expect(office(scores).enter({ ...typed, item: 'start', input: '开工率' })).rejects.toMatchObject(code('input'));
  const blame = {
    id,
    unitId: unit.沿江区!,
    item: 'blame',
    input: '通报',
    onDay: '2021-08-01',
    reason: '月报迟报',
    document: '通报第 8 期',
    approver: '市领导甲',
  };
  await other(scores).mark(blame);
  await expect(office(scores).mark({ ...blame, onDay: '2022-01-01' })).rejects.toMatchObject(code('on_day'));
  await expect(lake(scores).mark(blame)).rejects.toMatchObject({ status: 403 });
});

it('shows the points so far to those who see the city, spelled out, and to a unit nothing yet', async () => {
  const { head, units } = await office(scores).result({ id });
  expect(head).toBeNull();
  expect(units.map((u) => [u.name, said(u.total), u.rank])).toEqual([
    ['临湖县', '86', 1],
    ['沿江区', '57', 2],
    ['教育局', '0', 1],
  ]);
  expect(units[0]!.items.map((i) => i.basis!.zh)).toEqual([
    '开工率 75%；40 × 0.75 = 30 分',
    '新开工 3 个，2 个单位中排第 1 名，得 20 分',
    '满意度 90%（人工录入）；40 × 0.9 = 36 分',
    '没有计分事项，0 分',
  ]);
  expect(said(units[0]!.items[0]!.selfPoints!)).toBe('31');
  expect(units[2]!.items[0]!.basis!.zh).toBe('开工率：没有项目，计 0 分');
  expect((await lake(scores).result({ id })).units).toEqual([]);
  // What a month of dispatch takes from here says the same.
  const year = await city.system((scope) => scoreYear(scope, { year: 2021, day: '2021-09-26' }));
  expect(year.map((y) => [y.code, y.units[0]!.rank, said(y.units[0]!.total)])).toEqual([['counties', 1, '86']]);
});

it('freezes what was computed; a unit then sees its own row alone, without rank or a sum that tells of others', async () => {
  const { version, hash } = await office(scores).compute({ id });
  expect(version).toBe(1);
  expect(await office(scores).replay({ id })).toEqual({ version: 1, hash, again: hash, isEqual: true });
  const mine = await lake(scores).result({ id });
  expect(mine.units.map((u) => [u.name, u.rank])).toEqual([['临湖县', null]]);
  expect(mine.units[0]!.items[1]!.basis).toBeNull();
  expect(mine.units[0]!.items[0]!.basis).not.toBeNull();
  expect(JSON.stringify(mine)).not.toContain('沿江区');
  await expect(lake(scores).object({ id, unitId: unit.临湖县!, reason: '尚未公示就异议' })).rejects.toMatchObject(
    code('not_in_publicity'),
  );
});

it('tells who would move if a weight were another, and saves nothing', async () => {
  const heavy = { ...body, items: body.items.map((i) => (i.code === 'blame' ? { ...i, side: 'score' as const } : i)) };
  expect((await office(scores).whatIf({ id, body: heavy })).moves.every((m) => m.change.n === '0')).toBe(true);
  const flipped = {
    ...body,
    items: body.items.map((i) =>
      i.code === 'number' && i.method.kind === 'rank'
        ? { ...i, method: { ...i.method, best: 'lowest' as const, places: [{ to: 1, points: '60' }] } }
        : i,
    ),
  };
  const { moves } = await office(scores).whatIf({ id, body: flipped });
  expect(moves.slice(0, 2).map((m) => [m.name, m.before.rank, m.after.rank, said(m.change)])).toEqual([
    ['临湖县', 1, 2, '-20'],
    ['沿江区', 2, 1, '50'],
  ]);
  const bad = { ...body, items: [{ ...body.items[0]!, method: { kind: 'ratio' as const, of: '没有' } }] };
  expect((await office(scores).whatIf({ id, body: bad })).faults).toHaveLength(1);
  expect((await office(scores).scheme({ id })).version).toBe(2);
  await expect(lake(scores).whatIf({ id, body })).rejects.toMatchObject({ status: 403 });
});

it('is shown for workdays: every participant sees its group, and nobody of another group or no group', async () => {
  // 26 September 2021 was worked; the holiday of October is not.
  const { publicityUntil } = await office(scores).publish({ id });
  expect(publicityUntil).toBe('2021-10-08');
  const seen = await river(scores).result({ id });
  expect(seen.units.map((u) => [u.name, u.rank, u.isOwn])).toEqual([
    ['临湖县', 1, false],
    ['沿江区', 2, true],
  ]);
  expect(seen.units[0]!.items[1]!.basis).not.toBeNull();
  await expect(stranger(scores).result({ id })).rejects.toMatchObject({ status: 404 });
  await expect(office(scores).save({ id, basedOn: 2, body, reason: '公示中改规则' })).rejects.toMatchObject(
    code('not_now'),
  );
});

it('takes objections of units, decided by somebody who did not score, and corrects in a new version with a note', async () => {
  const about = { id, unitId: unit.沿江区!, item: 'blame', reason: '通报对象有误，附更正函' };
  const { id: fileId } = await river.upload('更正函.txt', new TextEncoder().encode('更正'));
  const { id: objectionId } = await river(scores).object({ ...about, fileId });
  await expect(river(scores).object(about)).rejects.toMatchObject(code('objected_already'));
  await expect(lake(scores).object(about)).rejects.toMatchObject({ status: 404 });
  const seenByOther = await lake(scores).objections({ id });
  expect(seenByOther).toMatchObject([{ unitName: '沿江区', fileName: null, canDecide: false }]);
  const decision = { id: objectionId, result: 'changed' as const, decision: '经核，撤销该次通报扣分' };
  await expect(office(scores).decide(decision)).rejects.toMatchObject(code('must_recuse'));
  await expect(other(scores).decide(decision)).rejects.toMatchObject(code('must_recuse'));
  await expect(river(scores).decide(decision)).rejects.toMatchObject({ status: 403 });
  await inspector(scores).decide(decision);
  await expect(inspector(scores).decide(decision)).rejects.toMatchObject(code('decided_already'));

  city.host.clock = clockOf('2021-10-11');
  await expect(office(scores).finish({ id })).rejects.toMatchObject(code('correction_due'));
  const { marks } = await office(scores).figures({ id });
  await office(scores).strike({ id: marks[0]!.id, reason: '异议裁定撤销' });
  const { version, moves } = await office(scores).correct({ id, note: '按异议裁定撤销沿江区通报扣分' });
  expect(version).toBe(2);
  expect(moves.filter((m) => m.change.n !== '0').map((m) => [m.name, said(m.change)])).toEqual([['沿江区', '5']]);
  const [now, before] = [await river(scores).result({ id }), await river(scores).result({ id, version: 1 })];
  expect([said(now.units[1]!.total), said(before.units[1]!.total)]).toEqual(['62', '57']);
  expect(now.head).toMatchObject({ version: 2, note: '按异议裁定撤销沿江区通报扣分', day: '2021-09-26' });
});

it('becomes final after the last day, with every version working out to the same bytes for ever', async () => {
  await office(scores).finish({ id });
  for (const version of [1, 2]) expect((await lake(scores).replay({ id, version })).isEqual).toBe(true);
  await expect(
    office(scores).enter({ id, unitId: unit.临湖县!, item: 'service', input: '满意度', value: '99', note: '事后补录' }),
  ).rejects.toMatchObject(code('not_now'));
  const { steps, results } = await lake(scores).history({ id });
  expect(steps.map((s) => s.act)).toEqual([
    'finish',
    'correct',
    'publish',
    'compute',
    'openSelf',
    'revise',
    'enforce',
    'create',
  ]);
  expect(results.map((r) => r.version)).toEqual([2, 1]);
});

it('goes to Excel with sums that Excel adds up, and to Word and PDF', async () => {
  const bytes = new Uint8Array(await (await office(scores).workbook({ id })).arrayBuffer());
  const names = (await readWorkbook(bytes)).sheets.map((s) => s.name);
  expect(names).toEqual(['县区', '市直部门', '计算依据']);
  const { unzipSync, strFromU8 } = await import('fflate').catch(() => ({ unzipSync: null, strFromU8: null }));
  if (unzipSync && strFromU8) {
    const sheet = strFromU8(unzipSync(bytes)['xl/worksheets/sheet1.xml']!);
    expect(sheet).toMatch(/ROUND\(SUM\(D\d+,F\d+,H\d+,J\d+\),2\)/);
  }
  const pdf = new Uint8Array(await (await lake(scores).document({ id, format: 'pdf' })).arrayBuffer());
  expect(createHash('sha256').update(pdf).digest('hex')).toHaveLength(64);
  expect(new TextDecoder('latin1').decode(pdf.subarray(0, 5))).toBe('%PDF-');
});
