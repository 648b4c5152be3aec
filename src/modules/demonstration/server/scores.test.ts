import { expect, test } from 'vitest';
import { testCity } from '#core/server/testing/test-city.ts';
import { insertCityOrganization, yueyangRegions } from '#modules/organization/server/public.ts';
import { scores } from '#modules/scores/contract.ts';
import { layOutScores } from './scores.ts';
import { ensureUnits, ever } from './staff.ts';

test('the demonstration has a scheme in publicity with a correction and objections, and one that is being self-assessed', async () => {
  const city = await testCity();
  await city.system(async (scope) => {
    const withCountyUnits = true;
    await insertCityOrganization(scope, {
      headquartersName: '总指挥部',
      validFrom: ever,
      regions: yueyangRegions,
      withCountyUnits,
    });
    await ensureUnits(scope);
    await layOutScores(scope);
  });
  const api = city.as({ role: 'leader' })(scores);
  const { schemes } = await api.list({ year: 2021 });
  expect(schemes.map((s) => [s.code, s.state, s.openObjections])).toEqual([
    ['counties', 'publicity', 1],
    ['posts', 'assessing', 0],
  ]);
  const id = schemes[0]!.id;
  const { head, units } = await api.result({ id });
  expect([head!.version, units.length]).toEqual([2, 9]);
  expect((await api.replay({ id })).isEqual).toBe(true);
  // Who objected is who is scored: a county finds its own objection.
  const scored = new Map(units.map(({ unitId, name }) => [unitId, name]));
  const objections = await api.objections({ id });
  expect(objections.map(({ unitId }) => scored.get(unitId)).sort()).toEqual(['云溪区', '君山区']);
  await city.close();
});
