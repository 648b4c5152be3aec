import { createHash, randomUUID } from 'node:crypto';
import pg from 'pg';
import * as registry from '../../../registry.ts';
import { type Contract, inOrder } from '../../shared/contract.ts';
import { openDb, openPool } from '../db.ts';
import { migrateJobs } from '../jobs.ts';
import { listMigrations, migrate } from '../migrate.ts';

/** The server that the tests use, as its administrator; set by the global set-up. */
const adminUrl = (): string => {
  const url = process.env.GUATU_TEST_ADMIN_URL;
  if (!url) throw new Error('No test database: run through `npm test`, or set TEST_DATABASE_ADMIN_URL');
  return url;
};

/** The program's own role: not a superuser, so that row-level security holds in tests as it does in use. */
const role = 'guatu_test';
const roleUrl = (database: string): string => {
  const url = new URL(adminUrl());
  url.username = role;
  url.password = role;
  url.pathname = `/${database}`;
  return url.href;
};

async function asAdmin<T>(work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: adminUrl() });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

const root = new URL('../../../', import.meta.url);
const modules = () => inOrder(Object.values(registry) as Contract[]).map((c) => c.name);

/** A migrated template, made once for each state of the migrations; its name is their hash. */
async function template(): Promise<string> {
  const migrations = await listMigrations(modules(), root);
  const hash = createHash('sha256')
    .update(migrations.map((m) => m.id + m.sha256).join())
    .digest('hex')
    .slice(0, 12);
  const name = `guatu_template_${hash}`;
  await asAdmin(async (admin) => {
    // Test files start side by side: one builds, the others wait.
    await admin.query('select pg_advisory_lock(4711)');
    const { rows } = await admin.query('select 1 from pg_database where datname = $1', [name]);
    if (rows.length > 0) return;
    const { rows: roles } = await admin.query('select 1 from pg_roles where rolname = $1', [role]);
    if (roles.length === 0) await admin.query(`create role ${role} login password '${role}' nosuperuser`);
    const building = `${name}_building`;
    await admin.query(`drop database if exists ${building}`);
    await admin.query(`create database ${building} owner ${role}`);
    const pool = openPool(roleUrl(building), { max: 2 });
    const db = openDb(roleUrl(building), { max: 3 });
    await migrateJobs(pool);
    await migrate(db, migrations);
    await db.destroy();
    await pool.end();
    await admin.query(`alter database ${building} rename to ${name}`);
  });
  return name;
}

export interface TestDatabase {
  url: string;
  drop(): Promise<void>;
}

/** A fresh migrated database, copied from the template (about 0.1 s), or an empty one. */
export async function testDatabase({ empty = false } = {}): Promise<TestDatabase> {
  const migrated = await template();
  const from = empty ? 'template0' : migrated;
  const name = `guatu_test_${randomUUID().replaceAll('-', '')}`;
  await asAdmin((admin) => admin.query(`create database ${name} template ${from} owner ${role}`));
  return {
    url: roleUrl(name),
    drop: async () => {
      await asAdmin((admin) => admin.query(`drop database if exists ${name} with (force)`));
    },
  };
}
