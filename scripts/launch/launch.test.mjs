import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test, vi } from 'vitest';
import { prepareDemo } from './demo.mjs';
import { holdsAll } from './install.mjs';
import { runToEnd, runWithin } from './process.mjs';

const folder = mkdtempSync(join(tmpdir(), 'guatu-launch-'));
afterAll(() => rmSync(folder, { recursive: true }));

describe('whether node_modules is what the lock says', () => {
  const hono = { version: '4.0.0', integrity: 'sha512-a' };
  const other = process.platform === 'darwin' ? 'linux' : 'darwin';
  const lock = (more) => ({ packages: { '': {}, 'node_modules/hono': hono, ...more } });
  const installed = { packages: { 'node_modules/hono': hono } };

  test('the same packages match, another version or a missing package does not', () => {
    expect(holdsAll(lock({}), installed)).toBe(true);
    expect(holdsAll(lock({ 'node_modules/zod': hono }), installed)).toBe(false);
    expect(holdsAll(lock({}), { packages: { 'node_modules/hono': { ...hono, version: '4.0.1' } } })).toBe(false);
  });

  test('a package for another platform may be missing, one for this platform may not', () => {
    const foreign = { version: '1.0.0', optional: true, os: [other], cpu: [process.arch] };
    expect(holdsAll(lock({ 'node_modules/binary': foreign }), installed)).toBe(true);
    expect(holdsAll(lock({ 'node_modules/binary': { ...foreign, os: [process.platform] } }), installed)).toBe(false);
    expect(
      holdsAll(lock({ 'node_modules/binary': { ...foreign, os: [process.platform], cpu: 'wasm32' } }), installed),
    ).toBe(true);
    expect(holdsAll(lock({ 'node_modules/part-of-it': { version: '1.0.0', optional: true } }), installed)).toBe(true);
  });
});

describe('the data directory of the demonstration', () => {
  const make = (...files) => {
    const data = mkdtempSync(join(folder, 'data-'));
    for (const file of files) writeFileSync(join(data, file), '');
    return data;
  };

  test('is never one that holds real data, with or without --fresh', () => {
    const real = make('guatu.lock');
    mkdirSync(join(real, 'postgres'));
    for (const args of [[], ['--fresh']]) {
      expect(() => prepareDemo(['--data', real, ...args])).toThrow(/不是演示数据目录/);
    }
    expect(readdirSync(real)).toEqual(['guatu.lock', 'postgres']);
  });

  test('is kept as it is, and emptied only by --fresh; settings stay', () => {
    const data = make('guatu.env');
    expect(prepareDemo([`--data=${data}`]).GUATU_DATA).toBe(data);
    writeFileSync(join(data, 'ledger'), '');
    prepareDemo(['--data', data]);
    expect(readdirSync(data)).toContain('ledger');
    prepareDemo(['--data', data, '--fresh']);
    expect(readdirSync(data).sort()).toEqual(['.demonstration', 'guatu.env']);
  });

  test('is not emptied under a demonstration that runs', () => {
    const data = make();
    prepareDemo(['--data', data]);
    writeFileSync(join(data, 'guatu.lock'), JSON.stringify({ pid: process.pid }));
    expect(() => prepareDemo(['--data', data, '--fresh'])).toThrow(new RegExp(`进程号 ${process.pid}`));
  });
});

describe('programs that the launcher starts', () => {
  test('hand their exit code back, and the number of the signal that ended them', async () => {
    expect(await runToEnd(process.execPath, ['-e', 'process.exit(7)'])).toBe(7);
    expect(
      await runToEnd(process.execPath, ['-e', 'process.kill(process.pid, "SIGTERM"); setTimeout(() => {}, 5000)']),
    ).toBe(143);
  });

  test('get our signals, and their clean end is waited for', async () => {
    const program = `process.on('SIGTERM', () => setTimeout(() => process.exit(3), 200)); setTimeout(() => {}, 20000)`;
    const ended = runToEnd(process.execPath, ['-e', program]);
    await new Promise((resolve) => setTimeout(resolve, 500));
    process.emit('SIGTERM');
    expect(await ended).toBe(3);
  });

  test('are ended with everything they started when their time is up', async () => {
    vi.spyOn(process.stdout, 'write').mockReturnValue(true);
    const began = Date.now();
    const { timedOut } = await runWithin(400, '/bin/sh', ['-c', 'sleep 30 & sleep 30']);
    expect(timedOut).toBe(true);
    expect(Date.now() - began).toBeLessThan(5_000);
    vi.restoreAllMocks();
  });
});
