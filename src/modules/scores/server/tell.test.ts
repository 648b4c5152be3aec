import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Caller, type TestCity, testCity } from '#core/server/testing/test-city.ts';
import { type Browser, browser, goodPassword, newClerk } from '#modules/identity/server/testing/browser.ts';
import { notices } from '#modules/notices/contract.ts';
import { ensureUnit } from '#modules/organization/server/public.ts';
import { scores } from '../contract.ts';
import { emptyBody, entered, itemOf } from '../draft.ts';

let city: TestCity;
let office: Caller;
let lake: Caller;
let id: string;
const unit: Record<string, string> = {};
const inboxes: Record<string, Browser> = {};
beforeAll(async () => {
  city = await testCity({ today: '2021-09-26' });
  office = city.as({ role: 'office', name: '考核科' });
  for (const name of ['临湖县', '沿江区', '山口县', '督查室'])
    unit[name] = (
      await city.system((scope) => ensureUnit(scope, { name, kind: name === '督查室' ? 'department' : 'county' }))
    ).id;
  lake = city.as({ role: 'responsibleUnit', name: '临湖县填报', unitIds: [unit.临湖县!] });
  const clerks = [
    ['lake', '临湖县', { role: 'responsibleUnit', reach: 'unit' }],
    ['river', '沿江区', { role: 'responsibleUnit', reach: 'unit' }],
    ['stranger', '山口县', { role: 'responsibleUnit', reach: 'unit' }],
    ['judge', '督查室', { role: 'inspector', reach: 'city' }],
  ] as const;
  for (const [username, at, grant] of clerks) {
    await newClerk(city, { name: username, username, unitId: unit[at]!, grants: [grant] });
    inboxes[username] = browser(city, `10.0.0.${Object.keys(inboxes).length + 2}`);
    await inboxes[username].identity.signIn({ username, password: goodPassword });
  }
  const body = {
    ...emptyBody,
    name: { zh: '县区考核', en: 'Scores of counties' },
    publicityDays: 5,
    groups: [
      {
        code: 'counties',
        name: { zh: '县区', en: 'Counties' },
        units: ['临湖县', '沿江区'].map((name) => ({ unitId: unit[name]!, boundTo: null })),
      },
    ],
    items: [
      itemOf('service', ['服务', 'Service'], '100', { kind: 'ratio', of: '满意度' }, [
        entered('满意度', { show: 'percent' }),
      ]),
    ],
  };
  ({ id } = await office(scores).create({ year: 2021, code: 'counties', body, reason: '年初制定' }));
  await office(scores).enforce({ id, document: '岳项指〔2021〕3号' });
  for (const name of ['临湖县', '沿江区'])
    await office(scores).enter({
      id,
      unitId: unit[name]!,
      item: 'service',
      input: '满意度',
      value: '90',
      note: '第三方测评',
    });
  await office(scores).compute({ id, note: '首次计算' });
  await office(scores).publish({ id });
});
afterAll(() => city.close());

const unread = async (who: string): Promise<string[]> => {
  await city.settle();
  const { notices: found } = await inboxes[who]!.call(notices).inbox({ unread: 'true' });
  await inboxes[who]!.call(notices).read({});
  return found.map((one) => `${one.title.zh}｜${one.body.zh}｜${one.link}`);
};

test('scored units hear until when their result is shown; a unit that is not scored hears nothing', async () => {
  const told = [expect.stringMatching(/^考核结果公示至 2021-\d\d-\d\d，有异议请在期内提出｜2021 年县区考核｜/)];
  expect(await unread('lake')).toEqual(told);
  expect(await unread('river')).toEqual(told);
  expect(await unread('stranger')).toEqual([]);
  expect(await unread('judge')).toEqual([]);
});

test('an objection is told to who decides, its decision to the unit that raised it, and neither to others', async () => {
  const { id: objection } = await lake(scores).object({
    id,
    unitId: unit.临湖县!,
    item: 'service',
    reason: '测评样本有误',
  });
  const page = `/scores/${id}/publicity`;
  expect(await unread('judge')).toEqual([`临湖县对考核提出异议，请裁定｜2021 年县区考核：测评样本有误｜${page}`]);
  const inspector = city.as({ role: 'inspector', name: '督查员' });
  await inspector(scores).decide({ id: objection, result: 'upheld', decision: '样本无误，维持' });
  expect(await unread('lake')).toEqual([`考核异议裁定：维持原结果｜2021 年县区考核：样本无误，维持｜${page}`]);
  expect(await unread('river')).toEqual([]);
  expect(await unread('judge')).toEqual([]);
});
