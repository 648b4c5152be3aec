import { join } from 'node:path';

/** The one version of PostgreSQL whose data directories the shipped programs can open. */
export const majorVersion = '18';

export interface Layout {
  dataDir: string;
  /** `postgres/`: owned by whoever starts the program, so that the database's own account cannot plant links here. */
  home: string;
  /** PGDATA. */
  cluster: string;
  /** Where initdb works; renamed to `cluster` when complete, so that a half-made one is never taken for a whole one. */
  making: string;
  /** Finished WAL segments, when archiving is on. Owned, like the cluster, by the account that runs PostgreSQL. */
  walArchive: string;
  /** Port and passwords, 0600. */
  connectionFile: string;
  lockFile: string;
  logFile: string;
}

export function layoutOf(dataDir: string): Layout {
  const home = join(dataDir, 'postgres');
  return {
    dataDir,
    home,
    cluster: join(home, 'cluster'),
    making: join(home, 'cluster.making'),
    walArchive: join(home, 'wal-archive'),
    connectionFile: join(home, 'connection.json'),
    lockFile: join(dataDir, 'guatu.lock'),
    logFile: join(dataDir, 'logs', 'postgres.log'),
  };
}

/**
 * Server settings that keep every finished WAL segment in `postgres/wal-archive`, for point-in-time restore.
 * The path is relative because archive_command runs inside the cluster: no quoting of the data directory's name,
 * and no need for its parents to be open to the database's account. A segment appears under its name only when whole.
 */
export const walArchiveSettings: Readonly<Record<string, string>> = {
  wal_level: 'replica',
  archive_mode: 'on',
  archive_command:
    'test -f ../wal-archive/%f && cmp -s %p ../wal-archive/%f || ' +
    '{ test ! -f ../wal-archive/%f && cp %p ../wal-archive/.%f.part && mv ../wal-archive/.%f.part ../wal-archive/%f; }',
};
