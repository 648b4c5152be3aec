import type { Browser, Locator } from '@playwright/test';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { launch, type Person, type Program, personIn, signIn, startProgram } from './program.ts';

// One project from the reserve to production: its gates with their papers, a pause, a second version of its plan, a month
// that is filed, frozen and then found wrong. At the end the pages tell all of it: nothing that was said is gone.

const password = 'Lake-and-river-2021';
const name = '洞庭湖博物馆新馆';

let program: Program;
let browser: Browser;
let admin: Person;
let clerk: Person;
let reviewer: Person;
let projectId: string;
const people: Person[] = [];
/** What the server refused to a page, by status and path: the console names only the page. */
const refused: string[] = [];
const enter = async () => {
  const person = await personIn(browser, program.url);
  people.push(person);
  person.page.on('response', (answer) => {
    if (answer.status() >= 400) refused.push(`${answer.status()} ${new URL(answer.url()).pathname}`);
  });
  return person;
};

/** Registers a person with a post in the office and an account, and changes the first password as they would. */
async function employ(called: string, username: string): Promise<Person> {
  const offices = await admin.get<{ id: string }[]>('/organization/units?kind=office');
  const post = { unitId: offices[0]!.id, title: '科员', validFrom: '2021-01-01' };
  const { id: personId } = await admin.post<{ id: string }>('/organization/persons', { name: called, post });
  const { id, firstPassword } = await admin.post<{ id: string; firstPassword: string }>('/identity/accounts', {
    personId,
    username,
  });
  await admin.post('/identity/grants', { accountId: id, role: 'office', validFrom: '2021-01-01' });
  const person = await enter();
  await signIn(person, username, firstPassword);
  await person.post('/identity/password', { currentPassword: firstPassword, newPassword: password });
  return person;
}

beforeAll(async () => {
  program = await startProgram({ today: '2021-12-28' });
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
  clerk = await employ('刘敏', 'liumin');
  reviewer = await employ('陈立', 'chenli');
});
afterAll(async () => {
  await browser?.close();
  await program?.stop();
});

const life = () => clerk.page.locator('#lifecycle');
/** Waits until the path of the project page shows it at this gate. */
const standsAt = (gate: string) =>
  life().locator('[aria-current=step]').getByRole('button').filter({ hasText: gate }).waitFor();

async function pickDay(drawer: Locator, label: string, day: string): Promise<void> {
  const box = drawer.getByLabel(label, { exact: true });
  await box.fill(day);
  // Enter takes the day; were it to send the form as well, the server would refuse the missing papers.
  await box.press('Enter');
  await expect.poll(() => box.inputValue(), { timeout: 10_000 }).toBe(day);
}

/** Passes a gate in its drawer, with the numbers of its papers, and sees the project stand there. */
async function pass(gate: string, on: string, papers: Record<string, string>): Promise<void> {
  await life()
    .getByRole('button', { name: `办理${gate}`, exact: true })
    .click();
  const drawer = clerk.page.getByRole('dialog', { name: `办理${gate}` });
  await pickDay(drawer, '日期', on);
  for (const [paper, number] of Object.entries(papers)) await drawer.getByLabel(paper).fill(number);
  await drawer.getByRole('button', { name: '办理', exact: true }).click();
  await drawer.waitFor({ state: 'hidden' });
  await standsAt(gate);
  await life().getByText(on).first().waitFor();
}

test('a project enters the register in the reserve, and cannot leap over the gates before production', async () => {
  const { page } = clerk;
  await page.goto('/projects/new');
  await page.getByLabel('项目名称', { exact: true }).fill(name);
  await page.getByLabel('总投资', { exact: true }).fill('5');
  await page.getByLabel('年度计划', { exact: true }).fill('1.2');
  await page.getByRole('button', { name: '登记', exact: true }).click();
  await page.getByRole('heading', { name }).waitFor();
  projectId = new URL(page.url()).pathname.split('/').at(-1)!;
  await standsAt('储备');

  const leap = { to: 'producing', on: '2021-12-20', documents: [{ kind: 'production', number: '投用证明1号' }] };
  await expect(clerk.post(`/lifecycle/projects/${projectId}/move`, leap)).rejects.toThrow(
    /422.*缺少关口：前期、开工、在建、竣工/,
  );
});

test('it passes the gates to the main works, each with its day and papers', async () => {
  await pass('前期', '2021-02-10', { '立项文件（审批、核准或备案）': '岳发改〔2021〕12号' });
  await pass('开工', '2021-03-18', {
    '施工许可证、开工令或正式打桩记录': '施许430600202103180101',
    开工现场照片: '照片2021-03-18-1',
  });
  await pass('在建', '2021-04-20', {});
});

