// The evening of the 25th: 200 clients together send 1,000 filings in one minute to the real program over HTTP. Their p99
// against the median of one client alone on the same machine just before; every filing is then counted in the database.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort, GuatuProcess } from '../e2e/guatu-process.ts';
import { findRunning } from '../src/core/server/embedded-postgres/start.ts';
import { ask } from '../src/core/server/testing/embedded-scene.ts';
import { newId } from '../src/core/shared/id.ts';
import { client, type Send } from '../src/core/web/client.ts';
import { emptyContent } from '../src/modules/filings/content.ts';
import { filings } from '../src/modules/filings/contract.ts';
import { identity } from '../src/modules/identity/contract.ts';
import { organization } from '../src/modules/organization/contract.ts';
import { projects } from '../src/modules/projects/contract.ts';

const clients = 200;
const each = 5;
const alone = 40;
const seconds = 60;
const period = '2021-09';
const password = 'rain-on-the-ferry-42';
const pause = (ms: number) => new Promise((done) => setTimeout(done, ms));

function browser(url: string, cookies = new Map<string, string>()): Send {
  return async (path, init = {}) => {
    const headers = new Headers(init.headers);
    headers.set('cookie', [...cookies].map(([name, value]) => `${name}=${value}`).join('; '));
    const response = await fetch(`${url}${path}`, { ...init, headers });
    for (const line of response.headers.getSetCookie()) {
      const [, name, value] = /^([^=]+)=([^;]*)/.exec(line)!;
      cookies.set(name!, value!);
    }
    return response;
  };
}

const folder = mkdtempSync(join(tmpdir(), 'guatu-bench-'));
const guatu = new GuatuProcess(folder, await freePort(), { GUATU_TODAY: '2021-09-24' });
try {
  await guatu.start();
  const send = browser(guatu.url);
  await client(identity, send).setUp({
    setupCode: /Set-up code \(works once\): (\S+)/.exec(guatu.output)![1]!,
    cityName: '岳阳市',
    regionCode: '430600',
    hqName: '岳阳市重点项目建设总指挥部',
    personName: '管理员',
    username: 'admin',
    password,
  });
  const { units } = await client(organization, send).tree();
  const office = units.find((unit) => unit.kind === 'office')!;
  const post = { unitId: office.id, title: '科员', validFrom: '2020-01-01' };
  const { id: personId, posts } = await client(organization, send).createPerson({ name: '赵琳', post });
  const account = await client(identity, send).createAccount({ personId, username: 'zhaolin' });
  await client(identity, send).grant({ accountId: account.id, postId: posts[0]!.id, role: 'office', reach: 'city' });
  const cookies = new Map<string, string>();
  const own = browser(guatu.url, cookies);
  await client(identity, own).signIn({ username: 'zhaolin', password: account.firstPassword });
  await client(identity, own).changePassword({ currentPassword: account.firstPassword, newPassword: password });

  const ids: string[] = [];
  for (let i = 0; i < clients * each + alone; i++) {
    const { id } = await client(projects, own).create({
      name: `月末项目${i}`,
      ownerUnitId: office.id,
      stage: 'building',
      startActual: { day: '2021-01-10', precision: 'day', text: null },
      totalYuan: 500_000_000,
      plan: { year: 2021, planYuan: 120_000_000, goal: null },
    });
    ids.push(id);
  }
  await client(filings, own).openCycle({ period });

  /** Opens a filing and sends it, as a person does. Answers how long the sending took. */
  const file = async (as: Send, index: number): Promise<number> => {
    const { id, draftVersion } = await client(filings, as).find({ projectId: ids[index]!, period });
    const content = {
      ...emptyContent,
      monthYuan: 90_000_000,
      cumulativeYuan: 90_000_000,
      imageProgress: '主体施工至三层',
    };
    const started = performance.now();
    await client(filings, as).submit({ id, draftVersion, content }, { idempotencyKey: newId() });
    return performance.now() - started;
  };

  // What the listeners still have to do after so many new projects would be measured with the one client.
  const { adminUrl } = findRunning(folder)!;
  const waiting = async () => Number((await ask(adminUrl, 'select count(*) from graphile_worker.jobs'))[0]![0]);
  while ((await waiting()) > 0) await pause(500);
  // As on the 25th: the month was opened weeks ago, and the planner knows its rows.
  await ask(adminUrl, 'analyze');

  const single: number[] = [];
  for (let i = 0; i < alone; i++) single.push(await file(own, clients * each + i));
  single.sort((a, b) => a - b);

  const times: number[] = [];
  const failures: string[] = [];
  const started = performance.now();
  await Promise.all(
    Array.from({ length: clients }, async (_, clerk) => {
      const as = browser(guatu.url, new Map(cookies));
      for (let n = 0; n < each; n++) {
        // Spread over the minute whatever the answers take: a slow server does not slow the clerks.
        const at = ((n * clients + clerk) / (clients * each)) * seconds * 1000;
        await pause(Math.max(0, at - (performance.now() - started)));
        try {
          times.push(await file(as, clerk * each + n));
        } catch (error) {
          failures.push(String(error));
        }
      }
    }),
  );
  const took = (performance.now() - started) / 1000;
  times.sort((a, b) => a - b);
  const p99 = times[Math.ceil(times.length * 0.99) - 1]!;
  const one = single[Math.floor(single.length / 2)]!;
  const [[stored, versions]] = (await ask(
    adminUrl,
    `select count(*) filter (where state <> 'opened' and seq = 1)::integer, (select count(*)::integer from filings.filing_version) from filings.filing`,
  )) as [[number, number]];
  process.stdout.write(
    `1,000 filings from ${clients} clients in ${took.toFixed(0)} s: p99 ${(p99 / one).toFixed(1)}× the median of one client alone (${p99.toFixed(0)} ms against ${one.toFixed(0)} ms); ` +
      `${failures.length} refused; in the database ${stored - alone} filings with ${versions - alone} versions of ${clients * each}\n`,
  );
  if (failures.length > 0) process.stdout.write(`first refusal: ${failures[0]}\n`);
  if (stored - alone !== clients * each || versions - alone !== clients * each) process.exitCode = 1;
} finally {
  await guatu.stop();
  rmSync(folder, { recursive: true, force: true });
}
