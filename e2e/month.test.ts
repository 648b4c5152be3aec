import { createHash } from 'node:crypto';
import type { Browser } from '@playwright/test';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { launch, type Person, type Program, personIn, signIn, startProgram } from './program.ts';

// A month from the checklist to the bulletin: tried, frozen, put into words, released. Then a filing is found wrong, and a
// second edition with its bulletin stands beside the first, which stays byte for byte. A unit sees its own rows only.

const password = 'Lake-and-river-2021';
const period = '2021-08';

let program: Program;
let browser: Browser;
let admin: Person;
let clerk: Person;
let colleague: Person;
let stranger: Person;
const people: Person[] = [];
const enter = async () => {
  const person = await personIn(browser, program.url);
  people.push(person);
  return person;
};

async function employ(unitId: string, called: string, username: string, roles: string[]): Promise<Person> {
  const { id: personId, posts } = await admin.post<{ id: string; posts: { id: string }[] }>('/organization/persons', {
    name: called,
    post: { unitId, title: '经办', validFrom: '2021-01-01' },
  });
  const { id, firstPassword } = await admin.post<{ id: string; firstPassword: string }>('/identity/accounts', {
    personId,
    username,
  });
  for (const role of roles)
    await admin.post('/identity/grants', {
      accountId: id,
      role,
      validFrom: '2021-01-01',
      ...(role === 'responsibleUnit' && { postId: posts[0]!.id }),
    });
  const person = await enter();
  await signIn(person, username, firstPassword);
  await person.post('/identity/password', { currentPassword: firstPassword, newPassword: password });
  return person;
}

interface Filing {
  id: string;
  seq: number | null;
  draftVersion: number;
  draft: Record<string, unknown>;
  state: string;
}
const filingOf = (projectId: string) => clerk.get<Filing>(`/filings/of/${projectId}/${period}`);

/** One files, another accepts. Amounts in whole yuan. */
async function file(projectId: string, yuan: number): Promise<void> {
  const open = await filingOf(projectId);
  const content = { ...open.draft, monthYuan: yuan, cumulativeYuan: yuan, imageProgress: '主体施工' };
  await clerk.post(`/filings/one/${open.id}/submit`, { id: open.id, draftVersion: open.draftVersion, content });
  const { seq } = await filingOf(projectId);
  await colleague.post(`/filings/one/${open.id}/accept`, { id: open.id, seq });
}

const projects: { id: string; name: string; yuan: number }[] = [
  { id: '', name: '环湖大桥', yuan: 62_000_000 },
  { id: '', name: '市妇幼保健院', yuan: 45_000_000 },
  { id: '', name: '临港智造园', yuan: 15_000_000 },
];

beforeAll(async () => {
  program = await startProgram({ today: '2021-08-27' });
  browser = await launch();
  admin = await enter();
  await admin.post('/identity/setup', {
    setupCode: /设置码（只能用一次）：(\S+)/.exec(program.said())![1]!,
    cityName: '岳阳市',
    regionCode: '430600',
    hqName: '岳阳市重点项目建设总指挥部',
    personName: '周系统',
    username: 'root',
    password,
  });
  await signIn(admin, 'root', password);
  const [office] = await admin.get<{ id: string }[]>('/organization/units?kind=office');
  const [headquarters] = await admin.get<{ id: string }[]>('/organization/units?kind=headquarters');
  const other = await admin.post<{ id: string }>('/organization/units', {
    name: '市水利局',
    kind: 'department',
    parentId: headquarters!.id,
    validFrom: '2021-01-01',
  });
  clerk = await employ(office!.id, '刘敏', 'liumin', ['office', 'leader']);
  colleague = await employ(office!.id, '陈立', 'chenli', ['office', 'leader']);
  stranger = await employ(other.id, '沈涛', 'shentao', ['responsibleUnit']);
  for (const project of projects) {
    const { id } = await clerk.post<{ id: string }>('/projects', {
      name: project.name,
      stage: 'building',
      totalYuan: 500_000_000,
      startActual: { day: '2021-01-10', precision: 'day', text: null },
      plan: { year: 2021, planYuan: 100_000_000, goal: null },
    });
    project.id = id;
  }
  await clerk.post('/filing-cycles', { period });
  for (const project of projects) await file(project.id, project.yuan);
}, 180_000);
afterAll(async () => {
  await browser?.close();
  await program?.stop();
});

const month = () => clerk.page.goto(`/editions/${period}`);
const path = () => clerk.page.locator('.month-path');
interface Line {
  id: string;
  period: string;
  state: string;
  issue?: number;
}
const bulletins = async () => {
  const { rows } = await clerk.get<{ rows: Line[] }>('/publications?year=2021');
  return rows;
};
const filesOf = async (id: string): Promise<Record<string, string>> => {
  const found: Record<string, string> = {};
  for (const product of ['word', 'pdf', 'workbook', 'slides']) {
    const reply = await clerk.context.request.get(`/api/publications/${id}/files/${product}`);
    expect([product, reply.status()]).toEqual([product, 200]);
    found[product] = createHash('sha256')
      .update(await reply.body())
      .digest('hex');
  }
  return found;
};

