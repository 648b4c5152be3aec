import { existsSync, readFileSync } from 'node:fs';
import { isIP } from 'node:net';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Words } from '../shared/words.ts';
import { GroundProblem } from './ground-problem.ts';
import { flagOf, type LogLevel, logLevels, type Setting, type SettingName, settingsTable } from './settings-table.ts';

export interface Config {
  port: number;
  host: string;
  /** Absolute. */
  dataDir: string;
  databaseUrl?: string;
  /** YYYY-MM-DD: the day the demonstration calls today. */
  today?: string;
  /** Without a slash at the end. */
  publicUrl?: string;
  oidc?: { issuer: string; clientId: string; clientSecret: string; name: string; usernameClaim?: string };
  /** Mail server of the reminders and who they come from; without both no mail is sent. */
  mail?: { smtpUrl: string; from: string };
  /** Hosts of push services that the operator allows besides the known ones; `*.` stands for any name before the rest. */
  pushHosts?: string[];
  logLevel: LogLevel;
  /** Keep finished WAL segments for point-in-time restore (embedded database only). */
  walArchive: boolean;
  /** Started by `npm run demo`: fill an empty database with the demonstration city. */
  demo: boolean;
}

const checkout = fileURLToPath(new URL('../../../', import.meta.url));
const switches = ['--demo', '--fresh', '--help'];
/** The demonstration's ledger and months end in September 2021, due on this day: on any later one there is nothing to file. */
const demoToday = '2021-09-26';

/** A value and where it came from, so that a complaint can name the place to mend. */
interface Given {
  value: string;
  from: Words;
  /** Relative folders are meant from here. */
  base: string;
}

/**
 * The program's settings, read here and nowhere else: flags win over the environment, that over the settings file.
 * @throws GroundProblem `bad_setting`, whose sentence names the setting, the place and what is expected
 */
export function readConfig(env: NodeJS.ProcessEnv, argv: readonly string[]): Config {
  const flags = readFlags(argv);
  const set = new Map<string, Given>();
  const configFile = flags.get('--config')?.value;
  const put = (from: Map<string, Given>): void =>
    from.forEach((given, name) => void (set.has(name) || set.set(name, given)));
  const fromFlags = new Map(
    settingsTable.flatMap(({ name }) => {
      const given = flags.get(flagOf(name));
      return given ? [[name as string, given] as const] : [];
    }),
  );
  put(fromFlags);
  put(readEnvironment(env));
  if (configFile !== undefined) put(readSettingsFile(resolve(configFile), true));

  const value = (name: SettingName): string | undefined => {
    const setting: Setting = settingsTable.find((s) => s.name === name)!;
    const given = set.get(name);
    return given ? checked(setting, given) : setting.fallback;
  };
  const demo = flags.has('--demo');
  const dataDir = set.has('GUATU_DATA') ? value('GUATU_DATA')! : join(checkout, 'data', ...(demo ? ['demo'] : []));
  if (configFile === undefined) put(readSettingsFile(join(dataDir, 'guatu.env'), false));

  const databaseUrl = value('DATABASE_URL');
  const today = value('GUATU_TODAY') ?? (demo ? demoToday : undefined);
  const publicUrl = value('GUATU_PUBLIC_URL')?.replace(/\/+$/, '');
  const oidc = readOidc(value, publicUrl);
  const mail = readMail(value);
  const pushHosts = value('GUATU_PUSH_HOSTS');
  return {
    port: Number(value('PORT')),
    host: value('HOST')!,
    dataDir,
    ...(databaseUrl !== undefined && { databaseUrl }),
    ...(today !== undefined && { today }),
    ...(publicUrl !== undefined && { publicUrl }),
    ...(oidc && { oidc }),
    ...(mail && { mail }),
    ...(pushHosts !== undefined && { pushHosts: listOf(pushHosts) }),
    logLevel: value('GUATU_LOG') as LogLevel,
    walArchive: value('GUATU_WAL_ARCHIVE') === 'on',
    demo,
  };
}

const listOf = (value: string): string[] => value.split(',').map((part) => part.trim().toLowerCase());

