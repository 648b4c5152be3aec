import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { readConfig } from './config.ts';
import { GroundProblem } from './ground-problem.ts';
import { helpText, settingsTable } from './settings-table.ts';

const folder = mkdtempSync(join(tmpdir(), 'guatu-config-'));
afterAll(() => rmSync(folder, { recursive: true }));

const withFile = (text: string): string => {
  const dataDir = mkdtempSync(join(folder, '数据 '));
  writeFileSync(join(dataDir, 'guatu.env'), text);
  return dataDir;
};
const problemOf = (env: NodeJS.ProcessEnv, argv: readonly string[] = []): GroundProblem['words'] => {
  try {
    readConfig(env, argv);
  } catch (error) {
    if (error instanceof GroundProblem) return error.words;
    throw error;
  }
  throw new Error('The settings were accepted');
};

test('without any setting: this machine only, port 3000, data beside the program', () => {
  const config = readConfig({}, []);
  expect(config).toEqual({
    port: 3000,
    host: '127.0.0.1',
    dataDir: expect.stringMatching(/[\\/]data$/),
    logLevel: 'warn',
    walArchive: false,
    demo: false,
  });
  expect(readConfig({}, ['--demo']).dataDir).toMatch(/data[\\/]demo$/);
});

test('a demonstration keeps the day to which its data lead, unless it is given another', () => {
  expect(readConfig({}, ['--demo']).today).toBe('2021-09-26');
  expect(readConfig({ GUATU_TODAY: '2021-06-30' }, ['--demo']).today).toBe('2021-06-30');
  expect(readConfig({}, []).today).toBeUndefined();
});

test('a flag wins over the environment, the environment over the file in the data directory', () => {
  const dataDir = withFile('PORT=1001\nHOST=10.0.0.1\nGUATU_LOG=info\n');
  const config = readConfig({ GUATU_DATA: dataDir, PORT: '1002', HOST: '10.0.0.2' }, ['--port', '1003']);
  expect(config).toMatchObject({ port: 1003, host: '10.0.0.2', logLevel: 'info', dataDir });
});

test('a file may have comments, quotes, Windows line ends and a byte order mark; an empty value counts as left out', () => {
  const dataDir = withFile('\uFEFF# 挂图\r\n\r\nexport PORT = 8080\r\nOIDC_NAME="湖南 政务"\r\nHOST=\r\n');
  expect(readConfig({ GUATU_DATA: dataDir, HOST: '' }, [])).toMatchObject({ port: 8080, host: '127.0.0.1' });
});

test('--config names another file, and folders in it are meant from where it lies', () => {
  const file = join(folder, 'etc', 'guatu.conf');
  mkdirSync(join(folder, 'etc'));
  writeFileSync(file, 'GUATU_DATA=../var/guatu\nGUATU_PUBLIC_URL=https://guatu.example.gov.cn/\n');
  expect(readConfig({}, ['--config', file])).toMatchObject({
    dataDir: join(folder, 'var', 'guatu'),
    publicUrl: 'https://guatu.example.gov.cn',
  });
});

test('single sign-on needs all of its settings and the public address', () => {
  const oidc = { OIDC_ISSUER: 'https://sso.example', OIDC_CLIENT_ID: 'guatu', OIDC_CLIENT_SECRET: 's' };
  expect(problemOf(oidc).en).toContain('GUATU_PUBLIC_URL');
  expect(readConfig({ ...oidc, GUATU_PUBLIC_URL: 'https://g.example' }, []).oidc).toEqual({
    issuer: 'https://sso.example',
    clientId: 'guatu',
    clientSecret: 's',
    name: '统一身份认证',
  });
});

test('further push services are named one after the other', () => {
  expect(readConfig({ GUATU_PUSH_HOSTS: 'Push.example.com, *.push.example.net' }, []).pushHosts).toEqual([
    'push.example.com',
    '*.push.example.net',
  ]);
});

describe('a wrong value is a sentence that names the setting and what is expected', () => {
  test.each([
    ['PORT', '70000'],
    ['GUATU_PUSH_HOSTS', 'push.example.com,10.0.0.1'],
    ['GUATU_PUSH_HOSTS', 'https://push.example.com'],
    ['PORT', 'eighty'],
    ['HOST', 'a b'],
    ['GUATU_TODAY', '2021-02-31'],
    ['GUATU_TODAY', '26.9.2021'],
    ['GUATU_PUBLIC_URL', 'guatu.example'],
    ['GUATU_LOG', 'loud'],
    ['DATABASE_URL', 'mysql://x'],
  ])('%s=%s', (name, value) => {
    const words = problemOf({ [name]: value });
    expect(words.zh).toMatch(new RegExp(`环境变量 ${name} .*应`));
    expect(words.en).toMatch(new RegExp(`environment variable ${name}: .*expected`));
  });

  test('a secret is never repeated', () => {
    expect(problemOf({ DATABASE_URL: 'http://u:geheim@h/d' }).en).not.toContain('geheim');
  });

  test('in a file, with its line', () => {
    expect(problemOf({ GUATU_DATA: withFile('# 1\nPORT=x\n') }).zh).toContain('guatu.env 第 2 行');
    expect(problemOf({ GUATU_DATA: withFile('PROT=80\n') }).en).toContain('there is no setting PROT');
    expect(problemOf({ GUATU_DATA: withFile('PORT\n') }).en).toContain('expected NAME=value');
    expect(problemOf({ GUATU_DATA: withFile('GUATU_DATA=/x\n') }).zh).toContain('数据目录不能由它里面的文件指定');
  });

  test('a flag nobody knows, a flag without its value, a settings file that is not there', () => {
    expect(problemOf({}, ['--prot', '1']).en).toContain('Unknown flag: --prot');
    expect(problemOf({}, ['--port']).zh).toContain('--port 后面缺少值');
    expect(problemOf({}, ['--config', join(folder, 'none')]).en).toContain('no settings file');
  });
});

test('the help lists every setting with its default in both languages', () => {
  const help = helpText();
  for (const { name, words } of settingsTable)
    for (const part of [name, words.zh, words.en]) expect(help).toContain(part);
  expect(help).toContain('PORT  [3000]');
});
