import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { sql } from 'kysely';
import { type Db, inTransaction } from './db.ts';

export interface Migration {
  /** `<schema>/<file>`, for example `projects/001-project.sql`. */
  id: string;
  text: string;
  sha256: string;
}

/** Every migration of the core and the named modules, in the order in which they run. */
export async function listMigrations(modules: readonly string[], root: URL): Promise<Migration[]> {
  const folders = [
    { name: 'core', folder: new URL('core/migrations/', root) },
    ...modules.map((name) => ({ name, folder: new URL(`modules/${name}/migrations/`, root) })),
  ];
  const migrations: Migration[] = [];
  for (const { name, folder } of folders) {
    const files = await readdir(folder).catch(() => [] as string[]);
    for (const file of files.filter((f) => f.endsWith('.sql')).sort()) {
      const text = await readFile(new URL(file, folder), 'utf8');
      migrations.push({ id: `${name}/${file}`, text, sha256: createHash('sha256').update(text).digest('hex') });
    }
  }
  return migrations;
}

/**
 * Runs what has not run yet, in order, each file in one transaction and statement by statement (distributed engines
 * accept nothing else). Migrations only go forward: a file whose text changed after it ran stops the start.
 * Two processes that start together are safe: a transaction-scoped advisory lock lets one through at a time.
 */
export async function migrate(
  db: Db,
  migrations: readonly Migration[],
  onRun: (id: string) => void = () => {},
): Promise<void> {
  await inTransaction(db, async (guard) => {
    await sql`select pg_advisory_xact_lock(hashtext('guatu.migrate'))`.execute(guard);
    await sql`create schema if not exists core`.execute(db);
    await sql`create table if not exists core.migration (
      id text primary key, sha256 text not null, ran_at timestamptz not null default now())`.execute(db);
    const { rows } = await sql<{ id: string; sha256: string }>`select id, sha256 from core.migration`.execute(db);
    const ran = new Map(rows.map((row) => [row.id, row.sha256]));
    const hasCitus = (await sql`select 1 from pg_extension where extname = 'citus'`.execute(db)).rows.length > 0;
    for (const migration of migrations) {
      const before = ran.get(migration.id);
      if (before === migration.sha256) continue;
      if (before !== undefined)
        throw new Error(`Migration ${migration.id} was edited after it ran: write a new one instead`);
      onRun(migration.id);
      await inTransaction(db, async (tx) => {
        for (const statement of statementsOf(migration.text)) await sql.raw(statement).execute(tx);
        if (hasCitus) for (const call of distributionOf(migration.text)) await sql.raw(call).execute(tx);
        await sql`insert into core.migration (id, sha256) values (${migration.id}, ${migration.sha256})`.execute(tx);
      });
    }
    await secureByCity(db);
  });
}

/** The ids that are in the program and not in the database yet; empty when the database is up to date. */
export async function pendingMigrations(db: Db, migrations: readonly Migration[]): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`select id from core.migration`.execute(db);
  const ran = new Set(rows.map((row) => row.id));
  return migrations.filter((m) => !ran.has(m.id)).map((m) => m.id);
}

/**
 * The second lock behind Scope: every domain table with a city_id shows only the rows of the city that the transaction
 * has entered, even to the tables' owner. The tables of `core` are shared by all cities and reached by core code only.
 */
async function secureByCity(db: Db): Promise<void> {
  const { rows } = await sql<{ name: string }>`
    select format('%I.%I', n.nspname, c.relname) as name
    from pg_class c
    join pg_namespace n on n.oid = c.relnamespace
    join pg_attribute a on a.attrelid = c.oid and a.attname = 'city_id' and not a.attisdropped
    where c.relkind in ('r', 'p') and not c.relispartition
      and n.nspname not in ('core', 'pg_catalog', 'information_schema', 'graphile_worker')
      and not exists (select 1 from pg_policy p where p.polrelid = c.oid and p.polname = 'city')`.execute(db);
  for (const { name } of rows) {
    await inTransaction(db, async (tx) => {
      await sql.raw(`alter table ${name} enable row level security`).execute(tx);
      await sql.raw(`alter table ${name} force row level security`).execute(tx);
      await sql
        .raw(`create policy city on ${name} using (city_id = nullif(current_setting('guatu.city', true), '')::uuid)`)
        .execute(tx);
    });
  }
}

/** Splits a file at the semicolons that end statements: not those in quotes, comments or dollar-quoted bodies. */
export function statementsOf(text: string): string[] {
  const token = /'(?:[^']|'')*'|"(?:[^"]|"")*"|--[^\n]*|\/\*[\s\S]*?\*\/|(\$\w*\$)[\s\S]*?\1|;/g;
  const statements: string[] = [];
  let start = 0;
  for (const match of text.matchAll(token)) {
    if (match[0] !== ';') continue;
    statements.push(text.slice(start, match.index));
    start = match.index + 1;
  }
  statements.push(text.slice(start));
  return statements.map((s) => s.trim()).filter((s) => s.replace(/--[^\n]*/g, '').trim() !== '');
}

/** What a table's file says about how it is spread over machines: `-- distribute by city_id` or `-- reference`. */
export function distributionsIn(
  text: string,
): { table: string; kind: 'distributed' | 'reference' | 'local' | undefined }[] {
  const creation = /((?:^[ \t]*--[^\n]*\n)*)^[ \t]*create table (?:if not exists )?([\w.]+)/gim;
  return [...text.matchAll(creation)].map(([, comments, table]) => ({
    table: table!,
    kind: /--\s*distribute by city_id/.test(comments!)
      ? 'distributed'
      : /--\s*reference/.test(comments!)
        ? 'reference'
        : /--\s*local/.test(comments!)
          ? 'local'
          : undefined,
  }));
}

const distributionOf = (text: string): string[] =>
  distributionsIn(text).flatMap(({ table, kind }) =>
    kind === 'distributed'
      ? [`select create_distributed_table('${table}', 'city_id')`]
      : kind === 'reference'
        ? [`select create_reference_table('${table}')`]
        : [],
  );
