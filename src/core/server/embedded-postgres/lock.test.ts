import { spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { findHolder, lockDirectory } from './lock.ts';
import { pidWorld, startedAt } from './processes.ts';

const folder = mkdtempSync(join(tmpdir(), 'guatu-lock-'));
afterAll(() => rmSync(folder, { recursive: true }));
const fileFor = (name: string): string => join(folder, name, 'guatu.lock');
const hold = async (file: string, holder: object, touched = new Date()): Promise<void> => {
  (await lockDirectory(file)).release();
  writeFileSync(file, JSON.stringify(holder));
  utimesSync(file, touched, touched);
};
const inUse = expect.objectContaining({ code: 'directory_in_use' });

test('a directory is locked once, and free again after release', async () => {
  const file = fileFor('twice');
  const lock = await lockDirectory(file);
  await expect(lockDirectory(file)).rejects.toEqual(inUse);
  expect(findHolder(file)).toEqual({ pid: process.pid });
  lock.release();
  expect(findHolder(file)).toBeUndefined();
  (await lockDirectory(file)).release();
  expect(readdirSync(join(folder, 'twice'))).toEqual([]);
});

test('the lock of a program that was killed is taken over', async () => {
  const file = fileFor('killed');
  await hold(file, { pid: 4_000_000, startedAt: '1', world: pidWorld(), host: hostname() });
  (await lockDirectory(file)).release();
});

test('a live process that merely has the pid of the old holder does not count', async () => {
  const file = fileFor('reused');
  const other = spawn('sleep', ['30']);
  await hold(file, { pid: other.pid, startedAt: '1', world: pidWorld(), host: hostname() });
  (await lockDirectory(file)).release();
  await hold(file, { pid: other.pid, startedAt: startedAt(other.pid!), world: pidWorld(), host: hostname() });
  await expect(lockDirectory(file)).rejects.toEqual(inUse);
  other.kill();
});

test('a holder in another container counts while it keeps touching the lock', async () => {
  const file = fileFor('elsewhere');
  const elsewhere = { pid: 7, startedAt: '1', world: 'another boot/1', host: 'node-b' };
  await hold(file, elsewhere, new Date(Date.now() - 60_000));
  (await lockDirectory(file)).release();

  await hold(file, elsewhere);
  const beat = setInterval(() => utimesSync(file, new Date(), new Date()), 50);
  await expect(lockDirectory(file, 300)).rejects.toThrow(/7@node-b/);
  clearInterval(beat);
});

test('a torn lock file does not stop a start', async () => {
  const file = fileFor('torn');
  (await lockDirectory(file)).release();
  writeFileSync(file, '{"pid": 12');
  const lock = await lockDirectory(file);
  expect(JSON.parse(readFileSync(file, 'utf8'))).toMatchObject({ pid: process.pid });
  lock.release();
});
