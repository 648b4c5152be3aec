import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { lint, quietly, typeCheck } from './check.mjs';
import { ensureChromium } from './chromium.mjs';
import { findNode } from './node.mjs';
import { runToEnd, say } from './process.mjs';
import { ensureBuilt } from './web.mjs';

/**
 * Everything: types, lint, unit and server tests, pages, real browser. The last line is always `N passed, N failed`;
 * types and lint count as one test each. With words, only the test files whose path contains one of them.
 */
export async function test(words) {
  const total = { passed: 0, failed: 0, faults: [] };
  const add = ({ passed, failed, faults = [] }) => {
    total.passed += passed;
    total.failed += failed;
    total.faults.push(...faults);
  };
  try {
    if (words.length > 0) {
      ensureBuilt();
      add(await vitest(words));
    } else {
      for (const [name, args] of [
        ['types', typeCheck],
        ['lint', lint],
      ])
        add(await oneCheck(name, args));
      add(await vitest(['--project', 'server', '--project', 'web']));
      add(await browserTests());
    }
  } catch (error) {
    add({ passed: 0, failed: 1, faults: [`✗ ${error.message}`] });
  }
  // Named once more at the end: a log of thousands of lines is often kept by its tail only.
  if (total.faults.length > 0) process.stdout.write(`\n${total.faults.join('\n')}\n`);
  process.stdout.write(`\n${total.passed} passed, ${total.failed} failed\n`);
  return total.failed === 0 ? 0 : 1;
}

async function oneCheck(name, args) {
  const { code, said } = await quietly(name, args);
  if (code !== 0) process.stdout.write(`${said}\n`);
  process.stdout.write(`${code === 0 ? '✓' : '✗'} ${name}\n`);
  return code === 0 ? { passed: 1, failed: 0 } : { passed: 0, failed: 1, faults: [`✗ ${name}`] };
}

async function browserTests() {
  const browser = await ensureChromium();
  if (!browser) return { passed: 0, failed: 1, faults: ['✗ Chromium'] };
  ensureBuilt();
  say('浏览器测试……', 'Browser tests…');
  return vitest(['--project', 'e2e', '--passWithNoTests'], { ...process.env, GUATU_CHROMIUM: browser });
}

async function vitest(args, env = process.env) {
  const folder = mkdtempSync(join(tmpdir(), 'guatu-tests-'));
  const report = join(folder, 'report.json');
  try {
    const code = await runToEnd(
      findNode(),
      [
        'node_modules/vitest/vitest.mjs',
        'run',
        '--reporter=default',
        '--reporter=json',
        `--outputFile.json=${report}`,
        ...args,
      ],
      { env: { ...env, CI: env.CI ?? '1' } },
    );
    return counted(report, code);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** A file that did not even load, and an error outside every test, are failures too, though the reporter counts no test for them. */
function counted(report, code) {
  if (!existsSync(report)) return { passed: 0, failed: code === 0 ? 0 : 1 };
  const { numPassedTests: passed, numFailedTests, testResults } = JSON.parse(readFileSync(report, 'utf8'));
  const unloaded = testResults.filter(
    (file) => file.status === 'failed' && !file.assertionResults.some((t) => t.status === 'failed'),
  );
  const failed = numFailedTests + unloaded.length;
  const faults = [
    ...unloaded.map((file) => faultOf(file, '', file.message)),
    ...testResults.flatMap((file) =>
      file.assertionResults
        .filter((t) => t.status === 'failed')
        .map((t) => faultOf(file, t.fullName, t.failureMessages[0])),
    ),
  ];
  return { passed, failed: failed === 0 && code !== 0 ? 1 : failed, faults };
}

const faultOf = (file, name, message = '') =>
  `✗ ${relative('.', file.name)}${name && ` > ${name}`}: ${message.split('\n').slice(0, 3).join(' ').slice(0, 400)}`;
