import type { Browser, Locator } from '@playwright/test';
import sharp from 'sharp';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { launch, type Person, type Program, personIn, signIn, startProgram } from './program.ts';

// Twelve tasks out of one document: issued in one go, signed for, one extended, one returned twice until its leader hears of
// it, one verified and struck off, one overdue with its red sheet on paper. The next meeting opens with how they stand.

const password = 'Lake-and-river-2021';
const units = {
  housing: '市住房和城乡建设局',
  traffic: '市交通运输局',
  reform: '市发展和改革委员会',
};
const report = `一、加快交通项目建设
（一）完成沿江公路路面施工12公里，11月15日前通车（${units.traffic}牵头，${units.reform}配合）。
（二）完成机场快速路二标段管线迁改，10月31日前完成（${units.traffic}牵头）。
（三）开工建设环湖大桥引桥，12月底前开工（${units.traffic}牵头，${units.housing}配合）。
（四）建成城区公交站台30个，11月底前投用（${units.traffic}牵头）。
二、抓好民生工程
（五）完成老旧小区改造48个，11月底前完工（${units.housing}牵头）。
（六）建成保障性租赁住房600套，12月底前交付（${units.housing}牵头，${units.reform}配合）。
（七）完成污水管网改造25公里，10月底前完成（${units.housing}牵头）。
（八）整改在建工地扬尘，10月15日前完成（${units.housing}牵头）。
三、强化要素保障
（九）争取专项债券项目16个，11月20日前完成申报（${units.reform}牵头）。
（十）完成重点项目能评批复8个，10月25日前办结（${units.reform}牵头）。
（十一）编制明年重点项目计划，12月15日前报送（${units.reform}牵头，${units.housing}、${units.traffic}配合）。
（十二）完善项目调度平台数据，11月10日前完成（${units.reform}牵头）。
`;

let program: Program;
let browser: Browser;
let admin: Person;
let clerk: Person;
let inspector: Person;
let housing: Person;
let traffic: Person;
const people: Person[] = [];
const unitIds = {} as Record<keyof typeof units | 'office', string>;
let leaderId: string;

const enter = async (size?: { width: number; height: number }) => {
  const person = await personIn(browser, program.url, size);
  people.push(person);
  return person;
};

interface Matter {
  id: string;
  no: string;
  title: string;
  state: string;
  light: string;
  returns: number;
  dueOriginal: string;
  dueCurrent: string;
  events: { act: string; payload: Record<string, unknown> }[];
}
const matterAbout = async (words: string): Promise<Matter> => {
  const { rows } = await clerk.get<{ rows: Matter[] }>(`/matters?q=${encodeURIComponent(words)}`);
  expect(rows.map((m) => m.title).join()).toContain(words);
  return clerk.get<Matter>(`/matters/${rows[0]!.id}`);
};

/** A person of a unit with an account, who has changed the first password. */
async function employ(unitId: string, called: string, username: string, role: string): Promise<Person> {
  const { id: personId, posts } = await admin.post<{ id: string; posts: { id: string }[] }>('/organization/persons', {
    name: called,
    post: { unitId, title: '经办', validFrom: '2021-01-01' },
  });
  const { id, firstPassword } = await admin.post<{ id: string; firstPassword: string }>('/identity/accounts', {
    personId,
    username,
  });
  const wholeCity = ['office', 'inspector', 'leader'].includes(role);
  await admin.post('/identity/grants', {
    accountId: id,
    role,
    validFrom: '2021-01-01',
    ...(!wholeCity && { postId: posts[0]!.id }),
  });
  const person = await enter();
  await signIn(person, username, firstPassword);
  await person.post('/identity/password', { currentPassword: firstPassword, newPassword: password });
  return person;
}

