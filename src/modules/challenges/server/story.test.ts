// Long because each requirement on challenges is told as a story from publication to reward or exit.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { clockOf } from '#core/server/clock.ts';
import { type TestCity, testCity } from '#core/server/testing/test-city.ts';
import { ledger } from '#modules/ledger/contract.ts';
import { challenges } from '../contract.ts';
import { challengeResults, challengesAt } from './public.ts';
import { bidOf, challengeScene, draftOne, publishOne, type Scene, wholeTerms } from './testing/scene.ts';

let city: TestCity;
let scene: Scene;
beforeAll(async () => {
  city = await testCity();
  scene = await challengeScene(city);
}, 120_000);
afterAll(() => city?.close());
const on = (day: string) => {
  city.host.clock = clockOf(day);
};
const api = (who: keyof Scene['callers']) => scene.callers[who](challenges);
const view = (id: string, who: keyof Scene['callers'] = 'publisher') => api(who).challenge({ id });
const version = async (id: string) => (await view(id)).version;

/** Published, taken, out of publicity and signed by both. */
async function signOne(more: Parameters<typeof draftOne>[1] = {}) {
  on('2021-09-26');
  const made = await publishOne(scene, more);
  const { id: bidId } = await api('taker').bid(bidOf(scene, made.id));
  on('2021-10-01');
  const bids = [{ bidId, score: '92.5', isChosen: true, reason: '承诺高于目标' }];
  await api('publisher').select({
    id: made.id,
    version: await version(made.id),
    method: '比选',
    panel: '评选组',
    on: '2021-10-01',
    bids,
  });
  on('2021-10-08');
  await api('publisher').award({ id: made.id, version: await version(made.id) });
  await sign(made.id, {});
  return { ...made, bidId };
}
async function sign(id: string, more: { reason?: string }) {
  const milestones = [{ title: '开通首条航线', dueOn: '2021-11-15', evidence: '开航公告' }];
  const { seq } = await api('publisher').draftPledge({ id, version: await version(id), milestones, ...more });
  await api('taker').sign({ id, version: await version(id), seq, side: 'taker' });
  await api('publisher').sign({ id, version: await version(id), seq, side: 'publisher' });
}
/** The taker reports, the bureau accepts, the milestone is reached, verification is asked for. */
async function reportAndClaim(id: string, value: string, isAccepted = true) {
  const { id: valueId } = await api('taker').report({ id, asOf: '2021-10-08', value, note: '月报' });
  if (isAccepted)
    await api('verifier').judgeValue({ id, valueId, result: 'accepted', document: '港口统计月报第 9 期' });
  await api('taker').reachMilestone({ id, position: 0, on: '2021-10-08', note: '已开航' });
  await api('taker').claim({ id, version: await version(id), text: '申请验收' });
}
const verify = async (id: string, result: 'pass' | 'fail' | 'return', who: keyof Scene['callers'] = 'verifier') =>
  api(who).verify({ id, version: (await view(id)).version, result, method: '查阅报表', text: '核对统计报表' });
const decide = async (id: string, move: 'reward' | 'exit' | 'excuse', text = '经区党工委会议研究决定') =>
  api('leader').decide({
    id,
    version: await version(id),
    move,
    on: '2021-10-08',
    text,
    legalBasis: '区党工委会议纪要〔2021〕9号',
  });

