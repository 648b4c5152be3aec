import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { newId } from '../../shared/id.ts';
import { clockOf } from '../clock.ts';
import { type Db, openDb, openPool } from '../db.ts';
import { walArchiveSettings } from '../embedded-postgres/layout.ts';
import { type EmbeddedPostgres, startEmbeddedPostgres } from '../embedded-postgres/start.ts';
import { keepStream } from '../files.ts';
import { migrateJobs } from '../jobs.ts';
import { listMigrations, type Migration, migrate } from '../migrate.ts';
import { testDatabase } from '../testing/test-db.ts';
import { readManifest } from './archive.ts';
import { backUpTables, copyDatabase, restoreTables } from './logical.ts';
import { backUpCluster, restoreCluster } from './physical.ts';

const root = new URL('../../../', import.meta.url);
const parcel: Migration = {
  id: 'parcels/001.sql',
  text: 'create schema parcels; create table parcels.box (city_id uuid not null, id uuid not null, parent_id uuid, label text, primary key (city_id, id), foreign key (city_id, parent_id) references parcels.box (city_id, id));',
  sha256: 'x'.repeat(64),
};

let work: string;
let migrations: Migration[];
beforeAll(async () => {
  work = await mkdtemp(join(tmpdir(), 'guatu-backup-test-'));
  migrations = [...(await listMigrations([], root)), parcel];
});
afterAll(() => rm(work, { recursive: true, force: true }));

async function prepare(url: string): Promise<Db> {
  const pool = openPool(url, { max: 2 });
  await migrateJobs(pool);
  await pool.end();
  const db = openDb(url, { max: 3 });
  await migrate(db, migrations);
  return db;
}

const city = newId();
const within = <T>(db: Db, work: (tx: Db) => Promise<T>): Promise<T> =>
  db.transaction().execute(async (tx) => {
    await sql`select set_config('guatu.city', ${city}, true)`.execute(tx);
    return work(tx);
  });

/** A city with rows that are easy to lose: null beside empty, quotes, line breaks, a row that refers to another, an identity. */
async function fill(db: Db): Promise<void> {
  await sql`insert into core.city (id, code, name, hq_name) values (${city}, '430600', '岳阳市', '总指挥部')`.execute(
    db,
  );
  const parent = newId();
  await within(db, async (tx) => {
    await sql`insert into parcels.box values (${city}, ${parent}, null, '')`.execute(tx);
    await sql`insert into parcels.box values (${city}, ${newId()}, ${parent}, ${'“引号”,"quote"\n第二行\\N'}), (${city}, ${newId()}, ${parent}, null)`.execute(
      tx,
    );
  });
  await sql`insert into core.outbox (city_id, topic, actor_id) values (${city}, 'a.b', 'x'), (${city}, 'a.b', 'x')`.execute(
    db,
  );
}
const labels = (db: Db) =>
  within(db, async (tx) =>
    (await sql<{ label: string | null }>`select label from parcels.box order by id`.execute(tx)).rows.map(
      (r) => r.label,
    ),
  );

