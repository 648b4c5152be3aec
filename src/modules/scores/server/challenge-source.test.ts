import { afterAll, beforeAll, expect, test } from 'vitest';
import { clockOf } from '#core/server/clock.ts';
import { type TestCity, testCity } from '#core/server/testing/test-city.ts';
import { newId } from '#core/shared/id.ts';
import { challenges } from '#modules/challenges/contract.ts';
import { bidOf, challengeScene, publishOne, type Scene } from '#modules/challenges/server/testing/scene.ts';
import { ensureUnit } from '#modules/organization/server/public.ts';
import { scores } from '../contract.ts';
import { emptyBody, itemOf } from '../draft.ts';
import { brief, unwire } from '../exact.ts';
import { SchemeBody } from '../scheme.ts';
import { gatherInputs } from './gather.ts';

let city: TestCity;
let scene: Scene;
beforeAll(async () => {
  city = await testCity({ today: '2021-09-26' });
  scene = await challengeScene(city);
});
afterAll(() => city.close());

/** Five points for each challenge passed, two off for each failed, ten at most. */
const counting = (unitIds: readonly string[]) =>
  SchemeBody.parse({
    ...emptyBody,
    name: { zh: '揭榜考核', en: 'Challenges of the year' },
    groups: [
      {
        code: 'counties',
        name: { zh: '县区', en: 'Counties' },
        units: unitIds.map((unitId) => ({ unitId, boundTo: null })),
      },
    ],
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
        { cap: '10', floor: null },
      ),
    ],
  });

test('a scheme may count the challenges that a unit took; one that took none has a figure of none, not a missing one', async () => {
  const figures = await city.system(async (scope) => {
    const { id: unitId } = await ensureUnit(scope, { name: '临湖县', kind: 'county' });
    const scheme = { id: newId(), code: 'counties', year: 2021, version: 1 };
    return (await gatherInputs(scope, scheme, counting([unitId]), '2021-08-31')).figures;
  });
  expect(figures.map((f) => [f.name, f.value])).toEqual([
    ['合格', { n: '0', d: '1' }],
    ['不合格', { n: '0', d: '1' }],
  ]);
});

/** From the publication to the verification by somebody else, all over HTTP. The firm ends at 62 of 60, the rival at 55. */
async function endOne(who: 'taker' | 'rival', value: string) {
  const api = (caller: keyof Scene['callers']) => scene.callers[caller](challenges);
  const on = (day: string) => {
    city.host.clock = clockOf(day);
  };
  const now = async (id: string) => (await api('publisher').challenge({ id })).version;
  on('2021-09-26');
  const { id } = await publishOne(scene, { terms: { title: `箱量提升（${who}）` } });
  const { id: bidId } = await api(who).bid(bidOf(scene, id, who));
  on('2021-10-01');
  const bids = [{ bidId, score: '92.5', isChosen: true, reason: '承诺高于目标' }];
  const choice = { id, method: '比选', panel: '评选组', on: '2021-10-01', bids };
  await api('publisher').select({ ...choice, version: await now(id) });
  on('2021-10-08');
  await api('publisher').award({ id, version: await now(id) });
  const milestones = [{ title: '开通首条航线', dueOn: '2021-11-15', evidence: '开航公告' }];
  const { seq } = await api('publisher').draftPledge({ id, version: await now(id), milestones });
  await api(who).sign({ id, version: await now(id), seq, side: 'taker' });
  await api('publisher').sign({ id, version: await now(id), seq, side: 'publisher' });
  const { id: valueId } = await api(who).report({ id, asOf: '2021-10-08', value, note: '月报' });
  await api('verifier').judgeValue({ id, valueId, result: 'accepted', document: '港口统计月报第 9 期' });
  await api(who).reachMilestone({ id, position: 0, on: '2021-10-08', note: '已开航' });
  await api(who).claim({ id, version: await now(id), text: '申请验收' });
  const result = Number(value) >= 60 ? 'pass' : 'fail';
  await api('verifier').verify({ id, version: await now(id), result, method: '查阅报表', text: '核对统计报表' });
  return (await api('publisher').challenge({ id })).state;
}

test('a challenge taken, signed and verified brings its taker points, a failed one takes them, and neither does before its day', async () => {
  expect(await endOne('taker', '62')).toBe('verified');
  expect(await endOne('rival', '55')).toBe('failed');
  const office = city.as({ role: 'office', name: '考核科' })(scores);
  const { firm, rival, other } = scene.units;
  const { id } = await office.create({
    year: 2021,
    code: 'takers',
    body: counting([firm, rival, other]),
    reason: '揭榜结果计入考核',
  });
  await office.enforce({ id, document: '岳项指〔2021〕8号' });
  const pointsOn = async (day: string) => {
    city.host.clock = clockOf(day);
    const { units } = await office.result({ id });
    return Object.fromEntries(units.map((unit) => [unit.unitId, brief(unwire(unit.total))]));
  };
  const countsOn = (day: string) =>
    city.system(async (scope) => {
      const scheme = { id, code: 'takers', year: 2021, version: 1 };
      const { figures } = await gatherInputs(scope, scheme, counting([firm, rival]), day);
      return figures.map(({ value }) => ('n' in value ? Number(value.n) : null));
    });
  expect(await countsOn('2021-10-07')).toEqual([0, 0, 0, 0]);
  expect(await countsOn('2021-10-08')).toEqual([1, 0, 0, 1]);
  expect(await pointsOn('2021-10-09')).toEqual({ [firm]: '5', [rival]: '-2', [other]: '0' });
  // Another year does not count it again.
  expect(await countsOn('2022-03-31')).toEqual([0, 0, 0, 0]);
});
