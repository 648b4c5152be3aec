import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Browser, type BrowserContext, chromium, type Page } from '@playwright/test';
import { testDatabase } from '../src/core/server/testing/test-db.ts';

export interface Program {
  url: string;
  /** Everything it printed. */
  said(): string;
  stop(): Promise<void>;
}

/** Starts the program as a person would, as a process of its own, on an empty database and data directory. */
export async function startProgram({ today = '2021-09-26', args = [] as string[] } = {}): Promise<Program> {
  const database = await testDatabase({ empty: true });
  const dataDir = await mkdtemp(join(tmpdir(), 'guatu-e2e-'));
  const child: ChildProcess = spawn(process.execPath, ['src/server.ts', ...args], {
    env: {
      ...process.env,
      PORT: '0',
      HOST: '127.0.0.1',
      GUATU_DATA: dataDir,
      DATABASE_URL: database.url,
      GUATU_TODAY: today,
      GUATU_LOG: 'error',
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  child.stdout!.on('data', (text) => (said += text));
  child.stderr!.on('data', (text) => (said += text));
  const url = await new Promise<string>((found, fail) => {
    const look = setInterval(() => {
      const at = /挂图 Guatu {2}(http:\S+)/.exec(said);
      if (!at && child.exitCode === null) return;
      clearInterval(look);
      if (at) found(at[1]!);
      else fail(new Error(`The program did not start:\n${said}`));
    }, 100);
  });
  return {
    url,
    said: () => said,
    async stop() {
      if (child.exitCode === null) {
        const ended = new Promise((done) => child.once('exit', done));
        child.kill('SIGTERM');
        await ended;
      }
      await rm(dataDir, { recursive: true, force: true });
      await database.drop();
    },
  };
}

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
  const checked = async <T>(response: Awaited<ReturnType<typeof context.request.get>>) => {
    if (!response.ok()) throw new Error(`${response.url()}: ${response.status()} ${await response.text()}`);
    return response.json() as Promise<T>;
  };
  return {
    context,
    page,
    complaints,
    post: async (path, data) =>
      checked(await context.request.post(`/api${path}`, { headers: { 'x-guatu': '1' }, data })),
    get: async (path) => checked(await context.request.get(`/api${path}`)),
  };
}

export const signIn = (person: Person, username: string, password: string): Promise<unknown> =>
  person.post('/identity/sign-in', { username, password });
