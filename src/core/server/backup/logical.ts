import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import type pg from 'pg';
import { kyselyOver, openPool } from '../db.ts';
import { GroundProblem } from '../ground-problem.ts';
import { migrateJobs } from '../jobs.ts';
import { type Migration, migrate } from '../migrate.ts';
import { addFolder, type Manifest, readArchive, writeArchive } from './archive.ts';
import { platform } from './physical.ts';
import {
  connect,
  listCityIds,
  listTables,
  readTable,
  snapshotOf,
  type Table,
  whileOpen,
  writeTable,
} from './tables.ts';

/** Names the state of the schema: rows go only where the same migrations ran. */
export const schemaMark = (migrations: readonly Migration[]): string =>
  createHash('sha256')
    .update(migrations.map((m) => `${m.id} ${m.sha256}`).join('\n'))
    .digest('hex');

/** Makes the target ready: tables made, none of them with a city in it. @throws GroundProblem `not_empty` */
async function prepareTarget(url: string, migrations: readonly Migration[]): Promise<void> {
  const pool = openPool(url, { max: 3 });
  try {
    await migrateJobs(pool);
    await migrate(kyselyOver(pool), migrations);
    const { rows } = await pool.query('select 1 from core.city limit 1');
    if (rows.length > 0)
      throw new GroundProblem('not_empty', {
        zh: '目标数据库里已有城市数据，不能覆盖。请换一个空数据库',
        en: 'The target database already holds a city and is not overwritten: use an empty one',
      });
  } finally {
    await pool.end();
  }
}

/** Copies every row from one database to another, in one snapshot of the source and one transaction of the target. */
export async function copyDatabase(
  fromUrl: string,
  toUrl: string,
  migrations: readonly Migration[],
  say: (table: string, rows: number) => void = () => {},
): Promise<number> {
  await prepareTarget(toUrl, migrations);
  const target = await connect(toUrl);
  try {
    return await snapshotOf(fromUrl, async (source) => {
      await requireSameSchema(source, migrations);
      const tables = await listTables(source);
      const cities = await listCityIds(source);
      let total = 0;
      await whileOpen(target, tables, async () => {
        for (const table of tables) {
          let rows = 0;
          for (const city of table.hasCity ? cities : [undefined])
            rows += await writeTable(target, table, await readTable(source, table, city));
          say(table.name, rows);
          total += rows;
        }
      });
      return total;
    });
  } finally {
    await target.end();
  }
}

async function requireSameSchema(source: pg.Client, migrations: readonly Migration[]): Promise<void> {
  const { rows } = await source.query<{ id: string }>('select id from core.migration');
  const ran = new Set(rows.map((row) => row.id));
  if (migrations.some((m) => !ran.has(m.id)) || rows.length !== migrations.length)
    throw new GroundProblem('other_version', {
      zh: '来源数据库的版本与本程序不同。请先用本程序启动一次来源数据库，再复制',
      en: 'The source database is of another version: start this program on it once, then copy',
    });
}

/** Every table as CSV and every file, in one archive: for databases that are not ours to copy as they lie on disk. */
export async function backUpTables(
  url: string,
  filesDir: string,
  migrations: readonly Migration[],
  to: string,
): Promise<number> {
  const work = await mkdtemp(join(tmpdir(), 'guatu-backup-'));
  try {
    return await snapshotOf(url, async (source) => {
      await requireSameSchema(source, migrations);
      const { rows } = await source.query<{ v: string }>("select current_setting('server_version') as v");
      const manifest: Manifest = {
        format: 'guatu-backup',
        version: 1,
        kind: 'logical',
        createdAt: new Date().toISOString(),
        postgres: rows[0]!.v,
        platform,
      };
      return writeArchive(to, manifest, async (archive) => {
        const tables = await listTables(source);
        const cities = await listCityIds(source);
        await archive.entry({ name: 'tables.json' }, JSON.stringify({ schema: schemaMark(migrations), tables }));
        for (const [index, table] of tables.entries())
          for (const [part, city] of (table.hasCity ? cities : [undefined]).entries()) {
            // A tar entry begins with its size, so the rows are laid down first.
            const file = join(work, 'rows.csv');
            await pipeline(await readTable(source, table, city), createWriteStream(file, { mode: 0o600 }));
            await archive.file(file, `tables/${index}/${part}.csv`);
          }
        await addFolder(archive, filesDir, 'files', (path) => path.startsWith('incoming'));
      });
    });
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}

export async function restoreTables(
  file: string,
  url: string,
  dataDir: string,
  migrations: readonly Migration[],
): Promise<void> {
  await prepareTarget(url, migrations);
  const target = await connect(url);
  const work = await mkdtemp(join(tmpdir(), 'guatu-restore-'));
  try {
    let tables: Table[] = [];
    const parts: { table: number; file: string }[] = [];
    await readArchive(file, async ({ name, type }, body) => {
      if (name === 'tables.json') {
        const chunks: Buffer[] = [];
        for await (const chunk of body) chunks.push(chunk);
        const read = JSON.parse(Buffer.concat(chunks).toString()) as { schema: string; tables: Table[] };
        if (read.schema !== schemaMark(migrations))
          throw new GroundProblem('other_version', {
            zh: '这份备份来自另一个版本的程序。请用当时的版本恢复，再升级',
            en: 'This backup is of another version of the program: restore it with that version, then upgrade',
          });
        tables = read.tables;
        return;
      }
      const at = /^tables\/(\d+)\/(\d+)\.csv$/.exec(name);
      const to = at ? join(work, `${at[1]}-${at[2]}.csv`) : join(dataDir, name);
      if (type === 'directory' || name === 'manifest.json') {
        for await (const _ of body);
        return;
      }
      await mkdir(dirname(to), { recursive: true });
      await pipeline(body, createWriteStream(to, { mode: 0o600 }));
      if (at) parts.push({ table: Number(at[1]), file: to });
    });
    // Only a whole archive comes this far: nothing was written before.
    await whileOpen(target, tables, async () => {
      for (const part of parts) await writeTable(target, tables[part.table]!, createReadStream(part.file));
    });
  } finally {
    await target.end();
    await rm(work, { recursive: true, force: true });
  }
}
