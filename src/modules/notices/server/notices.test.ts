import { createHmac } from 'node:crypto';
import { createServer } from 'node:http';
import { createServer as createTcp } from 'node:net';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Caller, type TestCity, testCity } from '#core/server/testing/test-city.ts';
import { newId } from '#core/shared/id.ts';
import { emptyContent } from '#modules/filings/content.ts';
import { filings } from '#modules/filings/contract.ts';
import { type Browser, browser, goodPassword, newClerk } from '#modules/identity/server/testing/browser.ts';
import { ensureUnit } from '#modules/organization/server/public.ts';
import { projects } from '#modules/projects/contract.ts';
import { notices } from '../contract.ts';
import { remindNow } from './public.ts';

let city: TestCity;
let office: Caller;
let clerk: Browser;
let other: Browser;
const projectIds: string[] = [];

/** Two projects of 甲单位 owe September; the clock of the test stands on 24 September, 10 o'clock in Beijing. */
beforeAll(async () => {
  city = await testCity({ today: '2021-09-24' });
  office = city.as({ role: 'office' });
  const [a, b] = await city.system(async (scope) => [
    await ensureUnit(scope, { name: '甲单位', kind: 'department' }),
    await ensureUnit(scope, { name: '乙单位', kind: 'department' }),
  ]);
  await newClerk(city, {
    name: '王芳',
    username: 'wangfang',
    unitId: a!.id,
    grants: [{ role: 'filer', reach: 'unit' }],
  });
  await newClerk(city, {
    name: '陈静',
    username: 'chenjing',
    unitId: b!.id,
    grants: [{ role: 'filer', reach: 'unit' }],
  });
  clerk = browser(city);
  await clerk.identity.signIn({ username: 'wangfang', password: goodPassword });
  other = browser(city, '10.0.0.2');
  await other.identity.signIn({ username: 'chenjing', password: goodPassword });
  for (const name of ['中心医院', '机场快速路'])
    projectIds.push(
      (
        await office(projects).create({
          name,
          ownerUnitId: a!.id,
          stage: 'building',
          startActual: { day: '2021-01-10', precision: 'day', text: null },
          totalYuan: 500_000_000,
          plan: { year: 2021, planYuan: 120_000_000, goal: null },
        })
      ).id,
    );
  await office(filings).openCycle({ period: '2021-09' });
  await city.settle();
});
afterAll(() => city.close());

test('a filer is reminded once of everything not filed; other units hear nothing', async () => {
  await city.system(remindNow);
  await city.system(remindNow);
  const inbox = await clerk.call(notices).inbox({});
  expect(inbox.unread).toBe(1);
  expect(inbox.notices[0]).toMatchObject({ kind: 'filingDue', link: '/filings/mine', readAt: null });
  expect(inbox.notices[0]!.title.zh).toMatch(/^2021-09 月报 .*截止，还有 2 个项目未报$/);
  expect(inbox.notices[0]!.body.zh).toBe('中心医院、机场快速路');
  expect((await other.call(notices).inbox({})).notices).toEqual([]);
});

test('nobody reads or marks the notices of somebody else', async () => {
  const [mine] = (await clerk.call(notices).inbox({})).notices;
  await other.call(notices).read({ ids: [mine!.id] });
  expect((await clerk.call(notices).unread()).unread).toBe(1);
  expect(await clerk.call(notices).read({})).toEqual({ unread: 0 });
});

