import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { Problem } from './errors.ts';
import { runInWorker } from './worker-process.ts';

const entry = new URL('./testing/worker-entry.ts', import.meta.url);
const outOfMemory = () => new Problem(413, 'too_big', { zh: '太大', en: 'Too big' });
const run = { memoryMb: 64, outOfMemory };

test('a worker asks, waits for each reply, and gives its result', async () => {
  const seen: number[] = [];
  const result = await runInWorker<number, number>(
    entry,
    { kind: 'double', numbers: [1, 2, 3] },
    {
      ...run,
      onMessage: async (n) => {
        // The first answer takes longest: replies still come in the order of the questions.
        await new Promise((next) => setTimeout(next, 40 - 10 * n));
        seen.push(n);
        return n * 2;
      },
    },
  );
  expect(seen).toEqual([1, 2, 3]);
  expect(result).toBe(12);
});

test('a Problem thrown in the worker arrives as the same Problem', async () => {
  const problem = await runInWorker(entry, { kind: 'problem' }, run).catch((error) => error);
  expect(problem).toBeInstanceOf(Problem);
  expect(problem).toMatchObject({ status: 422, code: 'no_good', words: { zh: '不行', en: 'No good' } });
});

test('an error of the program arrives with its message', async () => {
  await expect(runInWorker(entry, { kind: 'error' }, run)).rejects.toThrow('broken inside');
});

test('a worker that takes too much memory is ended, and the caller goes on', async () => {
  await expect(runInWorker(entry, { kind: 'greedy' }, run)).rejects.toMatchObject({ code: 'too_big' });
});

test('an abort ends a worker that never comes back', async () => {
  const stop = new AbortController();
  setTimeout(() => stop.abort(new Error('no longer wanted')), 200);
  await expect(runInWorker(entry, { kind: 'endless' }, { ...run, signal: stop.signal })).rejects.toThrow(
    'no longer wanted',
  );
});

test.skipIf(process.platform !== 'linux')('a worker in the middle of its work is ended with its server', async () => {
  const module = new URL('./worker-process.ts', import.meta.url).href;
  const script = `
    import { runInWorker } from ${JSON.stringify(module)};
    import { readFileSync } from 'node:fs';
    void runInWorker(new URL(${JSON.stringify(entry.href)}), { kind: 'endless' }, { memoryMb: 64, outOfMemory: () => new Error() });
    setTimeout(() => {
      process.stdout.write(readFileSync('/proc/self/task/' + process.pid + '/children', 'utf8'));
      process.exit();
    }, 1_500);`;
  const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '--eval', script]);
  const workers = stdout.trim().split(/\s+/).filter(Boolean).map(Number);
  expect(workers).toHaveLength(1);
  const isAlive = () =>
    readFile(`/proc/${workers[0]}/stat`, 'utf8').then(
      (stat) => !/\) [ZX] /.test(stat),
      () => false,
    );
  await expect.poll(isAlive, { timeout: 3_000 }).toBe(false);
});
