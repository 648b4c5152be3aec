import type { TestCity } from '#core/server/testing/test-city.ts';
import { shippedRankings } from '#modules/rankings/shipped.ts';
import { readings } from '#modules/readings/contract.ts';

/**
 * A document that speaks of a county's project: a promise, a fact that waits, a name. The desk is the whole city's, promises
 * and changes are seen with their project.
 */
export async function layOutReadings(
  city: TestCity,
  secret: string,
  { projectId, projectName }: { projectId: string; projectName: string },
): Promise<{ changeId: string }> {
  const office = city.as({ role: 'office', name: secret })(readings);
  // A name that one county taught is known to both: each has one of its own.
  const bridge = `${secret.startsWith('甲') ? '滨湖' : '临江'}大桥项目`;
  const text = `${secret}推进会纪要
2021年8月20日
${projectName}力争2021年12月20日前竣工。${projectName}已于2021年8月1日竣工。
${bridge}力争2021年11月30日前通车。`;
  const { id } = await office.add({ text });
  const { proposals } = await office.desk({ id });
  const take = async (kind: string) => {
    const found = proposals.find((p) => p.kind === kind && 'projectId' in p.values && p.values.projectId === projectId);
    if (!found) throw new Error(`The reader proposes no ${kind} of ${projectName}`);
    return office.decide({ id, key: found.key, decision: 'accept' });
  };
  await take('promise');
  const fact = await take('fact');
  const name = proposals.find((p) => p.kind === 'name' && p.text === bridge);
  if (!name) throw new Error('The reader proposes no name');
  const values = { kind: 'name' as const, register: 'project' as const, registerId: projectId, alias: name.text };
  await office.decide({ id, key: name.key, decision: 'accept', values });
  return { changeId: fact.decision!.result!.id };
}

/** Texts, and what is said of a whole city: no ids of a county in them. */
export const ownTexts: Record<string, Record<string, unknown>> = {
  'readings.add': { text: '全市完成投资10亿元，占年度计划20亿元的50%。' },
  'dispatch.setPlannedGrowth': { year: 2021, percent: '8.5', source: '测试' },
  'explore.export': { title: '分析' },
  'publications.reference': { query: { get: 'clock' }, format: { as: '%', decimals: 1 } },
  'publications.feedFile': { token: `${'a'.repeat(43)}.xml` },
  'rankings.saveRanking': { definition: shippedRankings[0], version: 0, reason: '测试' },
};