describe('REQ-B1: what is published is whole', () => {
  test('a list without baseline, target, due date, caliber or verifier is refused, and everything missing is named', async () => {
    on('2021-09-26');
    const { id } = await draftOne(scene, {
      terms: { target: null, dueOn: null, metric: { ...wholeTerms.metric, caliber: '', unit: '' }, reward: null },
    });
    const found = await view(id);
    await api('publisher').save({
      id,
      version: found.version,
      batchId: found.batchId,
      ownerUnitId: scene.units.zone,
      verifierUnitId: null,
      terms: found.terms,
      supports: [],
    });
    const refused = api('publisher').publish({ id, version: await version(id) });
    await expect(refused).rejects.toMatchObject({ code: 'missing' });
    const said = await refused.catch((error: { words: { zh: string } }) => error.words.zh);
    for (const word of ['计量单位', '统计口径', '基线（数值及快照编号）', '目标值', '完成时限', '核验单位'])
      expect(said).toContain(word);
    expect((await view(id)).moves.find((one) => one.move === 'publish')!.missing).toHaveLength(6);
  });
  test('a baseline has a snapshot id and a hash, and what was published does not change any more', async () => {
    const { id, batchId } = await publishOne(scene);
    const { baselines, state } = await view(id);
    expect(state).toBe('published');
    expect(baselines).toMatchObject([{ n: '254', d: '5', document: '2020年统计年报' }]);
    expect(baselines[0]!.snapshotId).toMatch(/^[0-9a-f-]{36}$/);
    const changed = { batchId, ownerUnitId: scene.units.zone, verifierUnitId: scene.units.bureau, supports: [] };
    const edit = api('publisher').save({
      id,
      version: await version(id),
      ...changed,
      terms: { ...wholeTerms, target: '51' },
    });
    await expect(edit).rejects.toMatchObject({ code: 'not_now' });
  });
});

describe('REQ-B8: a reward for firms needs a fair-competition review', () => {
  test('without one, with one that forbids it, and with one of other terms the publication is refused', async () => {
    on('2021-09-26');
    const { id, batchId } = await draftOne(scene);
    const publish = async () => api('publisher').publish({ id, version: await version(id) });
    const review = async (conclusion: 'fair' | 'unfair') =>
      api('publisher').review({
        id,
        version: await version(id),
        conclusion,
        legalBasis: '公平竞争审查条例第九条',
        on: '2021-09-20',
        by: '区市场监管分局',
      });
    await api('publisher').setBaseline({
      id,
      version: await version(id),
      on: '2020-12-31',
      value: '50.8',
      document: '年报',
    });
    await expect(publish()).rejects.toThrow(/fair-competition review/);
    await review('unfair');
    await expect(publish()).rejects.toThrow(/forbids/);
    await review('fair');
    await api('publisher').save({
      id,
      version: await version(id),
      batchId,
      ownerUnitId: scene.units.zone,
      verifierUnitId: scene.units.bureau,
      terms: { ...wholeTerms, eligibility: '注册地在本区的企业' },
      supports: [],
    });
    await expect(publish()).rejects.toThrow(/changed after it/);
    await review('fair');
    await publish();
    expect((await view(id)).review).toMatchObject({ conclusion: 'fair', on: '2021-09-20', isOfTheseTerms: true });
  });
  test('a challenge for units alone needs none', async () => {
    const { id } = await draftOne(scene, { terms: { takerKinds: ['unit'] } });
    await api('publisher').setBaseline({
      id,
      version: await version(id),
      on: '2020-12-31',
      value: '50.8',
      document: '年报',
    });
    await api('publisher').publish({ id, version: await version(id) });
    expect((await view(id)).state).toBe('published');
  });
});

describe('REQ-B2: one award for each taker in a batch that says so', () => {
  test('somebody with an open award is refused a second one, and the one he holds is named', async () => {
    const first = await signOne();
    on('2021-09-26');
    const second = await publishOne(scene, { batchId: first.batchId, terms: { title: '产能增量' } });
    await expect(api('taker').bid(bidOf(scene, second.id))).rejects.toMatchObject({ code: 'has_award' });
    // The same person under another unit is the same taker.
    const lent = { ...bidOf(scene, second.id, 'rival'), takers: bidOf(scene, second.id).takers };
    await expect(api('rival').bid(lent)).rejects.toThrow(/holds 榜〔2021〕/);
    expect(await api('rival').bid(bidOf(scene, second.id, 'rival'))).toHaveProperty('id');
  });
  test('a bid made before the award is refused at the selection', async () => {
    on('2021-09-26');
    const one = await publishOne(scene);
    const two = await publishOne(scene, { batchId: one.batchId, terms: { title: '跨境电商' } });
    const bids = [await api('taker').bid(bidOf(scene, one.id)), await api('taker').bid(bidOf(scene, two.id))];
    on('2021-10-01');
    const select = async (id: string, bidId: string) =>
      api('publisher').select({
        id,
        version: await version(id),
        method: '比选',
        panel: '评选组',
        on: '2021-10-01',
        bids: [{ bidId, score: null, isChosen: true, reason: '唯一申请' }],
      });
    await select(one.id, bids[0]!.id);
    await expect(select(two.id, bids[1]!.id)).rejects.toMatchObject({ code: 'has_award' });
  });
  test('a batch without that rule lets him', async () => {
    const first = await signOne({ isSingleAward: false });
    on('2021-09-26');
    const second = await publishOne(scene, { batchId: first.batchId, terms: { title: '产能增量' } });
    expect(await api('taker').bid(bidOf(scene, second.id))).toHaveProperty('id');
  });
});

