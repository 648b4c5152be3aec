import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { clockOf } from '#core/server/clock.ts';
import { type Caller, type TestCity, testCity } from '#core/server/testing/test-city.ts';
import { dispatch as dispatchContract } from '#modules/dispatch/contract.ts';
import { insertAcceptedFilings } from '#modules/filings/server/public.ts';
import { ensureUnit } from '#modules/organization/server/public.ts';
import { projects } from '#modules/projects/contract.ts';
import { insertProjects, setPlans } from '#modules/projects/server/public.ts';
import { forecasts } from '../contract.ts';
import { computeForecasts } from './public.ts';
import { readKnown } from './read.ts';

let city: TestCity;
let office: Caller;
let small: Caller;
const ids: string[] = [];
let unitId: string;
const day = (text: string) => ({ day: text, precision: 'day' as const, text: null });

/** Forty projects of two years; every fifth goes at half its pace. One belongs to a unit that has no other. */
beforeAll(async () => {
  city = await testCity({ today: '2021-09-26' });
  office = city.as({ role: 'office', name: '总办' });
  await city.system(async (scope) => {
    unitId = (await ensureUnit(scope, { name: '市水利局', kind: 'department' })).id;
    const rows = Array.from({ length: 40 }, (_, i) => ({
      name: `${i}号项目`,
      stage: 'building' as const,
      planKind: 'carried' as const,
      board: '产业',
      totalYuan: 30_000_000,
      startActual: day('2019-06-01'),
      finishPlanned: day('2021-12-31'),
      ...(i === 7 && { leadUnitId: unitId }),
    }));
    const made = await insertProjects(scope, rows, { kind: 'imported' });
    ids.push(...made.map((one) => one.id));
    for (const year of [2020, 2021])
      await setPlans(
        scope,
        ids.map((projectId) => ({ projectId, year, planYuan: 12_000_000, goal: null, curve: null })),
      );
    await insertAcceptedFilings(
      scope,
      ids.flatMap((projectId, i) =>
        [2020, 2021].flatMap((year) => {
          let sum = 0;
          return Array.from({ length: year === 2020 ? 12 : 8 }, (_, m) => {
            const monthYuan = (i % 5 === 0 ? 500_000 : 1_000_000) + ((i * 7 + m * 13) % 11) * 20_000;
            sum += monthYuan;
            const at = `${year}-${String(m + 1).padStart(2, '0')}`;
            return {
              projectId,
              period: at,
              monthYuan,
              cumulativeYuan: sum,
              submittedAt: new Date(`${at}-24T02:00:00Z`),
              submittedByName: '填报员',
              acceptedAt: new Date(`${at}-26T02:00:00Z`),
              acceptedByName: '总办',
            };
          });
        }),
      ),
    );
  });
  await city.settle();
  small = city.as({ role: 'responsibleUnit', name: '水利局', unitIds: [unitId] });
});
afterAll(() => city.close());

const standings = () =>
  city.system(async (scope) => {
    const { rows } =
      await sql`select project_id, light, cause, explanation, gap_points, done_yuan from projects.pub_standing
      where city_id = ${scope.cityId} order by project_id`.execute(scope.db);
    return rows;
  });

test('lights are the same with and without forecasts, and dispatch does not know of them', async () => {
  const before = await standings();
  expect(before).toHaveLength(40);
  await city.system(computeForecasts);
  await city.settle();
  expect(await standings()).toEqual(before);
  const { total } = await office(dispatchContract).summary({});
  expect(Object.values(total.lights).reduce((a, b) => a + b, 0)).toBe(40);
  expect(dispatchContract.uses).not.toContain('forecasts');
  expect(projects.uses ?? []).not.toContain('forecasts');
});

test('the city has an interval to December, with past forecasts counted', async () => {
  const { city: found, told } = await office(forecasts).city({});
  expect(told?.day).toBe('2021-09-26');
  expect(found).toMatchObject({ origin: '2021-08', horizon: 4, projects: 40, planYuan: 480_000_000 });
  expect(found!.ahead.map((one) => one.period)).toEqual(['2021-09', '2021-10', '2021-11', '2021-12']);
  const end = found!.ahead.at(-1)!.spread!;
  expect(end.p10).toBeLessThanOrEqual(end.p50);
  expect(end.p50).toBeGreaterThan(400_000_000);
  expect(end.p90 - end.p10).toBeLessThan(48_000_000);
  const tests = found!.tests.projects.months;
  expect(tests.reduce((n, m) => n + m.tested, 0)).toBeGreaterThan(100);
  expect(tests.at(-1)).toMatchObject({ origin: '2021-04' });
});

test('a slow project misses its plan, and the list says by how much its interval does', async () => {
  const { counts, rows } = await office(forecasts).list({ which: 'short' });
  expect(counts.all).toBe(40);
  expect(rows.map((row) => row.projectId)).toContain(ids[5]);
  for (const row of rows) expect(row.money!.spread.p90).toBeLessThan(row.planYuan);
  const of = await office(forecasts).ofProject({ id: ids[5]! });
  expect(of.forecast?.money?.references).toMatchObject({ step: 0 });
  expect(of.tested).toBeGreaterThan(0);
  // Nothing was ever finished here: no day is claimed, and what its own pace says stands beside it.
  expect(of.forecast?.finish).toMatchObject({ planned: '2021-12-31', spread: null });
  expect(of.forecast?.finish?.atPace).not.toBeNull();
});

test('the same facts give the same figures', async () => {
  const before = await office(forecasts).list({ which: 'all', limit: 200 });
  const { city: first } = await office(forecasts).city({});
  await office(forecasts).compute({});
  await city.settle();
  expect(await office(forecasts).list({ which: 'all', limit: 200 })).toEqual(before);
  expect((await office(forecasts).city({})).city).toEqual(first);
});

test('a unit sees its own project, and of a single project no interval of the whole is made up', async () => {
  const { counts, rows } = await small(forecasts).list({ which: 'all' });
  expect(counts.all).toBe(1);
  expect(rows.map((row) => row.projectId)).toEqual([ids[7]]);
  await expect(small(forecasts).ofProject({ id: ids[8]! })).rejects.toMatchObject({ status: 404 });
  const { city: own, told } = await small(forecasts).city({});
  expect(told).toBeNull();
  expect(own).toMatchObject({ projects: 1, planYuan: 12_000_000 });
  await expect(small(forecasts).compute({})).rejects.toMatchObject({ status: 403 });
});

test('of a plan that was changed each past month keeps the one it had when it was closed', async () => {
  city.host.clock = clockOf('2021-11-20');
  await city.system((scope) =>
    setPlans(scope, [{ projectId: ids[3]!, year: 2021, planYuan: 24_000_000, goal: null, curve: null }]),
  );
  const { series } = await city.system((scope) => readKnown(scope, '2021-12-20', 'forecasts.read'));
  const yearOf = (id: string) => series.find((one) => one.id === id)!.years.find(({ year }) => year === 2021)!;
  const { planYuan, then } = yearOf(ids[3]!);
  expect(planYuan).toBe(24_000_000);
  // October was closed on 16 November, before the change; November on 16 December, after it.
  expect([9, 10, 11].map((month) => then![month]!.planYuan)).toEqual([12_000_000, 12_000_000, 24_000_000]);
  expect(then![10]!.curve[6]).toBe(6_000_000);
  expect(yearOf(ids[4]!).then).toBeUndefined();
});
