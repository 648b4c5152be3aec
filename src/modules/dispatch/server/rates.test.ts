import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Caller, type TestCity, testCity } from '#core/server/testing/test-city.ts';
import { ensureUnit } from '#modules/organization/server/public.ts';
import { projects } from '#modules/projects/contract.ts';
import { dispatch } from '../contract.ts';
import type { RateTable } from '../rate-shapes.ts';

const day = (text: string) => ({ day: text, precision: 'day' as const, text: null });
let city: TestCity;
let office: Caller;
let county: string;
let packageId: string;

/** Twelve planned starts, one of them a package of three items: 14 items. The clock is 26 September 2021. */
beforeAll(async () => {
  city = await testCity({ today: '2021-09-26' });
  office = city.as({ role: 'office' });
  county = (await city.system((scope) => ensureUnit(scope, { name: '云溪区', kind: 'county' }))).id;
  const plan = { year: 2021, planYuan: 120_000_000, goal: null };
  const make = (name: string, planned: string, actual: string | null, rest: object = {}) =>
    office(projects).create({
      name,
      planKind: 'new',
      stage: actual ? 'building' : 'preparation',
      startPlanned: day(planned),
      startActual: actual === null ? null : day(actual),
      countyUnitId: county,
      plan,
      ...rest,
    });
  for (let i = 0; i < 5; i++) await make(`按期${i}`, '2021-06-30', '2021-06-01');
  packageId = (await make('打捆', '2021-06-30', '2021-06-01')).id;
  for (let i = 0; i < 3; i++)
    await make(`子项${i}`, '2021-06-30', i < 2 ? '2021-06-01' : null, { parentId: packageId });
  for (let i = 0; i < 2; i++) await make(`应开未开${i}`, '2021-08-31', null);
  await make('提前', '2021-12-31', '2021-09-01');
  for (let i = 0; i < 3; i++) await make(`未到${i}`, '2021-12-31', null);
  await city.settle();
});
afterAll(() => city.close());

const tallyOf = (table: RateTable, code: string) => table.rates.find((rate) => rate.code === code)!.tallies;

test('four start rates stand side by side, packages counted both ways, and the identity holds', async () => {
  const table = await office(dispatch).rates({});
  expect(tallyOf(table, 'startOfYear').adjusted).toEqual({
    projects: { numerator: 7, denominator: 12 },
    items: { numerator: 8, denominator: 14 },
  });
  expect(tallyOf(table, 'startOfDue').adjusted.projects).toEqual({ numerator: 6, denominator: 8 });
  expect(table.identity.adjusted.projects).toMatchObject({ started: 7, due: 8, overdue: 2, early: 1, holds: true });
  expect(table.identity.adjusted.items).toMatchObject({ started: 8, due: 10, overdue: 3, early: 1, holds: true });
  expect(table.groups).toMatchObject([
    { key: county, name: '云溪区', tallies: { startOfYear: { numerator: 7, denominator: 12 } } },
  ]);
});

test('应开未开 and 提前开工 are named, with the days', async () => {
  const overdue = await office(dispatch).rateMembers({ list: 'overdue' });
  expect(overdue.map((m) => [m.name, m.startLateDays])).toEqual([
    ['应开未开0', 26],
    ['应开未开1', 26],
  ]);
  expect((await office(dispatch).rateMembers({ list: 'early' })).map((m) => m.name)).toEqual(['提前']);
  expect((await office(dispatch).rateMembers({ list: 'overdue', level: 'items' })).map((m) => m.name)).toContain(
    '子项2',
  );
  const missing = await office(dispatch).rateMembers({ code: 'startOfYear', list: 'missing' });
  expect(missing).toHaveLength(5);
});

test('a start moved to next quarter leaves the adjusted rate and stays in that of January', async () => {
  const [row] = await office(dispatch).rateMembers({ list: 'overdue' });
  const project = await office(projects).get({ id: row!.id });
  await office(projects).update({
    id: project.id,
    version: project.version,
    changes: { startPlanned: day('2021-12-31') },
    reason: '用地批复推迟',
  });
  const table = await office(dispatch).rates({});
  expect(table.identity.adjusted.projects).toMatchObject({ due: 7, overdue: 1, holds: true });
  expect(table.identity.original.projects).toMatchObject({ due: 8, overdue: 2, holds: true });
  expect((await office(dispatch).rateMembers({ list: 'overdue', basis: 'original' })).map((m) => m.name)).toContain(
    row!.name,
  );
});

test('a past day counts what had happened by then', async () => {
  const table = await office(dispatch).rates({ day: '2021-05-31' });
  expect(table.identity.adjusted.projects).toMatchObject({ started: 0, due: 0, early: 0, holds: true });
});

test('the list of names goes to Excel, and another county sees none of it', async () => {
  const file = await office(dispatch).exportRateMembers({ list: 'overdue' });
  expect((await file.arrayBuffer()).byteLength).toBeGreaterThan(2_000);
  const other = await city.system((scope) => ensureUnit(scope, { name: '君山区', kind: 'county' }));
  const stranger = city.as({ role: 'responsibleUnit', unitIds: [other.id] });
  expect((await stranger(dispatch).rates({})).identity.adjusted.projects).toMatchObject({ due: 0, started: 0 });
  expect(await stranger(dispatch).rateMembers({ list: 'overdue' })).toEqual([]);
});

test('who may see only items of a package has them counted, although the package is not his', async () => {
  const unit = await city.system(async (scope) => {
    const made = await ensureUnit(scope, { name: '子项业主', kind: 'department' });
    await sql`update projects.project set owner_unit_id = ${made.id} where parent_id = ${packageId}`.execute(scope.db);
    return made;
  });
  const owner = city.as({ role: 'filer', unitIds: [unit.id] });
  expect((await owner(dispatch).rates({})).identity.adjusted.projects).toMatchObject({
    started: 2,
    due: 3,
    overdue: 1,
  });
});
