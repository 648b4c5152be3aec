import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { layoutOf } from '../embedded-postgres/layout.ts';
import { isAlive, postgresIn, waitUntil } from '../embedded-postgres/processes.ts';
import type { RunAs } from '../embedded-postgres/run-as.ts';
import { startEmbeddedPostgres } from '../embedded-postgres/start.ts';
import type { GroundProblem } from '../ground-problem.ts';

export const isRoot = process.getuid?.() === 0;
const childProgram = fileURLToPath(new URL('embedded-child.ts', import.meta.url));

/** A folder for one test file, open to every account, removed at the end together with what still runs in it. */
export class Scene {
  readonly folder: string;
  private readonly children: ChildProcess[] = [];
  private readonly mounts: string[] = [];
  private made: string | undefined;

  constructor() {
    this.folder = mkdtempSync(join(tmpdir(), 'guatu-scene-'));
    chmodSync(this.folder, 0o755);
  }

  /** A data directory with a cluster that was made and stopped, copied from one that all tests of the file share. */
  async stopped(name: string): Promise<string> {
    if (!this.made) {
      const original = join(this.folder, 'original');
      await (await startEmbeddedPostgres({ dataDir: original, testing: true })).stop();
      this.made = original;
    }
    const copy = join(this.folder, name);
    mkdirSync(copy, { recursive: true });
    // `cp -a` keeps the owners, which Node's own copy does not.
    spawnSync('cp', ['-a', `${this.made}/.`, copy]);
    return copy;
  }

  /** A separate program with a server on that directory. Resolves with its first line, whether it starts or refuses. */
  async program(dataDir: string, account?: RunAs): Promise<{ child: ChildProcess; said: Said }> {
    const ids = account?.uid === undefined ? {} : { uid: account.uid, gid: account.gid! };
    const child = spawn(process.execPath, [childProgram, dataDir], { ...ids, stdio: ['ignore', 'pipe', 'inherit'] });
    this.children.push(child);
    const lines = createInterface({ input: child.stdout! });
    for await (const line of lines) return { child, said: JSON.parse(line) as Said };
    throw new Error('The program ended without a word');
  }

  /** A small disk of its own, or undefined where mounting is not allowed. */
  disk(name: string, megabytes: number): string | undefined {
    const folder = join(this.folder, name);
    mkdirSync(folder);
    const mounted = isRoot
      ? spawnSync('mount', ['-t', 'tmpfs', '-o', `size=${megabytes}m,mode=755`, 'tmpfs', folder])
      : undefined;
    if (mounted?.status !== 0) return undefined;
    this.mounts.push(folder);
    return folder;
  }

  killAll(): void {
    for (const child of this.children) child.kill('SIGKILL');
  }

  async close(): Promise<void> {
    this.killAll();
    await Promise.all(
      this.children.map((child) => waitUntil(() => child.exitCode !== null || child.signalCode !== null, 5_000)),
    );
    for (const folder of this.mounts) spawnSync('umount', ['-l', folder]);
    rmSync(this.folder, { recursive: true, force: true });
  }
}

export interface Said {
  url?: string;
  adminUrl?: string;
  code?: string;
  words?: { zh: string; en: string };
}

/** Every process with work in the data directory: PostgreSQL itself, and whatever names the directory (the watchdog). */
export function processesOf(dataDir: string): number[] {
  const named = spawnSync('ps', ['-axo', 'pid=,command=', '-ww'], { encoding: 'utf8' })
    .stdout.split('\n')
    .filter((line) => line.includes(dataDir))
    .map((line) => parseInt(line, 10));
  return [...new Set([...postgresIn(layoutOf(dataDir).cluster), ...named])].filter(
    (pid) => pid !== process.pid && isAlive(pid),
  );
}

/** One statement on a connection of its own. */
export async function ask(url: string, statement: string): Promise<unknown[][]> {
  const client = new pg.Client({ connectionString: url });
  client.on('error', () => {});
  await client.connect();
  try {
    return (await client.query({ text: statement, rowMode: 'array' })).rows as unknown[][];
  } finally {
    await client.end().catch(() => {});
  }
}

/** The problem with which a start ends; a start that works is a failure of the test. */
export async function problemOf(dataDir: string): Promise<GroundProblem> {
  const server = await startEmbeddedPostgres({ dataDir, testing: true }).catch((problem: GroundProblem) => problem);
  if (server instanceof Error) return server;
  await server.stop();
  throw new Error('The server started, though it should not have');
}
