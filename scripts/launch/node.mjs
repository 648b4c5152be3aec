import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { root, Sentence } from './process.mjs';

const oldest = 24;

const majorOf = (program) => {
  const { stdout, status } = spawnSync(program, ['--version'], { encoding: 'utf8' });
  return status === 0 ? Number(/^v(\d+)/.exec(stdout)?.[1] ?? 0) : 0;
};

let found;
/** The Node that runs the product: the one in node_modules, else the machine's if it is new enough. */
export function findNode() {
  if (found) return found;
  const shipped = join(root, 'node_modules', `node-${process.platform}-${process.arch}`, 'bin', 'node');
  const onPath = (process.env.PATH ?? '').split(delimiter).map((folder) => join(folder, 'node'));
  const candidates = [shipped, process.execPath, process.env.npm_node_execpath, ...onPath];
  for (const program of new Set(candidates)) {
    // Asked for its version, because a file that is there need not run: another C library, a foreign processor.
    if (program && existsSync(program) && majorOf(program) >= oldest) {
      found = program;
      return program;
    }
  }
  throw new Sentence(
    `需要 Node ${oldest} 或以上；本机是 ${process.version}，且本平台（${process.platform}-${process.arch}）没有可自动安装的版本。请从 https://nodejs.org 安装后重试。`,
    `Node ${oldest} or newer is needed; this machine has ${process.version}, and none can be installed automatically for ${process.platform}-${process.arch}. Install it from https://nodejs.org and try again.`,
  );
}