test('it is suspended with a reason and goes on with a proof', async () => {
  const { page } = clerk;
  await life().getByRole('button', { name: '更多', exact: true }).click();
  await page.getByRole('menuitem', { name: '停建、缓建' }).click();
  const pausing = page.getByRole('dialog', { name: '登记停建、缓建' });
  await pickDay(pausing, '停缓建日期', '2021-06-01');
  await pausing.getByLabel('原因', { exact: true }).click();
  await page.getByTitle('资金', { exact: true }).click();
  await pausing.getByLabel('原因说明').fill('专项债券资金未到位，施工单位撤场');
  await pausing.getByLabel('复工措施').fill('落实市级配套资金');
  await pickDay(pausing, '预计复工日期', '2022-03-31');
  await pausing.getByRole('button', { name: '保存', exact: true }).click();
  await pausing.waitFor({ state: 'hidden' });
  await life().getByText('停建中').waitFor();
  await life().getByText('专项债券资金未到位，施工单位撤场').waitFor();
  const { stage } = await clerk.get<{ stage: string }>(`/projects/${projectId}`);
  expect(stage).toBe('suspended');

  await life().getByRole('button', { name: '办理复工' }).click();
  const resuming = page.getByRole('dialog', { name: '办理复工' });
  await pickDay(resuming, '复工日期', '2021-08-16');
  await resuming.getByLabel('复工令、复工照片或其他复工佐证').fill('复工令2021-08号');
  await resuming.getByRole('button', { name: '保存', exact: true }).click();
  await resuming.waitFor({ state: 'hidden' });
  await life().getByText('停建中').waitFor({ state: 'hidden' });
  await standsAt('在建');
});

test('the plan of the year is adjusted, and the plan of January stands beside it', async () => {
  const { page } = clerk;
  await page.locator('#progress').getByRole('button', { name: '年度计划', exact: true }).click();
  const planning = page.getByRole('dialog', { name: '2021 年年度计划' });
  await planning.getByText('保存后形成第 2 版，以前各版保留').waitFor();
  await planning.getByLabel('年度计划投资', { exact: true }).fill('0.8');
  await planning.getByLabel('批准人', { exact: true }).fill('周建平');
  await planning.getByLabel('原因', { exact: true }).fill('停建两个半月，调减年度计划');
  await planning.getByRole('button', { name: '保存', exact: true }).click();
  await planning.waitFor({ state: 'hidden' });
  await bothPlans();
});

const bothPlans = async () => {
  const plans = clerk.page.locator('.plan-versions');
  await plans.getByRole('row').filter({ hasText: '年初计划' }).filter({ hasText: '1.2' }).first().waitFor();
  const newest = plans.getByRole('row').filter({ hasText: '第 2 版' }).first();
  for (const part of ['0.8', '停建两个半月，调减年度计划', '周建平']) await newest.getByText(part).first().waitFor();
};

interface Filed {
  state: string;
}
const filed = () => clerk.get<Filed>(`/filings/of/${projectId}/2021-11`);
const becomes = (state: string) =>
  expect.poll(async () => (await filed()).state, { timeout: 15_000, interval: 50 }).toBe(state);

/** Types the amount of November, in 万元, and sends it. */
async function file(wan: string): Promise<void> {
  const { page } = clerk;
  await page.goto(`/filings/${projectId}/2021-11`);
  await page.locator('#monthYuan').fill(wan);
  await page.locator('#imageProgress').fill('主体结构封顶');
  await page.locator('#imageProgress').press('Control+Enter');
  await becomes('submitted');
}

/** The other person of the office accepts what waits. */
async function accept(): Promise<void> {
  const { page } = reviewer;
  await page.goto('/filings/review');
  await page.getByRole('heading', { name: new RegExp(name) }).waitFor();
  await page.keyboard.press('a');
}

test('November is filed, accepted by somebody else, and frozen', async () => {
  await clerk.post('/filing-cycles', { period: '2021-11' });
  await file('7500');
  await accept();
  await becomes('accepted');

  const { page } = reviewer;
  await page.goto('/snapshots/2021-11');
  await page.getByRole('button', { name: '冻结本月' }).click();
  await page.getByRole('dialog').getByRole('button', { name: '冻结', exact: true }).click();
  await page.getByRole('button', { name: '版本 1' }).waitFor();
  await becomes('frozen');
});