describe('REQ-B3: a typed number is self-reported and triggers nothing', () => {
  test('it is shown as 自报, does not pass, and passes once somebody else has accepted it', async () => {
    const { id } = await signOne();
    await reportAndClaim(id, '61.5', false);
    expect(await view(id)).toMatchObject({ valueBasis: 'selfReported', state: 'claimed' });
    await expect(verify(id, 'pass')).rejects.toThrow(/self-reported/);
    const [value] = (await view(id)).values;
    // Neither taker nor publisher accepts it.
    for (const who of ['taker', 'publisher'] as const)
      await expect(
        api(who).judgeValue({ id, valueId: value!.id, result: 'accepted', document: '月报' }),
      ).rejects.toMatchObject({ status: who === 'taker' ? 403 : 404 });
    await api('verifier').judgeValue({ id, valueId: value!.id, result: 'accepted', document: '统计月报' });
    expect(await view(id)).toMatchObject({ valueBasis: 'filing' });
    await verify(id, 'pass');
    expect((await view(id)).state).toBe('verified');
  });
  test('a number below the target does not pass either', async () => {
    const { id } = await signOne();
    await reportAndClaim(id, '59.99');
    await expect(verify(id, 'pass')).rejects.toThrow(/reaches the target/);
  });
});

describe('REQ-B4: promised support', () => {
  test('becomes a matter of the ledger with its own limit, and is late on the same card as the taker', async () => {
    const { id } = await signOne();
    const { supportItems } = await view(id);
    expect(supportItems).toMatchObject([
      { title: '增开两条直达航线', matter: { state: 'issued', dueOn: '2021-10-20' }, isLate: false },
    ]);
    const matter = await city.as({ role: 'office', name: '总办' })(ledger).matter({ id: supportItems[0]!.matter!.id });
    expect(matter).toMatchObject({ kind: 'commitment', leadUnitName: '口岸办', dueOriginal: '2021-10-20' });
    on('2021-11-20');
    const { cards } = await api('taker').list({ mine: 'true' });
    expect(cards.find((card) => card.id === id)).toMatchObject({ lateSupport: 1, isLagging: true });
  });
});

describe('REQ-B5: a baseline restated after the signing', () => {
  test('stands beside the signed one, changes nothing by itself, and asks for an adjustment', async () => {
    const { id } = await signOne();
    const { id: valueId } = await api('taker').report({ id, asOf: '2021-10-08', value: '60', note: '' });
    await api('verifier').judgeValue({ id, valueId, result: 'accepted', document: '月报' });
    const before = await view(id);
    const restate = { id, on: '2020-12-31', value: '51.2', document: '第七次普查修订', reason: '统计部门修订' };
    await api('publisher').setBaseline({ ...restate, version: before.version });
    const after = await view(id);
    expect(after).toMatchObject({ baseline: { n: '254', d: '5' }, progress: before.progress, needsAdjustment: true });
    expect(after.baselines.map((one) => one.n)).toEqual(['254', '256']);
    await api('taker').reachMilestone({ id, position: 0, on: '2021-10-08', note: '已开航' });
    await api('taker').claim({ id, version: await version(id), text: '申请验收' });
    await expect(verify(id, 'pass')).rejects.toThrow(/signed adjustment/);
    await verify(id, 'return');
    await sign(id, { reason: '统计部门修订基线' });
    expect(await view(id)).toMatchObject({ baseline: { n: '256', d: '5' }, needsAdjustment: false });
    expect((await view(id)).pledges.map((one) => [one.seq, one.isInForce])).toEqual([
      [1, false],
      [2, true],
    ]);
  });
});

