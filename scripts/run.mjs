// The launcher behind `npm start`, `npm run demo`, `npm test` and the rest. Plain JavaScript without dependencies: it
// has to run on the machine's own Node (20 or newer) before anything is installed.
import { bench } from './launch/bench.mjs';
import { check } from './launch/check.mjs';
import { prepareDemo } from './launch/demo.mjs';
import { ensureInstalled } from './launch/install.mjs';
import { findNode } from './launch/node.mjs';
import { failWith, runToEnd, Sentence } from './launch/process.mjs';
import { test } from './launch/test.mjs';
import { ensureBuilt } from './launch/web.mjs';

const [name = 'start', ...args] = process.argv.slice(2);

const commands = {
  async start() {
    ensureBuilt(await ensureInstalled());
    return runToEnd(findNode(), ['src/server.ts', ...args]);
  },
  async demo() {
    ensureBuilt(await ensureInstalled());
    const env = prepareDemo(args);
    const rest = args.filter((arg) => arg !== '--fresh');
    return runToEnd(findNode(), ['src/server.ts', '--demo', ...rest], { env });
  },
  async dev() {
    await ensureInstalled();
    // Pages come from vite with live reload; the server restarts at each change. The first of the two to end ends both.
    return runToEnd(findNode(), ['--watch', '--watch-preserve-output', 'src/server.ts', ...args], {
      beside: ['node_modules/vite/bin/vite.js'],
    });
  },
  async test() {
    await ensureInstalled();
    return test(args);
  },
  async check() {
    await ensureInstalled();
    return check();
  },
  async bench() {
    await ensureInstalled();
    return bench(args);
  },
};

/** Commands beside a running server; each is a verb of src/command.ts. */
for (const verb of ['backup', 'restore', 'verify-audit', 'copy-database']) {
  commands[verb] = async () => {
    await ensureInstalled();
    return runToEnd(findNode(), ['src/command.ts', verb, ...args]);
  };
}

// Reads a file and prints verdicts: no database and no setting.
commands.bulletin = async () => {
  await ensureInstalled();
  return runToEnd(findNode(), ['src/bulletin.ts', ...args]);
};

try {
  const command = commands[name];
  if (!command) {
    throw new Sentence(
      `没有名为 ${name} 的命令。可用：${Object.keys(commands).join('、')}。`,
      `There is no command ${name}. There are: ${Object.keys(commands).join(', ')}.`,
    );
  }
  if (['start', 'demo'].includes(name) && args.some((arg) => arg === '--help' || arg === '-h')) {
    await ensureInstalled();
    process.exitCode = await runToEnd(findNode(), ['src/core/server/print-settings.ts']);
  } else {
    process.exitCode = await command();
  }
} catch (error) {
  failWith(error);
}
