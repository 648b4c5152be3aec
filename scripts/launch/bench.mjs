import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { findNode } from './node.mjs';
import { root, runToEnd, Sentence } from './process.mjs';

/** Runs every bench/*.ts, or those whose name contains a given word, one after another: they measure, so nothing runs beside them. */
export async function bench(words) {
  const folder = join(root, 'bench');
  // A file that exports is a tool of the others, not a benchmark.
  const isBenchmark = (file) => file.endsWith('.ts') && !/^export /m.test(readFileSync(join(folder, file), 'utf8'));
  const files = existsSync(folder) ? readdirSync(folder).filter(isBenchmark).sort() : [];
  const chosen = words.length === 0 ? files : files.filter((f) => words.some((word) => f.includes(word)));
  if (chosen.length === 0) throw new Sentence('没有匹配的基准测试。', 'No benchmark matches.');
  let worst = 0;
  for (const file of chosen) {
    process.stdout.write(`\n— ${file.replace(/\.ts$/, '')}\n`);
    worst = Math.max(worst, await runToEnd(findNode(), ['--expose-gc', join('bench', file)]));
  }
  return worst;
}
