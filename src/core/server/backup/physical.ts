import { createWriteStream } from 'node:fs';
import { copyFile, mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import pg from 'pg';
import { findConnection, saveConnection } from '../embedded-postgres/connection.ts';
import { layoutOf, majorVersion } from '../embedded-postgres/layout.ts';
import { startEmbeddedPostgres } from '../embedded-postgres/start.ts';
import { GroundProblem } from '../ground-problem.ts';
import { addFolder, type Manifest, readArchive, writeArchive } from './archive.ts';

/** What the server makes anew at each start, or what belongs to the running server alone. */
const notCopied =
  /^(postmaster\.(pid|opts)|pg_wal\/.*|pg_replslot\/.+|pg_dynshmem\/.+|pg_notify\/.+|pg_serial\/.+|pg_snapshots\/.+|pg_stat_tmp\/.+|pg_subtrans\/.+)$|(^|\/)(pgsql_tmp[^/]*|pg_internal\.init)(\/|$)/;

export const platform = `${process.platform}-${process.arch}`;

/**
 * One consistent file of database and files, made while the server runs and people work: the cluster is copied between
 * pg_backup_start and pg_backup_stop with the WAL written meanwhile, then the files (rows never name a file that is not
 * stored yet, so files copied later than the rows are always enough). Returns its size in bytes.
 */
export async function backUpCluster(dataDir: string, adminUrl: string, to: string): Promise<number> {
  const layout = layoutOf(dataDir);
  const client = new pg.Client({ connectionString: adminUrl, application_name: 'guatu backup' });
  await client.connect();
  try {
    const manifest: Manifest = {
      format: 'guatu-backup',
      version: 1,
      kind: 'physical',
      createdAt: new Date().toISOString(),
      postgres: majorVersion,
      platform,
    };
    // Holds back the removal of WAL while we copy; gone with this connection, whatever happens to us.
    await client.query("select pg_create_physical_replication_slot('guatu_backup_' || pg_backend_pid(), true, true)");
    const started = await client.query<{ wal: string }>(
      "select pg_walfile_name(pg_backup_start('guatu', fast => true)) as wal",
    );
    return await writeArchive(to, manifest, async (archive) => {
      await archive.entry({ name: 'connection.json', mode: 0o600 }, JSON.stringify(findConnection(layout)));
      await addFolder(archive, layout.cluster, 'cluster', (path) => notCopied.test(path));
      const { rows } = await client.query<{ label: string; map: string; wal: string }>(
        'select labelfile as label, spcmapfile as map, pg_walfile_name(lsn) as wal from pg_backup_stop(wait_for_archive => false)',
      );
      const { label, map, wal } = rows[0]!;
      await archive.entry({ name: 'cluster/backup_label', mode: 0o600 }, label);
      if (map) await archive.entry({ name: 'cluster/tablespace_map', mode: 0o600 }, map);
      const segments = (await readdir(join(layout.cluster, 'pg_wal')))
        .filter((name) => /^[0-9A-F]{24}$/.test(name) && name >= started.rows[0]!.wal && name <= wal)
        .sort();
      for (const name of segments) await archive.file(join(layout.cluster, 'pg_wal', name), `cluster/pg_wal/${name}`);
      await addFolder(archive, join(dataDir, 'files'), 'files', (path) => path.startsWith('incoming'));
    });
  } finally {
    await client.end();
  }
}

export interface PointInTime {
  /** Any moment that PostgreSQL reads, with its offset: 2026-09-26 10:00:00+08. */
  until: string;
  /** The folder of archived WAL segments: `postgres/wal-archive` of the old data directory, or where it is kept. */
  walArchive: string;
}

/**
 * Unpacks a backup into an empty data directory and lets the database recover once, so that what is wrong with the
 * backup shows now. With `pointInTime`, archived WAL is replayed up to that moment and no further.
 */
export async function restoreCluster(
  file: string,
  manifest: Manifest,
  dataDir: string,
  pointInTime?: PointInTime,
): Promise<void> {
  if (manifest.postgres !== majorVersion || manifest.platform !== platform)
    throw new GroundProblem('other_platform', {
      zh: `这份备份来自 PostgreSQL ${manifest.postgres}（${manifest.platform}），本机是 PostgreSQL ${majorVersion}（${platform}），不能直接恢复。请在同类机器上恢复后用 npm run copy-database 转移`,
      en: `This backup is of PostgreSQL ${manifest.postgres} on ${manifest.platform}; here is ${majorVersion} on ${platform}. Restore it on a machine of that kind, then move it with npm run copy-database`,
    });
  try {
    await unpack(file, dataDir);
    await recover(dataDir, pointInTime);
  } catch (error) {
    // The directory was empty before us; a half-unpacked cluster would only look like a damaged one.
    for (const made of ['postgres', 'files', 'logs']) await rm(join(dataDir, made), { recursive: true, force: true });
    throw error;
  }
}

async function unpack(file: string, dataDir: string): Promise<void> {
  const layout = layoutOf(dataDir);
  await mkdir(layout.home, { recursive: true, mode: 0o711 });
  await readArchive(file, async ({ name, type }, body) => {
    if (name === 'manifest.json') {
      await drain(body);
      return;
    }
    if (name === 'connection.json') {
      saveConnection(layout, JSON.parse((await drain(body)).toString()));
      return;
    }
    const target = name.startsWith('cluster/') ? join(layout.home, name) : join(dataDir, name);
    if (type === 'directory') {
      await mkdir(target, { recursive: true, mode: 0o700 });
      await drain(body);
      return;
    }
    await mkdir(dirname(target), { recursive: true, mode: name.startsWith('cluster/') ? 0o700 : 0o755 });
    await pipeline(body, createWriteStream(target, { mode: 0o600 }));
  });
}

async function recover(dataDir: string, pointInTime: PointInTime | undefined): Promise<void> {
  const layout = layoutOf(dataDir);
  if (pointInTime) await prepareReplay(layout.cluster, layout.walArchive, pointInTime);
  const settings = pointInTime
    ? {
        restore_command: 'cp ../wal-archive/%f %p',
        recovery_target_time: pointInTime.until,
        recovery_target_action: 'promote',
      }
    : undefined;
  const server = await startEmbeddedPostgres({ dataDir, ...(settings && { settings }) });
  try {
    await untilRecovered(server.adminUrl);
  } finally {
    await server.stop();
  }
}

async function prepareReplay(cluster: string, walArchive: string, { walArchive: from }: PointInTime): Promise<void> {
  await mkdir(walArchive, { recursive: true, mode: 0o700 });
  // The database's own account reads them: they get its ownership with the rest of the folder at the start.
  for (const name of (await readdir(from)).filter((n) => /^[0-9A-F]{8}/.test(n)))
    await copyFile(join(from, name), join(walArchive, name));
  await writeFile(join(cluster, 'recovery.signal'), '', { mode: 0o600 });
}

async function untilRecovered(url: string): Promise<void> {
  for (let wait = 0; wait < 3_000; wait++) {
    const client = new pg.Client({ connectionString: url });
    client.on('error', () => {});
    const isDone = await client
      .connect()
      .then(
        async () =>
          (await client.query<{ recovering: boolean }>('select pg_is_in_recovery() as recovering')).rows[0]!
            .recovering === false,
      )
      .catch(() => false);
    await client.end().catch(() => {});
    if (isDone) return;
    await new Promise((done) => setTimeout(done, 200));
  }
  throw new GroundProblem('no_recovery', {
    zh: '数据库十分钟内没有恢复完成，详情见 logs/postgres.log',
    en: 'The database did not recover within ten minutes: see logs/postgres.log',
  });
}

async function drain(body: AsyncIterable<Buffer>): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of body) chunks.push(chunk);
  return Buffer.concat(chunks);
}
