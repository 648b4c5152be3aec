import { clockOf } from '#core/server/clock.ts';
import type { Caller, TestCity } from '#core/server/testing/test-city.ts';
import { challenges } from '#modules/challenges/contract.ts';
import { type ChallengeTerms, noTerms } from '#modules/challenges/terms.ts';

/** Of the county: one challenge in each state in which something can be done to it. */
export interface ChallengeIds {
  batchId: string;
  draft: string;
  /** Open, with a bid of the county's firm; and open without one. */
  bidden: string;
  bidId: string;
  fresh: string;
  /** Closed, waiting for the selection. */
  closed: string;
  closedBidId: string;
  publicity: string;
  objectionId: string;
  toAward: string;
  /** With a pledge that nobody has signed. */
  awarded: string;
  signed: string;
  valueId: string;
  valueFileId: string;
  /** Everything is there, verification not asked for. */
  toClaim: string;
  claimed: string;
  verified: string;
  terms: ChallengeTerms;
  version: Record<string, number>;
}

interface Place {
  countyId: string;
  firmId: string;
  verifierId: string;
}

/** Challenges of one county, published to its own part of the tree only, in the order of days that they need. */
export async function layOutChallenges(city: TestCity, secret: string, place: Place): Promise<ChallengeIds> {
  const { countyId, firmId, verifierId } = place;
  const as = (role: 'office' | 'filer' | 'responsibleUnit', unitId: string): Caller =>
    city.as({ role, name: secret, unitIds: [unitId] });
  const [publisher, taker, verifier] = [as('office', countyId), as('filer', firmId), as('responsibleUnit', verifierId)];
  const api = publisher(challenges);
  const now = async (id: string) => (await api.challenge({ id })).version;
  const today = city.host.clock;
  const terms = (closeOn: string, label: string): ChallengeTerms => ({
    ...noTerms,
    title: `${secret}${label}榜`,
    problem: secret,
    metric: { ...noTerms.metric, name: `${secret}箱量`, unit: '万标箱', caliber: secret },
    target: '60',
    openOn: '2021-09-01',
    closeOn,
    dueOn: '2021-12-31',
    eligibility: secret,
    reward: { formula: '增量 × 1000', capYuan: null, payer: secret, words: secret },
    penalty: secret,
    change: secret,
    tolerance: secret,
  });
  city.host.clock = clockOf('2021-09-05');
  const { id: batchId } = await api.saveBatch({
    title: `${secret}批次`,
    year: 2021,
    publisherUnitId: countyId,
    isSingleAward: false,
    audience: 'unit',
    publicityDays: 5,
    rules: secret,
    source: secret,
  });
  const draft = async (label: string, closeOn: string) =>
    (
      await api.save({
        batchId,
        ownerUnitId: countyId,
        verifierUnitId: verifierId,
        terms: terms(closeOn, label),
        supports: [{ title: `${secret}支持`, unitId: countyId, dueOn: '2021-11-30' }],
      })
    ).id;
  const publish = async (label: string, closeOn = '2021-09-10') => {
    const id = await draft(label, closeOn);
    await api.setBaseline({ id, version: await now(id), on: '2020-12-31', value: '50', document: secret });
    const review = { conclusion: 'fair' as const, legalBasis: secret, on: '2021-09-01', by: secret };
    await api.review({ id, version: await now(id), ...review });
    await api.publish({ id, version: await now(id) });
    return id;
  };
  const bid = async (id: string) =>
    (
      await taker(challenges).bid({
        id,
        leadUnitId: firmId,
        takers: [{ kind: 'person', name: `${secret}揭榜人` }],
        promise: secret,
        plan: secret,
        contact: secret,
      })
    ).id;
  const select = async (id: string, bidId: string) =>
    api.select({
      id,
      version: await now(id),
      method: secret,
      panel: secret,
      on: '2021-09-12',
      bids: [{ bidId, score: '90', isChosen: true, reason: secret }],
    });
  const draftId = await draft('拟', '2021-09-10');
  const bidden = await publish('已揭', '2021-10-31');
  const fresh = await publish('待揭', '2021-10-31');
  const bidId = await bid(bidden);
  const closed = await publish('截止');
  const closedBidId = await bid(closed);
  const publicity = await publish('公示');
  const publicityBid = await bid(publicity);
  const later: string[] = [];
  for (const label of ['待定榜', '待签', '攻坚', '待申请', '待验收', '通过']) later.push(await publish(label));
  const bids = new Map<string, string>();
  for (const id of later) bids.set(id, await bid(id));
  city.host.clock = clockOf('2021-09-12');
  for (const id of later) await select(id, bids.get(id)!);
  city.host.clock = clockOf('2021-09-24');
  await select(publicity, publicityBid);
  const [toAward, awarded, signed, toClaim, claimed, verified] = later as [
    string,
    string,
    string,
    string,
    string,
    string,
  ];
  for (const id of later.slice(1)) await api.award({ id, version: await now(id) });
  const milestones = [{ title: `${secret}节点`, dueOn: '2021-11-15', evidence: secret }];
  for (const id of later.slice(1)) await api.draftPledge({ id, version: await now(id), milestones });
  city.host.clock = today;
  const { id: objectionId } = await taker(challenges).object({
    id: publicity,
    text: `${secret}对公示结果有不同意见。`,
  });
  for (const id of [signed, toClaim, claimed, verified]) {
    await taker(challenges).sign({ id, version: await now(id), seq: 1, side: 'taker' });
    await api.sign({ id, version: await now(id), seq: 1, side: 'publisher' });
  }
  const proof = await taker.upload(`${secret}月报.txt`, new TextEncoder().encode(`${secret}箱量月报`));
  const report = async (id: string) =>
    (await taker(challenges).report({ id, asOf: '2021-09-26', value: '62', note: secret, fileId: proof.id })).id;
  const valueId = await report(signed);
  for (const id of [toClaim, claimed, verified]) {
    const accepted = await report(id);
    await verifier(challenges).judgeValue({ id, valueId: accepted, result: 'accepted', document: secret });
    await taker(challenges).reachMilestone({ id, position: 0, on: '2021-09-26', note: secret });
    if (id !== toClaim) await taker(challenges).claim({ id, version: await now(id), text: secret });
  }
  const pass = { result: 'pass' as const, method: secret, text: secret };
  await verifier(challenges).verify({ id: verified, version: await now(verified), ...pass });
  const ids = {
    draft: draftId,
    bidden,
    fresh,
    closed,
    publicity,
    toAward,
    awarded,
    signed,
    toClaim,
    claimed,
    verified,
  };
  const version: Record<string, number> = {};
  for (const [name, id] of Object.entries(ids)) version[name] = await now(id);
  return {
    batchId,
    ...ids,
    bidId,
    closedBidId,
    objectionId,
    valueId,
    valueFileId: proof.id,
    terms: terms('2021-10-31', '拟'),
    version,
  };
}

