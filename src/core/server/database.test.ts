import { randomUUID } from 'node:crypto';
import { chownSync, existsSync, mkdirSync, mkdtempSync, openSync, readdirSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import * as registry from '../../registry.ts';
import { inOrder } from '../shared/contract.ts';
import { openDatabase } from './database.ts';
import { openDb, openPool } from './db.ts';
import { sleep } from './embedded-postgres/processes.ts';
import { chooseAccount } from './embedded-postgres/run-as.ts';
import { spawnWatched, type Watched } from './embedded-postgres/watched.ts';
import { migrateJobs } from './jobs.ts';
import { listMigrations, migrate, pendingMigrations } from './migrate.ts';
import { postgresForTests } from './testing/postgres.ts';

/** Debian's PostgreSQL, if it is installed: the oldest one, since that is the promise (15 or newer). */
const debian = existsSync('/usr/lib/postgresql')
  ? readdirSync('/usr/lib/postgresql')
      .filter((v) => Number(v) >= 15 && existsSync(`/usr/lib/postgresql/${v}/bin/initdb`))
      .sort((a, b) => Number(a) - Number(b))[0]
  : undefined;

const folder = mkdtempSync(join(tmpdir(), 'guatu-external-'));
const account = chooseAccount('/nonexistent');
const names: string[] = [];
let external: { server: Watched; adminUrl: string } | undefined;

beforeAll(async () => {
  if (debian) external = await startDebian(`/usr/lib/postgresql/${debian}/bin`);
}, 60_000);
afterAll(async () => {
  await asAdmin(postgresForTests().adminUrl, async (admin) => {
    for (const name of names) await admin.query(`drop database if exists ${name} with (force)`);
    for (const name of names) await admin.query(`drop role if exists ${name}`);
  });
  external?.server.child.kill('SIGINT');
  await external?.server.ended;
  rmSync(folder, { recursive: true, force: true });
});

async function startDebian(bin: string): Promise<{ server: Watched; adminUrl: string }> {
  const cluster = join(folder, 'cluster');
  mkdirSync(cluster);
  for (const path of [folder, cluster]) if (account.uid !== undefined) chownSync(path, account.uid, account.gid!);
  const init = [
    join(bin, 'initdb'),
    '-D',
    cluster,
    '-U',
    'postgres',
    '-A',
    'trust',
    '-E',
    'UTF8',
    '--locale=C',
    '--no-sync',
  ];
  const log = openSync(join(folder, 'log'), 'a');
  if ((await spawnWatched(account, cluster, init, log).ended) !== 0) throw new Error(`initdb of ${bin} failed`);
  const port = await new Promise<number>((resolve) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as { port: number };
      probe.close(() => resolve(port));
    });
  });
  const command = [
    join(bin, 'postgres'),
    '-D',
    cluster,
    '-p',
    String(port),
    '-c',
    'unix_socket_directories=',
    '-c',
    'fsync=off',
  ];
  const server = spawnWatched(account, cluster, command, log);
  const adminUrl = `postgres://postgres@127.0.0.1:${port}/postgres`;
  for (let i = 0; i < 100; i++) {
    if (await asAdmin(adminUrl, () => Promise.resolve(true)).catch(() => false)) break;
    await sleep(50);
  }
  return { server, adminUrl };
}

async function asAdmin<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url });
  client.on('error', () => {});
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

/** An empty database with an ordinary role as its owner, as docs/operate.md tells an administrator to make it. */
async function emptyDatabase(adminUrl: string): Promise<string> {
  const name = `guatu_external_${randomUUID().slice(0, 8)}`;
  names.push(name);
  await asAdmin(adminUrl, async (admin) => {
    await admin.query(`create role ${name} login password 'p@ss 示例' nosuperuser`);
    await admin.query(`create database ${name} owner ${name} encoding 'UTF8' template template0`);
  });
  return Object.assign(new URL(adminUrl), {
    username: name,
    password: encodeURIComponent('p@ss 示例'),
    pathname: `/${name}`,
  }).href;
}

const servers = [
  { name: 'the embedded PostgreSQL', adminUrl: () => postgresForTests().adminUrl, isThere: true },
  {
    name: `Debian's PostgreSQL ${debian ?? '(not installed: not tried)'}`,
    adminUrl: () => external!.adminUrl,
    isThere: debian !== undefined,
  },
];

describe.each(servers)('DATABASE_URL to $name', ({ adminUrl, isThere }) => {
  test.skipIf(!isThere)('takes every migration, by two processes at once, and nothing is left to do', async () => {
    const url = await emptyDatabase(adminUrl());
    const opened = await openDatabase({ dataDir: folder, databaseUrl: url }, () => {});
    expect(opened).toMatchObject({ url, kind: 'external' });
    const migrations = await listMigrations(
      inOrder(Object.values(registry)).map((c) => c.name as string),
      new URL('../../', import.meta.url),
    );
    const pool = openPool(url, { max: 2 });
    const [one, other] = [openDb(url, { max: 4 }), openDb(url, { max: 4 })];
    try {
      await migrateJobs(pool);
      const ran: string[] = [];
      await Promise.all([one, other].map((db) => migrate(db, migrations, (id) => ran.push(id))));
      expect(ran.toSorted()).toEqual(migrations.map((m) => m.id).toSorted());
      expect(await pendingMigrations(one, migrations)).toEqual([]);
    } finally {
      await Promise.all([pool.end(), one.destroy(), other.destroy()]);
      await opened.stop();
    }
  });

  test.skipIf(!isThere)('says in a sentence what is wrong with the address', async () => {
    const url = new URL(await emptyDatabase(adminUrl()));
    const problem = async (change: Partial<URL>): Promise<string> => {
      const databaseUrl = Object.assign(new URL(url.href), change).href;
      const error = await openDatabase({ dataDir: folder, databaseUrl }, () => {}).catch((e: Error) => e);
      return error instanceof Error ? error.message : 'no problem';
    };
    expect(await problem({ pathname: '/nowhere' })).toMatch(/没有名为 nowhere 的数据库.*\n.*no database nowhere/);
    expect(await problem({ port: '1' })).toMatch(/没有数据库在监听.*\n.*nothing listens/);
    const wrongPassword = await problem({ password: 'wrong' });
    if (new URL(adminUrl()).password) {
      expect(wrongPassword).toContain('密码不正确');
      expect(wrongPassword).not.toContain('wrong@');
    }
  });
});