describe('REQ-B6: the reward comes out of frozen values, to the cent', () => {
  test('it is the formula over them, and again the same after the baseline moved', async () => {
    const { id } = await signOne();
    await reportAndClaim(id, '61.5');
    await verify(id, 'pass');
    // 300000 + (61.5 − 50.8) × 33333.337 = 656666.7059 yuan.
    expect(await view(id)).toMatchObject({ reward: { cents: 65_666_671, again: 65_666_671, isPaid: false } });
    const restate = { id, version: await version(id), on: '2020-12-31', value: '40', document: '修订', reason: '修订' };
    await expect(api('publisher').setBaseline(restate)).rejects.toMatchObject({ code: 'not_now' });
    await decide(id, 'reward');
    expect(await view(id)).toMatchObject({ state: 'rewarded', reward: { cents: 65_666_671, isPaid: true } });
  });
  test('nobody is rewarded before the verification, nor twice', async () => {
    const { id } = await signOne();
    await expect(decide(id, 'reward')).rejects.toMatchObject({ code: 'not_now' });
  });
});

describe('REQ-B7: exits and honest failures are decisions', () => {
  test('without a reason they are refused; with one they stand in the course, and nothing is deleted', async () => {
    const { id } = await signOne();
    await expect(decide(id, 'exit', '')).rejects.toMatchObject({ status: 400 });
    await decide(id, 'exit', '企业搬迁，双方协商退出');
    const found = await view(id);
    expect(found).toMatchObject({ state: 'exited', moves: [] });
    expect(found.rulings.at(-1)).toMatchObject({
      kind: 'exit',
      text: '企业搬迁，双方协商退出',
      basis: '区党工委会议纪要〔2021〕9号',
    });
  });
  test('who failed honestly is excused by a decision, after the verifier has said that he failed', async () => {
    const { id } = await signOne();
    await reportAndClaim(id, '55');
    await verify(id, 'fail');
    await decide(id, 'excuse', '因长江洪水封航四十天，按容错条款免责');
    expect(await view(id)).toMatchObject({ state: 'excused', reward: null });
    const results = await city.system((scope) => challengeResults(scope, { from: '2021-01-01', to: '2021-12-31' }));
    expect(results.find((one) => one.unitId === scene.units.firm)).toMatchObject({ excused: 1 });
  });
  test('who published does not decide for himself', async () => {
    const { id } = await signOne();
    const exit = {
      id,
      version: await version(id),
      move: 'exit' as const,
      on: '2021-10-08',
      text: '双方协商退出',
      legalBasis: '协议',
    };
    await expect(api('taker').decide(exit)).rejects.toMatchObject({ status: 404 });
  });
});

describe('verification by somebody else', () => {
  test('neither publisher nor taker verifies, though they hold the permission', async () => {
    const { id } = await signOne();
    await reportAndClaim(id, '61.5');
    await expect(verify(id, 'pass', 'publisher')).rejects.toMatchObject({ status: 404 });
    await expect(verify(id, 'pass', 'taker')).rejects.toMatchObject({ status: 403 });
  });
  test('nobody signs for both sides', async () => {
    on('2021-09-26');
    const { id } = await publishOne(scene);
    const { id: bidId } = await api('taker').bid(bidOf(scene, id));
    on('2021-10-01');
    const bids = [{ bidId, score: null, isChosen: true, reason: '唯一申请' }];
    await api('publisher').select({
      id,
      version: await version(id),
      method: '比选',
      panel: '评选组',
      on: '2021-10-01',
      bids,
    });
    await expect(api('publisher').award({ id, version: await version(id) })).rejects.toThrow(/end of publicity/);
    on('2021-10-08');
    await api('publisher').award({ id, version: await version(id) });
    const milestones = [{ title: '开航', dueOn: '2021-11-15', evidence: '公告' }];
    await api('publisher').draftPledge({ id, version: await version(id), milestones });
    const asTaker = api('publisher').sign({ id, version: await version(id), seq: 1, side: 'taker' });
    await expect(asTaker).rejects.toMatchObject({ status: 404 });
  });
});

