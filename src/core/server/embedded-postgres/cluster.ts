import { spawnSync } from 'node:child_process';
import {
  chownSync,
  existsSync,
  lchownSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statfsSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { GroundProblem } from '../ground-problem.ts';
import { adminRole, type Connection } from './connection.ts';
import { type Layout, majorVersion } from './layout.ts';
import { asAccount, type RunAs, reaches } from './run-as.ts';
import { diskFull, problemFrom } from './sentences.ts';
import { spawnWatched } from './watched.ts';

/** A new cluster takes about 50 MB, and PostgreSQL needs room for the first WAL files besides. */
const roomForNewCluster = 160 * 1024 * 1024;

export type ClusterState = 'missing' | 'whole';

/** Says whether there is a cluster to open. A damaged, lost or foreign one is a problem for a person, never a reason to begin anew. */
export function examineCluster(layout: Layout, connection: Connection | undefined): ClusterState {
  const { cluster } = layout;
  if (!existsSync(cluster) || readdirSync(cluster).length === 0) {
    if (!connection?.made) return 'missing';
    throw new GroundProblem('cluster_lost', {
      zh: `数据库目录 ${cluster} 不见了，但这里曾有数据。请从备份恢复（npm run restore）；如确实要从空库开始，请先移走 ${layout.connectionFile}。`,
      en: `The database directory ${cluster} is gone, though there was data here. Restore a backup (npm run restore); to really begin with an empty database, first move ${layout.connectionFile} away.`,
    });
  }
  for (const file of ['PG_VERSION', 'global/pg_control', 'postgresql.conf', 'base', 'pg_wal']) {
    if (!existsSync(join(cluster, file))) throw damaged(cluster, file);
  }
  const version = readFileSync(join(cluster, 'PG_VERSION'), 'utf8').trim();
  if (version === majorVersion) return 'whole';
  if (!/^\d+(\.\d+)?$/.test(version)) throw damaged(cluster, 'PG_VERSION');
  throw new GroundProblem('wrong_version', {
    zh: `数据库目录 ${cluster} 属于 PostgreSQL ${version}，本程序内置的是 ${majorVersion}，不能直接打开。请用当初的版本导出数据后再导入。`,
    en: `The database directory ${cluster} belongs to PostgreSQL ${version}; this program brings ${majorVersion} and cannot open it. Export the data with the version that made it, then import it.`,
  });
}

const damaged = (cluster: string, file: string): GroundProblem =>
  new GroundProblem('cluster_damaged', {
    zh: `数据库目录已损坏：${cluster} 缺少或无法识别 ${file}。请不要删除该目录，先复制一份留存，再从备份恢复（npm run restore）。`,
    en: `The database directory is damaged: ${file} in ${cluster} is missing or unreadable. Do not delete the directory: keep a copy, then restore a backup (npm run restore).`,
  });

/**
 * How the account names its cluster. Below somebody's private folder the path is closed to it; but a process may
 * always enter its own working directory, which we set before giving up root.
 */
export function nameFor(account: RunAs, folder: string): string {
  if (reaches(account, folder)) return folder;
  if (process.platform === 'linux') return '/proc/self/cwd';
  throw new GroundProblem('folder_closed', {
    zh: `用户 ${account.name} 无法进入 ${folder}：它的某个上级目录不对该用户开放。请开放上级目录（chmod o+x），或更换 GUATU_DATA。`,
    en: `User ${account.name} cannot enter ${folder}: one of its parents is closed to that user. Open the parents (chmod o+x), or choose another GUATU_DATA.`,
  });
}

/** Makes an empty cluster: UTF-8, Chinese collation by ICU (the same on every operating system), password sign-in only. */
export async function makeCluster(
  layout: Layout,
  account: RunAs,
  programs: string,
  connection: Connection,
  quick: boolean,
): Promise<void> {
  const free = freeBytes(layout.home);
  if (free < roomForNewCluster) throw diskFull(layout.dataDir, free);
  rmSync(layout.making, { recursive: true, force: true });
  makeFolder(layout.making, account);
  const passwordFile = join(layout.home, 'initdb-password');
  rmSync(passwordFile, { force: true });
  writeFileSync(passwordFile, connection.adminPassword, { mode: 0o600, flag: 'wx' });
  if (account.uid !== undefined) chownSync(passwordFile, account.uid, account.gid!);
  try {
    const { child, ended } = spawnWatched(
      account,
      layout.making,
      [
        join(programs, 'bin', 'initdb'),
        `--pgdata=${nameFor(account, layout.making)}`,
        `--username=${adminRole}`,
        '--pwfile=../initdb-password',
        '--auth=scram-sha-256',
        '--encoding=UTF8',
        '--locale=C',
        '--locale-provider=icu',
        '--icu-locale=zh-Hans-CN',
        '--no-instructions',
        ...(quick ? ['--no-sync', '--wal-segsize=1'] : []),
      ],
      'pipe',
    );
    let said = '';
    child.stdout?.on('data', (chunk) => (said += chunk));
    child.stderr?.on('data', (chunk) => (said += chunk));
    if ((await ended) !== 0) throw problemFrom(layout, said);
  } finally {
    rmSync(passwordFile, { force: true });
  }
  rmSync(layout.cluster, { recursive: true, force: true }); // empty, as examined
  renameSync(layout.making, layout.cluster);
}

export function makeFolder(folder: string, account: RunAs): void {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  if (account.uid !== undefined) chownSync(folder, account.uid, account.gid!);
}

/** Gives a cluster that root copied back (a restore) to the account that will run it. */
export function ownCluster(layout: Layout, account: RunAs): void {
  if (account.uid === undefined) {
    const owner = statSync(layout.cluster).uid;
    if (owner === process.getuid?.()) return;
    throw new GroundProblem('cluster_of_another', {
      zh: `数据库目录 ${layout.cluster} 属于另一个用户（uid ${owner}）。请以该用户或 root 启动，或用 chown -R 更改所有者。`,
      en: `The database directory ${layout.cluster} belongs to another user (uid ${owner}). Start as that user or as root, or change the owner with chown -R.`,
    });
  }
  const own = (path: string): void => {
    const stat = statSync(path, { throwIfNoEntry: false });
    if (stat?.uid !== account.uid) lchownSync(path, account.uid!, account.gid!);
  };
  const inside = statSync(join(layout.cluster, 'PG_VERSION'), { throwIfNoEntry: false });
  if (statSync(layout.cluster).uid === account.uid && (!inside || inside.uid === account.uid)) return;
  own(layout.cluster);
  for (const entry of readdirSync(layout.cluster, { recursive: true }) as string[]) own(join(layout.cluster, entry));
}

/** Sets the administrator's password without the old one: the connection file may not have come along with a restored cluster. */
export function resetAdminPassword(layout: Layout, account: RunAs, programs: string, connection: Connection): void {
  const single = spawnSync(
    join(programs, 'bin', 'postgres'),
    ['--single', '-D', nameFor(account, layout.cluster), 'postgres'],
    {
      ...asAccount(account),
      cwd: layout.cluster,
      env: { LC_ALL: 'C' },
      input: `alter role ${adminRole} password '${connection.adminPassword}'\n`,
      encoding: 'utf8',
    },
  );
  if (single.status !== 0) throw problemFrom(layout, `${single.stderr ?? ''}${single.error ?? ''}`);
}

/** Bytes an ordinary user may still write where `folder` lies. */
export function freeBytes(folder: string): number {
  const { bavail, bsize } = statfsSync(folder);
  return bavail * bsize;
}
