import { fileURLToPath } from 'node:url';
import type { Browser } from '@playwright/test';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { launch, type Person, type Program, personIn, signIn, startProgram } from './program.ts';

// The main job, as its people do it: an empty installation becomes a city with a ledger, a month is filed and accepted,
// and the wall of another room shows it.

let program: Program;
let browser: Browser;
let admin: Person;
const people: Person[] = [];
const enter = async (size?: { width: number; height: number }) => {
  const person = await personIn(browser, program.url, size);
  people.push(person);
  return person;
};

beforeAll(async () => {
  program = await startProgram();
  browser = await launch();
  admin = await enter();
});
afterAll(async () => {
  await browser?.close();
  await program?.stop();
});

const password = 'Lake-and-river-2021';

/** Registers a person with a post in the office and an account, and changes the first password as they would. */
async function employ(name: string, username: string, role: string): Promise<Person> {
  const offices = await admin.get<{ id: string }[]>('/organization/units?kind=office');
  const post = { unitId: offices[0]!.id, title: '科员', validFrom: '2021-01-01' };
  const { id: personId } = await admin.post<{ id: string }>('/organization/persons', { name, post });
  const { id, firstPassword } = await admin.post<{ id: string; firstPassword: string }>('/identity/accounts', {
    personId,
    username,
  });
  await admin.post('/identity/grants', { accountId: id, role, validFrom: '2021-01-01' });
  const person = await enter();
  await signIn(person, username, firstPassword);
  await person.post('/identity/password', { currentPassword: firstPassword, newPassword: password });
  return person;
}

test('an empty installation is set up with the code from the console', async () => {
  const code = /设置码（只能用一次）：(\S+)/.exec(program.said())![1]!;
  const { page } = admin;
  await page.goto('/');
  await page.waitForURL('**/setup');
  await page.getByLabel('设置码').fill(code);
  await page.getByLabel('城市名称').fill('岳阳市');
  await page.getByLabel('区划代码').fill('430600');
  await page.getByLabel('总指挥部名称').fill('岳阳市重点项目建设总指挥部');
  await page.getByLabel('姓名').fill('周系统');
  await page.getByLabel('用户名').fill('root');
  await page.getByLabel('密码', { exact: true }).fill(password);
  await page.getByLabel('再输一次密码').fill(password);
  await page.getByRole('button', { name: '建立并登录' }).click();
  await page.waitForURL('**/setup/next');
  await page.getByRole('heading', { name: '设置完成' }).waitFor();
});

test('a clerk imports the ledger, files a month, the office accepts it, and the wall shows it within two seconds', async () => {
  const clerk = await employ('刘敏', 'liumin', 'office');
  const reviewer = await employ('陈立', 'chenli', 'office');
  const leader = await employ('周建平', 'zhoujp', 'leader');

  // The ledger comes in by the page that everybody uses.
  const desk = clerk.page;
  await desk.goto('/projects/import');
  await desk
    .locator('input[type=file]')
    .setInputFiles(fileURLToPath(new URL('../demo/ledger-2021.xlsx', import.meta.url)));
  await desk.getByRole('button', { name: '接受并写入' }).click({ timeout: 90_000 });
  await desk.getByText(/已写入：新增 \d+ 行/).waitFor({ timeout: 120_000 });
  await desk.goto('/projects');
  await desk
    .getByText(/612 个/)
    .first()
    .waitFor();

  // The month is opened; the clerk files for one project, by keyboard alone.
  await clerk.post('/filing-cycles', { period: '2021-09' });
  const { rows } = await clerk.get<{ rows: { id: string; name: string }[] }>(
    `/projects?q=${encodeURIComponent('市中心医院项目')}`,
  );
  const hospital = rows.find((row) => row.name === '市中心医院项目')!;
  await desk.goto(`/filings/${hospital.id}/2021-09`);
  const amount = desk.getByLabel('本月完成投资');
  await amount.waitFor();
  await tabTo(clerk, 'monthYuan');
  await desk.keyboard.type('71234');
  await tabTo(clerk, 'imageProgress');
  await desk.keyboard.type('门诊楼主体结构封顶');
  await desk.keyboard.press('Control+Enter');
  await desk.getByText(/提交/).first().waitFor();
  await expect
    .poll(async () => (await clerk.get<{ state: string }>(`/filings/of/${hospital.id}/2021-09`)).state, {
      timeout: 30_000,
    })
    .toBe('submitted');

  // In another room the wall stands open.
  const wall = await (async () => {
    const screen = await personIn(browser, program.url, { width: 1920, height: 1080 });
    people.push(screen);
    await signIn(screen, 'zhoujp', password);
    await screen.page.goto('/wall');
    await screen.page.getByText('需要关注').waitFor();
    await screen.page.getByText('实时').waitFor();
    return screen;
  })();
  expect(await wall.page.getByText('市中心医院项目').count()).toBe(0);
  void leader;

  // The office accepts with one key.
  await reviewer.page.goto('/filings/review');
  await reviewer.page.getByRole('heading', { name: /市中心医院项目/ }).waitFor();
  const filing = await reviewer.get<{ state: string }>(`/filings/of/${hospital.id}/2021-09`);
  expect(filing.state).toBe('submitted');
  await reviewer.page.keyboard.press('a');
  await expect
    .poll(async () => (await reviewer.get<{ state: string }>(`/filings/of/${hospital.id}/2021-09`)).state, {
      interval: 20,
      timeout: 15_000,
    })
    .toBe('accepted');
  const accepted = Date.now();
  const row = wall.page.locator('.feed').getByText('市中心医院项目');
  await row.waitFor({ timeout: 5_000 });
  expect(Date.now() - accepted).toBeLessThan(2_000);
  await wall.page
    .getByText(/71,234 万元|7\.12 亿元/)
    .first()
    .waitFor();

  // The figure on the wall opens down to the filing that made it.
  await row.click();
  await wall.page.waitForURL(`**/filings/${hospital.id}/2021-09`);
  await wall.page.getByText('71,234').first().waitFor();
  await wall.page.getByText('门诊楼主体结构封顶').first().waitFor();
});

test('no page complained on the way', () => {
  expect(people.flatMap((person) => person.complaints)).toEqual([]);
});

/** Presses Tab until the field with this id has the focus: if it cannot be reached, neither can a person without a mouse. */
async function tabTo({ page }: Person, id: string): Promise<void> {
  for (let presses = 0; presses < 60; presses++) {
    if (await page.evaluate((wanted) => document.activeElement?.id === wanted, id)) {
      await page.keyboard.press('Control+A');
      return;
    }
    await page.keyboard.press('Tab');
  }
  throw new Error(`The field ${id} cannot be reached by Tab`);
}