beforeAll(async () => {
  program = await startProgram({ today: '2021-09-26' });
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
  const office = (await admin.get<{ id: string }[]>('/organization/units?kind=office'))[0]!;
  const headquarters = (await admin.get<{ id: string }[]>('/organization/units?kind=headquarters'))[0]!;
  unitIds.office = office.id;
  for (const [key, name] of Object.entries(units)) {
    const unit = await admin.post<{ id: string }>('/organization/units', {
      name,
      kind: 'department',
      parentId: headquarters.id,
      validFrom: '2021-01-01',
    });
    unitIds[key as keyof typeof units] = unit.id;
    const leader = await admin.post<{ id: string }>('/organization/persons', {
      name: `${name.slice(1, 3)}局长`,
      post: { unitId: unit.id, title: '局长', leaderOrder: 1, validFrom: '2021-01-01' },
    });
    if (key === 'housing') leaderId = leader.id;
  }
  clerk = await employ(office.id, '刘敏', 'liumin', 'office');
  inspector = await employ(office.id, '陈立', 'chenli', 'inspector');
  await employ(headquarters.id, '周建平', 'zhoujp', 'leader');
  housing = await employ(unitIds.housing, '住建小王', 'wangzj', 'responsibleUnit');
  traffic = await employ(unitIds.traffic, '交通小李', 'lijt', 'responsibleUnit');
}, 180_000);
afterAll(async () => {
  await browser?.close();
  await program?.stop();
});

const drawerOf = (person: Person): Locator => person.page.getByRole('dialog').last();
const openMatter = async (person: Person, { id, title }: Matter) => {
  await person.page.goto(`/matters/${id}`);
  await person.page.getByRole('heading', { name: title }).waitFor();
};
const isNow = (words: string, state: string) =>
  expect.poll(async () => (await matterAbout(words)).state, { timeout: 20_000, interval: 200 }).toBe(state);

