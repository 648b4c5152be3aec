import type { Browser, BrowserContext, Page } from '@playwright/test';
import sharp from 'sharp';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Cable } from './cable.ts';
import { launch, type Person, type Program, personIn, signIn, startProgram } from './program.ts';

// A filer on the site, where there is no network: the pages open, the month is filed with a photo, the tab is closed; when
// there is a line again everything arrives, each once. And two people who write at the same time lose nothing.

const period = '2021-01';
const phone = { width: 390, height: 844 };
const password = 'Lake-and-river-2021';
const wan = (n: number) => n * 10_000;

interface Filing {
  id: string;
  state: string;
  draftVersion: number;
  draft: Record<string, unknown>;
  versions: {
    seq: number;
    content: { monthYuan: number; photos: object[]; problems: string; imageProgress: string };
  }[];
  acts: { event: string }[];
}

let program: Program;
let browser: Browser;
let cable: Cable;
let admin: Person;
let office: Person;
let filer: Person;
let colleague: Person;
const projectIds: Record<string, string> = {};
/** What is left without the network that was cut, and the refused save that the second story is about. */
const real = (complaints: string[]) =>
  complaints.filter(
    (text) =>
      !/ERR_(INTERNET_DISCONNECTED|CONNECTION_REFUSED|NETWORK_CHANGED|EMPTY_RESPONSE|CONNECTION_RESET|FAILED|INCOMPLETE)|409 \(Conflict\)/.test(
        text,
      ),
  );

beforeAll(async () => {
  program = await startProgram({ today: '2021-01-20' });
  cable = new Cable(program.url);
  await cable.plug();
  browser = await launch();
  admin = await personIn(browser, program.url);
  const code = /设置码（只能用一次）：(\S+)/.exec(program.said())![1]!;
  await admin.post('/identity/setup', {
    setupCode: code,
    cityName: '岳阳市',
    regionCode: '430600',
    hqName: '岳阳市重点项目建设总指挥部',
    personName: '周系统',
    username: 'root',
    password,
  });
  await signIn(admin, 'root', password);
  const [headquarters] = await admin.get<{ id: string }[]>('/organization/units?kind=headquarters');
  const [rooms] = await admin.get<{ id: string }[]>('/organization/units?kind=office');
  const firm = await admin.post<{ id: string }>('/organization/units', {
    name: '市交投集团',
    kind: 'projectUnit',
    parentId: headquarters!.id,
    validFrom: '2020-01-01',
  });
  [office, filer, colleague] = await Promise.all([
    employ('刘敏', 'liumin', 'office', rooms!.id, program.url),
    employ('赵琳', 'zhaolin', 'filer', firm.id, cable.url, phone),
    employ('王芳', 'wangfang', 'filer', firm.id, program.url),
  ]);
  for (const name of ['市中心医院项目', '城北水厂', '港口二期']) {
    const { id } = await office.post<{ id: string }>('/projects', {
      name,
      ownerUnitId: firm.id,
      stage: 'building',
      totalYuan: wan(50_000),
      startActual: { day: '2020-05-01', precision: 'day', text: null },
      plan: { year: 2021, planYuan: wan(12_000), goal: null },
    });
    projectIds[name] = id;
  }
  await office.post('/filing-cycles', { period });
});
afterAll(async () => {
  await browser?.close();
  await cable?.cut();
  await program?.stop();
});

async function employ(
  name: string,
  username: string,
  role: string,
  unitId: string,
  url: string,
  size?: { width: number; height: number },
): Promise<Person> {
  const post = { unitId, title: '科员', validFrom: '2021-01-01' };
  const { id: personId } = await admin.post<{ id: string }>('/organization/persons', { name, post });
  const { id, firstPassword } = await admin.post<{ id: string; firstPassword: string }>('/identity/accounts', {
    personId,
    username,
  });
  const reach = role === 'office' ? {} : { reach: 'unit', unitId };
  await admin.post('/identity/grants', { accountId: id, role, ...reach, validFrom: '2021-01-01' });
  const person = await personIn(browser, url, size);
  await signIn(person, username, firstPassword);
  await person.post('/identity/password', { currentPassword: firstPassword, newPassword: password });
  return person;
}

const filingOf = (name: string): Promise<Filing> => office.get(`/filings/of/${projectIds[name]}/${period}`);

async function goOffline(context: BrowserContext): Promise<void> {
  await cable.cut();
  await context.setOffline(true);
}
async function goOnline(context: BrowserContext): Promise<void> {
  await cable.plug();
  await context.setOffline(false);
}

/** How many things the device holds in a store. */
const held = (page: Page, store: string): Promise<number> =>
  page.evaluate(
    (name) =>
      new Promise<number>((resolve, reject) => {
        const request = indexedDB.open('guatu.filings');
        request.onerror = () => reject(request.error);
        request.onsuccess = () => {
          const count = request.result.transaction(name).objectStore(name).count();
          count.onsuccess = () => {
            request.result.close();
            resolve(count.result);
          };
        };
      }),
    store,
  );

async function fill(page: Page, name: string, amount: string): Promise<void> {
  await page.getByRole('link', { name: new RegExp(name) }).click();
  await page.getByRole('heading', { name: new RegExp(name) }).waitFor();
  await page.getByLabel('本月完成投资').fill(amount);
}

