import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { verifyAudit } from '#core/server/audit-chain.ts';
import { openDb } from '#core/server/db.ts';
import { findRunning } from '#core/server/embedded-postgres/start.ts';
import { writeWorkbook } from '#core/server/spreadsheet/write.ts';
import { ask, processesOf } from '#core/server/testing/embedded-scene.ts';
import { newId } from '#core/shared/id.ts';
import { client, type Send } from '#core/web/client.ts';
import { emptyContent } from '#modules/filings/content.ts';
import { filings } from '#modules/filings/contract.ts';
import { identity } from '#modules/identity/contract.ts';
import { organization } from '#modules/organization/contract.ts';
import { projects } from '#modules/projects/contract.ts';
import { freePort, GuatuProcess } from './guatu-process.ts';

// kill -9 of the server at ten random moments while months are filed and accepted, and while a ledger is imported:
// what was answered is there, once, and nothing is there by half. GUATU_TEST_SEED repeats the moments of a run.

const seed = Number(process.env.GUATU_TEST_SEED ?? Date.now() % 1_000_000);
let state = seed;
/** Mulberry32: from 0 up to 1. */
const random = (): number => {
  state = (state + 0x6d2b79f5) | 0;
  let t = Math.imul(state ^ (state >>> 15), 1 | state);
  t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
  return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
};
const pause = (ms: number) => new Promise((done) => setTimeout(done, ms));

const kills = 10;
const periods = ['2021-07', '2021-08', '2021-09'] as const;
const projectCount = 64;
const clerks = 4;
const ledgerRows = 300;
const password = 'rain-on-the-ferry-42';

const folder = mkdtempSync(join(tmpdir(), 'guatu-kill-'));
let guatu: GuatuProcess;
let filer: Send;
let reviewer: Send;
const projectIds: string[] = [];
/** Filing id → what its acceptance was answered for. */
const acknowledged = new Map<string, { projectId: string; yuan: number }>();
const unexpected: string[] = [];

/** A browser of one person that never gives up: the same request with the same key until somebody answers. */
function browser(): Send {
  const cookies = new Map<string, string>();
  return async (url, init = {}) => {
    const headers = new Headers(init.headers);
    headers.set('cookie', [...cookies].map(([name, value]) => `${name}=${value}`).join('; '));
    for (;;) {
      const signal = AbortSignal.timeout(30_000);
      const response = await fetch(`${guatu.url}${url}`, { ...init, headers, signal }).catch(() => undefined);
      // An answer may break off in the middle: then it was not heard.
      const body = await response?.arrayBuffer().catch(() => undefined);
      if (response && body && response.status < 500) {
        for (const line of response.headers.getSetCookie()) {
          const [, name, value] = /^([^=]+)=([^;]*)/.exec(line)!;
          cookies.set(name!, value!);
        }
        return new Response(body, response);
      }
      if (response && body && response.status === 500) unexpected.push(new TextDecoder().decode(body));
      await pause(100);
    }
  };
}

/** Somebody of the headquarters office with an account and a password of their own. */
async function openAccount(admin: Send, officeId: string, name: string, username: string): Promise<Send> {
  const post = { unitId: officeId, title: '科员', validFrom: '2020-01-01' };
  const { id: personId, posts } = await client(organization, admin).createPerson({ name, post });
  const { id: accountId, firstPassword } = await client(identity, admin).createAccount({ personId, username });
  await client(identity, admin).grant({ accountId, postId: posts[0]!.id, role: 'office', reach: 'city' });
  const here = browser();
  const own = client(identity, here);
  await own.signIn({ username, password: firstPassword });
  await own.changePassword({ currentPassword: firstPassword, newPassword: password });
  return here;
}

/** The database's own processes end by themselves when the program is killed. */
async function gone(): Promise<void> {
  for (let i = 0; i < 100 && processesOf(guatu.dataDir).length > 0; i++) await pause(100);
}

/** As often as not the database is killed with the program, as when the machine stops. */
async function killAndStart(): Promise<void> {
  await guatu.kill();
  if (random() < 0.5) for (const pid of processesOf(guatu.dataDir)) tryKill(pid);
  await guatu.start();
}
function tryKill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It has ended meanwhile.
  }
}

const yuanOf = (index: number) => 1_000_000 + index * 10_000;

