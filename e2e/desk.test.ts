import { existsSync, readFileSync } from 'node:fs';
import type { Browser } from '@playwright/test';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { launch, type Person, type Program, personIn, signIn, startProgram } from './program.ts';

// A newspaper's report is pasted on the desk. Two of its requirements and one promise are taken by keys; they are found in
// the ledger and on the project. A bulletin with a wrong sum is shown where it is wrong.

const password = 'Lake-and-river-2021';
const shared = new URL('../../shared/data/bulletins/source-004.txt', import.meta.url);
/** The real report where it is at hand, else a text of our own with the same constructions. */
const report = existsSync(shared)
  ? readFileSync(shared, 'utf8')
  : `全市重点项目推进会召开
2022年9月27日
金荣（湘潭）国际工业园项目，今年3月底开工，9月底全面投产。
会议强调，要紧盯难点，全力以赴破解用地难、资金难、用工难等问题；要密切对接，切实提高签约项目履约率、开工率和资金到位率；要压实责任，严格督办。`;
const project = '金荣(湘潭)国际工业园项目';

let program: Program;
let browser: Browser;
let clerk: Person;
let projectId: string;
beforeAll(async () => {
  program = await startProgram({ today: '2022-09-28' });
  browser = await launch();
  const admin = await personIn(browser, program.url);
  await admin.post('/identity/setup', {
    setupCode: /设置码（只能用一次）：(\S+)/.exec(program.said())![1]!,
    cityName: '湘潭市',
    regionCode: '430300',
    hqName: '湘潭市项目建设总指挥部',
    personName: '周系统',
    username: 'root',
    password,
  });
  await signIn(admin, 'root', password);
  const [office] = await admin.get<{ id: string }[]>('/organization/units?kind=office');
  const { id: personId } = await admin.post<{ id: string }>('/organization/persons', {
    name: '刘敏',
    post: { unitId: office!.id, title: '科员', validFrom: '2021-01-01' },
  });
  const { id, firstPassword } = await admin.post<{ id: string; firstPassword: string }>('/identity/accounts', {
    personId,
    username: 'liumin',
  });
  await admin.post('/identity/grants', { accountId: id, role: 'office', validFrom: '2021-01-01' });
  clerk = await personIn(browser, program.url);
  await signIn(clerk, 'liumin', firstPassword);
  await clerk.post('/identity/password', { currentPassword: firstPassword, newPassword: password });
  projectId = (await clerk.post<{ id: string }>('/projects', { name: project })).id;
}, 120_000);
afterAll(async () => {
  await browser?.close();
  await program?.stop();
});

const proposals = () => clerk.page.locator('.proposal-list > li');
/** Chooses the proposal of a kind that says these words, with the mouse. */
const choose = async (kind: string, words: string) => {
  await proposals().filter({ hasText: kind }).filter({ hasText: words }).first().getByRole('button').first().click();
};

test('a report is pasted and read: its marks stand in both texts', async () => {
  const { page } = clerk;
  await page.goto('/readings');
  await page.getByRole('button', { name: '送审', exact: true }).click();
  const form = page.getByRole('dialog');
  await form.getByLabel('粘贴文字').fill(report);
  await form.getByRole('button', { name: '开始审读' }).click();
  await page.locator('.proposal-list').waitFor();
  await page.locator('.marked-text mark.m-project').filter({ hasText: '国际工业园' }).first().waitFor();
  expect(await page.locator('.marked-text').count()).toBe(2);
});

test('two requirements and a promise are taken by keys', async () => {
  const { page } = clerk;
  for (const words of ['履约率', '严格督办']) {
    await choose('要求', words);
    await page.keyboard.press('a');
    await proposals().filter({ hasText: words }).filter({ hasText: '已采纳' }).first().waitFor();
  }
  await choose('承诺', '投产');
  await page.keyboard.press('a');
  await proposals().filter({ hasText: '承诺' }).filter({ hasText: '已采纳' }).first().waitFor();
});

test('the requirements are drafts in the ledger, with the report as their source', async () => {
  const { rows } = await clerk.get<{ rows: { id: string; title: string; state: string }[] }>('/matters?state=draft');
  const drafts = rows.filter((m) => /履约率|严格督办/.test(m.title));
  expect(drafts).toHaveLength(2);
  await clerk.page.goto(`/matters/${drafts[0]!.id}`);
  await clerk.page.getByRole('heading', { name: drafts[0]!.title }).waitFor();
});

