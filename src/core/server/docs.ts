import { createHash } from 'node:crypto';
import { Hono } from 'hono';
import { html, raw } from 'hono/html';
import type { Contract, Endpoint } from '../shared/contract.ts';
import { openapi, schemaOf } from '../shared/openapi.ts';
import { type Language, languageFor, type Words } from '../shared/words.ts';

const said = {
  title: { zh: '接口说明', en: 'API reference' },
  lead: {
    zh: '查询用 GET，办理用 POST。办理须带请求头 x-guatu: 1；带 idempotency-key 时，同一键只生效一次。出错时返回稳定的 code 与中英文说明。',
    en: 'Queries are GET, commands are POST. A command carries the header x-guatu: 1; with idempotency-key, the same key has one effect. Errors carry a stable code and a sentence in both languages.',
  },
  permission: { zh: '权限', en: 'Permission' },
  input: { zh: '输入', en: 'Input' },
  output: { zh: '输出', en: 'Output' },
  signedIn: { zh: '任何已登录账号', en: 'any signed-in account' },
  anyone: { zh: '无需登录', en: 'no account needed' },
} satisfies Record<string, Words>;

/** /openapi.json for programs, /docs for people: both read the contracts that the router itself runs on. */
export function docsRoutes(contracts: readonly Contract[]): Hono {
  const routes = new Hono();
  routes.get('/openapi.json', (c) => c.json(openapi(contracts)));
  routes.get('/docs', (c) => {
    const language = languageFor(c.req.header('accept-language'), c.req.query('language'));
    c.header(
      'content-security-policy',
      `default-src 'none'; style-src 'sha256-${styleHash}'; frame-ancestors 'none'; base-uri 'none'`,
    );
    return c.html(page(contracts, language));
  });
  return routes;
}

const page = (contracts: readonly Contract[], language: Language) => html`<!doctype html>
<html lang="${language === 'zh' ? 'zh-CN' : 'en'}">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${said.title[language]} · 挂图</title><style>${raw(style)}</style></head>
<body><main>
<h1>挂图 Guatu · ${said.title[language]}</h1>
<p>${said.lead[language]} <a href="/api/openapi.json">openapi.json</a> · <a href="?language=${language === 'zh' ? 'en' : 'zh'}">${language === 'zh' ? 'English' : '中文'}</a></p>
<nav>${contracts.map((c) => html`<a href="#${c.name}">${c.title[language]}</a> `)}</nav>
${contracts.map(
  (contract) => html`<section id="${contract.name}"><h2>${contract.title[language]} <code>${contract.name}</code></h2>
${Object.entries(contract.endpoints).map(([name, e]) => entry(contract, name, e, language))}</section>`,
)}
</main></body></html>`;

const entry = (contract: Contract, name: string, e: Endpoint, language: Language) => html`<details>
<summary><b>${e.kind === 'command' ? 'POST' : 'GET'}</b> <code>/api${e.path}</code> ${e.summary[language]}</summary>
<p>${contract.name}.${name} · ${said.permission[language]}: ${permissionWords(contract, e, language)}</p>
<h3>${said.input[language]}</h3><pre>${JSON.stringify(schemaOf(e.input, 'input'), null, 2)}</pre>
${e.kind === 'download' ? '' : html`<h3>${said.output[language]}</h3><pre>${JSON.stringify(schemaOf(e.output, 'output'), null, 2)}</pre>`}
</details>`;

function permissionWords(contract: Contract, e: Endpoint, language: Language): string {
  if (e.permission === 'signedIn' || e.permission === 'anyone') return said[e.permission][language];
  return `${contract.permissions[e.permission]?.words[language] ?? ''} (${e.permission})`;
}

const style = `body{margin:0;font:14px/1.6 "Noto Sans SC","Noto Sans CJK SC","PingFang SC","Microsoft YaHei",sans-serif;color:#16202c;background:#f5f6f8}
main{max-width:960px;margin:0 auto;padding:24px}h1{font-size:22px}h2{font-size:18px;margin:32px 0 8px;border-bottom:2px solid #8b96a4}
h3{font-size:13px;margin:8px 0 0;color:#4a5766}nav a{margin-right:12px}a{color:#14559e}details{background:#fff;border:1px solid #d5dae1;border-bottom:0;padding:6px 12px}
details:last-child{border-bottom:1px solid #d5dae1}summary{cursor:pointer}summary b{display:inline-block;width:44px;color:#14559e}pre{overflow:auto;max-height:420px;background:#eceff3;padding:8px}`;

const styleHash = createHash('sha256').update(style).digest('base64');