describe('the embedded database', () => {
  let source: EmbeddedPostgres;
  let db: Db;
  const dataDir = () => join(work, '来源 data');
  const file = () => join(work, '备份.tar.gz');
  let fileId: string;
  beforeAll(async () => {
    source = await startEmbeddedPostgres({ dataDir: dataDir(), settings: walArchiveSettings });
    db = await prepare(source.url);
    await fill(db);
    const host = { config: { dataDir: dataDir() }, clock: clockOf() } as never;
    fileId = (
      await keepStream(
        host,
        (async function* () {
          yield new TextEncoder().encode('现场照片');
        })(),
      )
    ).id;
  }, 60_000);
  afterAll(async () => {
    await db?.destroy();
    await source?.stop();
  });

  test('is backed up while people write, and comes back with rows and files', async () => {
    let writing = true;
    const writer = (async () => {
      for (let i = 0; writing; i++)
        await within(db, (tx) =>
          sql`insert into parcels.box values (${city}, ${newId()}, null, ${`busy ${i}`})`.execute(tx),
        );
    })();
    const size = await backUpCluster(dataDir(), source.adminUrl, file());
    writing = false;
    await writer;
    expect(size).toBeGreaterThan(1_000_000);
    expect(await readManifest(file())).toMatchObject({ kind: 'physical', postgres: '18' });

    const target = join(work, '恢复 target');
    await restoreCluster(file(), await readManifest(file()), target);
    const restored = await startEmbeddedPostgres({ dataDir: target });
    const copy = openDb(restored.url, { max: 1 });
    const before = await labels(copy);
    expect(before.slice(0, 3)).toEqual(['', '“引号”,"quote"\n第二行\\N', null]);
    // What was written while copying is there up to one moment, without holes.
    const busy = before.slice(3).map((label) => Number(label!.slice(5)));
    expect(busy).toEqual(busy.map((_, i) => i));
    expect(await readFile(join(target, 'files', fileId.slice(0, 2), fileId.slice(2)), 'utf8')).toBe('现场照片');
    await copy.destroy();
    await restored.stop();
  }, 90_000);

  test('goes back to a moment between two backups by the archived log', async () => {
    const base = join(work, 'base.tar.gz');
    await backUpCluster(dataDir(), source.adminUrl, base);
    await within(db, (tx) =>
      sql`insert into parcels.box values (${city}, ${newId()}, null, 'before the mistake')`.execute(tx),
    );
    const { rows } = await sql<{ at: string }>`select clock_timestamp()::text as at`.execute(db);
    await new Promise((done) => setTimeout(done, 50));
    await within(db, (tx) => sql`delete from parcels.box`.execute(tx));
    const admin = openDb(source.adminUrl, { max: 1 });
    await sql`select pg_switch_wal()`.execute(admin);
    for (let i = 0; i < 300; i++) {
      const { rows: waiting } = await sql<{
        n: number;
      }>`select count(*) as n from pg_ls_archive_statusdir() where name like '%.ready'`.execute(admin);
      if (waiting[0]!.n === 0) break;
      await new Promise((done) => setTimeout(done, 50));
    }
    await admin.destroy();

    const target = join(work, 'moment');
    await restoreCluster(base, await readManifest(base), target, {
      until: rows[0]!.at,
      walArchive: join(dataDir(), 'postgres', 'wal-archive'),
    });
    const restored = await startEmbeddedPostgres({ dataDir: target });
    const copy = openDb(restored.url, { max: 1 });
    expect((await labels(copy)).at(-1)).toBe('before the mistake');
    await within(copy, (tx) =>
      sql`insert into parcels.box values (${city}, ${newId()}, null, 'and on we go')`.execute(tx),
    );
    await copy.destroy();
    await restored.stop();
  }, 90_000);

  test('a torn file restores nothing and says so', async () => {
    const whole = await readFile(file());
    const torn = join(work, 'torn.tar.gz');
    await writeFile(torn, whole.subarray(0, whole.length - 5_000));
    await expect(restoreCluster(torn, await readManifest(torn), join(work, 'torn'))).rejects.toMatchObject({
      code: 'no_backup',
    });
    await writeFile(torn, 'not a backup at all');
    await expect(readManifest(torn)).rejects.toMatchObject({ code: 'no_backup' });
    await expect(readManifest(join(work, 'missing'))).rejects.toMatchObject({ code: 'no_backup' });
  });

  test('is copied table by table to another PostgreSQL, and back', async () => {
    const other = await testDatabase({ empty: true });
    await copyDatabase(source.url, other.url, migrations);
    const there = openDb(other.url, { max: 1 });
    expect(await labels(there)).toEqual(await labels(db));
    // Numbers go on after the ones that came.
    await sql`insert into core.outbox (city_id, topic, actor_id) values (${city}, 'a.b', 'x')`.execute(there);
    // The lock by city is on again.
    expect((await sql`select 1 from parcels.box`.execute(there)).rows).toEqual([]);
    await expect(copyDatabase(source.url, other.url, migrations)).rejects.toMatchObject({ code: 'not_empty' });

    const file = join(work, 'logical.tar.gz');
    await backUpTables(other.url, join(dataDir(), 'files'), migrations, file);
    const back = await testDatabase({ empty: true });
    const target = join(work, 'logical');
    await restoreTables(file, back.url, target, migrations);
    const returned = openDb(back.url, { max: 1 });
    expect(await labels(returned)).toEqual(await labels(db));
    expect(existsSync(join(target, 'files', fileId.slice(0, 2), fileId.slice(2)))).toBe(true);
    for (const open of [there, returned]) await open.destroy();
    for (const made of [other, back]) await made.drop();
  }, 60_000);
});
