import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Scope } from '#core/server/scope.ts';
import { type Caller, type TestCity, testCity } from '#core/server/testing/test-city.ts';
import { insertAcceptedFilings } from '#modules/filings/server/public.ts';
import { ensureUnit } from '#modules/organization/server/public.ts';
import { projects } from '#modules/projects/contract.ts';
import { insertProjects, setPlans } from '#modules/projects/server/public.ts';
import { dispatch } from '../contract.ts';
import { listRateRows, listRateRowsOn } from './rate-store.ts';

const wan = (n: number) => n * 10_000;
const day = (text: string) => ({ day: text, precision: 'day' as const, text: null });
/** The same scope with the product's clock on an earlier day. */
const on = (scope: Scope, then: string): Scope =>
  Object.create(scope, { today: { value: then }, now: { value: new Date(`${then}T02:00:00Z`) } });

let city: TestCity;
let office: Caller;
let projectId: string;
let junshan: string;
const plan = (planYuan: number, curve: number[] | null = null) => ({
  projectId,
  year: 2021,
  planYuan,
  goal: null,
  curve,
});

/** A project of 云溪区 with 12,000 万元 planned in January and 6,000 done by June; today is 26 September. */
beforeAll(async () => {
  city = await testCity({ today: '2021-09-26' });
  office = city.as({ role: 'office', name: '刘敏' });
  await city.system(async (scope) => {
    const january = on(scope, '2021-01-10');
    const yunxi = (await ensureUnit(scope, { name: '云溪区', kind: 'county' })).id;
    junshan = (await ensureUnit(scope, { name: '君山区', kind: 'county' })).id;
    const [row] = await insertProjects(
      january,
      [
        {
          name: '泵站',
          stage: 'building',
          startActual: day('2020-05-01'),
          countyUnitId: yunxi,
          board: '基础设施',
          totalYuan: wan(50_000),
          enrolled: true,
        },
      ],
      { kind: 'created' },
    );
    projectId = row!.id;
    await setPlans(january, [plan(wan(12_000))]);
    await insertAcceptedFilings(scope, [
      {
        projectId,
        period: '2021-06',
        monthYuan: wan(6_000),
        cumulativeYuan: wan(6_000),
        submittedAt: new Date('2021-06-24T02:00:00Z'),
        submittedByName: '赵琳',
        acceptedAt: new Date('2021-06-25T02:00:00Z'),
        acceptedByName: '刘敏',
      },
    ]);
  });
  await city.settle();
});
afterAll(() => city?.close());

const june = () => office(dispatch).summary({ day: '2021-06-30' });
const lights = async (then: string) => (await office(dispatch).summary({ day: then })).total.lights;

test('a plan version added later does not change the summary of a past day, whatever day it is said to hold from', async () => {
  const rates = () => office(dispatch).rates({ day: '2021-06-30' });
  const [before, ratesBefore] = [await june(), await rates()];
  expect(before.total).toMatchObject({ planYuan: wan(12_000), doneYuan: wan(6_000), lights: { normal: 1 } });
  await city.system((scope) =>
    setPlans(scope, [{ ...plan(wan(30_000)), effectiveOn: '2021-06-01', reason: '调增（示例）' }]),
  );
  await city.settle();
  expect(await june()).toEqual(before);
  expect((await office(dispatch).explain({ projectId, day: '2021-06-30' })).planYuan).toBe(wan(12_000));
  expect((await office(dispatch).summary({})).total.planYuan).toBe(wan(30_000));
  expect(await rates()).toEqual(ratesBefore);
});

test('a version that was known and in force on the day counts from that day on', async () => {
  await city.system(async (scope) => {
    const may = on(scope, '2021-05-10');
    await setPlans(may, [{ ...plan(wan(20_000)), effectiveOn: '2021-07-01', reason: '七月起（示例）' }]);
  });
  expect((await june()).total.planYuan).toBe(wan(12_000));
  expect((await office(dispatch).summary({ day: '2021-07-01' })).total.planYuan).toBe(wan(20_000));
});

test('nor does what the register says since then: its county, its board', async () => {
  const before = await june();
  const row = await office(projects).get({ id: projectId });
  await office(projects).update({
    id: projectId,
    version: row.version,
    changes: { countyUnitId: junshan, board: '产业', totalYuan: wan(90_000) },
    reason: '区划调整（示例）',
  });
  await city.settle();
  const after = await june();
  expect(after).toEqual(before);
  expect(after.byCounty.map((g) => g.name)).toEqual(['云溪区']);
  expect((await office(dispatch).summary({})).byCounty.map((g) => g.name)).toEqual(['君山区']);
  expect(await lights('2021-06-30')).toMatchObject({ normal: 1 });
  // Who may see it is asked of today: its new county, no longer the old one.
  const county = city.as({ role: 'responsibleUnit', unitIds: [junshan] });
  expect((await county(dispatch).summary({ day: '2021-06-30' })).total.projects).toBe(1);
});

test('rows of several days read at once are those of each day alone, all with what was known at the one moment', async () => {
  const knownAt = new Date('2021-07-10T02:00:00Z');
  const days = ['2021-07-05', '2021-06-30', '2021-05-31', '2020-06-30'];
  await city.system(async (scope) => {
    const together = await listRateRowsOn(scope, days, { knownAt });
    for (const [i, day] of days.entries())
      expect(together[i], day).toEqual(await listRateRows(scope, day, 'dispatch.read', 'both', knownAt));
    // Money, plan and register each as of its day, known in July: 30,000 was planned later, another county came later.
    const row = together.map(([first]) => first!);
    expect(row.map((r) => [r.planYuan.adjusted, r.doneYuan])).toEqual([
      [wan(20_000), wan(6_000)],
      [wan(12_000), wan(6_000)],
      [wan(12_000), null],
      [null, null],
    ]);
    expect(row[0]!.planKind).toEqual(row[3]!.planKind);
    const later = await listRateRows(scope, '2021-06-30', 'dispatch.read', 'both', new Date('2021-06-01T02:00:00Z'));
    expect(later[0]!.doneYuan).toBeNull();
  });
});
