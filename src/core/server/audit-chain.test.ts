import { sql } from 'kysely';
import pg from 'pg';
import { afterAll, beforeEach, expect, test } from 'vitest';
import { newId } from '../shared/id.ts';
import { sealAudit, verifyAudit } from './audit-chain.ts';
import { type Db, openDb } from './db.ts';
import { testDatabase } from './testing/test-db.ts';

let database: Awaited<ReturnType<typeof testDatabase>> | undefined;
let db: Db;
const close = async () => {
  await db?.destroy();
  await database?.drop();
};
beforeEach(async () => {
  await close();
  database = await testDatabase();
  db = openDb(database.url);
  for (let i = 0; i < 5; i++) await write(new Date(), `step ${i}`);
  await sealAudit(db);
  for (let i = 5; i < 8; i++) await write(new Date(), `step ${i}`);
  await sealAudit(db);
});
afterAll(close);

const write = (at: Date, action: string) =>
  sql`insert into core.audit (id, at, actor_id, actor_name, action, request_id, input_hash)
    values (${newId()}, ${at}, 'a', '刘敏', ${action}, 'r', ${'0'.repeat(64)})`.execute(db);

/** What someone with the whole database in hand may do: switch the guard off and write. */
async function tamper(statement: string) {
  const url = new URL(process.env.GUATU_TEST_ADMIN_URL!);
  url.pathname = new URL(database!.url).pathname;
  const client = new pg.Client({ connectionString: url.href });
  await client.connect();
  await client.query("set session_replication_role = 'replica'");
  await client.query(statement);
  await client.end();
}

test('an untouched log is whole', async () => {
  expect(await verifyAudit(db)).toMatchObject({ blocks: 2, sealed: 8, waiting: 0, faults: [] });
});

test('rows cannot be changed or removed by the program itself', async () => {
  await expect(sql`update core.audit set actor_name = '别人'`.execute(db)).rejects.toThrow('audit rows are final');
  await expect(sql`delete from core.audit`.execute(db)).rejects.toThrow('audit rows are final');
});

test('a changed row is found', async () => {
  await tamper("update core.audit set actor_name = '别人' where action = 'step 2'");
  expect((await verifyAudit(db)).faults).toMatchObject([{ kind: 'changed' }]);
});

test('a removed row is found', async () => {
  await tamper("delete from core.audit where action = 'step 6'");
  expect((await verifyAudit(db)).faults).toMatchObject([{ kind: 'removed', blockId: 2 }]);
});

test('a removed row whose seal was removed with it is found', async () => {
  await tamper("delete from core.audit_seal where audit_id = (select id from core.audit where action = 'step 3')");
  await tamper("delete from core.audit where action = 'step 3'");
  expect((await verifyAudit(db)).faults).toMatchObject([{ kind: 'block', blockId: 1 }]);
});

test('a row inserted into the past is found, and the sealer does not bless it', async () => {
  await write(new Date(Date.now() - 86_400_000), 'invented');
  await sealAudit(db);
  expect((await verifyAudit(db)).faults).toMatchObject([{ kind: 'inserted' }]);
});

test('a rewritten block breaks the chain after it', async () => {
  await tamper("update core.audit_block set hash = repeat('a', 64) where id = 1");
  expect((await verifyAudit(db)).faults.map((f) => f.blockId)).toEqual([1, 2]);
});
