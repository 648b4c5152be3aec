import { closeSync, existsSync, openSync, readdirSync, renameSync, rmSync, writeFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { GroundProblem } from '../ground-problem.ts';
import { isRoot, problemOf, processesOf, Scene } from '../testing/embedded-scene.ts';
import { layoutOf } from './layout.ts';
import { startEmbeddedPostgres } from './start.ts';

const scene = new Scene();
afterAll(() => scene.close());

describe('two programs on one data directory', () => {
  test('the second refuses with a sentence that names the first, which goes on undisturbed', async () => {
    const dataDir = await scene.stopped('shared 共用');
    const { child, said } = await scene.program(dataDir);
    expect(said.url).toBeDefined();
    const second = await scene.program(dataDir);
    expect(second.said.code).toBe('directory_in_use');
    expect(second.said.words?.zh).toContain(`进程号 ${child.pid}`);
    expect(second.said.words?.en).toContain(`process ${child.pid}`);
    expect((await problemOf(dataDir)).code).toBe('directory_in_use');
    expect(processesOf(dataDir).length).toBeGreaterThan(3);
    child.kill('SIGKILL');
  });

  test('of two that start at the same moment in a new directory exactly one starts', async () => {
    const dataDir = join(scene.folder, 'race');
    const [a, b] = await Promise.all([scene.program(dataDir), scene.program(dataDir)]);
    expect([a.said.code, b.said.code].filter((code) => code === 'directory_in_use')).toHaveLength(1);
    expect([a.said.url, b.said.url].filter((url) => url !== undefined)).toHaveLength(1);
  });
});

describe('a damaged directory is a sentence, and nothing in it is touched', () => {
  let whole: string;
  beforeAll(async () => {
    whole = await scene.stopped('whole');
  });
  const without = async (file: string): Promise<GroundProblem> => {
    const path = join(layoutOf(whole).cluster, file);
    renameSync(path, join(whole, 'aside'));
    const problem = await problemOf(whole);
    expect(existsSync(path)).toBe(false);
    renameSync(join(whole, 'aside'), path);
    return problem;
  };

  test.each(['PG_VERSION', 'global/pg_control', 'base', 'pg_wal', 'postgresql.conf'])('%s is missing', async (file) => {
    const problem = await without(file);
    expect(problem.code).toBe('cluster_damaged');
    expect(problem.words.zh).toContain('数据库目录已损坏');
    expect(problem.words.zh).toContain(file);
    expect(problem.words.en).toContain('restore');
  });

  test('another major version made it', async () => {
    const file = join(layoutOf(whole).cluster, 'PG_VERSION');
    writeFileSync(file, '15\n');
    const problem = await problemOf(whole);
    writeFileSync(file, '18\n');
    expect(problem.code).toBe('wrong_version');
    expect(problem.words.zh).toContain('PostgreSQL 15');
  });

  test('the whole cluster is gone although there was one: no empty database takes its place', async () => {
    expect((await without('')).code).toBe('cluster_lost');
  });

  test('after all that, the cluster still starts', async () => {
    await (await startEmbeddedPostgres({ dataDir: whole, testing: true })).stop();
  });

  test('the control file holds nonsense', async () => {
    const dataDir = await scene.stopped('nonsense');
    writeFileSync(join(layoutOf(dataDir).cluster, 'global', 'pg_control'), Buffer.alloc(8192, 7));
    expect((await problemOf(dataDir)).code).toBe('cluster_damaged');
    expect(processesOf(dataDir)).toEqual([]);
  });

  test('the write-ahead log is gone', async () => {
    const dataDir = await scene.stopped('no-log');
    const wal = join(layoutOf(dataDir).cluster, 'pg_wal');
    for (const name of readdirSync(wal)) if (/^[0-9A-F]{24}$/.test(name)) rmSync(join(wal, name));
    expect((await problemOf(dataDir)).code).toBe('cluster_damaged');
    expect(processesOf(dataDir)).toEqual([]);
  });
});

describe('a full disk is a sentence', () => {
  const small = scene.disk('small', 30);
  const larger = scene.disk('larger', 220);

  test.skipIf(!small)('when there is no room for a first start', async () => {
    const dataDir = join(small!, 'data');
    const problem = await problemOf(dataDir);
    expect(problem.code).toBe('disk_full');
    expect(problem.words.zh).toContain('磁盘空间不足');
    expect(existsSync(layoutOf(dataDir).cluster)).toBe(false);
  });

  test.skipIf(!larger)(
    'when it filled up between two starts, and the data is there again once there is room',
    async () => {
      const dataDir = join(larger!, 'data');
      await (await startEmbeddedPostgres({ dataDir, testing: true })).stop();
      const ballast = join(larger!, 'ballast');
      fill(ballast);
      expect((await problemOf(dataDir)).code).toBe('disk_full');
      expect(processesOf(dataDir)).toEqual([]);
      rmSync(ballast);
      await (await startEmbeddedPostgres({ dataDir, testing: true })).stop();
    },
  );

  if (!small)
    test.skip(
      isRoot ? 'not tried: mounting is not allowed here' : 'not tried: only root can mount a small disk',
      () => {},
    );
});

function fill(file: string): void {
  const descriptor = openSync(file, 'w');
  for (const size of [1 << 20, 4096]) {
    try {
      for (;;) writeSync(descriptor, Buffer.alloc(size));
    } catch {
      // full to the last block of that size
    }
  }
  closeSync(descriptor);
}
