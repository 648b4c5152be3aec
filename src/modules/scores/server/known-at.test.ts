import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type TestCity, testCity } from '#core/server/testing/test-city.ts';
import { newId } from '#core/shared/id.ts';
import { insertAcceptedFilings } from '#modules/filings/server/public.ts';
import { ensureUnit } from '#modules/organization/server/public.ts';
import { insertProjects, setPlans } from '#modules/projects/server/public.ts';
import { emptyBody, indicator, itemOf } from '../draft.ts';
import { unwire } from '../exact.ts';
import { SchemeBody } from '../scheme.ts';
import { insertPastScheme, scoreYear } from './public.ts';

let city: TestCity;
beforeAll(async () => {
  city = await testCity({ today: '2021-09-26' });
  await city.system(async (scope) => {
    const { id: countyUnitId } = await ensureUnit(scope, { name: '临湖县', kind: 'county' });
    const [row] = await insertProjects(scope, [{ name: '泵站', stage: 'building', countyUnitId }], { kind: 'created' });
    const projectId = row!.id;
    await setPlans(scope, [{ projectId, year: 2021, planYuan: 1_000_000, goal: null, curve: null }]);
    // August was accepted in September, after the month's end and before it was frozen.
    await insertAcceptedFilings(scope, [
      {
        projectId,
        period: '2021-08',
        monthYuan: 500_000,
        cumulativeYuan: 500_000,
        submittedAt: new Date('2021-09-03T02:00:00Z'),
        submittedByName: '示例',
        acceptedAt: new Date('2021-09-05T02:00:00Z'),
        acceptedByName: '示例',
      },
    ]);
    await insertPastScheme(scope, {
      year: 2021,
      code: 'known',
      body: SchemeBody.parse({
        ...emptyBody,
        name: { zh: '示例考核', en: 'Sample scheme' },
        groups: [
          {
            code: 'counties',
            name: { zh: '县区', en: 'Counties' },
            units: [{ unitId: countyUnitId, boundTo: null }],
          },
        ],
        items: [
          itemOf('plan', ['年度计划', 'Plan'], '100', { kind: 'formula', of: '完成率 × 100' }, [
            indicator('完成率', 'invest'),
          ]),
        ],
      }),
      reason: '示例',
      document: '示例',
      on: '2021-01-05',
      byName: '示例',
      selfUntil: '2021-12-20',
      figures: [],
      marks: [],
      selves: [],
      objections: [],
    });
  });
});
afterAll(() => city.close());

test('points of a month count what was accepted by the freeze, as its indicators do, and not only by the end of its last day', async () => {
  const points = (knownAt?: Date) =>
    city.system(async (scope) => {
      const [scheme] = await scoreYear(scope, { year: 2021, day: '2021-08-31', knownAt });
      return Number(unwire(scheme!.units[0]!.total).n);
    });
  expect(await points()).toBe(0);
  expect(await points(new Date('2021-09-25T16:00:00Z'))).toBe(50);
});

test('as of a moment there are the schemes that stood then, and the entries that had been made', async () => {
  const year = (asOf: Date) => city.system((scope) => scoreYear(scope, { year: 2021, day: '2021-08-31', asOf }));
  expect(await year(new Date('2020-12-31T00:00:00Z'))).toEqual([]);
  expect(await year(new Date('2021-01-06T00:00:00Z'))).toEqual([]);
  const later = new Date('2021-09-27T00:00:00Z');
  const [before] = await year(later);
  await city.system((scope) =>
    sql`insert into scores.self_score (city_id, id, scheme_id, unit_id, item, points, note, actor_id, actor_name, at)
      select city_id, ${newId()}, id, ${before!.units[0]!.unitId}, 'plan', '80', '示例', 'a', '示例', '2021-10-01'
      from scores.scheme where city_id = ${scope.cityId}`.execute(scope.db),
  );
  expect(await year(later)).toEqual([before]);
  const [after] = await year(new Date('2021-10-02T00:00:00Z'));
  expect(after!.units[0]!.items[0]!.selfPoints).not.toBeNull();
});