beforeAll(async () => {
  chmodSync(folder, 0o755);
  guatu = new GuatuProcess(join(folder, '数据 目录'), await freePort(), { GUATU_TODAY: '2021-09-24' });
  await guatu.start();
  const [, setupCode] = /Set-up code \(works once\): (\S+)/.exec(guatu.output)!;
  const admin = browser();
  await client(identity, admin).setUp({
    setupCode: setupCode!,
    cityName: '岳阳市',
    regionCode: '430600',
    hqName: '岳阳市重点项目建设总指挥部',
    personName: '管理员',
    username: 'admin',
    password,
  });
  const { units } = await client(organization, admin).tree();
  const office = units.find((unit) => unit.kind === 'office')!;
  filer = await openAccount(admin, office.id, '赵琳', 'zhaolin');
  reviewer = await openAccount(admin, office.id, '刘敏', 'liumin');
  for (let index = 0; index < projectCount; index++) {
    const { id } = await client(projects, filer).create({
      name: `项目 ${index}`,
      ownerUnitId: office.id,
      stage: 'building',
      startActual: { day: '2021-01-10', precision: 'day', text: null },
      totalYuan: 500_000_000,
      plan: { year: 2021, planYuan: yuanOf(index) * 12, goal: null },
    });
    projectIds.push(id);
  }
  for (const period of periods) await client(filings, filer).openCycle({ period });
}, 180_000);

afterAll(async () => {
  await guatu?.kill();
  await gone();
  rmSync(folder, { recursive: true, force: true });
});

/** One project's months, filed and accepted one after the other. */
async function fileMonths(index: number): Promise<void> {
  const yuan = yuanOf(index);
  const projectId = projectIds[index]!;
  for (const [month, period] of periods.entries()) {
    const { id, draftVersion } = await client(filings, filer).find({ projectId, period });
    const content = {
      ...emptyContent,
      monthYuan: yuan,
      cumulativeYuan: yuan * (month + 1),
      imageProgress: `${period} 完成`,
      explanations: { behindPlan: '前期手续晚于计划，已按周调度赶工' },
    };
    const { seq, hits } = await twice(
      () => (options) => client(filings, filer).submit({ id, draftVersion, content }, options),
    );
    const waived = hits.filter((hit) => hit.severity === 'approve').map((hit) => hit.rule);
    await twice(() => (options) => client(filings, reviewer).accept({ id, seq: seq!, waived }, options));
    acknowledged.set(id, { projectId, yuan });
  }
}

/** A quarter of all commands goes out twice at the same time under one key, as from a browser whose line breaks. */
async function twice<T>(make: () => (options: { idempotencyKey: string }) => Promise<T>): Promise<T> {
  const options = { idempotencyKey: newId() };
  const calls = [make()(options)];
  if (random() < 0.25) calls.push(make()(options));
  const [first, second] = await Promise.all(calls);
  if (second) expect(second).toEqual(first);
  return first!;
}

/** A ledger of some hundred projects, analysed and ready to be accepted. */
async function readyImport(label: string): Promise<{ id: string; revision: number }> {
  const columns = ['序号', '项目名称', '总投资（万元）', '2021年计划投资（万元）'].map((header) => ({ header }));
  const rows = Array.from({ length: ledgerRows }, (_, i) => [i + 1, `${label}${i + 1}`, 1_000 + i, 100]);
  const bytes = await writeWorkbook([{ sheet: '台账', title: '2021年计划', columns, rows }]);
  const fileName = `${label}.xlsx`;
  const upload = await filer(`/api/files?name=${encodeURIComponent(fileName)}`, {
    method: 'POST',
    headers: { 'x-guatu': '1', 'content-type': 'application/octet-stream' },
    body: bytes as Uint8Array<ArrayBuffer>,
  });
  const { id: fileId } = (await upload.json()) as { id: string };
  const { id } = await client(projects, filer).startImport({ fileId, fileName });
  for (;;) {
    const found = await client(projects, filer).getImport({ id });
    if (found.state !== 'analysing') {
      expect(found).toMatchObject({ state: 'ready', counts: { new: ledgerRows } });
      return found;
    }
    await pause(200);
  }
}
const rowsNamed = async (label: string) => (await client(projects, filer).list({ q: label, limit: 1 })).totals.rows;