describe('who is no party', () => {
  test('sees no draft, no bid of others before the selection, no pledge, and of a published one its public fields only', async () => {
    on('2021-09-26');
    const draft = await draftOne(scene);
    await expect(view(draft.id, 'stranger')).rejects.toMatchObject({ status: 404 });
    await expect(view(draft.id, 'verifier')).rejects.toMatchObject({ status: 404 });
    const open = await publishOne(scene);
    await api('taker').bid(bidOf(scene, open.id));
    // Sealed: not even the publisher reads it yet, the rival never.
    expect(await view(open.id)).toMatchObject({ bidCount: 1, areBidsSealed: true, bids: [] });
    expect(await view(open.id, 'rival')).toMatchObject({ bidCount: null, bids: [] });
    expect((await view(open.id, 'taker')).bids).toHaveLength(1);
    const { id } = await signOne();
    const seen = await view(id, 'stranger');
    expect(seen).toMatchObject({
      relation: 'public',
      title: '箱量提升',
      takers: ['方某'],
      pledges: [],
      values: [],
      baselines: [],
      events: [],
      rulings: [],
      moves: [],
    });
    expect(seen.progress).toBeNull();
    await expect(api('stranger').pledgeFile({ id, seq: 1 })).rejects.toMatchObject({ status: 404 });
    await expect(api('rival').pledgeFile({ id, seq: 1 })).rejects.toMatchObject({ status: 404 });
    expect((await api('taker').pledgeFile({ id, seq: 1, format: 'docx' })).size).toBeGreaterThan(5_000);
  });
  test('sees nothing of a batch that is published to another part of the tree', async () => {
    on('2021-09-26');
    const { id } = await publishOne(scene, { audience: 'unit' });
    await expect(view(id, 'stranger')).rejects.toMatchObject({ status: 404 });
    const { cards } = await api('stranger').list({});
    expect(cards.some((card) => card.id === id)).toBe(false);
  });
});

describe('publicity', () => {
  test('an objection that is upheld leads back to the selection', async () => {
    on('2021-09-26');
    const { id } = await publishOne(scene);
    const one = await api('taker').bid(bidOf(scene, id));
    const two = await api('rival').bid(bidOf(scene, id, 'rival'));
    on('2021-10-01');
    const bids = [
      { bidId: one.id, score: '90', isChosen: true, reason: '得分最高' },
      { bidId: two.id, score: '80', isChosen: false, reason: '得分次之' },
    ];
    await api('publisher').select({
      id,
      version: await version(id),
      method: '打分',
      panel: '评选组',
      on: '2021-10-01',
      bids,
    });
    const { id: objectionId } = await api('stranger').object({ id, text: '中榜方去年有失信记录，请核查。' });
    on('2021-10-08');
    await expect(api('publisher').award({ id, version: await version(id) })).rejects.toThrow(
      /answers to the objections/,
    );
    await api('publisher').decideObjection({ id, objectionId, result: 'upheld', answer: '经查属实，重新评选' });
    expect(await view(id)).toMatchObject({
      state: 'published',
      takers: [],
      bids: [{ state: 'submitted' }, { state: 'submitted' }],
    });
  });
});

test('a month takes the standing of a day: state, value with its basis, late support', async () => {
  const { id } = await signOne();
  await reportAndClaim(id, '61.5', false);
  const standing = async (day: string) =>
    (await city.system((scope) => challengesAt(scope, day))).find((one) => one.id === id);
  expect(await standing('2021-09-25')).toBeUndefined();
  expect(await standing('2021-09-30')).toMatchObject({ state: 'published', takers: [], value: null });
  expect(await standing('2021-10-31')).toMatchObject({
    state: 'claimed',
    takers: ['方某'],
    baseline: '50.80',
    target: '60',
    value: '61.50',
    valueBasis: 'selfReported',
    lateSupport: 1,
  });
});

test('the list leaves as Excel, Word and PDF', async () => {
  for (const format of ['xlsx', 'docx', 'pdf'] as const)
    expect((await api('publisher').table({ format })).size).toBeGreaterThan(3_000);
});
