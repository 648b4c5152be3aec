import { afterAll, beforeAll, expect, test } from 'vitest';
import { clockOf } from '#core/server/clock.ts';
import { type TestCity, testCity } from '#core/server/testing/test-city.ts';
import { type Browser, browser, goodPassword, newClerk } from '#modules/identity/server/testing/browser.ts';
import { notices } from '#modules/notices/contract.ts';
import { challenges } from '../contract.ts';
import { remindDue } from './tell.ts';
import { bidOf, challengeScene, publishOne, type Scene } from './testing/scene.ts';

let city: TestCity;
let scene: Scene;
let id: string;
const inboxes: Record<string, Browser> = {};
beforeAll(async () => {
  city = await testCity();
  scene = await challengeScene(city);
  for (const [at, role, unit] of [
    ['taker', 'filer', 'firm'],
    ['rival', 'filer', 'rival'],
    ['verifier', 'responsibleUnit', 'bureau'],
    ['stranger', 'responsibleUnit', 'other'],
  ] as const) {
    await newClerk(city, { name: at, username: at, unitId: scene.units[unit], grants: [{ role, reach: 'unit' }] });
    inboxes[at] = browser(city, `10.0.0.${Object.keys(inboxes).length + 2}`);
  }
  for (const [at, one] of Object.entries(inboxes)) await one.identity.signIn({ username: at, password: goodPassword });
}, 120_000);
afterAll(() => city?.close());

const on = (day: string) => {
  city.host.clock = clockOf(day);
};
const api = (who: keyof Scene['callers']) => scene.callers[who](challenges);
const version = async () => (await api('publisher').challenge({ id })).version;
/** What stands unread in an inbox, and then no more. */
const unread = async (who: string): Promise<{ title: string; link: string }[]> => {
  await city.settle();
  const { notices: found } = await inboxes[who]!.call(notices).inbox({ unread: 'true' });
  await inboxes[who]!.call(notices).read({});
  return found.map((one) => ({ title: one.title.zh, link: one.link }));
};

test('who was chosen and who was not hear of the selection, each in their own words; others hear nothing', async () => {
  on('2021-09-26');
  ({ id } = await publishOne(scene));
  const { id: bidId } = await api('taker').bid(bidOf(scene, id));
  const { id: otherBid } = await api('rival').bid(bidOf(scene, id, 'rival'));
  on('2021-10-01');
  await api('publisher').select({
    id,
    version: await version(),
    method: '比选',
    panel: '评选组',
    on: '2021-10-01',
    bids: [
      { bidId, score: '92.5', isChosen: true, reason: '承诺高于目标' },
      { bidId: otherBid, score: '80', isChosen: false, reason: '航线未落实' },
    ],
  });
  const link = `/challenges/${id}`;
  expect(await unread('taker')).toEqual([{ title: '揭榜中选，公示至 2021-10-06', link }]);
  expect(await unread('rival')).toEqual([{ title: '揭榜未中选，公示至 2021-10-06，可提出异议', link }]);
  expect(await unread('verifier')).toEqual([]);
  expect(await unread('stranger')).toEqual([]);
});

test('takers are reminded 15 and 3 days before the limit of what they signed, once each', async () => {
  on('2021-10-08');
  await api('publisher').award({ id, version: await version() });
  const milestones = [{ title: '开通首条航线', dueOn: '2021-11-15', evidence: '开航公告' }];
  const { seq } = await api('publisher').draftPledge({ id, version: await version(), milestones });
  await api('taker').sign({ id, version: await version(), seq, side: 'taker' });
  await api('publisher').sign({ id, version: await version(), seq, side: 'publisher' });
  await unread('taker');
  for (const [day, told] of [
    ['2021-12-01', 0],
    ['2021-12-16', 1],
    ['2021-12-17', 0],
    ['2021-12-28', 1],
  ] as const) {
    on(day);
    await city.system(remindDue);
    await city.system(remindDue);
    const found = await unread('taker');
    expect(found).toHaveLength(told);
    if (told) expect(found[0]!.title).toBe('揭榜任务 2021-12-31 到期');
    expect(await unread('rival')).toEqual([]);
  }
});

test('the verifier is told that verification is asked for', async () => {
  const { id: valueId } = await api('taker').report({ id, asOf: '2021-12-28', value: '61', note: '月报' });
  await api('verifier').judgeValue({ id, valueId, result: 'accepted', document: '港口统计月报第 9 期' });
  await api('taker').reachMilestone({ id, position: 0, on: '2021-12-28', note: '已开航' });
  await api('taker').claim({ id, version: await version(), text: '申请验收' });
  expect(await unread('verifier')).toEqual([{ title: '申请验收，请核验', link: `/challenges/${id}` }]);
  expect(await unread('taker')).toEqual([]);
  expect(await unread('stranger')).toEqual([]);
});
