import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { findNode } from './node.mjs';
import { root, Sentence, say } from './process.mjs';

const built = join(root, 'dist', 'web');
const stampFile = join(built, '.built-from');

/** Builds the pages when anything they are made of has changed since the last build. */
export function ensureBuilt() {
  const now = sourceHash();
  if (existsSync(stampFile) && readFileSync(stampFile, 'utf8') === now) return;
  say('正在生成网页……', 'Building the web pages…');
  // Into a folder aside, then renamed: a build that fails or is interrupted leaves the pages that work.
  const making = `${built}.making`;
  const args = [
    join('node_modules', 'vite', 'bin', 'vite.js'),
    'build',
    '--outDir',
    making,
    '--emptyOutDir',
    '--logLevel',
    'warn',
  ];
  const { status } = spawnSync(findNode(), args, { cwd: root, stdio: 'inherit' });
  if (status !== 0) {
    throw new Sentence('网页生成失败，原因见上文。', 'Building the web pages failed; the reason is above.');
  }
  writeFileSync(join(making, '.built-from'), now);
  rmSync(built, { recursive: true, force: true });
  renameSync(making, built);
}

/** Server code and tests are no part of a page (the architecture test sees to that). */
const isOfWeb = (path) =>
  !/[\\/](server|migrations)[\\/]/.test(path) && !/\.test\.tsx?$/.test(path) && !path.endsWith('.md');

function sourceHash() {
  const hash = createHash('sha256');
  const files = ['index.html', 'wall.html', 'field.html', 'vite.config.ts', 'package-lock.json'].filter((f) =>
    existsSync(join(root, f)),
  );
  for (const folder of ['src', 'public']) {
    if (!existsSync(join(root, folder))) continue;
    const entries = readdirSync(join(root, folder), { recursive: true, withFileTypes: true });
    files.push(
      ...entries
        .filter((e) => e.isFile())
        .map((e) => join(e.parentPath ?? e.path, e.name).slice(root.length))
        .filter(isOfWeb),
    );
  }
  for (const file of files.sort())
    hash
      .update(`${file}\0`)
      .update(readFileSync(join(root, file)))
      .update('\0');
  return `${hash.digest('hex')}\n`;
}