test('the promise stands on the page of the project and in the ledger of promises', async () => {
  const { page } = clerk;
  await page.goto(`/projects/${projectId}`);
  const section = page.locator('.project-promises');
  await section.getByText('2022-09-30').first().waitFor();
  await page.goto('/promises');
  await page.getByRole('row').filter({ hasText: project }).filter({ hasText: '投产' }).first().waitFor();
});

test('a bulletin whose sum does not add up is shown where it does not', async () => {
  const { page } = clerk;
  const { id } = await clerk.post<{ id: string }>('/readings/add', {
    text: '2022年1-8月，全市100个重点项目年度计划投资200亿元，累计完成投资160亿元，占年度计划的90%。',
    title: '八月通报',
  });
  await page.goto(`/readings/${id}`);
  await page.locator('.check-list').getByText('不一致').first().click();
  await page.locator('mark.m-contradicts.m-chosen, mark.m-chosen').first().waitFor();
});

test('a decision is taken back by key with a reason, and the proposal is open again', async () => {
  const { page } = clerk;
  const { documents } = await clerk.get<{ documents: { id: string; accepted: number }[] }>('/readings');
  const taken = documents.find((one) => one.accepted === 3)!;
  await page.goto(`/readings/${taken.id}`);
  await choose('要求', '严格督办');
  await page.keyboard.press('z');
  const form = page.getByRole('dialog');
  await form.getByLabel('理由').fill('已另文交办');
  await form.getByRole('button', { name: '撤回决定' }).click();
  await form.waitFor({ state: 'detached' });
  const again = proposals().filter({ hasText: '严格督办' }).first();
  await again.getByText('已另文交办').waitFor();
  await again.getByRole('button', { name: '采纳', exact: true }).waitFor();
  const { rows } = await clerk.get<{ rows: { title: string; state: string }[] }>('/matters');
  const states = rows.filter((m) => /履约率|严格督办/.test(m.title)).map((m) => m.state);
  expect(states.filter((state) => state === 'draft')).toHaveLength(1);
});

test('a PDF is brought through the page, and its wrong rate is found', async () => {
  const { page } = clerk;
  const sheet = await browser.newPage();
  await sheet.setContent(`<meta charset="utf-8"><h1>八月通报</h1><p>2022年9月5日</p>
    <p>2022年1-8月，全市100个重点项目年度计划投资200亿元，累计完成投资160亿元，占年度计划的90%。</p>`);
  const buffer = await sheet.pdf({ format: 'A4' });
  await sheet.close();
  await page.goto('/readings');
  await page.getByRole('button', { name: '送审', exact: true }).click();
  const form = page.getByRole('dialog');
  await form.locator('input[type=file]').setInputFiles({ name: '八月通报.pdf', mimeType: 'application/pdf', buffer });
  await form.getByText('已选 八月通报.pdf').waitFor();
  await form.getByRole('button', { name: '开始审读' }).click();
  await page.locator('.check-list').getByText('不一致').first().waitFor();
  await page.locator('.marked-text mark.m-contradicts').filter({ hasText: '90%' }).first().waitFor();
});

test('a document of two million characters is dropped on the page: it comes in parts, and the browser goes on', async () => {
  const { page } = clerk;
  await page.goto('/readings');
  await page.getByRole('button', { name: '送审', exact: true }).click();
  const form = page.getByRole('dialog');
  await form.locator('input[type=file]').waitFor({ state: 'attached' });
  const transfer = await page.evaluateHandle(() => {
    const line = `${'全市重点项目建设有序推进，各项保障措施落实到位；'.repeat(40)}\n`;
    const words = `重点项目推进会纪要\n2022年9月6日\n${line.repeat(2_100)}年度计划投资200亿元，完成投资160亿元，占年度计划的90%。\n`;
    const data = new DataTransfer();
    data.items.add(new File([words], '汇编.txt', { type: 'text/plain' }));
    return data;
  });
  await form.locator('.drop').dispatchEvent('drop', { dataTransfer: transfer });
  await form.getByText('已选 汇编.txt').waitFor({ timeout: 60_000 });
  await form.getByRole('button', { name: '开始审读' }).click();
  await page.getByText(/分 \d+ 段显示/).waitFor({ timeout: 90_000 });
  const shown = await page
    .locator('.marked-text')
    .first()
    .evaluate((element) => element.textContent!.length);
  expect(shown).toBeLessThan(45_000);
  await page
    .getByRole('navigation', { name: '段', exact: true })
    .getByRole('button', { name: /^第 \d+ 段$/ })
    .click();
  await page.locator('.marked-text mark.m-contradicts').filter({ hasText: '90%' }).first().waitFor({ timeout: 60_000 });
}, 240_000);

test('no page complained on the way', () => {
  expect(clerk.complaints).toEqual([]);
});
