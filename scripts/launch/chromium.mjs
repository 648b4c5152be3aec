import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { runWithin, say } from './process.mjs';

const names = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome'];
const findBrowser = () =>
  process.env.GUATU_CHROMIUM ??
  (process.env.PATH ?? '')
    .split(delimiter)
    .flatMap((folder) => names.map((name) => join(folder, name)))
    .find((file) => existsSync(file));

const isDebian = () =>
  existsSync('/etc/os-release') && /^ID(_LIKE)?=.*debian/m.test(readFileSync('/etc/os-release', 'utf8'));
const hasChineseFont = () => {
  const { stdout, status } = spawnSync('fc-list', [':lang=zh-cn', 'family'], { encoding: 'utf8' });
  return status === 0 && stdout.trim() !== '';
};

/**
 * The browser of the end-to-end tests, with a font that can draw Chinese. Root on Debian gets both from its package archive.
 * @returns {Promise<string | undefined>} its path, or undefined after saying what to install
 */
export async function ensureChromium() {
  const missing = () => [
    ...(findBrowser() ? [] : ['chromium']),
    ...(hasChineseFont() ? [] : ['fonts-noto-cjk', 'fontconfig']),
  ];
  if (missing().length > 0 && process.getuid?.() === 0 && isDebian()) {
    say(`正在安装 ${missing().join('、')}（apt-get）……`, `Installing ${missing().join(', ')} (apt-get)…`);
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
    const install = ['install', '-y', '-q', '--no-install-recommends', ...missing()];
    const first = await runWithin(10 * 60_000, 'apt-get', install, { env });
    // The archive's lists may be missing (a fresh container) or old.
    if (first.code !== 0) {
      await runWithin(5 * 60_000, 'apt-get', ['update', '-q'], { env });
      await runWithin(10 * 60_000, 'apt-get', install, { env });
    }
  }
  const browser = findBrowser();
  if (browser && hasChineseFont()) return browser;
  say(
    '浏览器测试需要 Chromium 与中文字体：Debian/Ubuntu 上以 root 执行 apt-get install chromium fonts-noto-cjk fontconfig。',
    'The browser tests need Chromium and a Chinese font: on Debian or Ubuntu, as root, apt-get install chromium fonts-noto-cjk fontconfig.',
  );
  return undefined;
}
