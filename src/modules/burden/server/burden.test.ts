import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Caller, type TestCity, testCity } from '#core/server/testing/test-city.ts';
import { filings } from '#modules/filings/contract.ts';
import { ensureUnit } from '#modules/organization/server/public.ts';
import { projects } from '#modules/projects/contract.ts';
import { burden } from '../contract.ts';

let city: TestCity;
let office: Caller;
let filer: Caller;
let other: Caller;
let a: string;
let b: string;

beforeAll(async () => {
  city = await testCity({ today: '2021-09-20' });
  office = city.as({ role: 'office' });
  [a, b] = (await city.system(async (scope) => [
    (await ensureUnit(scope, { name: '甲单位', kind: 'department' })).id,
    (await ensureUnit(scope, { name: '乙单位', kind: 'department' })).id,
  ])) as [string, string];
  filer = city.as({ role: 'filer', unitIds: [a] });
  other = city.as({ role: 'filer', unitIds: [b] });
  for (const [name, unitId] of [
    ['一', a],
    ['二', a],
    ['三', b],
  ] as const)
    await office(projects).create({
      name,
      ownerUnitId: unitId,
      stage: 'building',
      startActual: { day: '2021-01-10', precision: 'day', text: null },
      plan: { year: 2021, planYuan: 120_000_000, goal: null },
    });
  await office(filings).openCycle({ period: '2021-09' });
});
afterAll(() => city.close());

const request = {
  title: '夜间施工情况',
  purpose: '安排扬尘执法值班',
  issuer: '总指挥部办公室',
  dueOn: '2021-09-28',
};
const field = (name: string, keepReason: string | null = null) => ({ name, kind: 'text' as const, keepReason });

test('a month shows forms, fields and minutes asked of each unit, and by whom', async () => {
  const { units, total } = await office(burden).month({ month: '2021-09' });
  const [first, second] = units;
  expect([first!.unitName, first!.forms, second!.unitName, second!.forms]).toEqual(['甲单位', 2, '乙单位', 1]);
  expect(first!.fields).toBe(second!.fields * 2);
  expect(first!.minutes).toBeGreaterThan(second!.minutes);
  expect(first!.by[0]).toMatchObject({ forms: 2 });
  expect(first!.by[0]!.issuer).not.toBe('');
  expect(total).toMatchObject({ forms: 3, requests: 0, again: 0 });
  expect((await filer(burden).month({ month: '2021-09' })).units.map((u) => u.unitName)).toEqual(['甲单位']);
});

test('a request for what the platform holds is refused before it is sent, and goes out with a reason', async () => {
  const fields = [field('夜间施工时段'), field('本年累计完成投资（万元）')];
  await expect(office(burden).ask({ ...request, fields, unitIds: [a, b] })).rejects.toMatchObject({
    code: 'asked_already',
    field: 'fields',
  });
  expect((await office(burden).requests()).requests).toEqual([]);
  const sent = await office(burden).ask({
    ...request,
    fields: [fields[0]!, field('本年累计完成投资（万元）', '审计要求单位重新盖章确认')],
    unitIds: [a, b],
  });
  expect(sent.fields.map((f) => f.duplicateOf)).toEqual([null, 'cumulativeYuan']);
  const { units } = await office(burden).month({ month: '2021-09' });
  expect(units[0]).toMatchObject({ requests: 1, again: 1 });
  await expect(filer(burden).ask({ ...request, fields: [fields[0]!], unitIds: [b] })).rejects.toMatchObject({
    status: 403,
  });
});

test('a unit answers for itself, sees nobody else’s answer, and a later answer keeps the earlier', async () => {
  const [mine] = (await filer(burden).requests()).requests;
  expect(mine!.units).toEqual([{ id: a, name: '甲单位', answer: null, allowed: ['answer'] }]);
  await expect(
    filer(burden).answer({ id: mine!.id, unitId: a, contents: ['22 点至次日 6 点', ''] }),
  ).rejects.toMatchObject({
    code: 'fields_missing',
  });
  await expect(filer(burden).answer({ id: mine!.id, unitId: b, contents: ['无', '无'] })).rejects.toMatchObject({
    status: 404,
  });
  await filer(burden).answer({ id: mine!.id, unitId: a, contents: ['22 点至次日 6 点', '9000'] });
  const again = await filer(burden).answer({ id: mine!.id, unitId: a, contents: ['无夜间施工', '9000'] });
  expect(again.units[0]!.answer).toMatchObject({ seq: 2, contents: ['无夜间施工', '9000'] });
  expect((await other(burden).requests()).requests[0]!.units.map((u) => u.answer)).toEqual([null]);
  const all = (await office(burden).requests()).requests[0]!;
  expect(all.units.map((u) => u.answer?.contents[0] ?? null)).toEqual(['无夜间施工', null]);

  await office(burden).close({ id: mine!.id, note: '已汇总' });
  await expect(other(burden).answer({ id: mine!.id, unitId: b, contents: ['无', '无'] })).rejects.toMatchObject({
    code: 'request_closed',
  });
});
