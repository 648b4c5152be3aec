import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { findNode } from './node.mjs';
import { root } from './process.mjs';

export const typeCheck = ['node_modules/typescript/bin/tsc', '-p', '.'];
export const lint = ['node_modules/@biomejs/biome/bin/biome', 'check', '--colors=off'];
const architecture = ['node_modules/vitest/vitest.mjs', 'run', '--project', 'server', 'src/architecture.test.ts'];

/** Types, lint and the rules of the house, side by side; what each says is shown whole, one after another. */
export async function check() {
  const began = Date.now();
  const results = await Promise.all([
    quietly('types', typeCheck),
    quietly('lint', lint),
    quietly('architecture', architecture, { ...process.env, GUATU_TEST_DATABASE: 'none' }),
  ]);
  for (const { name, code, said } of results) {
    if (code !== 0) process.stdout.write(`${said}\n`);
    process.stdout.write(`${code === 0 ? '✓' : '✗'} ${name}\n`);
  }
  process.stdout.write(`${((Date.now() - began) / 1000).toFixed(1)} s\n`);
  return results.every((r) => r.code === 0) ? 0 : 1;
}

/** @returns {Promise<{ name: string, code: number, said: string }>} */
export function quietly(name, args, env = process.env) {
  return new Promise((resolve) => {
    const child = spawn(findNode(), [join(root, args[0]), ...args.slice(1)], {
      cwd: root,
      env,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let said = '';
    child.stdout.on('data', (chunk) => (said += chunk));
    child.stderr.on('data', (chunk) => (said += chunk));
    child.once('error', (error) => resolve({ name, code: 1, said: String(error) }));
    child.once('close', (code) => resolve({ name, code: code ?? 1, said }));
  });
}
