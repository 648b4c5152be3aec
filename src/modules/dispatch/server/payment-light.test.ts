import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Caller, type TestCity, testCity } from '#core/server/testing/test-city.ts';
import { funding } from '#modules/funding/contract.ts';
import { projects } from '#modules/projects/contract.ts';
import { insertProjects } from '#modules/projects/server/public.ts';
import { dispatch } from '../contract.ts';
import { listFacts } from './facts-store.ts';

const wan = (n: number) => n * 10_000;

let city: TestCity;
let office: Caller;
const id: Record<string, string> = {};
beforeAll(async () => {
  city = await testCity({ today: '2021-09-26' });
  office = city.as({ role: 'office', name: '刘敏' });
  await city.system(async (scope) => {
    const rows = await insertProjects(
      scope,
      [
        { name: '泵站', stage: 'preparation' },
        { name: '路网', stage: 'preparation' },
      ],
      { kind: 'created' },
    );
    const [item] = await insertProjects(scope, [{ name: '东路', stage: 'preparation', parentId: rows[1]!.id }], {
      kind: 'created',
    });
    for (const row of [...rows, item!]) id[row.name] = row.id;
  });
  await city.settle();
});
afterAll(() => city?.close());

const money = (kind: 'arrived' | 'paid' | 'toPay', period: string, yuan: number) => ({
  kind,
  year: 2021,
  period,
  source: kind === 'toPay' ? null : 'own',
  yuan,
  onDay: `${period}-20`,
  document: '凭证',
});
const factsOf = async (name: string, day: string) =>
  (await city.system((scope) => listFacts(scope, day, { ids: [id[name]!] })))[0]!;
const check = async (day?: string) => {
  const { checks } = await office(dispatch).explain({ projectId: id.泵站!, ...(day && { day }) });
  return checks.find((c) => c.rule === 'payment')!;
};

test('without planned payments the rule says that the figure is missing', async () => {
  expect(await check()).toMatchObject({ state: 'noData', light: null });
});

test('what was to be paid by the end of the last full month is compared with what was paid, and the listener sets the light', async () => {
  await office(funding).enter({
    id: id.泵站!,
    entries: [
      money('arrived', '2021-07', wan(900)),
      money('toPay', '2021-07', wan(300)),
      money('toPay', '2021-08', wan(200)),
      // September is not over: what is planned for it is not owed yet, what was paid in it counts.
      money('toPay', '2021-09', wan(999)),
      money('paid', '2021-07', wan(300)),
      money('paid', '2021-09', wan(100)),
    ],
  });
  expect(await factsOf('泵站', '2021-09-26')).toMatchObject({ paidYuan: wan(400), toPayYuan: wan(500) });
  expect(await check()).toMatchObject({ state: 'decided', light: 'late' });
  await city.settle();
  const standing = async () => (await office(projects).get({ id: id.泵站!, year: 2021 })).standing;
  expect(await standing()).toMatchObject({ light: 'late', cause: 'payment' });

  await office(funding).enter({ id: id.泵站!, entries: [money('paid', '2021-09', wan(100))] });
  await city.settle();
  expect(await check()).toMatchObject({ light: 'normal' });
  expect((await standing())!.cause).not.toBe('payment');
});

test('on the last day of a month that month counts, and in January nothing is owed yet', async () => {
  await office(funding).enter({ id: id.泵站!, entries: [{ ...money('toPay', '2022-01', wan(50)), year: 2022 }] });
  expect(await factsOf('泵站', '2021-09-30')).toMatchObject({ toPayYuan: wan(1_499) });
  expect(await factsOf('泵站', '2022-01-20')).toMatchObject({ toPayYuan: null });
});

test('a package has the payments of its items', async () => {
  await office(funding).enter({
    id: id.东路!,
    entries: [
      money('arrived', '2021-08', wan(60)),
      money('toPay', '2021-08', wan(50)),
      money('paid', '2021-08', wan(20)),
    ],
  });
  expect(await factsOf('路网', '2021-09-26')).toMatchObject({ paidYuan: wan(20), toPayYuan: wan(50) });
});

test('a past day knows only what was entered by then', async () => {
  expect(await factsOf('泵站', '2021-09-25')).toMatchObject({ paidYuan: null, toPayYuan: null });
  expect(await check('2021-09-25')).toMatchObject({ state: 'noData' });
});