test('two months are filed with a photo without a network, the tab is closed, and later each arrives exactly once', async () => {
  const { context, page } = filer;
  await page.goto('/filings/mine');
  await page.getByRole('link', { name: /市中心医院项目/ }).waitFor();
  // The first visit puts the pages and the open filings on the device.
  await page.waitForFunction(() => navigator.serviceWorker.controller !== null, undefined, { timeout: 30_000 });
  await expect.poll(() => held(page, 'copy'), { timeout: 10_000 }).toBeGreaterThanOrEqual(4);

  await goOffline(context);
  await page.reload();
  await page.getByText(/没有网络，这是 .* 存在本机的内容/).waitFor();

  const photo = await sharp({ create: { width: 640, height: 480, channels: 3, background: '#4a6' } })
    .jpeg()
    .toBuffer();
  await fill(page, '市中心医院项目', '1000');
  await page.locator('input[type=file]').setInputFiles({ name: '现场.jpg', mimeType: 'image/jpeg', buffer: photo });
  await page.getByText('待发出').waitFor();
  await page.getByRole('button', { name: '提交，联网后发出' }).click();
  await page.getByText('离线 · 已存本机 · 联网后自动提交').waitFor();

  await page.getByRole('link', { name: /我的/ }).first().click();
  await page.getByText('待发送 1 份，联网后自动发出').waitFor();
  await fill(page, '城北水厂', '1050');
  await page.getByRole('button', { name: '提交，联网后发出' }).click();
  await page.getByText('离线 · 已存本机 · 联网后自动提交').waitFor();
  expect([await held(page, 'outbox'), await held(page, 'photo')]).toEqual([2, 1]);
  await page.close();

  await goOnline(context);
  const again = await context.newPage();
  filer.page = again;
  again.on('console', (message) => message.type() === 'error' && filer.complaints.push(message.text()));
  await again.goto('/filings/mine');
  await again.getByText('已送达 2 份').waitFor({ timeout: 20_000 });
  expect([await held(again, 'outbox'), await held(again, 'photo'), await held(again, 'draft')]).toEqual([0, 0, 0]);

  // Opening once more, with everything that wakes the outbox, sends nothing a second time.
  await again.reload();
  await again.getByText('已报 2 / 3').waitFor();
  for (const [name, yuan, photos] of [
    ['市中心医院项目', wan(1_000), 1],
    ['城北水厂', wan(1_050), 0],
  ] as const) {
    const filing = await filingOf(name);
    expect(filing.state).toBe('submitted');
    expect(filing.versions.map((v) => [v.content.monthYuan, v.content.photos.length])).toEqual([[yuan, photos]]);
    expect(filing.acts.filter((act) => act.event === 'submit')).toHaveLength(1);
  }
});

test('what two people wrote at once is merged field by field, and only the field that both changed is asked', async () => {
  const { context, page } = filer;
  await page.goto(`/filings/${projectIds.港口二期}/${period}`);
  await page.getByLabel('本月完成投资').waitFor();
  // They see each other.
  await colleague.page.goto(`/filings/${projectIds.港口二期}/${period}`);
  await colleague.page.getByText(/赵琳 (也打开了|正在填写)这份填报/).waitFor({ timeout: 15_000 });

  await goOffline(context);
  await page.getByLabel('本月完成投资').fill('1100');
  await page.getByLabel('形象进度').fill('三号泊位桩基完成 40 根');
  await page.getByText('草稿已存本机').first().waitFor();

  const { id, draftVersion, draft } = await filingOf('港口二期');
  await colleague.post(`/filings/one/${id}/draft`, {
    draftVersion,
    content: { ...draft, imageProgress: '三号泊位桩基完成 38 根', problems: '砂石供应不足' },
  });
  await goOnline(context);

  const panel = page.getByRole('alert', { name: '他人也改了这份填报' });
  await panel.waitFor({ timeout: 20_000 });
  // The sums are mine alone and the problem hers alone: nobody is asked about them.
  expect(await panel.getByRole('group').count()).toBe(1);
  await panel.getByLabel(/38 根/).check();
  await panel.getByRole('button', { name: '按选择继续' }).click();
  await page.getByRole('button', { name: '提交', exact: true }).click();
  await expect.poll(async () => (await filingOf('港口二期')).state, { timeout: 15_000 }).toBe('submitted');
  // The page has read the answer too: until then the device keeps the draft, and signing out would ask about it.
  await expect.poll(async () => [await held(page, 'outbox'), await held(page, 'draft')]).toEqual([0, 0]);
  const filing = await filingOf('港口二期');
  expect(filing.versions).toMatchObject([
    { content: { monthYuan: wan(1_100), imageProgress: '三号泊位桩基完成 38 根', problems: '砂石供应不足' } },
  ]);
});

test('signing out takes what the device kept, and without a network nobody is shown as signed in', async () => {
  const { context, page } = filer;
  await page.goto('/filings/mine');
  await page.getByText('已报 3 / 3').waitFor();
  await page.getByRole('button', { name: /赵琳/ }).click();
  await page.getByText('退出登录').click();
  await page.waitForURL('**/sign-in*');
  expect(await held(page, 'copy')).toBe(0);
  await goOffline(context);
  await page.goto('/filings/mine');
  await page.getByText('无法连接服务器').waitFor();
  expect(await page.getByText('市中心医院项目').count()).toBe(0);
  await goOnline(context);
  expect([...real(filer.complaints), ...real(colleague.complaints)]).toEqual([]);
});