test('the month is gone through and tried', async () => {
  const { page } = clerk;
  await month();
  await page.getByText('填报齐全').waitFor();
  await page.getByText('应报 3，已审核 3，尚缺 0').waitFor();
  await page.getByRole('button', { name: '试算', exact: true }).click();
  await page.getByText('试算结果').waitFor();
  await path().getByText('第 1 次').waitFor();
  await page.getByText('40.7%').first().waitFor();
});

test('it is frozen, and the edition stands', async () => {
  const { page } = clerk;
  await page.getByRole('button', { name: '冻结定稿', exact: true }).click();
  await page.getByRole('dialog').getByRole('button', { name: '冻结定稿', exact: true }).click();
  await path().getByText('第 1 版').first().waitFor();
  await expect(stranger.get(`/editions/${period}/1`)).rejects.toThrow(/404/);
});

let first: string;
let kept: Record<string, string>;
let text: string;
test('its bulletin is drafted, read and released, and with it the month is published', async () => {
  const { page } = clerk;
  await page.goto('/publications');
  await page.getByRole('button', { name: '起草通报', exact: true }).click();
  await page.getByRole('dialog').getByRole('button', { name: '保存', exact: true }).click();
  await page.getByText('40.7%').first().waitFor();
  first = new URL(page.url()).pathname.split('/').at(-1)!;
  await page.getByRole('button', { name: '签发', exact: true }).click();
  await page.getByRole('dialog').getByRole('button', { name: '签发', exact: true }).click();
  await expect
    .poll(async () => (await bulletins()).find((row) => row.id === first)?.state, { timeout: 90_000, interval: 500 })
    .toBe('released');
  kept = await filesOf(first);
  text = await (await clerk.context.request.get(`/api/editions/${period}/1/text`)).text();
  await month();
  await page
    .getByText(/由.*发布/)
    .first()
    .waitFor();
  const seen = await stranger.get<{ body: { total: { doneYuan: number } } }>(`/editions/${period}/1`);
  expect(seen.body.total.doneYuan).toBe(122_000_000);
  expect(await stranger.get(`/editions/${period}/1/projects`)).toEqual({ total: 0, rows: [] });
});

test('a filing is found wrong; a second edition and a second bulletin stand beside the first', async () => {
  const [bridge] = projects;
  const filing = await filingOf(bridge!.id);
  const asked = await clerk.post<{ id: string }>(`/filings/one/${filing.id}/request-correction`, {
    id: filing.id,
    cause: 'ERROR',
    reason: '材料预付款重复计入完成投资',
    documentNo: '岳审〔2021〕18号',
  });
  await colleague.post(`/filing-corrections/${asked.id}/decide`, {
    id: asked.id,
    decision: 'approved',
    note: '属实，同意更正',
  });
  await file(bridge!.id, 52_000_000);

  const { page } = clerk;
  await month();
  await page.getByText('定稿以后有 1 份填报更正').first().waitFor();
  await page.getByRole('button', { name: '形成新的一版', exact: true }).click();
  const form = page.getByRole('dialog');
  await form.getByLabel('依据文件').fill('岳审〔2021〕18号');
  await form.getByLabel('公开说明（为什么有这一版）').fill('环湖大桥材料预付款重复计入，核减一千万元');
  await form.getByRole('button', { name: '冻结定稿', exact: true }).click();
  await path().getByText('第 2 版').first().waitFor();
  await page.goto(`/editions/${period}/2`);
  const change = page.getByRole('row').filter({ hasText: '全市' }).filter({ hasText: '本年累计' });
  for (const value of ['12,200.00万元', '11,200.00万元']) await change.getByText(value).first().waitFor();

  const { id } = await clerk.post<{ id: string }>('/publications', { template: 'month', period, keepsText: true });
  const draft = await clerk.get<{ draftVersion: number }>(`/publications/${id}`);
  await clerk.post(`/publications/${id}/release`, {
    id,
    draftVersion: draft.draftVersion,
    note: '环湖大桥材料预付款重复计入，核减一千万元',
  });
  await expect
    .poll(async () => (await bulletins()).find((row) => row.id === id)?.state, { timeout: 90_000, interval: 500 })
    .toBe('released');
  expect(await filesOf(id)).not.toEqual(kept);
});

test('the first edition and the files of the first bulletin are what they were, byte for byte', async () => {
  expect(await filesOf(first)).toEqual(kept);
  expect(await (await clerk.context.request.get(`/api/editions/${period}/1/text`)).text()).toBe(text);
  const { page } = clerk;
  await page.goto(`/editions/${period}/1`);
  await page.getByText('这不是最新一版，最新为第 2 版').waitFor();
  await page.goto('/editions');
  await page.getByRole('button', { name: '校验各版' }).click();
  await page.getByText('2 版全部与定稿时相同').waitFor();
});

test('no page complained on the way', () => {
  expect(people.flatMap((person) => person.complaints)).toEqual([]);
});
