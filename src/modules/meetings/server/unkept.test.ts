import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Caller, type TestCity, testCity } from '#core/server/testing/test-city.ts';
import { ensureUnit, insertCityOrganization, yueyangRegions } from '#modules/organization/server/public.ts';
import { insertProjects } from '#modules/projects/server/public.ts';
import { readings } from '#modules/readings/contract.ts';
import { meetings } from '../contract.ts';

// A day that a document promised has passed: the next meeting has it on its agenda, with the document; told as kept, or taken
// back on the desk, it stands there no more.

let city: TestCity;
let office: Caller;
let officeId: string;
let countyId: string;
beforeAll(async () => {
  city = await testCity({ today: '2021-09-26' });
  office = city.as({ role: 'office', name: '刘敏' });
  await city.system(async (scope) => {
    ({ officeId } = await insertCityOrganization(scope, {
      headquartersName: '总指挥部',
      validFrom: '2020-01-01',
      regions: yueyangRegions,
    }));
    countyId = (await ensureUnit(scope, { name: '示例甲县', kind: 'county', validFrom: '2020-01-01' })).id;
    await insertProjects(
      scope,
      [
        { name: '洞庭中医院项目', leadUnitId: countyId, stage: 'building' },
        { name: '临港物流园项目', leadUnitId: countyId, stage: 'building' },
      ],
      { kind: 'created' },
    );
  });
});
afterAll(() => city.close());

const read = async (text: string, words: RegExp) => {
  const { id } = await office(readings).add({ text });
  const { proposals } = await office(readings).desk({ id });
  for (const { key } of proposals.filter((p) => p.kind === 'promise' && words.test(p.text)))
    await office(readings).decide({ id, key, decision: 'accept' });
  return { id, keys: proposals.filter((p) => p.kind === 'promise' && words.test(p.text)).map((p) => p.key) };
};
const agenda = async () => {
  const { id } = await office(meetings).convene({
    kind: 'dispatch',
    startsAt: new Date(city.host.clock.now().getTime() + 3_600_000).toISOString(),
    place: '市委三楼会议室',
    chairName: '李市长',
    convenerUnitId: officeId,
    participants: [{ unitId: countyId, personName: '方毅' }],
  });
  const { version } = await office(meetings).meeting({ id });
  await office(meetings).assemble({ id, version });
  return (await office(meetings).meeting({ id })).agenda.map((item) => [item.title, ...item.why.map((why) => why.zh)]);
};

test('an unkept promise stands on the agenda with its day and its document, one that still runs does not', async () => {
  await read(
    '全市重点项目推进会纪要\n2021年7月20日\n洞庭中医院项目力争2021年9月15日前竣工。\n临港物流园项目力争2021年12月31日前竣工。',
    /竣工/,
  );
  expect(await agenda()).toEqual([['洞庭中医院项目', '承诺 2021-09-15 未兑现（全市重点项目推进会纪要）']]);
});

test('a later document that puts the day off, or a decision taken back, takes it off the next agenda', async () => {
  const later = await read('八月调度会纪要\n2021年8月25日\n洞庭中医院项目力争2021年11月30日前竣工。', /11月30日/);
  expect(await agenda()).toEqual([]);
  await office(readings).revoke({ id: later.id, key: later.keys[0]!, reason: '会议没有这样定' });
  expect(await agenda()).toEqual([['洞庭中医院项目', '承诺 2021-09-15 未兑现（全市重点项目推进会纪要）']]);
  await read('九月调度会纪要\n2021年9月20日\n洞庭中医院项目已于9月14日竣工。', /9月14日/);
  expect(await agenda()).toEqual([]);
});
