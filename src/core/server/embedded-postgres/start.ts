import { existsSync, mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import pg from 'pg';
import type { Words } from '../../shared/words.ts';
import { GroundProblem } from '../ground-problem.ts';
import { examineCluster, makeCluster, makeFolder, ownCluster, resetAdminPassword } from './cluster.ts';
import {
  adminUrl,
  appRole,
  appUrl,
  type Connection,
  databaseName,
  findConnection,
  maintenanceUrl,
  newConnection,
  saveConnection,
} from './connection.ts';
import { type Layout, layoutOf } from './layout.ts';
import { findHolder, lockDirectory } from './lock.ts';
import { clearRemains, type PostmasterOptions, startPostmaster, stopPostmaster } from './postmaster.ts';
import { findPrograms } from './programs.ts';
import { chooseAccount } from './run-as.ts';
import { diskFull } from './sentences.ts';

export interface EmbeddedOptions {
  dataDir: string;
  log?: (words: Words) => void;
  /** Further server settings (`wal_level`, `archive_command` …; see `walArchiveSettings`); these win over our own. */
  settings?: Readonly<Record<string, string>>;
  /** Gives up durability for speed. Never with data that matters. */
  testing?: boolean;
}

export interface EmbeddedPostgres {
  /** The program's own role: owner of the database, no superuser, so that row-level security holds it. */
  url: string;
  /** The superuser on the same database. */
  adminUrl: string;
  port: number;
  layout: Layout;
  /** Resolves only if the server ends without `stop()` having been called and does not come back when started again. */
  gone: Promise<GroundProblem>;
  stop(): Promise<void>;
}

/**
 * Starts the PostgreSQL that lives in `dataDir`, making it on the first start (2–11 s; later about 0.2 s).
 * It ends with this process, however this process ends.
 * @throws GroundProblem with a sentence to print: directory in use, disk full, damaged, wrong version, no rights
 */
export async function startEmbeddedPostgres({
  dataDir,
  log = () => {},
  settings = {},
  testing = false,
}: EmbeddedOptions): Promise<EmbeddedPostgres> {
  const layout = layoutOf(dataDir);
  try {
    mkdirSync(dataDir, { recursive: true, mode: 0o700 });
    const lock = await lockDirectory(layout.lockFile);
    try {
      return await startLocked({ layout, log, settings, testing }, () => lock.release());
    } catch (error) {
      lock.release();
      throw error;
    }
  } catch (error) {
    throw asGroundProblem(error, layout);
  }
}

async function startLocked(
  wanted: Omit<PostmasterOptions, 'account' | 'programs'>,
  release: () => void,
): Promise<EmbeddedPostgres> {
  const { layout, log } = wanted;
  // Open to pass through, not to read: the database's account must get from its cluster to the WAL archive beside it.
  mkdirSync(layout.home, { recursive: true, mode: 0o711 });
  mkdirSync(dirname(layout.logFile), { recursive: true, mode: 0o700 });
  const account = chooseAccount(layout.cluster);
  const programs = findPrograms(account, layout.home);
  const options: PostmasterOptions = { ...wanted, account, programs };

  if (existsSync(layout.cluster)) ownCluster(layout, account);
  const known = findConnection(layout);
  const connection = known ?? newConnection();
  if (examineCluster(layout, known) === 'missing') {
    log({
      zh: '正在创建数据库（仅首次，约 10 秒）……',
      en: 'Making the database (first start only, about 10 seconds)…',
    });
    saveConnection(layout, connection);
    await makeCluster(layout, account, programs, connection, wanted.testing);
  } else {
    await clearRemains(layout, log);
    if (!known) resetAdminPassword(layout, account, programs, connection);
  }
  makeFolder(layout.walArchive, account);

  let watched = await startPostmaster(options, connection);
  connection.made = true;
  saveConnection(layout, connection);
  try {
    await prepareDatabase(connection, known === undefined);
  } catch (error) {
    await stopPostmaster(watched);
    throw error;
  }

  let stopping = false;
  let restarting: Promise<void> = Promise.resolve();
  const restart = async (): Promise<void> => {
    log({
      zh: '内置数据库意外停止，正在重新启动……',
      en: 'The embedded database ended unexpectedly; starting it again…',
    });
    await clearRemains(layout, log);
    if (!stopping) watched = await startPostmaster(options, connection);
  };
  /** A server that was killed (out of memory, by hand) comes back on the same port; more than three times a minute is no accident. */
  const keepAlive = async (): Promise<GroundProblem> => {
    const deaths: number[] = [];
    for (;;) {
      await watched.ended;
      if (stopping) return new Promise(() => {});
      deaths.push(Date.now());
      if (deaths.filter((at) => Date.now() - at < 60_000).length > 3) return endedAgain(layout);
      try {
        restarting = restart();
        await restarting;
      } catch (error) {
        return asGroundProblem(error, layout);
      }
    }
  };

  return {
    url: appUrl(connection),
    adminUrl: adminUrl(connection),
    port: connection.port,
    layout,
    gone: keepAlive(),
    async stop() {
      stopping = true;
      await restarting.catch(() => {});
      await stopPostmaster(watched);
      release();
    },
  };
}

/** The role and the database, if they are not there yet. `renew` also sets the role's password, when the old one was lost. */
async function prepareDatabase(connection: Connection, renew: boolean): Promise<void> {
  const client = new pg.Client({ connectionString: maintenanceUrl(connection) });
  await client.connect();
  try {
    const role = await client.query('select 1 from pg_roles where rolname = $1', [appRole]);
    const password = client.escapeLiteral(connection.appPassword);
    if (role.rowCount === 0) {
      await client.query(
        `create role ${appRole} login nosuperuser nocreatedb nocreaterole nobypassrls password ${password}`,
      );
    } else if (renew) await client.query(`alter role ${appRole} password ${password}`);
    const database = await client.query('select 1 from pg_database where datname = $1', [databaseName]);
    if (database.rowCount === 0) await client.query(`create database ${databaseName} owner ${appRole}`);
  } finally {
    await client.end();
  }
}

/** URLs of the server another process of ours is running on this data directory now, for backups and checks beside it. */
export function findRunning(dataDir: string): { url: string; adminUrl: string; pid: number } | undefined {
  const layout = layoutOf(dataDir);
  const holder = findHolder(layout.lockFile);
  const connection = holder && findConnection(layout);
  return connection?.made ? { url: appUrl(connection), adminUrl: adminUrl(connection), pid: holder!.pid } : undefined;
}

const endedAgain = (layout: Layout): GroundProblem =>
  new GroundProblem('database_ended', {
    zh: `内置数据库一分钟内多次意外停止，原因见 ${layout.logFile}。`,
    en: `The embedded database ended several times within a minute; the reason is in ${layout.logFile}.`,
  });

/** A full disk or missing rights can strike at any file; the person should read the same sentence wherever it does. */
function asGroundProblem(error: unknown, layout: Layout): GroundProblem {
  if (error instanceof GroundProblem) return error;
  const { code, path } = error as NodeJS.ErrnoException;
  if (code === 'ENOSPC' || code === 'EDQUOT') return diskFull(layout.dataDir, 0);
  if (code === 'EACCES' || code === 'EPERM' || code === 'EROFS') {
    const where = path ?? layout.dataDir;
    return new GroundProblem(
      'no_rights',
      {
        zh: `没有写入 ${where} 的权限。请更改其所有者或权限，或更换 GUATU_DATA。`,
        en: `No right to write ${where}. Change its owner or rights, or choose another GUATU_DATA.`,
      },
      error,
    );
  }
  return new GroundProblem(
    'database_ended',
    { zh: `内置数据库未能启动：${String(error)}`, en: `The embedded database did not start: ${String(error)}` },
    error,
  );
}
