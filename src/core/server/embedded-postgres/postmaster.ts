import { closeSync, existsSync, openSync, readFileSync, renameSync, rmSync, statSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import pg from 'pg';
import type { Words } from '../../shared/words.ts';
import { GroundProblem } from '../ground-problem.ts';
import { nameFor } from './cluster.ts';
import { type Connection, maintenanceUrl } from './connection.ts';
import type { Layout } from './layout.ts';
import { isAlive, postgresIn, sleep, waitUntil } from './processes.ts';
import type { RunAs } from './run-as.ts';
import { problemFrom } from './sentences.ts';
import { asArguments, serverSettings } from './settings.ts';
import { spawnWatched, type Watched } from './watched.ts';

export interface PostmasterOptions {
  layout: Layout;
  account: RunAs;
  programs: string;
  settings: Readonly<Record<string, string>>;
  testing: boolean;
  log: (words: Words) => void;
}

/**
 * Stops whatever is left of an earlier server in this cluster, then removes its pid file. PostgreSQL itself would
 * refuse to start over a zombie, or over a pid that another program has by now; we know better, because we look at
 * what works in the directory. Call with the directory's lock held.
 */
export async function clearRemains(layout: Layout, log: PostmasterOptions['log']): Promise<void> {
  const pidFile = join(layout.cluster, 'postmaster.pid');
  const gone = (): boolean => postgresIn(layout.cluster).length === 0;
  if (!gone()) {
    log({
      zh: '上次的数据库进程仍在运行，正在停止……',
      en: 'A database process of an earlier run is still at work; stopping it…',
    });
    const main = parseInt(existsSync(pidFile) ? readFileSync(pidFile, 'utf8') : '', 10);
    for (const [signal, ms] of [
      ['SIGINT', 10_000],
      ['SIGQUIT', 3_000],
      ['SIGKILL', 3_000],
    ] as const) {
      const left = postgresIn(layout.cluster);
      // The server stops its own backends; without it, each has to be told.
      for (const pid of left.includes(main) ? [main] : left) signalQuietly(pid, signal);
      if (await waitUntil(gone, ms)) break;
    }
    if (!gone()) {
      const pids = postgresIn(layout.cluster).join(', ');
      throw new GroundProblem('remains', {
        zh: `上次的数据库进程（${pids}）无法停止。请手动结束这些进程后再启动。`,
        en: `Database processes of an earlier run (${pids}) cannot be stopped. End them by hand, then start again.`,
      });
    }
  }
  rmSync(pidFile, { force: true });
}

function signalQuietly(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch {
    // it ended meanwhile
  }
}

/** Starts the server and returns when it answers. The port of last time is kept when it is free. */
export async function startPostmaster(options: PostmasterOptions, connection: Connection): Promise<Watched> {
  const { layout } = options;
  for (let attempt = 1; ; attempt++) {
    if (!(await isFree(connection.port))) connection.port = await freePort();
    const from = turnLog(layout.logFile);
    const watched = spawnPostmaster(options, connection);
    if (await answers(watched, connection, options.log)) return watched;
    const said = logSince(layout.logFile, from);
    // Another program took the port between our look and the server's bind.
    if (/could not (bind|create any TCP\/IP)/.test(said) && attempt < 5) connection.port = 0;
    else throw problemFrom(layout, said);
  }
}

function spawnPostmaster(options: PostmasterOptions, connection: Connection): Watched {
  const { layout, account, programs, settings, testing } = options;
  const output = openSync(layout.logFile, 'a', 0o600);
  try {
    const command = [
      join(programs, 'bin', 'postgres'),
      '-D',
      nameFor(account, layout.cluster),
      ...asArguments(serverSettings(connection.port, settings, testing)),
    ];
    return spawnWatched(account, layout.cluster, command, output);
  } finally {
    closeSync(output);
  }
}

/** True once it answers; false when it ended first. Recovery after a crash may take minutes: while the server lives, we wait and say so. */
async function answers(watched: Watched, connection: Connection, log: PostmasterOptions['log']): Promise<boolean> {
  let ended = false;
  void watched.ended.then(() => (ended = true));
  const began = Date.now();
  for (let said = 1; !ended; ) {
    const client = new pg.Client({ connectionString: maintenanceUrl(connection), connectionTimeoutMillis: 5_000 });
    client.on('error', () => {});
    try {
      await client.connect();
      return true;
    } catch (error) {
      // 28P01: a wrong password is not going to become right by waiting.
      if ((error as { code?: string }).code === '28P01') {
        await stopPostmaster(watched);
        throw error;
      }
    } finally {
      await client.end().catch(() => {});
    }
    if (Date.now() - began > said * 10_000) {
      said++;
      log({ zh: '数据库正在恢复，请稍候……', en: 'The database is recovering; please wait…' });
    }
    await sleep(30);
  }
  return false;
}

/** Fast shutdown: open transactions are rolled back, everything committed is written. Harsher after a minute. */
export async function stopPostmaster({ child, ended }: Watched): Promise<void> {
  const pid = child.pid;
  if (pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
  child.kill('SIGINT');
  const harsher = setTimeout(() => child.kill('SIGQUIT'), 60_000);
  await ended;
  clearTimeout(harsher);
  await waitUntil(() => !isAlive(pid), 1_000);
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as { port: number };
      server.close(() => resolve(port));
    });
  });
}

function isFree(port: number): Promise<boolean> {
  if (port === 0) return Promise.resolve(false);
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
  });
}

/** Keeps one earlier log when the present one has grown past 10 MB, and returns where this run's words will begin. */
function turnLog(file: string): number {
  const size = statSync(file, { throwIfNoEntry: false })?.size ?? 0;
  if (size < 10 * 1024 * 1024) return size;
  renameSync(file, `${file}.1`);
  return 0;
}

const logSince = (file: string, from: number): string =>
  existsSync(file) ? readFileSync(file).subarray(from).toString('utf8') : '';
