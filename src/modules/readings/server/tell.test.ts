import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Caller, type TestCity, testCity } from '#core/server/testing/test-city.ts';
import { type Browser, browser, goodPassword, newClerk } from '#modules/identity/server/testing/browser.ts';
import { notices } from '#modules/notices/contract.ts';
import { ensureUnit, insertCityOrganization, yueyangRegions } from '#modules/organization/server/public.ts';
import { insertProjects } from '#modules/projects/server/public.ts';
import { readings } from '../contract.ts';
import { remindOverdue } from './tell.ts';

const minutes = `全市重点项目推进会纪要
2021年7月20日
洞庭中医院项目力争2021年8月30日前竣工。洞庭中医院项目已于7月10日开工。临港物流园项目已于7月12日开工。`;

let city: TestCity;
let office: Caller;
const inboxes: Record<string, Browser> = {};
beforeAll(async () => {
  city = await testCity({ today: '2021-09-26' });
  await city.system((scope) =>
    insertCityOrganization(scope, { headquartersName: '总指挥部', validFrom: '2020-01-01', regions: yueyangRegions }),
  );
  const unit = async (name: string) =>
    (await city.system((scope) => ensureUnit(scope, { name, kind: 'department', validFrom: '2020-01-01' }))).id;
  const [post, housing, traffic, desk] = [
    await unit('第一协调指挥部'),
    await unit('市住建局'),
    await unit('市交通局'),
    await unit('项目办'),
  ];
  await city.system((scope) =>
    insertProjects(
      scope,
      [
        { name: '洞庭中医院项目', leadUnitId: housing, commandUnitId: post, stage: 'preparation' },
        { name: '临港物流园项目', leadUnitId: traffic, stage: 'preparation' },
      ],
      { kind: 'created' },
    ),
  );
  const clerks = [
    ['post', post, { role: 'commandPost', reach: 'unit' }],
    ['housing', housing, { role: 'responsibleUnit', reach: 'unit' }],
    ['traffic', traffic, { role: 'responsibleUnit', reach: 'unit' }],
    ['office', desk, { role: 'office', reach: 'city' }],
    ['colleague', desk, { role: 'office', reach: 'city' }],
  ] as const;
  for (const [username, unitId, grant] of clerks) {
    await newClerk(city, { name: username, username, unitId, grants: [grant] });
    inboxes[username] = browser(city, `10.0.0.${Object.keys(inboxes).length + 2}`);
    await inboxes[username].identity.signIn({ username, password: goodPassword });
  }
  office = city.as({ role: 'office', name: '刘敏' });
});
afterAll(() => city.close());

const unread = async (who: string) => {
  await city.settle();
  const { notices: found } = await inboxes[who]!.call(notices).inbox({ unread: 'true' });
  await inboxes[who]!.call(notices).read({});
  return found.map((one) => [one.kind, one.title.zh, one.body.zh, one.link]);
};

test('a change that waits is told to the command post of its project, else to the office, never to who proposed it', async () => {
  const desk = inboxes.office!.call(readings);
  const { id } = await desk.add({ text: minutes });
  const facts = (await desk.desk({ id })).proposals.filter((p) => p.kind === 'fact');
  expect(facts).toHaveLength(2);
  for (const { key } of facts) await desk.decide({ id, key, decision: 'accept' });
  const told = (project: string) => [
    ['change', '文件引出的登记变更待审定', `《全市重点项目推进会纪要》：${project}`, '/readings/changes'],
  ];
  expect(await unread('post')).toEqual(told('洞庭中医院项目'));
  expect(await unread('colleague')).toEqual(told('临港物流园项目'));
  expect(await unread('office')).toEqual([]);
  expect(await unread('housing')).toEqual([]);
});

test('a promise whose day has passed is told to the lead unit once a week, and to nobody else', async () => {
  const { id } = await office(readings).add({ text: minutes });
  const { proposals } = await office(readings).desk({ id });
  const { key } = proposals.find((p) => p.kind === 'promise' && p.text.includes('8月30日'))!;
  await office(readings).decide({ id, key, decision: 'accept' });
  await city.system(remindOverdue);
  await city.system(remindOverdue);
  expect(await unread('housing')).toEqual([
    ['promise', '1 个项目对外承诺的日期已过，没有兑现的消息', '洞庭中医院项目', '/promises'],
  ]);
  for (const who of ['traffic', 'post', 'office', 'colleague']) expect(await unread(who)).toEqual([]);
});
