import { afterAll, beforeAll, expect, test } from 'vitest';
import { type TestCity, testCity } from '#core/server/testing/test-city.ts';
import { newId } from '#core/shared/id.ts';
import { ensureUnit } from '#modules/organization/server/public.ts';
import { emptyBody, itemOf } from '../draft.ts';
import { SchemeBody } from '../scheme.ts';
import { gatherInputs } from './gather.ts';

let city: TestCity;
beforeAll(async () => {
  city = await testCity({ today: '2021-09-26' });
});
afterAll(() => city.close());

test('a scheme may count the challenges that a unit took; one that took none has a figure of none, not a missing one', async () => {
  const figures = await city.system(async (scope) => {
    const { id: unitId } = await ensureUnit(scope, { name: '临湖县', kind: 'county' });
    const body = SchemeBody.parse({
      ...emptyBody,
      groups: [{ code: 'counties', name: { zh: '县区', en: 'Counties' }, units: [{ unitId, boundTo: null }] }],
      items: [
        itemOf(
          'challenge',
          ['揭榜挂帅', 'Challenges'],
          '10',
          { kind: 'formula', of: '合格 × 5 − 不合格 × 2' },
          [
            { name: '合格', source: { kind: 'challenges', end: 'passed' }, show: 'number', decimals: 0, unit: '个' },
            { name: '不合格', source: { kind: 'challenges', end: 'failed' }, show: 'number', decimals: 0, unit: '个' },
          ],
          { cap: '10' },
        ),
      ],
    });
    const scheme = { id: newId(), code: 'counties', year: 2021, version: 1 };
    return (await gatherInputs(scope, scheme, body, '2021-08-31')).figures;
  });
  expect(figures.map((f) => [f.name, f.value])).toEqual([
    ['合格', { n: '0', d: '1' }],
    ['不合格', { n: '0', d: '1' }],
  ]);
});
