import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { root, runWithin, Sentence, say } from './process.mjs';

const lockFile = join(root, 'package-lock.json');
const installedFile = join(root, 'node_modules', '.package-lock.json');
const stampFile = join(root, 'node_modules', '.guatu-installed');
const limitMs = 10 * 60_000;

/** Makes node_modules what package-lock.json says, by `npm ci`, if it is not that already. */
export async function ensureInstalled() {
  if (isInstalled()) return;
  say('正在安装依赖（npm ci，首次约 1–3 分钟）……', 'Installing dependencies (npm ci, 1–3 minutes the first time)…');
  for (let attempt = 1; attempt <= 2; attempt++) {
    const { code, timedOut } = await npmCi();
    if (code === 0) {
      writeStamp();
      say('依赖已就绪。', 'Dependencies are ready.');
      return;
    }
    const why = timedOut
      ? [`超过 ${limitMs / 60_000} 分钟`, `took over ${limitMs / 60_000} minutes`]
      : [`退出码 ${code}`, `exit code ${code}`];
    if (attempt === 1)
      say(`npm ci 未完成（${why[0]}），再试一次……`, `npm ci did not finish (${why[1]}); trying once more…`);
  }
  throw new Sentence(
    '依赖安装失败，原因见上文 npm 的输出。请检查网络与 npm 镜像设置；离线机器请从联网的同型机器复制 node_modules（见 docs/operate.md）。',
    'Installing the dependencies failed; npm says why above. Check the network and the npm registry setting; for an offline machine copy node_modules from a connected one of the same kind (docs/operate.md).',
  );
}

function isInstalled() {
  if (!existsSync(installedFile)) return false;
  if (existsSync(stampFile) && readFileSync(stampFile, 'utf8') === stamp()) return true;
  if (!holdsAll(JSON.parse(readFileSync(lockFile, 'utf8')), JSON.parse(readFileSync(installedFile, 'utf8'))))
    return false;
  writeStamp();
  return true;
}

/** Every package of the lock is there in its version, save those made for other platforms. */
export function holdsAll(lock, installed) {
  return Object.entries(lock.packages).every(([path, wanted]) => {
    if (path === '' || wanted.link) return true;
    const present = installed.packages[path];
    if (present) return present.version === wanted.version && present.integrity === wanted.integrity;
    return wanted.optional === true && !isForThisMachine(wanted);
  });
}

/** An optional package that names no platform comes along with one that does, so its absence says nothing. */
function isForThisMachine({ os, cpu, libc }) {
  if (!os && !cpu) return false;
  const fits = (list, value) => {
    const listed = list === undefined ? [] : [list].flat(); // npm writes a single one without brackets
    const allowed = listed.filter((v) => !v.startsWith('!'));
    return (allowed.length === 0 || allowed.includes(value)) && !listed.includes(`!${value}`);
  };
  return fits(os, process.platform) && fits(cpu, process.arch) && (libc === undefined || fits(libc, ownLibc()));
}

function ownLibc() {
  process.report.excludeNetwork = true; // otherwise the report looks up the names of open connections
  return process.report.getReport().header.glibcVersionRuntime ? 'glibc' : 'musl';
}

const digest = (file) => createHash('sha256').update(readFileSync(file)).digest('hex');
const stamp = () => `${digest(lockFile)} ${digest(installedFile)}\n`;

function writeStamp() {
  try {
    writeFileSync(stampFile, stamp());
  } catch {
    // read-only node_modules: compared in full each time, which takes some milliseconds
  }
}

async function npmCi() {
  // The node that runs now may be the one in node_modules, which npm ci deletes first.
  const clean = (process.env.PATH ?? '')
    .split(delimiter)
    .filter((folder) => !folder.startsWith(join(root, 'node_modules')));
  const { npm_execpath: cli, npm_node_execpath: node } = process.env;
  const own = node && cli?.endsWith('.js') && !node.startsWith(join(root, 'node_modules'));
  const env = {
    ...process.env,
    PATH: [...(own ? [dirname(node)] : []), ...clean].join(delimiter),
    PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD: '1',
  };
  // No package needs its install script: the one that has any (PostgreSQL's links) is completed by our own code.
  const args = ['ci', '--include=dev', '--include=optional', '--ignore-scripts', '--no-audit', '--no-fund'];
  try {
    return await (own
      ? runWithin(limitMs, node, [cli, ...args], { env, doing: 'npm ci' })
      : runWithin(limitMs, 'npm', args, { env, doing: 'npm ci' }));
  } catch {
    throw new Sentence(
      '找不到 npm，请安装 Node 20 以上版本（自带 npm）。',
      'There is no npm. Install Node 20 or newer, which brings it.',
    );
  }
}
