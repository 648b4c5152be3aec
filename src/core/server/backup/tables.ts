import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import pg from 'pg';
import { from as copyFrom, to as copyTo } from 'pg-copy-streams';

export interface Table {
  /** Quoted and with its schema: ready for SQL. */
  name: string;
  columns: string[];
  hasCity: boolean;
}

/** Tables that the other database makes by itself. */
const ownBookkeeping = new Set(['core.migration']);

/**
 * Every table of the program, each after those it refers to. The outbox's transaction numbers mean nothing in another
 * database and stay behind; jobs that wait in the queue too.
 */
export async function listTables(client: pg.Client): Promise<Table[]> {
  const { rows } = await client.query<{ name: string; columns: string[]; refers: string[] }>(`
    select format('%I.%I', n.nspname, c.relname) as name,
      array_agg(quote_ident(a.attname) order by a.attnum) filter (where a.atttypid <> 'xid8'::regtype and a.attgenerated = '') as columns,
      array(select distinct format('%I.%I', fn.nspname, f.relname) from pg_constraint k
        join pg_class f on f.oid = k.confrelid join pg_namespace fn on fn.oid = f.relnamespace
        where k.conrelid = c.oid and k.contype = 'f' and k.confrelid <> c.oid) as refers
    from pg_class c
    join pg_namespace n on n.oid = c.relnamespace
    join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
    where c.relkind in ('r', 'p') and not c.relispartition
      and n.nspname not in ('pg_catalog', 'information_schema', 'graphile_worker') and n.nspname not like 'pg_%'
    group by n.nspname, c.relname, c.oid order by 1`);
  const sorted: Table[] = [];
  const visit = (row: (typeof rows)[number]): void => {
    if (sorted.some((t) => t.name === row.name)) return;
    for (const name of row.refers) {
      const referred = rows.find((r) => r.name === name);
      if (referred) visit(referred);
    }
    sorted.push({
      name: row.name,
      columns: row.columns,
      hasCity: row.columns.includes('city_id') && !row.name.startsWith('core.'),
    });
  };
  for (const row of rows) if (!ownBookkeeping.has(row.name)) visit(row);
  return sorted;
}

/** The cities of the source: domain tables are read city by city, as row-level security demands of everybody but a superuser. */
export const listCityIds = async (client: pg.Client): Promise<string[]> =>
  (await client.query<{ id: string }>('select id from core.city order by created_at')).rows.map((row) => row.id);

/** A table's rows as CSV; of one city, if it has cities. */
export async function readTable(client: pg.Client, table: Table, cityId: string | undefined): Promise<Readable> {
  if (cityId !== undefined) await client.query("select set_config('guatu.city', $1, true)", [cityId]);
  const where = cityId === undefined ? '' : ` where city_id = '${cityId}'`;
  return client.query(
    copyTo(
      `copy (select ${table.columns.join(', ')} from ${table.name}${where}) to stdout (format csv, header false, null '\\N')`,
    ),
  );
}

export async function writeTable(client: pg.Client, table: Table, rows: NodeJS.ReadableStream): Promise<number> {
  const into = client.query(
    copyFrom(`copy ${table.name} (${table.columns.join(', ')}) from stdin (format csv, header false, null '\\N')`),
  );
  await pipeline(rows, into);
  return into.rowCount;
}

/**
 * Runs `work` on an empty target in one transaction in which its owner may write any city's rows; the lock is back on
 * before the commit. Sequences go on after the highest number that came in.
 */
export async function whileOpen(client: pg.Client, tables: readonly Table[], work: () => Promise<void>): Promise<void> {
  await client.query('begin');
  try {
    const locked = tables.filter((table) => table.hasCity);
    for (const { name } of locked) await client.query(`alter table ${name} no force row level security`);
    await work();
    for (const { name } of locked) await client.query(`alter table ${name} force row level security`);
    const { rows } = await client.query<{ name: string; column: string; sequence: string }>(`
      select format('%I.%I', n.nspname, c.relname) as name, quote_ident(a.attname) as column,
        pg_get_serial_sequence(format('%I.%I', n.nspname, c.relname), a.attname) as sequence
      from pg_attribute a join pg_class c on c.oid = a.attrelid join pg_namespace n on n.oid = c.relnamespace
      where a.attidentity <> '' and n.nspname not in ('graphile_worker')`);
    for (const { name, column, sequence } of rows)
      await client.query(`select setval('${sequence}', greatest((select max(${column}) from ${name}), 1))`);
    await client.query('commit');
  } catch (error) {
    await client.query('rollback').catch(() => {});
    throw error;
  }
}

export async function connect(url: string): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: url, application_name: 'guatu copy' });
  client.on('error', () => {});
  await client.connect();
  return client;
}

/** One unchanging view of the whole source, however long the reading takes. */
export async function snapshotOf<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = await connect(url);
  try {
    await client.query('begin isolation level repeatable read read only');
    return await work(client);
  } finally {
    await client.end();
  }
}