async function picture(seed: number): Promise<Buffer> {
  const stripes = Array.from(
    { length: 14 },
    (_, i) =>
      `<rect x="${(i * 61 * seed) % 420}" y="${(i * 43 * (seed + 3)) % 300}" width="${30 + ((i * 17 * seed) % 90)}" height="${20 + ((i * 29) % 70)}" fill="hsl(${(i * 67 + seed * 53) % 360},60%,${25 + ((i * 11) % 55)}%)"/>`,
  );
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="480" height="360"><rect width="480" height="360" fill="#9ab"/>${stripes.join('')}</svg>`;
  return sharp(Buffer.from(svg)).jpeg().toBuffer();
}

test('a clerk splits a document into twelve tasks, each tied to its words, and issues them in one go', async () => {
  const { page } = clerk;
  await page.goto('/decompositions');
  await page.getByRole('button', { name: '分解新文件' }).first().click();
  const drawer = drawerOf(clerk);
  await drawer.getByLabel('文件名称').fill('第四季度重点工作任务');
  const day = drawer.getByLabel('成文日期', { exact: true });
  await day.fill('2021-09-26');
  await day.press('Enter');
  await drawer.getByLabel('正文或表格', { exact: false }).fill(report);
  await drawer.getByRole('button', { name: '开始分解' }).click();
  await page.waitForURL(/\/decompositions\/[0-9a-f-]{36}/);
  await page.getByText('12 条', { exact: true }).first().waitFor();
  await page.getByRole('button', { name: '采用全部可签发的 12 条' }).click();
  await page.getByRole('button', { name: '签发 12 条' }).click();
  await drawerOf(clerk).getByRole('button', { name: '签发', exact: true }).click();
  await page.getByText('已签发 12 条').first().waitFor();
  const { rows } = await clerk.get<{ rows: Matter[] }>('/matters?limit=50');
  expect(rows).toHaveLength(12);
  expect(new Set(rows.map((m) => m.state))).toEqual(new Set(['issued']));
  expect((await matterAbout('沿江公路')).dueOriginal).toBe('2021-11-15');
});

test('each unit sees its own four, and no other, and signs for them together', async () => {
  for (const [person, words] of [
    [housing, '老旧小区'],
    [traffic, '公交站台'],
  ] as const) {
    const { page } = person;
    await page.goto('/matters?list=unsigned');
    await page.getByText(words).first().waitFor();
    await page.getByRole('checkbox', { name: '选择全部已载入的行' }).first().check();
    await page.getByRole('button', { name: '签收', exact: true }).first().click();
    await isNow(words, 'signed');
  }
  const others = await matterAbout('能评批复');
  await expect(housing.get(`/matters/${others.id}`)).rejects.toThrow(/404/);
});

test('one unit asks for more time before the limit, and somebody else grants it: both limits stand', async () => {
  const matter = await matterAbout('管线迁改');
  await openMatter(traffic, matter);
  await traffic.page.getByRole('button', { name: '申请延期' }).first().click();
  const asking = drawerOf(traffic);
  const day = asking.getByLabel('申请延至');
  await day.fill('2021-11-20');
  await day.press('Enter');
  await asking.getByLabel('理由', { exact: true }).fill('权属单位停电窗口推迟到十一月');
  await asking.getByRole('button', { name: '提交申请' }).click();
  await asking.waitFor({ state: 'hidden' });

  await openMatter(clerk, matter);
  await clerk.page.getByRole('button', { name: '审批延期' }).first().click();
  const deciding = drawerOf(clerk);
  await deciding.getByText('同意', { exact: true }).click();
  await deciding.getByRole('button', { name: '提交审批' }).click();
  await deciding.waitFor({ state: 'hidden' });
  const after = await matterAbout('管线迁改');
  expect([after.dueOriginal, after.dueCurrent]).toEqual(['2021-10-31', '2021-11-20']);
  await clerk.page.getByText('2021-11-20').first().waitFor();
  await clerk.page.getByText('2021-10-31').first().waitFor();
});

/** The lead unit claims with a photo, by the drawer of the page. */
async function claim(person: Person, matter: Matter, seed: number): Promise<void> {
  await openMatter(person, matter);
  await person.page.getByRole('button', { name: '申请销号' }).first().click();
  const drawer = drawerOf(person);
  await drawer.getByLabel('完成情况').fill('已完成，见照片');
  await drawer
    .locator('input[type=file]')
    .first()
    .setInputFiles({ name: `现场${seed}.jpg`, mimeType: 'image/jpeg', buffer: await picture(seed) });
  const send = drawer.getByRole('button', { name: '提交申请' });
  await expect.poll(() => send.isEnabled(), { timeout: 20_000 }).toBe(true);
  await send.click();
  await drawer.waitFor({ state: 'hidden' });
}

async function judge(matter: Matter, key: 'a' | 'r', note: string): Promise<void> {
  await openMatter(inspector, matter);
  await inspector.page.getByRole('button', { name: /^复核/ }).first().click();
  const drawer = drawerOf(inspector);
  await drawer
    .getByText(key === 'a' ? '同意销号' : '退回重办')
    .first()
    .click();
  const box = drawer.getByLabel(key === 'a' ? '复核意见' : '退回原因');
  await box.fill(note);
  await box.press('Control+Enter');
  await drawer.waitFor({ state: 'hidden' });
}

test('one is claimed with a photo, returned twice, and comes before its lead leader', async () => {
  const matter = await matterAbout('扬尘');
  for (const round of [1, 2]) {
    await claim(housing, matter, round);
    await isNow('扬尘', 'claimed');
    await judge(matter, 'r', '照片看不出是哪个工地');
    await isNow('扬尘', 'returned');
  }
  const after = await matterAbout('扬尘');
  expect(after.returns).toBe(2);
  expect(after.events.filter((e) => e.act === 'return').map((e) => e.payload.toLeader)).toEqual([undefined, leaderId]);
});

test('another is verified by somebody from outside and struck off; the unit itself could not', async () => {
  const matter = await matterAbout('老旧小区');
  await claim(housing, matter, 5);
  await isNow('老旧小区', 'claimed');
  await openMatter(housing, matter);
  expect(await housing.page.getByRole('button', { name: /^复核/ }).count()).toBe(0);
  await judge(matter, 'a', '抽看 6 个小区，均已完工');
  await isNow('老旧小区', 'closed');
});

test('weeks later the red sheet of what is overdue is issued with a leader’s consent, and prints', async () => {
  const { settings, version } = await clerk.get<{ settings: object; version: number }>('/supervision/settings');
  await clerk.post('/supervision/settings', {
    basedOn: version,
    settings: { ...settings, ruleSet: 'suqian' },
    reason: '按三色督办单执行',
  });
  await program.onDay('2021-11-08');
  const overdue = await matterAbout('污水管网');
  expect(overdue.light).toBe('red');
  const { page } = clerk;
  await page.goto('/supervision');
  const row = page.getByRole('row').filter({ hasText: '污水管网' });
  await row.getByText('红').first().waitFor();
  const leaders = await clerk.get<{ id: string; name: string }[]>('/supervision/leaders');
  const consent = { leaderId: leaders.find((one) => one.name === '周建平')!.id, on: '2021-11-08' };
  const { done } = await clerk.post<{ done: { id: string; no: string }[] }>('/supervision/sheets', {
    items: [{ matterId: overdue.id, colour: 'red' }],
    approval: consent,
  });
  expect(done[0]!.no).toMatch(/〔2021〕1号/);
  await openMatter(clerk, overdue);
  await page.getByText(done[0]!.no).first().waitFor();
  const printed = await clerk.context.request.get(
    `${program.url}/api/supervision/sheets/${done[0]!.id}/file?format=pdf`,
  );
  expect(printed.status()).toBe(200);
  expect((await printed.body()).subarray(0, 5).toString()).toBe('%PDF-');
});

test('the next meeting opens with how they stand', async () => {
  const { id } = await clerk.post<{ id: string }>('/meetings', {
    kind: 'dispatch',
    startsAt: '2021-11-09T01:00:00Z',
    place: '总指挥部会议室',
    chairName: '周建平',
    convenerUnitId: unitIds.office,
    participants: [{ unitId: unitIds.housing }, { unitId: unitIds.traffic }],
  });
  const { page } = clerk;
  await page.goto(`/meetings/${id}`);
  await page.getByRole('button', { name: '自动组成议程' }).first().click();
  await page.getByText('污水管网').first().waitFor();
  const item = page.locator('li, tr, article, section').filter({ hasText: '污水管网' }).last();
  await item.waitFor();
  // Its order is the chair's: by hand with the mouse, and back with the keyboard.
  const { version } = await clerk.get<{ version: number }>(`/meetings/${id}`);
  await clerk.post(`/meetings/${id}/items`, { version, title: '研究国庆假期安排' });
  const order = async () =>
    (await clerk.get<{ agenda: { title: string }[] }>(`/meetings/${id}`)).agenda.map(({ title }) => title);
  const before = await order();
  expect(before.length).toBeGreaterThan(1);
  const last = before.at(-1)!;
  await page.reload();
  const grips = page.locator('.mtg-grip');
  await expect.poll(() => grips.count(), { timeout: 20_000 }).toBe(before.length);
  await grips.last().scrollIntoViewIfNeeded();
  const [from, to] = [await grips.last().boundingBox(), await grips.nth(before.length - 2).boundingBox()];
  await page.mouse.move(from!.x + from!.width / 2, from!.y + from!.height / 2);
  await page.mouse.down();
  await page.mouse.move(to!.x + to!.width / 2, to!.y + 2, { steps: 12 });
  await page.mouse.up();
  await expect.poll(async () => (await order()).at(-2), { timeout: 20_000, interval: 200 }).toBe(last);
  await page.reload();
  await expect.poll(() => grips.count(), { timeout: 20_000 }).toBe(before.length);
  await page.getByRole('button', { name: `${last} 拖动调整顺序` }).focus();
  const lifted = page.locator('li[data-dragging="true"]');
  await page.keyboard.press('Space');
  await lifted.waitFor();
  // The places of the others are measured in the frame after it was lifted.
  await page.waitForTimeout(500);
  await page.keyboard.press('ArrowDown');
  await page.waitForTimeout(500);
  await page.keyboard.press('Space');
  await lifted.waitFor({ state: 'detached' });
  await expect.poll(order, { timeout: 20_000, interval: 200 }).toEqual(before);
  expect(
    people
      .flatMap((person) => person.complaints)
      .filter((line) => !/404|403|409|422|ERR_CONNECTION_REFUSED|ERR_INCOMPLETE/.test(line)),
  ).toEqual([]);
});
