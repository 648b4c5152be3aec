import type { Words } from '../shared/words.ts';

export const logLevels = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;
export type LogLevel = (typeof logLevels)[number];

/** What a value must look like; the parser and its sentences are in config.ts. */
export type SettingKind =
  | 'port'
  | 'host'
  | 'hosts'
  | 'folder'
  | 'database'
  | 'day'
  | 'url'
  | 'text'
  | 'secret'
  | 'level'
  | 'switch';

export interface Setting {
  name: string;
  kind: SettingKind;
  /** As the help prints it; undefined when there is none. */
  fallback?: string;
  words: Words;
}

/** Every setting there is: parsed, checked and printed from here. `--port 8080` says the same as PORT=8080. */
export const settingsTable = [
  {
    name: 'PORT',
    kind: 'port',
    fallback: '3000',
    words: { zh: '网页端口', en: 'port of the web pages' },
  },
  {
    name: 'HOST',
    kind: 'host',
    fallback: '127.0.0.1',
    words: {
      zh: '监听地址；默认仅本机可访问，0.0.0.0 为所有网卡（应置于 HTTPS 反向代理之后）',
      en: 'address to listen on; only this machine by default, 0.0.0.0 for every network (put an HTTPS proxy in front)',
    },
  },
  {
    name: 'GUATU_DATA',
    kind: 'folder',
    fallback: 'data',
    words: {
      zh: '数据目录：内置数据库、附件、日志，以及可选的设置文件 guatu.env',
      en: 'data directory: embedded database, files, logs, and optionally the settings file guatu.env',
    },
  },
  {
    name: 'DATABASE_URL',
    kind: 'database',
    words: {
      zh: '外部 PostgreSQL（15 及以上）的连接地址；不填则使用内置数据库',
      en: 'an external PostgreSQL (15 or newer); without it the embedded one is used',
    },
  },
  {
    name: 'GUATU_PUBLIC_URL',
    kind: 'url',
    words: {
      zh: '用户在浏览器中打开的网址，如 https://guatu.example.gov.cn；https 开头时 Cookie 只经加密连接传送',
      en: 'the address people open, such as https://guatu.example.gov.cn; with https, cookies travel encrypted only',
    },
  },
  {
    name: 'GUATU_TODAY',
    kind: 'day',
    words: {
      zh: '演示时钟：把“今天”设为某日，如 2021-09-26',
      en: 'demonstration clock: the day to call today, such as 2021-09-26',
    },
  },
  {
    name: 'GUATU_LOG',
    kind: 'level',
    fallback: 'warn',
    words: { zh: `日志级别：${logLevels.join('、')}`, en: `log level: ${logLevels.join(', ')}` },
  },
  {
    name: 'GUATU_WAL_ARCHIVE',
    kind: 'switch',
    fallback: 'off',
    words: {
      zh: 'on 时保留数据库日志（postgres/wal-archive），可恢复到任一时刻；占用磁盘，需定期清理',
      en: 'on keeps the database log (postgres/wal-archive) for restoring any moment; it takes disk and wants clearing',
    },
  },
  {
    name: 'OIDC_ISSUER',
    kind: 'url',
    words: { zh: '统一身份认证（OpenID Connect）的签发地址', en: 'issuer of the single sign-on (OpenID Connect)' },
  },
  { name: 'OIDC_CLIENT_ID', kind: 'text', words: { zh: '在认证平台登记的应用标识', en: 'client id registered there' } },
  {
    name: 'OIDC_CLIENT_SECRET',
    kind: 'secret',
    words: { zh: '在认证平台登记的应用密钥', en: 'client secret registered there' },
  },
  {
    name: 'OIDC_NAME',
    kind: 'text',
    fallback: '统一身份认证',
    words: { zh: '登录页上该按钮的名称', en: 'name of its button on the sign-in page' },
  },
  {
    name: 'OIDC_USERNAME_CLAIM',
    kind: 'text',
    words: {
      zh: '与本系统用户名一致的声明（如 preferred_username），首次登录据此自动关联；不填则由管理员逐个关联',
      en: 'claim that equals the user name here (such as preferred_username) and ties accounts at the first sign-in; without it an administrator ties each',
    },
  },
  {
    name: 'GUATU_SMTP_URL',
    kind: 'secret',
    words: {
      zh: '发提醒邮件的服务器，如 smtps://用户:密码@mail.example.gov.cn:465；不填则不发邮件',
      en: 'mail server for reminders, such as smtps://user:password@mail.example.gov.cn:465; without it no mail is sent',
    },
  },
  {
    name: 'GUATU_MAIL_FROM',
    kind: 'text',
    words: { zh: '提醒邮件的发件人', en: 'sender of the reminders' },
  },
  {
    name: 'GUATU_PUSH_HOSTS',
    kind: 'hosts',
    words: {
      zh: '除常用浏览器的推送服务外，另许可的推送服务主机名，以逗号分隔，如 push.example.com,*.push.example.net；内网地址一律不推送',
      en: 'hosts of further push services besides those of the usual browsers, separated by commas, such as push.example.com,*.push.example.net; nothing is ever pushed to a private address',
    },
  },
] as const satisfies readonly Setting[];

export type SettingName = (typeof settingsTable)[number]['name'];

/** GUATU_PUBLIC_URL → --public-url */
export const flagOf = (name: string): string =>
  `--${name
    .replace(/^GUATU_/, '')
    .toLowerCase()
    .replaceAll('_', '-')}`;

/** What `npm start -- --help` prints. */
export function helpText(): string {
  const settings = (settingsTable as readonly Setting[]).map(({ name, fallback, words }) => {
    const ending = fallback === undefined ? '' : `  [${fallback}]`;
    return `  ${name}${ending}\n      ${words.zh}\n      ${words.en}`;
  });
  return `挂图 Guatu

  npm start             启动 / start
  npm run demo          启动演示城市 / start the demonstration city
                          --today YYYY-MM-DD  演示时钟，默认 2021-09-26 / demonstration clock, 2021-09-26 by default
                          --fresh             清空演示数据后重来 / begin again with empty demonstration data
  npm test · npm run check · dev · bench · backup · restore · verify-audit · copy-database · bulletin

设置 / Settings — 来源依次为：命令行参数（如 --port 8080）、环境变量、设置文件（数据目录下的 guatu.env，或 --config FILE）。
From, in this order: flags (such as --port 8080), the environment, a file (guatu.env in the data directory, or --config FILE).
方括号内为默认值。 The default is in brackets.

${settings.join('\n')}
`;
}