function readMail(value: (name: SettingName) => string | undefined): Config['mail'] {
  const [smtpUrl, from] = [value('GUATU_SMTP_URL'), value('GUATU_MAIL_FROM')];
  if (smtpUrl === undefined && from === undefined) return undefined;
  if (smtpUrl === undefined || from === undefined || !/^smtps?:\/\/[^\s]+$/.test(smtpUrl))
    throw bad({
      zh: '发邮件需要同时设置 GUATU_SMTP_URL（以 smtp:// 或 smtps:// 开头）和 GUATU_MAIL_FROM。',
      en: 'Mail needs both GUATU_SMTP_URL (beginning with smtp:// or smtps://) and GUATU_MAIL_FROM.',
    });
  return { smtpUrl, from };
}

function readFlags(argv: readonly string[]): Map<string, Given> {
  const known = ['--config', ...settingsTable.map((s) => flagOf(s.name))];
  const flags = new Map<string, Given>();
  for (let i = 0; i < argv.length; i++) {
    const [flag = '', inline] = argv[i]!.split(/=(.*)/s);
    const from = { zh: `命令行参数 ${flag}`, en: `the flag ${flag}` };
    if (switches.includes(flag)) flags.set(flag, { value: '', from, base: process.cwd() });
    else if (known.includes(flag)) {
      const value = inline ?? argv[++i];
      if (value === undefined || value === '')
        throw bad({ zh: `${from.zh} 后面缺少值。`, en: `${from.en} needs a value.` });
      flags.set(flag, { value, from, base: process.cwd() });
    } else {
      throw bad({
        zh: `不认识的命令行参数：${flag}。全部设置见 npm start -- --help。`,
        en: `Unknown flag: ${flag}. "npm start -- --help" lists them all.`,
      });
    }
  }
  return flags;
}

/** An empty variable counts as not set: that is how a shell or a container file leaves one out. */
function readEnvironment(env: NodeJS.ProcessEnv): Map<string, Given> {
  const found = new Map<string, Given>();
  for (const { name } of settingsTable) {
    const value = env[name]?.trim();
    if (value)
      found.set(name, {
        value,
        from: { zh: `环境变量 ${name}`, en: `the environment variable ${name}` },
        base: process.cwd(),
      });
  }
  return found;
}

