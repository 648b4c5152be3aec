import { afterAll, beforeAll, expect, test } from 'vitest';
import { type TestCity, testCity } from '#core/server/testing/test-city.ts';
import { organization } from '#modules/organization/contract.ts';
import { announceSetup } from './setup.ts';
import { isSetupOpen } from './setup-store.ts';
import { browser } from './testing/browser.ts';

let city: TestCity;
beforeAll(async () => {
  city = await testCity();
});
afterAll(() => city?.close());

/** What a start of the program prints. */
const start = async (): Promise<{ printed: string; code: string }> => {
  let printed = '';
  await announceSetup({ ...city.host, config: { ...city.host.config, port: 3000 } }, (text) => {
    printed += text;
  });
  return { printed, code: /[A-Z0-9]{4}-[A-Z0-9]{4}-[A-Z0-9]{4}/.exec(printed)?.[0] ?? '' };
};

const form = {
  cityName: '长沙市',
  regionCode: '430100',
  hqName: '长沙市重点项目建设总指挥部',
  personName: '刘敏',
  username: 'chief',
  password: 'rain-on-the-ferry-42',
};

test('before a code was printed nothing can be set up', async () => {
  await expect(browser(city).identity.setUp({ ...form, setupCode: 'x' })).rejects.toMatchObject({
    code: 'setup_closed',
  });
});

test('an installation is set up once, by whoever sees the console, and never again', async () => {
  const { code: older } = await start();
  const { printed, code } = await start();
  expect(printed).toContain('http://127.0.0.1:3000/setup');
  expect(printed).toContain('首次设置');
  expect(printed).toContain('First set-up');
  const here = browser(city);
  expect((await here.identity.me()).setup).toBe(true);

  // A restart prints a new code; the older one is dead.
  await expect(here.identity.setUp({ ...form, setupCode: older })).rejects.toMatchObject({
    status: 403,
    code: 'wrong_setup_code',
    field: 'setupCode',
  });
  await expect(here.identity.setUp({ ...form, setupCode: code, password: 'short' })).rejects.toMatchObject({
    code: 'password_too_short',
    field: 'password',
  });
  await expect(here.identity.setUp({ ...form, setupCode: code, regionCode: '430600' })).rejects.toMatchObject({
    code: 'city_exists',
  });

  await here.identity.setUp({ ...form, setupCode: ` ${code.toLowerCase().replaceAll('-', ' ')} ` });
  const me = await here.identity.me();
  expect(me).toMatchObject({
    account: { username: 'chief', name: '刘敏', mustChangePassword: false },
    city: { name: '长沙市', code: '430100', demo: false },
    units: [{ name: '总指挥部' }],
    setup: false,
  });
  expect(me.permissions).toEqual(expect.arrayContaining(['identity.manage', 'organization.edit']));
  const { units } = await here.call(organization).tree();
  expect(units.map((unit) => unit.name)).toEqual(expect.arrayContaining([form.hqName, '总指挥部办公室']));

  expect(await isSetupOpen(city.host.db)).toBe(false);
  await expect(browser(city).identity.setUp({ ...form, setupCode: code })).rejects.toMatchObject({
    code: 'setup_closed',
  });
  expect((await start()).printed).toBe('');
  await expect(browser(city).identity.setUp({ ...form, setupCode: code })).rejects.toMatchObject({
    code: 'setup_closed',
  });
});

test('with two cities in the installation the sign-in names its city, and rights do not cross', async () => {
  const here = browser(city);
  expect((await here.identity.me()).cities).toEqual([
    { code: '430600', name: '岳阳市' },
    { code: '430100', name: '长沙市' },
  ]);
  const { username, password } = form;
  // The first city is the one that is meant when none is named: nobody of that name is there.
  await expect(here.identity.signIn({ username, password })).rejects.toMatchObject({ code: 'wrong_password' });
  await expect(here.identity.signIn({ username, password, city: '999999' })).rejects.toMatchObject({ field: 'city' });
  await here.identity.signIn({ username, password, city: '430100' });
  expect((await here.identity.me()).city?.code).toBe('430100');
  // The same token under the other city's name is nobody.
  here.cookies.set('guatu', here.cookies.get('guatu')!.replace(/^[^.]+/, city.cityId));
  expect((await here.identity.me()).account).toBeNull();
});

test('guessing the code has to wait after five attempts, and then even the right one waits', async () => {
  const fresh = await testCity();
  try {
    let printed = '';
    await announceSetup(fresh.host, (text) => {
      printed += text;
    });
    const code = /[A-Z0-9]{4}-[A-Z0-9]{4}-[A-Z0-9]{4}/.exec(printed)![0];
    const here = browser(fresh);
    const said: string[] = [];
    for (const setupCode of [...Array(5).fill('AAAA-AAAA-AAAA'), code])
      await here.identity.setUp({ ...form, setupCode }).catch((error) => said.push(error.code));
    expect(said).toEqual([...Array(4).fill('wrong_setup_code'), 'wait', 'wait']);
  } finally {
    await fresh.close();
  }
});