test('the frozen month is found wrong: asked for by one, approved by another, corrected, accepted and restated', async () => {
  const desk = clerk.page;
  await desk.goto(`/filings/${projectId}/2021-11`);
  await desk.getByRole('button', { name: '申请更正' }).click();
  const asking = desk.getByRole('dialog');
  await asking.getByLabel('原因（10 字以上）').fill('材料预付款重复计入完成投资');
  await asking.getByLabel('文件名称和文号').fill('岳审〔2021〕18号');
  await asking.locator('input[type=file]').setInputFiles({
    name: '审计意见.txt',
    mimeType: 'text/plain',
    buffer: Buffer.from('审计意见：材料预付款重复计入'),
  });
  await asking.getByText('已附：审计意见.txt').waitFor();
  await asking.getByRole('button', { name: '提交申请' }).click();
  await asking.waitFor({ state: 'hidden' });

  const { page } = reviewer;
  await page.goto('/filings/corrections');
  await page.getByRole('button', { name: '批准', exact: true }).click();
  const deciding = page.getByRole('dialog');
  await deciding.getByLabel('办理意见').fill('同意更正');
  await deciding.getByRole('button', { name: '批准', exact: true }).click();
  await deciding.waitFor({ state: 'hidden' });
  await becomes('returned');

  await file('7200');
  await accept();
  await expect.poll(async () => (await filed()).state, { timeout: 15_000 }).toMatch(/accepted|frozen/);

  await page.goto('/snapshots/2021-11');
  await page.getByText('有 1 份填报变化，待重述').waitFor();
  await page.getByRole('button', { name: '重述', exact: true }).click();
  const restating = page.getByRole('dialog');
  await restating.getByLabel('公开说明（10 字以上）').fill('核减重复计入的材料预付款 300 万元');
  await restating.getByLabel('文件名称和文号').fill('岳审〔2021〕18号');
  await restating.getByRole('button', { name: '重述', exact: true }).click();
  await page.getByRole('button', { name: '版本 2' }).waitFor();
});

test('it is completed and put into use, and its page still tells all that happened', async () => {
  const { page } = clerk;
  await page.goto(`/projects/${projectId}`);
  await pass('竣工', '2021-12-10', { 竣工验收报告: '竣验2021-31号' });
  await pass('投产', '2021-12-20', { '投产（投用）证明': '投用证明1号' });
  await page.reload();
  await standsAt('投产');
  for (const day of ['2021-02-10', '2021-03-18', '2021-04-20', '2021-12-10', '2021-12-20'])
    await life().getByText(day).first().waitFor();
  await bothPlans();

  const corrected = page.locator('#corrections').getByRole('row').filter({ hasText: '2021' });
  for (const part of ['7,500', '7,200', '已更正', '岳审〔2021〕18号', '刘敏 申请', '陈立 批准'])
    await corrected.getByText(part).first().waitFor();

  await life().getByRole('button', { name: '更多', exact: true }).click();
  await page.getByRole('menuitem', { name: '历史' }).click();
  const history = page.getByRole('dialog', { name: '全过程历史' }).getByRole('listitem');
  await history
    .filter({ hasText: '停建 登记 2021-06-01' })
    .filter({ hasText: '专项债券资金未到位，施工单位撤场' })
    .waitFor();
  await history.filter({ hasText: '复工 2021-08-16' }).filter({ hasText: '复工令2021-08号' }).waitFor();
});

test('the month still offers the snapshot that was frozen first, and names what restated it', async () => {
  const { page } = reviewer;
  await page.goto('/snapshots');
  await page.getByText('第 2 版（重述）').waitFor();
  await page.goto('/snapshots/2021-11');
  const restated = page.locator('.snap-restatement');
  await restated.getByText('差错更正：版本 1 → 2').waitFor();
  const cell = restated.getByRole('row').filter({ hasText: '本月完成' });
  for (const value of ['7,500', '7,200']) await cell.getByText(value).first().waitFor();
  const table = page.locator('section').filter({ has: page.getByRole('heading', { name: '快照中的调度表' }) });
  await table.getByText('7,200').first().waitFor();
  await page.getByRole('button', { name: '版本 1' }).click();
  await table.getByText('7,500').first().waitFor();
  await page.getByText('已被重述，原样保留').waitFor();
  await page.goto('/snapshots');
  await page.getByRole('button', { name: '校验快照链' }).click();
  await page.getByText('2 个快照逐一重算，链完整，没有改动').waitFor();
});

test('no page complained on the way', () => {
  expect(refused).toEqual([]);
  expect(people.flatMap((person) => person.complaints)).toEqual([]);
});
