import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { ask, isRoot, processesOf, Scene } from '../testing/embedded-scene.ts';
import { layoutOf, walArchiveSettings } from './layout.ts';
import { waitUntil } from './processes.ts';
import { chooseAccount, reaches } from './run-as.ts';
import { findRunning, startEmbeddedPostgres } from './start.ts';

const scene = new Scene();
afterAll(() => scene.close());

describe('a first start', () => {
  test('makes a server in a long folder with spaces, quotes and Chinese characters, and finds it again', async () => {
    const dataDir = join(scene.folder, `数据 目录 "甲's" $HOME ${'长'.repeat(40)}`, '岳阳市');
    const first = await startEmbeddedPostgres({ dataDir, testing: true });
    await ask(first.url, `create table promise (name text); insert into promise values ('洞庭湖大桥')`);
    await first.stop();
    expect(processesOf(dataDir)).toEqual([]);

    const second = await startEmbeddedPostgres({ dataDir, testing: true });
    expect(await ask(second.url, 'select name from promise')).toEqual([['洞庭湖大桥']]);
    expect(second.port).toBe(first.port);
    await second.stop();
  });

  test('gives the program a role that row-level security holds, and keeps the superuser apart', async () => {
    const server = await startEmbeddedPostgres({ dataDir: await scene.stopped('roles'), testing: true });
    try {
      const role = `select current_user::text, rolsuper, rolbypassrls, rolcreaterole, rolcreatedb from pg_roles where rolname = current_user`;
      expect(await ask(server.url, role)).toEqual([['guatu', false, false, false, false]]);
      expect(await ask(server.adminUrl, 'select rolsuper from pg_roles where rolname = current_user')).toEqual([
        [true],
      ]);
      expect(
        await ask(
          server.url,
          `select pg_get_userbyid(datdba)::text from pg_database where datname = current_database()`,
        ),
      ).toEqual([['guatu']]);
      await ask(
        server.url,
        `create table secret (city int); alter table secret enable row level security; alter table secret force row level security;
         insert into secret select 1 where false`,
      );
      await ask(server.adminUrl, 'insert into secret values (1)');
      expect(await ask(server.url, 'select * from secret')).toEqual([]);
    } finally {
      await server.stop();
    }
  });

  test('lets nobody in without a password, and keeps the passwords to itself', async () => {
    const dataDir = await scene.stopped('passwords');
    const server = await startEmbeddedPostgres({ dataDir, testing: true });
    try {
      for (const wrong of ['', 'guess']) {
        const url = Object.assign(new URL(server.adminUrl), { password: wrong }).href;
        await expect(ask(url, 'select 1')).rejects.toThrow(/password/);
      }
      expect(statSync(server.layout.connectionFile).mode & 0o777).toBe(0o600);
      expect(existsSync(join(server.layout.home, 'initdb-password'))).toBe(false);
    } finally {
      await server.stop();
    }
  });

  test('sorts Chinese names by pinyin and keeps dates in Beijing time', async () => {
    const server = await startEmbeddedPostgres({ dataDir: await scene.stopped('sorting'), testing: true });
    try {
      const sorted = await ask(
        server.url,
        `select string_agg(n, ' ' order by n) from unnest(array['岳阳','平江','临湘','华容']) n`,
      );
      expect(sorted).toEqual([['华容 临湘 平江 岳阳']]);
      expect(await ask(server.url, `show timezone`)).toEqual([['Asia/Shanghai']]);
    } finally {
      await server.stop();
    }
  });

  test('keeps what it commits: fsync is on unless a test asks otherwise', async () => {
    const server = await startEmbeddedPostgres({ dataDir: await scene.stopped('durable') });
    try {
      const durable = `select current_setting('fsync'), current_setting('synchronous_commit'), current_setting('full_page_writes')`;
      expect(await ask(server.url, durable)).toEqual([['on', 'on', 'on']]);
    } finally {
      await server.stop();
    }
  });

  test('archives finished WAL beside the cluster when asked to', async () => {
    const dataDir = await scene.stopped("归档 a'rchive");
    const server = await startEmbeddedPostgres({ dataDir, settings: walArchiveSettings, testing: true });
    try {
      await ask(server.adminUrl, 'create table filled (n int); select pg_switch_wal()');
      const archived = () => readdirSync(server.layout.walArchive).filter((name) => /^[0-9A-F]{24}$/.test(name));
      expect(await waitUntil(() => archived().length > 0, 10_000)).toBe(true);
      expect(readFileSync(join(server.layout.walArchive, archived()[0]!)).length).toBeGreaterThanOrEqual(1024 * 1024);
    } finally {
      await server.stop();
    }
  });
});

