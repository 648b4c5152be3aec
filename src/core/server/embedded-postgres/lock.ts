import { linkSync, mkdirSync, readFileSync, renameSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { dirname } from 'node:path';
import { GroundProblem } from '../ground-problem.ts';
import { isAlive, pidWorld, sleep, startedAt } from './processes.ts';

interface Holder {
  pid: number;
  startedAt: string | undefined;
  world: string;
  host: string;
}

export interface DirectoryLock {
  release(): void;
}

/** A live holder touches the file this often; another machine or container can judge it by nothing else. */
const defaultBeatMs = 5_000;

/**
 * One program per data directory. Held by a file that names its process exactly (pid and start time), so a lock
 * left by a killed program, or whose pid now belongs to another, is taken over at once.
 * @throws GroundProblem `directory_in_use`, naming the holder's pid
 */
export async function lockDirectory(file: string, beatMs = defaultBeatMs): Promise<DirectoryLock> {
  const self: Holder = { pid: process.pid, startedAt: startedAt(process.pid), world: pidWorld(), host: hostname() };
  const mine = `${JSON.stringify(self)}\n`;
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  const draft = `${file}.${process.pid}`;
  writeFileSync(draft, mine, { mode: 0o600 });
  try {
    // A hard link appears complete or not at all, and fails where the name exists: the one atomic step here.
    for (let attempt = 0; !linked(draft, file); attempt++) {
      const holder = readHolder(file);
      if (holder && (attempt > 20 || (await holds(holder, file, beatMs)))) throw inUse(file, holder);
      setAside(file, draft, holder);
    }
  } finally {
    rmSync(draft, { force: true });
  }
  const beat = setInterval(() => {
    try {
      utimesSync(file, new Date(), new Date());
    } catch {
      // the directory was removed under us; the database server will say so
    }
  }, beatMs);
  beat.unref();
  return {
    release() {
      clearInterval(beat);
      if (textOf(file) === mine) rmSync(file, { force: true });
    },
  };
}

/** The process that holds the directory now, if it is alive on this machine. */
export function findHolder(file: string): { pid: number } | undefined {
  const holder = readHolder(file);
  return holder && isSameLiveProcess(holder) ? { pid: holder.pid } : undefined;
}

function linked(draft: string, file: string): boolean {
  try {
    linkSync(draft, file);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

const isSameLiveProcess = (holder: Holder): boolean =>
  holder.world === pidWorld() && isAlive(holder.pid) && startedAt(holder.pid) === holder.startedAt;

async function holds(holder: Holder, file: string, beatMs: number): Promise<boolean> {
  if (holder.world === pidWorld()) return isSameLiveProcess(holder);
  // Another machine, container, or an earlier start of this one: alive if the file is still being touched.
  const touched = mtime(file);
  if (Date.now() - touched > 4 * beatMs) return false;
  await sleep(1.4 * beatMs);
  return mtime(file) !== touched;
}

/** Two programs may find the same stale lock; the rename has one winner, and a fresh lock moved by mistake goes back. */
function setAside(file: string, draft: string, judged: Holder | undefined): void {
  const aside = `${draft}.stale`;
  try {
    renameSync(file, aside);
  } catch {
    return;
  }
  const moved = readHolder(aside);
  if (moved && JSON.stringify(moved) !== JSON.stringify(judged)) linked(aside, file);
  rmSync(aside, { force: true });
}

function readHolder(file: string): Holder | undefined {
  try {
    const read = JSON.parse(textOf(file)) as Holder;
    return Number.isInteger(read.pid) ? read : undefined;
  } catch {
    return undefined;
  }
}

const textOf = (file: string): string => {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
};
const mtime = (file: string): number => statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0;

const inUse = (file: string, holder: Holder): GroundProblem => {
  const elsewhere = holder.world === pidWorld() ? '' : `@${holder.host}`;
  return new GroundProblem('directory_in_use', {
    zh: `数据目录 ${dirname(file)} 正被另一个挂图进程使用（进程号 ${holder.pid}${elsewhere}）。请先停止该进程，或为本次启动设置不同的 GUATU_DATA。`,
    en: `The data directory ${dirname(file)} is in use by another Guatu (process ${holder.pid}${elsewhere}). Stop it first, or give this one a different GUATU_DATA.`,
  });
};
