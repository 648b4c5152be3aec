import { afterAll, beforeAll, expect, test } from 'vitest';
import { emit } from '#core/server/events.ts';
import { type TestCity, testCity } from '#core/server/testing/test-city.ts';
import { newId } from '#core/shared/id.ts';
import { type Browser, browser, goodPassword, newClerk } from '#modules/identity/server/testing/browser.ts';
import { notices } from '#modules/notices/contract.ts';
import { ensureUnit } from '#modules/organization/server/public.ts';

let city: TestCity;
const inboxes: Record<string, Browser> = {};
beforeAll(async () => {
  city = await testCity({ today: '2021-09-26' });
  const unitId = (await city.system((scope) => ensureUnit(scope, { name: '市住建局', kind: 'department' }))).id;
  const clerks = [
    ['leader', { role: 'leader', reach: 'city' }],
    ['unit', { role: 'responsibleUnit', reach: 'unit' }],
    ['filer', { role: 'filer', reach: 'unit' }],
  ] as const;
  for (const [username, grant] of clerks) {
    await newClerk(city, { name: username, username, unitId, grants: [grant] });
    inboxes[username] = browser(city, `10.0.0.${Object.keys(inboxes).length + 2}`);
    await inboxes[username].identity.signIn({ username, password: goodPassword });
  }
});
afterAll(() => city.close());

test('a released bulletin is told once to those who oversee the city and who answer for a unit, not to those who only file', async () => {
  const id = newId();
  const data = { id, period: '2021-08', template: 'monthly', issue: 8, title: '八月重点项目通报' };
  const release = () => city.system((scope) => emit(scope, { topic: 'publications.released', unitIds: [], data }));
  await release();
  await city.settle();
  await release();
  await city.settle();
  const told = async (who: string) =>
    (await inboxes[who]!.call(notices).inbox({})).notices.map((one) => [one.kind, one.title.zh, one.link]);
  const expected = [['publication', '已签发：八月重点项目通报', `/publications/${id}`]];
  expect(await told('leader')).toEqual(expected);
  expect(await told('unit')).toEqual(expected);
  expect(await told('filer')).toEqual([]);
});

test('whoever mutes this kind still finds it in the inbox', async () => {
  const { call } = inboxes.unit!;
  const preference = await call(notices).preference();
  await call(notices).setPreference({
    push: preference.push,
    mailAddress: null,
    quietFrom: preference.quietFrom,
    quietTo: preference.quietTo,
    muted: ['publication'],
  });
  const data = { id: newId(), period: '2021-09', template: 'monthly', issue: 9, title: '九月重点项目通报' };
  await city.system((scope) => emit(scope, { topic: 'publications.released', unitIds: [], data }));
  await city.settle();
  expect((await call(notices).inbox({})).notices[0]!.title.zh).toBe('已签发：九月重点项目通报');
});