function readSettingsFile(file: string, isNamed: boolean): Map<string, Given> {
  const found = new Map<string, Given>();
  if (!existsSync(file)) {
    if (!isNamed) return found;
    throw bad({ zh: `找不到设置文件 ${file}。`, en: `There is no settings file ${file}.` });
  }
  const lines = readFileSync(file, 'utf8')
    .replace(/^\uFEFF/, '')
    .split(/\r?\n/);
  lines.forEach((line, index) => {
    if (/^\s*(#|$)/.test(line)) return;
    const at = { zh: `${file} 第 ${index + 1} 行`, en: `${file}, line ${index + 1}` };
    const [, name, raw] = /^\s*(?:export\s+)?([A-Z_]+)\s*=\s*(.*?)\s*$/.exec(line) ?? [];
    if (name === undefined || raw === undefined) {
      throw bad({ zh: `${at.zh}：应为“名称=值”。`, en: `${at.en}: expected NAME=value.` });
    }
    if (!settingsTable.some((s) => s.name === name)) {
      throw bad({
        zh: `${at.zh}：没有名为 ${name} 的设置。全部设置见 npm start -- --help。`,
        en: `${at.en}: there is no setting ${name}. "npm start -- --help" lists them all.`,
      });
    }
    if (!isNamed && name === 'GUATU_DATA') {
      throw bad({
        zh: `${at.zh}：数据目录不能由它里面的文件指定，请用环境变量 GUATU_DATA 或 --config。`,
        en: `${at.en}: a file inside the data directory cannot name it; use the environment variable or --config.`,
      });
    }
    const value = /^(["'])(.*)\1$/.exec(raw)?.[2] ?? raw;
    if (value)
      found.set(name, { value, from: { zh: `${at.zh} ${name}`, en: `${name} in ${at.en}` }, base: dirname(file) });
  });
  return found;
}

/** The value in the form the program uses, or a sentence that says what it should have been. */
function checked({ kind }: Setting, { value, from, base }: Given): string {
  const shown = kind === 'secret' || kind === 'database' ? '' : ` “${value}”`;
  const refuse = (zh: string, en: string): GroundProblem =>
    bad({ zh: `${from.zh} 的值${shown}不正确：${zh}。`, en: `Wrong value${shown} in ${from.en}: ${en}.` });
  switch (kind) {
    case 'port':
      if (/^\d{1,5}$/.test(value) && Number(value) <= 65535) return value;
      throw refuse('应为 0 到 65535 的整数', 'a whole number from 0 to 65535 is expected');
    case 'host':
      if (isIP(value) || /^[a-zA-Z0-9]([a-zA-Z0-9.-]*[a-zA-Z0-9])?$/.test(value)) return value;
      throw refuse('应为 IP 地址或主机名', 'an IP address or a host name is expected');
    case 'hosts':
      if (listOf(value).every((host) => /^(\*\.)?([a-z0-9-]+\.)+[a-z][a-z0-9-]*$/.test(host))) return value;
      throw refuse(
        '应为以逗号分隔的主机名，如 push.example.com,*.push.example.net',
        'host names separated by commas are expected, such as push.example.com,*.push.example.net',
      );
    case 'folder':
      return resolve(base, value);
    case 'database':
      if (/^postgres(ql)?:$/.test(urlOf(value)?.protocol ?? '')) return value;
      throw refuse(
        '应形如 postgres://用户:密码@主机:5432/数据库',
        'expected is postgres://user:password@host:5432/database',
      );
    case 'url': {
      const url = urlOf(value);
      if (url && /^https?:$/.test(url.protocol) && url.search === '' && url.hash === '') return value;
      throw refuse(
        '应为 http:// 或 https:// 开头的网址',
        'an address that begins with http:// or https:// is expected',
      );
    }
    case 'day':
      if (isDay(value)) return value;
      throw refuse('应为存在的日期，写作 2021-09-26', 'a day that exists is expected, written 2021-09-26');
    case 'level':
      if ((logLevels as readonly string[]).includes(value)) return value;
      throw refuse(`应为 ${logLevels.join('、')} 之一`, `one of ${logLevels.join(', ')} is expected`);
    case 'switch':
      if (value === 'on' || value === 'off') return value;
      throw refuse('应为 on 或 off', 'on or off is expected');
    case 'text':
    case 'secret':
      return value;
  }
}

function readOidc(value: (name: SettingName) => string | undefined, publicUrl: string | undefined): Config['oidc'] {
  const issuer = value('OIDC_ISSUER');
  const clientId = value('OIDC_CLIENT_ID');
  const clientSecret = value('OIDC_CLIENT_SECRET');
  if (issuer === undefined && clientId === undefined && clientSecret === undefined) return undefined;
  // The address to come back to is registered with the issuer, so it cannot be guessed from a request.
  const usernameClaim = value('OIDC_USERNAME_CLAIM');
  if (issuer && clientId && clientSecret && publicUrl)
    return { issuer, clientId, clientSecret, name: value('OIDC_NAME')!, ...(usernameClaim && { usernameClaim }) };
  throw bad({
    zh: '启用统一身份认证需同时设置 OIDC_ISSUER、OIDC_CLIENT_ID、OIDC_CLIENT_SECRET 和 GUATU_PUBLIC_URL。',
    en: 'Single sign-on needs OIDC_ISSUER, OIDC_CLIENT_ID, OIDC_CLIENT_SECRET and GUATU_PUBLIC_URL together.',
  });
}

function isDay(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const moment = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(moment.getTime()) && moment.toISOString().startsWith(text); // 2021-02-31 rolls over to March
}

const urlOf = (text: string): URL | undefined => (URL.canParse(text) ? new URL(text) : undefined);
const bad = (words: Words): GroundProblem => new GroundProblem('bad_setting', words);
