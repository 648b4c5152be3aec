import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Db, openDb } from './db.ts';
import { distributionsIn, type Migration, migrate, pendingMigrations, statementsOf } from './migrate.ts';
import { testDatabase } from './testing/test-db.ts';

let database: Awaited<ReturnType<typeof testDatabase>>;
let db: Db;
beforeAll(async () => {
  database = await testDatabase();
  db = openDb(database.url);
});
afterAll(async () => {
  await db.destroy();
  await database.drop();
});

const file = (id: string, text: string): Migration => ({ id, text, sha256: String(text.length).padStart(64, '0') });

test('a file is split at the semicolons that end statements and at no other', () => {
  const text = `create table a (b text default ';'); -- not here; either
    /* nor ; here */ create function f() returns trigger language plpgsql as $$ begin return new; end $$;
    create index "odd;name" on a (b)`;
  const ends = statementsOf(text).map((s) => s.replace(/\s+/g, ' ').slice(-11));
  expect(ends).toEqual(["efault ';')", 'new; end $$', 'e" on a (b)']);
});

test('each table says how it is spread over machines', () => {
  const text = `-- why\n-- distribute by city_id\ncreate table a.b (x int);\n-- reference\ncreate table a.c (x int);\ncreate table a.d (x int);`;
  expect(distributionsIn(text)).toEqual([
    { table: 'a.b', kind: 'distributed' },
    { table: 'a.c', kind: 'reference' },
    { table: 'a.d', kind: undefined },
  ]);
});

test('a file runs once, two racing processes included', async () => {
  const slow = [
    file(
      'race/001.sql',
      'create schema race; create table race.t (x int); select pg_sleep(0.2); insert into race.t values (1);',
    ),
  ];
  const other = openDb(database.url);
  await Promise.all([migrate(db, slow), migrate(other, slow)]);
  await migrate(db, slow);
  await other.destroy();
  expect((await sql`select x from race.t`.execute(db)).rows).toEqual([{ x: 1 }]);
  expect(await pendingMigrations(db, slow)).toEqual([]);
});

test('a file that was edited after it ran stops the start and names itself', async () => {
  await migrate(db, [file('edit/001.sql', 'create schema edit;')]);
  await expect(migrate(db, [file('edit/001.sql', 'create schema edit; select 1;')])).rejects.toThrow(
    'edit/001.sql was edited after it ran',
  );
});

test('a file that fails leaves nothing of itself', async () => {
  await expect(
    migrate(db, [file('half/001.sql', 'create schema half; create table half.t (x int); select 1/0;')]),
  ).rejects.toThrow('division by zero');
  expect((await sql`select 1 from pg_namespace where nspname = 'half'`.execute(db)).rows).toEqual([]);
});

test('every table with a city shows only the rows of the city that was entered', async () => {
  await migrate(db, [file('lock/001.sql', 'create schema lock; create table lock.t (city_id uuid not null, x int);')]);
  const one = '00000000-0000-7000-8000-000000000001';
  const two = '00000000-0000-7000-8000-000000000002';
  const within = (city: string, statement: string) =>
    db.transaction().execute(async (tx) => {
      await sql`select set_config('guatu.city', ${city}, true)`.execute(tx);
      return (await sql.raw<{ x: number }>(statement).execute(tx)).rows;
    });
  await within(one, `insert into lock.t values ('${one}', 1)`);
  expect(await within(two, 'select x from lock.t')).toEqual([]);
  expect(await within(one, 'select x from lock.t')).toEqual([{ x: 1 }]);
  await expect(within(two, `insert into lock.t values ('${one}', 2)`)).rejects.toThrow('row-level security');
  expect((await sql`select x from lock.t`.execute(db)).rows).toEqual([]);
});
