import pg from 'pg';
import type { Words } from '../shared/words.ts';
import type { Config } from './config.ts';
import { findRunning, startEmbeddedPostgres } from './embedded-postgres/start.ts';
import { GroundProblem } from './ground-problem.ts';

export interface OpenedDatabase {
  /** The program's own role. */
  url: string;
  /** A superuser on the same database; only the embedded one has it to give. */
  adminUrl?: string;
  kind: 'embedded' | 'external';
  stop(): Promise<void>;
}

export interface OpenDatabaseOptions {
  /**
   * Use the embedded server that a running Guatu has on this data directory, if there is one: for commands beside it
   * (backup, verify-audit). Without one, it is started for the command's duration. The server itself never shares.
   */
  share?: boolean;
  /** Further settings of the embedded server, such as `walArchiveSettings`. */
  settings?: Readonly<Record<string, string>>;
}

/** PostgreSQL 15: `security_invoker` views and `nulls not distinct`. */
const oldest = 15;

/**
 * The database of the configuration: DATABASE_URL, or else the embedded server of the data directory, which ends with this process.
 * @throws GroundProblem with a sentence to print
 */
export async function openDatabase(
  config: Pick<Config, 'dataDir' | 'databaseUrl'>,
  say: (line: string) => void,
  { share = false, settings = {} }: OpenDatabaseOptions = {},
): Promise<OpenedDatabase> {
  if (config.databaseUrl !== undefined) {
    await examineExternal(config.databaseUrl);
    return { url: config.databaseUrl, kind: 'external', stop: () => Promise.resolve() };
  }
  const running = share ? findRunning(config.dataDir) : undefined;
  if (running) return { url: running.url, adminUrl: running.adminUrl, kind: 'embedded', stop: () => Promise.resolve() };

  const log = (words: Words): void => say(`${words.zh}\n${words.en}`);
  const server = await startEmbeddedPostgres({ dataDir: config.dataDir, log, settings });
  // Without a database that comes back there is nothing to serve: end with a code that makes a supervisor start us again.
  void server.gone.then((problem) => {
    log(problem.words);
    process.exit(1);
  });
  return { url: server.url, adminUrl: server.adminUrl, kind: 'embedded', stop: () => server.stop() };
}

/** Connects once, so that a wrong address is a sentence at the start and not a stack at the first query. */
async function examineExternal(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 15_000 });
  client.on('error', () => {});
  try {
    await client.connect();
    const { rows } = await client.query<{ version: string; encoding: string }>(
      `select current_setting('server_version_num') as version, current_setting('server_encoding') as encoding`,
    );
    const major = Math.floor(Number(rows[0]!.version) / 10_000);
    if (major < oldest) {
      throw new GroundProblem('database_too_old', {
        zh: `DATABASE_URL 指向的 PostgreSQL 版本是 ${major}，需要 ${oldest} 或以上。`,
        en: `DATABASE_URL leads to PostgreSQL ${major}; ${oldest} or newer is needed.`,
      });
    }
    if (rows[0]!.encoding !== 'UTF8') {
      throw new GroundProblem('database_encoding', {
        zh: `DATABASE_URL 指向的数据库编码是 ${rows[0]!.encoding}，需要 UTF8（create database … encoding 'UTF8'）。`,
        en: `The database of DATABASE_URL is encoded in ${rows[0]!.encoding}; UTF8 is needed (create database … encoding 'UTF8').`,
      });
    }
  } catch (error) {
    throw error instanceof GroundProblem ? error : unreachable(url, error);
  } finally {
    await client.end().catch(() => {});
  }
}

function unreachable(url: string, error: unknown): GroundProblem {
  const { code = '', message } = error as { code?: string; message: string };
  const { hostname, port, pathname, username } = new URL(url);
  const where = `${hostname || 'localhost'}:${port || 5432}`;
  const database = decodeURIComponent(pathname.slice(1));
  const reasons: Record<string, Words> = {
    '28P01': { zh: `用户 ${username} 的密码不正确`, en: `the password of user ${username} is wrong` },
    '28000': {
      zh: `不允许用户 ${username} 从本机连接（pg_hba.conf）`,
      en: `user ${username} may not connect from here (pg_hba.conf)`,
    },
    '3D000': { zh: `没有名为 ${database} 的数据库`, en: `there is no database ${database}` },
    ECONNREFUSED: { zh: '该地址没有数据库在监听', en: 'nothing listens there' },
    ENOTFOUND: { zh: '找不到该主机', en: 'there is no such host' },
    ETIMEDOUT: { zh: '连接超时', en: 'the connection timed out' },
  };
  const reason = reasons[code] ?? { zh: message || code, en: message || code };
  return new GroundProblem(
    'database_unreachable',
    {
      zh: `无法连接 DATABASE_URL 所指的数据库（${where}）：${reason.zh}。`,
      en: `Cannot connect to the database of DATABASE_URL (${where}): ${reason.en}.`,
    },
    error,
  );
}
