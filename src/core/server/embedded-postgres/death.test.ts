import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { ask, processesOf, Scene } from '../testing/embedded-scene.ts';
import { layoutOf } from './layout.ts';
import { isAlive, postgresIn, sleep, waitUntil } from './processes.ts';
import { asAccount, chooseAccount } from './run-as.ts';
import { startEmbeddedPostgres } from './start.ts';

const scene = new Scene();
afterAll(() => scene.close());

const mainPid = (dataDir: string): number =>
  parseInt(readFileSync(join(layoutOf(dataDir).cluster, 'postmaster.pid'), 'utf8'), 10);

describe('kill -9 of the program', () => {
  test('leaves no server and no watchdog within seconds, even with a statement at work, and loses nothing committed', async () => {
    const dataDir = await scene.stopped('killed 程序');
    const { child, said } = await scene.program(dataDir);
    await ask(said.url!, 'create table kept (n int); insert into kept values (42)');
    const busy = ask(said.url!, 'select pg_sleep(60)').catch(() => 'cut off');
    await sleep(100);
    expect(processesOf(dataDir).length).toBeGreaterThan(3);

    child.kill('SIGKILL');
    expect(await waitUntil(() => processesOf(dataDir).length === 0, 5_000)).toBe(true);
    expect(await busy).toBe('cut off');

    const again = await startEmbeddedPostgres({ dataDir, testing: true });
    expect(await ask(again.url, 'select n from kept')).toEqual([[42]]);
    await again.stop();
  });

  test('during the very first start leaves nothing at work, and the next start makes the database', async () => {
    const dataDir = join(scene.folder, 'killed-early');
    const early = scene.program(dataDir).catch(() => undefined);
    const { making } = layoutOf(dataDir);
    expect(await waitUntil(() => existsSync(join(making, 'base')), 10_000)).toBe(true);
    scene.killAll();
    await early;
    expect(await waitUntil(() => processesOf(dataDir).length === 0, 5_000)).toBe(true);
    const server = await startEmbeddedPostgres({ dataDir, testing: true });
    expect(await ask(server.url, 'select 1')).toEqual([[1]]);
    await server.stop();
  });
});

describe('a server that died', () => {
  test('comes back on the same port when it alone was killed', async () => {
    const dataDir = await scene.stopped('server-killed');
    const server = await startEmbeddedPostgres({ dataDir, testing: true });
    const first = mainPid(dataDir);
    process.kill(first, 'SIGKILL');
    let answer: unknown;
    for (let i = 0; i < 200 && answer === undefined; i++) {
      answer = await ask(server.url, 'select 1').catch(() => sleep(50));
    }
    expect(answer).toEqual([[1]]);
    expect(mainPid(dataDir)).not.toBe(first);
    await server.stop();
    expect(processesOf(dataDir)).toEqual([]);
  });

  test('is stopped first when it outlived program and watchdog together', async () => {
    const dataDir = await scene.stopped('outlived');
    const { child } = await scene.program(dataDir);
    const postmaster = mainPid(dataDir);
    const rest = processesOf(dataDir).filter(
      (pid) => !postgresIn(layoutOf(dataDir).cluster).includes(pid) && pid !== child.pid,
    );
    for (const watchdog of rest) process.kill(watchdog, 'SIGKILL');
    child.kill('SIGKILL');
    await once(child, 'exit');
    await sleep(200);
    expect(isAlive(postmaster)).toBe(true);

    const server = await startEmbeddedPostgres({ dataDir, testing: true });
    expect(isAlive(postmaster)).toBe(false);
    expect(await ask(server.url, 'select 1')).toEqual([[1]]);
    await server.stop();
  });
});

describe('a pid file left behind', () => {
  const account = chooseAccount('/nonexistent');
  const leave = (dataDir: string, pid: number): void => {
    const { cluster } = layoutOf(dataDir);
    writeFileSync(
      join(cluster, 'postmaster.pid'),
      `${pid}\n${cluster}\n1600000000\n5432\n\n127.0.0.1\n  1234567         1\nready\n`,
    );
  };
  const startsAnyway = async (dataDir: string): Promise<void> => {
    const server = await startEmbeddedPostgres({ dataDir, testing: true });
    expect(await ask(server.url, 'select 1')).toEqual([[1]]);
    await server.stop();
  };

  test('by a process that is gone does not hinder a start', async () => {
    const dataDir = await scene.stopped('stale');
    leave(dataDir, 4_000_000);
    await startsAnyway(dataDir);
  });

  test('whose pid another program has by now does not hinder a start, nor harm that program', async () => {
    const dataDir = await scene.stopped('reused');
    const other = spawn('sleep', ['60'], asAccount(account));
    leave(dataDir, other.pid!);
    await startsAnyway(dataDir);
    expect(isAlive(other.pid!)).toBe(true);
    other.kill();
  });

  test('by a zombie that nobody collects does not hinder a start', async () => {
    const dataDir = await scene.stopped('zombie');
    // The shell becomes a `sleep` that never asks after the child it inherited.
    const parent = spawn('/bin/sh', ['-c', 'sleep 0 & echo $!; exec sleep 60'], {
      ...asAccount(account),
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    const [said] = (await once(parent.stdout, 'data')) as [Buffer];
    const zombie = Number(said.toString());
    expect(await waitUntil(() => !isAlive(zombie), 5_000)).toBe(true);
    expect(() => process.kill(zombie, 0)).not.toThrow();
    leave(dataDir, zombie);
    await startsAnyway(dataDir);
    parent.kill();
  });
});
