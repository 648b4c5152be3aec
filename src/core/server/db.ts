import { CamelCasePlugin, Kysely, PostgresDialect, sql, type Transaction } from 'kysely';
import pg from 'pg';

/** The database with no tables in sight; each module's store adds its own with `withTables`. */
export type Db = Kysely<Record<never, never>>;

const int8 = 20;
const date = 1082;
const dateArray = 1182;

/**
 * int8 becomes a JS integer (money is whole yuan, far inside 2^53; a value outside it is an error, never rounded);
 * date stays the text YYYY-MM-DD, because a JS Date would drag a time zone into a civil day.
 */
function parserFor(oid: number, format?: 'text' | 'binary') {
  if (oid === int8) return safeInteger;
  if (oid === date) return String;
  if (oid === dateArray) return (text: string) => (text === '{}' ? [] : text.slice(1, -1).split(','));
  return pg.types.getTypeParser(oid, format as 'text');
}

function safeInteger(text: string): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value))
    throw new RangeError(`The database returned ${text}, which no longer fits an exact integer`);
  return value;
}

export interface OpenOptions {
  /** Connections at most. */
  max?: number;
  onError?: (error: Error) => void;
}

export function openPool(url: string, { max = 10, onError = () => {} }: OpenOptions = {}): pg.Pool {
  const pool = new pg.Pool({
    connectionString: url,
    max,
    application_name: 'guatu',
    // Kysely reads rows by name only, so one override here serves every query of the program.
    types: { getTypeParser: parserFor as typeof pg.types.getTypeParser },
  });
  // Without a listener, an idle connection that the server closes would end the whole process.
  pool.on('error', onError);
  pool.on('connect', (client) => void client.on('error', onError));
  return pool;
}

export const kyselyOver = (pool: pg.Pool): Db =>
  new Kysely({
    dialect: new PostgresDialect({ pool }),
    plugins: [new CamelCasePlugin({ maintainNestedObjectKeys: true })],
  });

class NamesOfQuery extends CamelCasePlugin {
  override transformResult: CamelCasePlugin['transformResult'] = async ({ result }) => result;
}
const namesOfQuery = new NamesOfQuery();
/**
 * For a statement that names its columns as they are wanted ("planYuan"): renaming dozens of columns of 20,000 rows costs as
 * much as reading them.
 */
export const asNamed = (db: Db): Db => db.withoutPlugins().withPlugin(namesOfQuery);

export const openDb = (url: string, options?: OpenOptions): Db => kyselyOver(openPool(url, options));

/** Names the city for row-level security, for this transaction only. */
export async function enterCity(tx: Db, cityId: string): Promise<void> {
  await sql`select set_config('guatu.city', ${cityId}, true)`.execute(tx);
}

const passing = new Set(['40001', '40P01', '57P01', '57P02', '57P03', '25006']);

/** Failures that a second try may cure: serialisation, deadlock, a server that restarts or has just been demoted. */
export function isPassing(error: unknown): boolean {
  const code = (error as { code?: unknown }).code;
  if (typeof code !== 'string') return /Connection terminated/.test((error as Error).message ?? '');
  return passing.has(code) || code.startsWith('08') || code === 'ECONNRESET' || code === 'ECONNREFUSED';
}

export interface TransactionOptions {
  readOnly?: boolean;
  /** Tries in all. Only failures of `isPassing` are tried again. */
  tries?: number;
}

/**
 * Every transaction of the program. A passing failure before the commit is tried again on a fresh connection.
 * A failure of the commit itself is never repeated here: it may have been done, and only the caller's
 * idempotency key can tell.
 */
export async function inTransaction<T>(
  db: Db,
  work: (tx: Db) => Promise<T>,
  { readOnly = false, tries = 3 }: TransactionOptions = {},
): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    let tx: Awaited<ReturnType<typeof begin>> | undefined;
    let committing = false;
    try {
      tx = await begin(db, readOnly);
      const result = await work(tx as unknown as Db);
      committing = true;
      await tx.commit().execute();
      return result;
    } catch (error) {
      if (tx && !tx.isCommitted && !tx.isRolledBack)
        await tx
          .rollback()
          .execute()
          .catch(() => {});
      if (committing || attempt >= tries || !isPassing(error)) throw error;
      await new Promise((resolve) => setTimeout(resolve, 20 * 4 ** attempt * (0.5 + Math.random() / 2)));
    }
  }
}

const begin = (db: Db, readOnly: boolean) =>
  readOnly ? db.startTransaction().setAccessMode('read only').execute() : db.startTransaction().execute();

export type Tx = Transaction<Record<never, never>>;
