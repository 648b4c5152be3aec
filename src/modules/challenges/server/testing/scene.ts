import type { Caller, TestCity } from '#core/server/testing/test-city.ts';
import {
  ensureUnit,
  insertCityOrganization,
  insertPerson,
  yueyangRegions,
} from '#modules/organization/server/public.ts';
import { challenges } from '../../contract.ts';
import { type ChallengeTerms, noTerms } from '../../terms.ts';

/** A zone that publishes, a bureau that counts, a department that promises support, two firms, and somebody who has no part in it. */
export async function challengeScene(city: TestCity) {
  const units = await city.system(async (scope) => {
    await insertCityOrganization(scope, {
      headquartersName: '总指挥部',
      validFrom: '2020-01-01',
      regions: yueyangRegions,
    });
    const unit = async (name: string, kind: 'county' | 'department' | 'projectUnit') =>
      (await ensureUnit(scope, { name, kind, validFrom: '2020-01-01', reason: '测试' })).id;
    const made = {
      zone: await unit('新港区', 'county'),
      bureau: await unit('统计局', 'department'),
      helper: await unit('口岸办', 'department'),
      firm: await unit('港务公司', 'projectUnit'),
      rival: await unit('航运公司', 'projectUnit'),
      other: await unit('旁观单位', 'department'),
    };
    await insertPerson(scope, {
      name: '口岸主任',
      unitId: made.helper,
      title: '主任',
      leaderOrder: 1,
      validFrom: '2020-01-01',
    });
    return made;
  });
  const as = (role: 'office' | 'responsibleUnit' | 'filer', name: string, unitId: string): Caller =>
    city.as({ role, name, unitIds: [unitId] });
  const callers = {
    publisher: as('office', '发榜人', units.zone),
    taker: as('filer', '揭榜人', units.firm),
    rival: as('filer', '竞争人', units.rival),
    verifier: as('responsibleUnit', '核验人', units.bureau),
    stranger: as('responsibleUnit', '旁观人', units.other),
    leader: city.as({ role: 'leader', name: '总指挥' }),
  };
  return { units, callers };
}
export type Scene = Awaited<ReturnType<typeof challengeScene>>;

export const wholeTerms: ChallengeTerms = {
  ...noTerms,
  title: '箱量提升',
  problem: '提升集装箱吞吐量',
  metric: {
    name: '集装箱吞吐量',
    unit: '万标箱',
    decimals: 2,
    caliber: '全年进出口及内贸重箱，按海事部门统计',
    source: { kind: 'submission' },
  },
  target: '60',
  openOn: '2021-09-20',
  closeOn: '2021-09-30',
  dueOn: '2021-12-31',
  eligibility: '在本区经营的航运、港口企业',
  reward: {
    formula: '如果(实绩 >= 目标, 300000 + 增量 × 33333.337, 0)',
    capYuan: null,
    payer: '新港区财政',
    words: '达标奖励',
  },
  penalty: '未达标的两年内不得再揭榜',
  change: '双方书面同意',
  tolerance: '因洪水封航的免责',
};

/** Where a story starts: the office of the zone drafts, with baseline and review, and publishes. */
export async function draftOne(
  { callers, units }: Scene,
  more: { batchId?: string; terms?: Partial<ChallengeTerms>; isSingleAward?: boolean; audience?: 'city' | 'unit' } = {},
) {
  const api = callers.publisher(challenges);
  const batchId =
    more.batchId ??
    (
      await api.saveBatch({
        title: '2021年突破榜',
        year: 2021,
        publisherUnitId: units.zone,
        isSingleAward: more.isSingleAward ?? true,
        audience: more.audience ?? 'city',
        publicityDays: 5,
        rules: '一方限揭一榜',
      })
    ).id;
  const { id } = await api.save({
    batchId,
    ownerUnitId: units.zone,
    verifierUnitId: units.bureau,
    terms: { ...wholeTerms, ...more.terms },
    supports: [{ title: '增开两条直达航线', unitId: units.helper, dueOn: '2021-10-20' }],
  });
  return { id, batchId };
}
const version = async (caller: Caller, id: string) => (await caller(challenges).challenge({ id })).version;

export async function publishOne(scene: Scene, more: Parameters<typeof draftOne>[1] = {}) {
  const made = await draftOne(scene, more);
  const { publisher } = scene.callers;
  const api = publisher(challenges);
  const now = () => version(publisher, made.id);
  await api.setBaseline({
    id: made.id,
    version: await now(),
    on: '2020-12-31',
    value: '50.80',
    document: '2020年统计年报',
  });
  await api.review({
    id: made.id,
    version: await now(),
    conclusion: 'fair',
    legalBasis: '公平竞争审查条例第八条至第十二条',
    on: '2021-09-10',
    by: '区市场监管分局',
  });
  await api.publish({ id: made.id, version: await now() });
  return made;
}

export const bidOf = (scene: Scene, id: string, who: 'taker' | 'rival' = 'taker') => ({
  id,
  leadUnitId: who === 'taker' ? scene.units.firm : scene.units.rival,
  takers: [{ kind: 'person' as const, name: who === 'taker' ? '方某' : '李某' }],
  promise: '年内达到 62 万标箱',
  plan: '开通直达航线',
  contact: '方某',
});