test(`ten times kill -9 while months are filed and ledgers imported: nothing accepted is lost, nothing is there twice or by half (GUATU_TEST_SEED=${seed})`, async () => {
  const total = projectCount * periods.length;
  const queue = projectIds.map((_, index) => index);
  const work = Promise.all(
    Array.from({ length: clerks }, async () => {
      for (let index = queue.shift(); index !== undefined; index = queue.shift()) await fileMonths(index);
    }),
  );
  let failure: unknown;
  work.catch((error) => {
    failure = error;
  });

  const imports: { label: string; afterKill: number }[] = [];
  for (let kill = 0; kill < kills; kill++) {
    // Spread over the whole work, each at a moment that nobody knows beforehand.
    const mark = ((kill + random()) / kills) * total * 0.9;
    while (acknowledged.size < mark && !failure) await pause(5);
    if (failure) throw failure;
    await pause(random() * 120);
    if (kill !== 3 && kill !== 7) {
      await killAndStart();
      continue;
    }
    const label = `台账${kill}行`;
    const { id, revision } = await readyImport(label);
    const idempotencyKey = newId();
    // Filing goes on meanwhile, but the import is asked for only once until the server is back.
    const accepting = client(projects, filer).acceptImport({ id, revision }, { idempotencyKey });
    await pause(random() * 400);
    await killAndStart();
    imports.push({ label, afterKill: await rowsNamed(label) });
    expect(await accepting).toMatchObject({ id, state: 'accepted' });
  }
  await work;
  expect(acknowledged.size).toBe(total);
  expect(unexpected).toEqual([]);

  for (const { label, afterKill } of imports) {
    expect([0, ledgerRows], `${label} right after the kill`).toContain(afterKill);
    expect(await rowsNamed(label)).toBe(ledgerRows);
  }
  await checkDatabase();
  await guatu.stop();
  expect(processesOf(guatu.dataDir)).toEqual([]);
}, 300_000);

/** What the tables say, past the program. */
async function checkDatabase(): Promise<void> {
  const { adminUrl } = findRunning(guatu.dataDir)!;
  const stored = await ask(
    adminUrl,
    `select f.id, f.project_id, f.state, f.accepted_month_yuan::text,
       (select count(*) from filings.filing_version v where v.filing_id = f.id)::integer,
       (select count(*) from filings.filing_version v where v.filing_id = f.id and v.seq = f.accepted_seq and v.month_yuan = f.accepted_month_yuan)::integer,
       (select count(*) from filings.filing_event e where e.filing_id = f.id and e.event = 'accept')::integer,
       (select count(*) from core.outbox o where o.topic = 'filings.accepted' and o.data ->> 'filingId' = f.id::text)::integer,
       (select count(*) from core.audit a where a.action = 'filings.accept' and a.subject_id = f.id::text)::integer
     from filings.filing f where f.state <> 'opened' order by f.id`,
  );
  const expected = [...acknowledged].map(([id, { projectId, yuan }]) => [
    id,
    projectId,
    'accepted',
    String(yuan),
    1,
    1,
    1,
    1,
    1,
  ]);
  expect(stored).toEqual(expected.sort(([x], [y]) => (String(x) < String(y) ? -1 : 1)));

  // The listeners count each month once, however often their jobs were broken off.
  const done = () =>
    ask(
      adminUrl,
      `select project_id, done_yuan::text from projects.standing where year = 2021 and done_yuan > 0 order by project_id`,
    );
  const sums = projectIds.map((id, index) => [id, String(yuanOf(index) * periods.length)]).sort();
  await expect.poll(done, { timeout: 60_000, interval: 500 }).toEqual(sums);

  const halves = await ask(
    adminUrl,
    `select i.state, count(*) from projects.import i group by 1
     union all select 'plans without project', count(*) from projects.plan p
       where not exists (select 1 from projects.project x where x.id = p.project_id)
     union all select 'projects without event', count(*) from projects.project p
       where not exists (select 1 from projects.project_event e where e.project_id = p.id)`,
  );
  expect(halves.map(([what, n]) => [what, Number(n)])).toEqual([
    ['accepted', 2],
    ['plans without project', 0],
    ['projects without event', 0],
  ]);

  const db = openDb(adminUrl, { max: 1 });
  try {
    const report = await verifyAudit(db);
    expect(report.faults).toEqual([]);
    expect(report.sealed + report.waiting).toBeGreaterThan(acknowledged.size * 2);
  } finally {
    await db.destroy();
  }
}