test('a returned filing is told to its filer, and to a robot that wants it, signed', async () => {
  const heard: { signature: string; body: string }[] = [];
  let answer = 500;
  const server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk) => {
      body += String(chunk);
    });
    request.on('end', () => {
      heard.push({ signature: String(request.headers['x-guatu-signature']), body });
      response.writeHead(answer).end();
    });
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const { port } = server.address() as { port: number };
  try {
    const hook = await office(notices).saveWebhook({
      name: '指挥部群',
      url: `http://127.0.0.1:${port}/hook?key=topsecret`,
      secret: 's3cret',
      format: 'guatu',
      kinds: ['filingReturned'],
      isActive: true,
    });
    expect(JSON.stringify(await office(notices).webhooks())).not.toMatch(/topsecret|s3cret/);

    const { id, draftVersion } = await clerk.call(filings).find({ projectId: projectIds[0]!, period: '2021-09' });
    const { seq } = await clerk.call(filings).submit({
      id,
      draftVersion,
      content: { ...emptyContent, monthYuan: 90_000_000, cumulativeYuan: 90_000_000, imageProgress: '主体施工至三层' },
    });
    await office(filings).sendBack({ id, seq: seq!, reason: '形象进度请写明层数依据', cells: ['imageProgress'] });
    await city.settle();
    const [first] = (await clerk.call(notices).inbox({ unread: 'true' })).notices;
    expect(first).toMatchObject({ kind: 'filingReturned' });
    expect(first!.title.zh).toContain('中心医院 2021-09');

    expect(heard).toHaveLength(1);
    expect((await office(notices).webhooks())[0]!.last).toMatchObject({
      state: 'waiting',
      error: 'the receiver answered 500',
    });
    const [, t, v1] = /^t=(\d+),v1=([0-9a-f]{64})$/.exec(heard[0]!.signature)!;
    expect(v1).toBe(createHmac('sha256', 's3cret').update(`${t}.${heard[0]!.body}`).digest('hex'));
    expect(JSON.parse(heard[0]!.body)).toMatchObject({ kind: 'filingReturned' });

    answer = 200;
    await office(notices).testWebhook({ id: hook.id });
    await city.settle();
    expect((await office(notices).webhooks())[0]!.last).toMatchObject({ state: 'sent', error: null });
    await office(notices).removeWebhook({ id: hook.id });
  } finally {
    server.close();
  }
});

test('mail goes out when a server is set, after the quiet hours', async () => {
  const letters: string[] = [];
  const smtp = createTcp((socket) => {
    let isLetter = false;
    socket.write('220 test\r\n');
    socket.on('data', (chunk) => {
      const text = String(chunk);
      if (isLetter) {
        letters.push(text);
        if (text.endsWith('\r\n.\r\n')) {
          isLetter = false;
          socket.write('250 kept\r\n');
        }
        return;
      }
      for (const line of text.split('\r\n').filter(Boolean)) {
        if (line === 'DATA') {
          isLetter = true;
          socket.write('354 go on\r\n');
        } else if (line === 'QUIT') socket.end('221 bye\r\n');
        else socket.write('250 ok\r\n');
      }
    });
    socket.on('error', () => {});
  });
  await new Promise<void>((done) => smtp.listen(0, '127.0.0.1', done));
  const { port } = smtp.address() as { port: number };
  const config = city.host.config as { mail?: { smtpUrl: string; from: string } };
  config.mail = { smtpUrl: `smtp://127.0.0.1:${port}`, from: 'guatu@example.gov.cn' };
  try {
    const preference = {
      push: true,
      mailAddress: 'wangfang@example.gov.cn',
      muted: [],
      quietFrom: '00:00',
      quietTo: '23:59',
    };
    await clerk.call(notices).setPreference(preference);
    await tellClerk('安静时段');
    await city.settle();
    expect(letters).toEqual([]);
    await clerk.call(notices).setPreference({ ...preference, quietFrom: '00:00', quietTo: '00:00' });
    await tellClerk('可以打扰');
    await city.settle();
    const letter = letters.join('');
    expect(letter).toMatch(/^To: wangfang@example\.gov\.cn/m);
    expect(letter).toContain(`=?UTF-8?B?${Buffer.from('可以打扰').toString('base64')}?=`);
    await clerk.call(notices).setPreference({ ...preference, quietTo: '00:00', muted: ['promise'] });
    letters.length = 0;
    await tellClerk('这类不要');
    await city.settle();
    expect(letters).toEqual([]);
    expect((await clerk.call(notices).inbox({})).notices[0]!.title.zh).toBe('这类不要');
  } finally {
    delete config.mail;
    smtp.close();
  }
});