/** The county's own values for the endpoints of challenges. */
export function ownChallenges(c: ChallengeIds, place: Place, fileId: string): Record<string, Record<string, unknown>> {
  const at = (name: keyof ChallengeIds & string) => ({ id: c[name], version: c.version[name] });
  const milestones = [{ title: '测试', dueOn: '2021-11-15', evidence: '测试' }];
  const { batchId, terms } = c;
  const units = { ownerUnitId: place.countyId, verifierUnitId: place.verifierId };
  return {
    'challenges.challenge': { id: c.signed },
    'challenges.tryReward': { formula: '增量 × 10', baseline: '1', target: '3', value: '2' },
    'challenges.saveBatch': { title: '测试', year: 2021, publisherUnitId: place.countyId },
    'challenges.save': {
      ...at('draft'),
      batchId,
      ...units,
      terms,
      supports: [{ title: '测试', unitId: place.countyId, dueOn: '2021-12-01' }],
    },
    'challenges.setBaseline': { ...at('draft'), on: '2020-12-31', value: '50', document: '测试', fileId },
    'challenges.review': {
      ...at('draft'),
      conclusion: 'fair',
      legalBasis: '测试',
      on: '2021-09-01',
      by: '测试',
      fileId,
    },
    'challenges.publish': at('draft'),
    'challenges.bid': {
      id: c.fresh,
      leadUnitId: place.firmId,
      takers: [{ kind: 'person', name: '测试' }],
      promise: '测试',
      plan: '测试',
      contact: '测试',
      fileId,
    },
    'challenges.withdrawBid': { id: c.bidden, bidId: c.bidId },
    'challenges.select': {
      ...at('closed'),
      method: '测试',
      panel: '测试',
      on: '2021-09-26',
      bids: [{ bidId: c.closedBidId, score: null, isChosen: true, reason: '测试' }],
      fileId,
    },
    'challenges.object': { id: c.publicity, text: '测试测试测试测试测试' },
    'challenges.decideObjection': {
      id: c.publicity,
      objectionId: c.objectionId,
      result: 'rejected',
      answer: '测试测试测试',
    },
    'challenges.award': at('toAward'),
    'challenges.draftPledge': { ...at('awarded'), milestones },
    'challenges.sign': { ...at('awarded'), seq: 1, side: 'publisher' },
    'challenges.pledgeFile': { id: c.signed, seq: 1, format: 'docx' },
    'challenges.file': { id: c.signed, fileId: c.valueFileId },
    'challenges.report': { id: c.signed, asOf: '2021-09-26', value: '61', fileId },
    'challenges.judgeValue': { id: c.signed, valueId: c.valueId, result: 'returned' },
    'challenges.refresh': { id: c.signed },
    'challenges.reachMilestone': { id: c.signed, position: 0, on: '2021-09-26', note: '测试', fileId },
    'challenges.claim': { ...at('toClaim'), text: '测试' },
    'challenges.verify': { ...at('claimed'), result: 'return', method: '测试', text: '测试', fileId },
    'challenges.decide': {
      ...at('verified'),
      move: 'reward',
      on: '2021-09-26',
      text: '测试测试测试',
      legalBasis: '测试',
      fileId,
    },
  };
}
