import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { root, Sentence } from './process.mjs';

/**
 * The demonstration has a data directory of its own, marked as such, and works in no other: its invented projects must
 * never be poured over a city's real ones, and `--fresh` must never empty those.
 * @returns {NodeJS.ProcessEnv} the environment the server is started with
 */
export function prepareDemo(args) {
  const flag = args.findIndex((arg) => arg === '--data' || arg.startsWith('--data='));
  const named = flag < 0 ? undefined : (args[flag].split('=')[1] ?? args[flag + 1]);
  const folder = resolve(named ?? (process.env.GUATU_DATA || join(root, 'data', 'demo')));
  const mark = join(folder, '.demonstration');
  const isUsed = existsSync(folder) && readdirSync(folder).some((name) => name !== 'guatu.env' && name !== 'demo');
  if (isUsed && !existsSync(mark)) {
    throw new Sentence(
      `${folder} 不是演示数据目录，演示不会动用它。请为演示另设 GUATU_DATA，或不设（默认 data/demo）。`,
      `${folder} is not a demonstration's data directory, so the demonstration leaves it alone. Give it another GUATU_DATA, or none (data/demo).`,
    );
  }
  if (args.includes('--fresh') && isUsed) {
    const pid = livePid(join(folder, 'guatu.lock'));
    if (pid) {
      throw new Sentence(
        `演示正在运行（进程号 ${pid}），请先停止它再使用 --fresh。`,
        `The demonstration is running (process ${pid}); stop it before using --fresh.`,
      );
    }
    for (const name of readdirSync(folder))
      if (name !== 'guatu.env') rmSync(join(folder, name), { recursive: true, force: true });
  }
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  writeFileSync(mark, 'Made by npm run demo. Invented data; --fresh empties this directory.\n');
  return { ...process.env, GUATU_DATA: folder };
}

function livePid(lockFile) {
  try {
    const { pid } = JSON.parse(readFileSync(lockFile, 'utf8'));
    process.kill(pid, 0);
    return pid;
  } catch (error) {
    return error.code === 'EPERM' ? 'root' : undefined;
  }
}