async function tellClerk(title: string): Promise<void> {
  const { notify } = await import('./public.ts');
  const me = await clerk.identity.me();
  const accountId = 'account' in me && me.account ? me.account.id : '';
  await city.system((scope) =>
    notify(scope, [
      {
        accountId,
        key: title,
        kind: 'promise',
        title: { zh: title, en: title },
        body: { zh: '', en: '' },
        link: '/inbox',
      },
    ]),
  );
}

test('a browser is registered once for whoever is signed in, and leaves with him', async () => {
  const device = {
    endpoint: 'https://updates.push.services.mozilla.com/wpush/v2/abc',
    p256dh: 'B'.repeat(87),
    auth: 'a'.repeat(22),
    name: '办公室电脑',
  };
  const { id } = await clerk.call(notices).addDevice(device);
  expect((await clerk.call(notices).addDevice(device)).id).toBe(id);
  const seen = await clerk.call(notices).preference();
  expect(seen.devices).toHaveLength(1);
  expect(seen.pushKey).toMatch(/^[\w-]{80,}$/);
  await expect(other.call(notices).removeDevice({ id })).rejects.toMatchObject({ status: 404 });
  await clerk.call(notices).removeDevice({ id });
});

test('a browser whose push service nobody knows is not registered, and one that stands there already is not told', async () => {
  const device = { p256dh: 'B'.repeat(87), auth: 'a'.repeat(22), name: '办公室电脑' };
  for (const endpoint of ['https://127.0.0.1/push', 'https://intranet.example/push', 'https://fcm.googleapis.com:22/'])
    await expect(clerk.call(notices).addDevice({ ...device, endpoint })).rejects.toMatchObject({
      status: 422,
      code: 'push_service_unknown',
      field: 'endpoint',
    });
  expect((await clerk.call(notices).preference()).devices).toEqual([]);

  const me = await clerk.identity.me();
  const accountId = 'account' in me && me.account ? me.account.id : '';
  await city.system((scope) =>
    sql`insert into notices.device (city_id, id, account_id, endpoint, p256dh, auth, name, added_at)
      values (${scope.cityId}, ${newId()}, ${accountId}, 'https://localhost:9/push', 'p', 'a', '早先登记', ${scope.now})`.execute(
      scope.db,
    ),
  );
  const before = await clerk.call(notices).preference();
  await clerk
    .call(notices)
    .setPreference({ push: true, mailAddress: null, quietFrom: '03:00', quietTo: '03:00', muted: [] });
  await tellClerk('推送（示例）');
  await city.settle();
  const { rows } = await city.system((scope) =>
    sql<{ state: string; lastError: string }>`select d.state, d.last_error from notices.delivery d
      join notices.notice n on n.city_id = d.city_id and n.id = d.notice_id
      where d.city_id = ${scope.cityId} and d.channel = 'push' and n.key = '推送（示例）'`.execute(scope.db),
  );
  expect(rows).toEqual([{ state: 'failed', lastError: 'gone: no device at a known push service wants it' }]);
  await clerk.call(notices).removeDevice({ id: before.devices[0]!.id });
});

test('reminder rules are versions with reasons, and only the office changes them', async () => {
  const [shipped] = await office(notices).rules();
  await office(notices).setRules({
    basedOn: 0,
    rules: { ...shipped!.rules, beforeHours: [48] },
    reason: '三天前提醒太早',
  });
  expect((await office(notices).rules()).map((r) => r.version)).toEqual([1, 0]);
  await expect(office(notices).setRules({ basedOn: 0, rules: shipped!.rules, reason: '再改' })).rejects.toMatchObject({
    code: 'rules_changed',
  });
  await expect(clerk.call(notices).rules()).rejects.toMatchObject({ status: 403 });
});
