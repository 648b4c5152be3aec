import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Browser, type BrowserContext, chromium, type Page, type Request } from '@playwright/test';
import { testDatabase } from '../src/core/server/testing/test-db.ts';

export interface Program {
  url: string;
  /** Everything it printed. */
  said(): string;
  /** Ends it and starts it again on the same data, at the same address, on another day. */
  onDay(today: string): Promise<void>;
  stop(): Promise<void>;
}

/** Starts the program as a person would, as a process of its own, on an empty database and data directory. */
export async function startProgram({ today = '2021-09-26', args = [] as string[] } = {}): Promise<Program> {
  const database = await testDatabase({ empty: true });
  const dataDir = await mkdtemp(join(tmpdir(), 'guatu-e2e-'));
  const port = await freePort();
  let child: ChildProcess;
  let said = '';
  const begin = async (day: string): Promise<string> => {
    const before = said.length;
    child = spawn(process.execPath, ['src/server.ts', ...args], {
      env: {
        ...process.env,
        PORT: String(port),
        HOST: '127.0.0.1',
        GUATU_DATA: dataDir,
        DATABASE_URL: database.url,
        GUATU_TODAY: day,
        GUATU_LOG: 'error',
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    child.stdout!.on('data', (text) => (said += text));
    child.stderr!.on('data', (text) => (said += text));
    return new Promise<string>((found, fail) => {
      const look = setInterval(() => {
        const at = /挂图 Guatu {2}(http:\S+)/.exec(said.slice(before));
        if (!at && child.exitCode === null) return;
        clearInterval(look);
        if (at) found(at[1]!);
        else fail(new Error(`The program did not start:\n${said}`));
      }, 100);
    });
  };
  const end = async () => {
    if (child.exitCode !== null) return;
    const ended = new Promise((done) => child.once('exit', done));
    child.kill('SIGTERM');
    await ended;
  };
  const url = await begin(today);
  return {
    url,
    said: () => said,
    async onDay(day) {
      await end();
      await begin(day);
    },
    async stop() {
      await end();
      await rm(dataDir, { recursive: true, force: true });
      await database.drop();
    },
  };
}

/** A port that nobody uses now; it stays the program's through its restarts. */
const freePort = (): Promise<number> =>
  new Promise((found, fail) => {
    const server = createServer();
    server.once('error', fail);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => found(port));
    });
  });

export const launch = (): Promise<Browser> =>
  chromium.launch({
    executablePath: process.env.GUATU_CHROMIUM ?? '/usr/bin/chromium',
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--no-first-run',
    ],
  });

/** A person's browser: their own cookies, a Chinese desktop, and a record of everything the pages complain about. */
export interface Person {
  context: BrowserContext;
  page: Page;
  complaints: string[];
  /** Waits until the page has drawn what it asked for: nothing is on its way, nothing says that it is reading. */
  settled(): Promise<void>;
  /** A command of the API with this person's cookies: for what the story does not show. */
  post<T>(path: string, data: object): Promise<T>;
  get<T>(path: string): Promise<T>;
}

export async function personIn(browser: Browser, url: string, size = { width: 1440, height: 900 }): Promise<Person> {
  const context = await browser.newContext({ baseURL: url, locale: 'zh-CN', viewport: size });
  const page = await context.newPage();
  page.setDefaultTimeout(45_000);
  const complaints: string[] = [];
  page.on('console', (message) => message.type() === 'error' && complaints.push(`${page.url()}: ${message.text()}`));
  page.on('pageerror', (error) => complaints.push(`${page.url()}: ${error.message}`));
  const open = new Set<Request>();
  page.on('request', (request) => {
    // What a page asked for dies with it, sometimes without a word.
    if (request.isNavigationRequest()) open.clear();
    // The line of events stays open for good; all else ends.
    if (request.resourceType() !== 'eventsource') open.add(request);
  });
  page.on('requestfinished', (request) => open.delete(request));
  page.on('requestfailed', (request) => open.delete(request));
  const checked = async <T>(response: Awaited<ReturnType<typeof context.request.get>>) => {
    if (!response.ok()) throw new Error(`${response.url()}: ${response.status()} ${await response.text()}`);
    return response.json() as Promise<T>;
  };
  return {
    context,
    page,
    complaints,
    settled: () => settled(page, open),
    post: async (path, data) =>
      checked(await context.request.post(`/api${path}`, { headers: { 'x-guatu': '1' }, data })),
    get: async (path) => checked(await context.request.get(`/api${path}`)),
  };
}

async function settled(page: Page, open: ReadonlySet<Request>): Promise<void> {
  const start = Date.now();
  // Three times in a row: between an answer and the question that follows from it the page is idle for a moment.
  for (let calm = 0; calm < 3; await new Promise((done) => setTimeout(done, 40))) {
    const isDrawn = await page.evaluate(async () => {
      await document.fonts.ready;
      await new Promise((done) => requestIdleCallback(done, { timeout: 2_000 }));
      return (
        document.querySelector('#root main, #root h1, #root form, #root p') !== null &&
        document.querySelector('[aria-busy=true], .page-wait, .ant-spin-spinning') === null
      );
    });
    calm = isDrawn && open.size === 0 ? calm + 1 : 0;
    if (Date.now() - start > 60_000)
      throw new Error(`${page.url()} does not come to rest: ${[...open].map((request) => request.url()).join(' ')}`);
  }
}

export const signIn = (person: Person, username: string, password: string): Promise<unknown> =>
  person.post('/identity/sign-in', { username, password });