describe('which account runs it', () => {
  test.skipIf(!isRoot)(
    'root gives way to an ordinary account, even below a folder that is closed to that account',
    async () => {
      const home = join(scene.folder, '私人');
      mkdirSync(home);
      chmodSync(home, 0o700);
      const dataDir = join(home, 'data');
      const server = await startEmbeddedPostgres({ dataDir, testing: true });
      try {
        const account = chooseAccount(layoutOf(dataDir).cluster);
        expect(account.uid).not.toBe(0);
        expect(reaches(account, layoutOf(dataDir).cluster)).toBe(false);
        expect(statSync(layoutOf(dataDir).cluster).uid).toBe(account.uid);
        expect(await ask(server.url, 'select 1')).toEqual([[1]]);
      } finally {
        await server.stop();
      }
      expect(processesOf(dataDir)).toEqual([]);
    },
  );

  test.skipIf(!isRoot)('a cluster that root copied back belongs to that account again', async () => {
    const dataDir = join(scene.folder, 'copied-back');
    const { spawnSync } = await import('node:child_process');
    spawnSync('cp', ['-r', await scene.stopped('copied'), dataDir]);
    expect(statSync(layoutOf(dataDir).cluster).uid).toBe(0);
    const server = await startEmbeddedPostgres({ dataDir, testing: true });
    expect(await ask(server.url, 'select 1')).toEqual([[1]]);
    await server.stop();
  });

  const nobody = { ...chooseAccount('/nonexistent'), name: 'an ordinary user' };
  const canTry = isRoot && reaches(nobody, import.meta.dirname) && reaches(nobody, process.cwd());
  test.skipIf(!canTry)('an ordinary user starts it directly', async () => {
    const dataDir = join(scene.folder, 'ordinary');
    mkdirSync(dataDir);
    (await import('node:fs')).chownSync(dataDir, nobody.uid!, nobody.gid!);
    const { child, said } = await scene.program(dataDir, nobody);
    expect(said.words?.zh).toBeUndefined();
    expect(await ask(said.url!, 'select 1')).toEqual([[1]]);
    expect(statSync(layoutOf(dataDir).home).uid).toBe(nobody.uid);
    child.kill('SIGTERM');
    expect(await waitUntil(() => processesOf(dataDir).length === 0, 10_000)).toBe(true);
  });
});

test('passwords that were lost are set anew, and the data is still there', async () => {
  const dataDir = await scene.stopped('lost-passwords');
  const { rmSync } = await import('node:fs');
  rmSync(layoutOf(dataDir).connectionFile);
  const server = await startEmbeddedPostgres({ dataDir, testing: true });
  expect(await ask(server.url, 'select current_user::text')).toEqual([['guatu']]);
  await server.stop();
});

test('a program beside it finds the running server, and none when it has stopped', async () => {
  const dataDir = await scene.stopped('beside');
  expect(findRunning(dataDir)).toBeUndefined();
  const server = await startEmbeddedPostgres({ dataDir, testing: true });
  expect(findRunning(dataDir)).toEqual({ url: server.url, adminUrl: server.adminUrl, pid: process.pid });
  await server.stop();
  expect(findRunning(dataDir)).toBeUndefined();
});
