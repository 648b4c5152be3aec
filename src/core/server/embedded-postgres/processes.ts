import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync, statSync } from 'node:fs';

const onLinux = process.platform === 'linux';

/** /proc/<pid>/stat after the command's name, which may itself hold spaces and brackets: state, ppid, … */
function statFields(pid: number): string[] | undefined {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return text.slice(text.lastIndexOf(')') + 2).split(' ');
  } catch {
    return undefined;
  }
}

function ps(pid: number, column: string): string {
  return spawnSync('ps', ['-o', `${column}=`, '-p', String(pid)], { encoding: 'utf8' }).stdout?.trim() ?? '';
}

/** Running, and not merely a zombie that nobody has collected: a zombie still answers `kill -0`. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EPERM') return false;
  }
  const state = onLinux ? statFields(pid)?.[0] : ps(pid, 'stat')[0];
  return state !== undefined && state !== 'Z' && state !== 'X';
}

/** When the process began, in the system's own notation: with the pid it names one process even after the pid is reused. */
export function startedAt(pid: number): string | undefined {
  return (onLinux ? statFields(pid)?.[19] : ps(pid, 'lstart')) || undefined;
}

/** The machine (since its last start) and pid namespace in which a pid means something. */
export function pidWorld(): string {
  if (!onLinux) return `${process.platform}`;
  try {
    const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
    return `${boot}/${statSync('/proc/self/ns/pid').ino}`;
  } catch {
    return 'linux';
  }
}

/**
 * Every PostgreSQL process at work in this cluster, whatever its pid file says: the server, and backends that
 * outlived a killed one and would still write. They are known by their working directory, which PostgreSQL never leaves.
 */
export function postgresIn(cluster: string): number[] {
  if (!onLinux) {
    const lines = spawnSync('ps', ['-axo', 'pid=,command='], { encoding: 'utf8' }).stdout?.split('\n') ?? [];
    return lines
      .filter((line) => line.includes('/bin/postgres ') && line.includes(cluster))
      .map((line) => parseInt(line, 10));
  }
  let here: { dev: number; ino: number };
  try {
    here = statSync(cluster);
  } catch {
    return [];
  }
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((pid) => {
      try {
        if (readFileSync(`/proc/${pid}/comm`, 'utf8').trim() !== 'postgres') return false;
        const cwd = statSync(`/proc/${pid}/cwd`);
        return cwd.dev === here.dev && cwd.ino === here.ino && isAlive(pid);
      } catch {
        return false; // ended meanwhile, or another account's, which then cannot be ours
      }
    });
}

export const sleep = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

export async function waitUntil(done: () => boolean, limitMs: number): Promise<boolean> {
  const end = Date.now() + limitMs;
  while (!done()) {
    if (Date.now() > end) return false;
    await sleep(30);
  }
  return true;
}
