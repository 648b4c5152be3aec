import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { shippedRoles } from '#core/shared/contract.ts';
import { clockKinds } from '#modules/dispatch/clock.ts';
import { unitKinds } from '#modules/organization/unit-kind.ts';
import { flagOf, settingsTable } from './core/server/settings-table.ts';
import { filingEvents, filingStates } from './modules/filings/flow.ts';
import { severities } from './modules/filings/validation.ts';
import { lights, planKinds, stages } from './modules/projects/stages.ts';
import * as registry from './registry.ts';

// What the documents say has to be there: links, words, settings, and the same in both languages.

const root = new URL('../', import.meta.url);
const read = (file: string): string => readFileSync(new URL(file, root), 'utf8');
const under = (folder: string): string[] =>
  readdirSync(new URL(folder, root), { recursive: true, encoding: 'utf8' })
    .map((file) => `${folder}${file.replaceAll('\\', '/')}`)
    .filter((file) => file.endsWith('.md'));
const documents = ['README.md', 'README.zh-CN.md', ...under('docs/'), ...under('src/'), ...under('demo/')];

/** Text without code, in which a # or a [ is no heading and no link. */
const prose = (text: string): string => text.replace(/^```[\s\S]*?^```$/gm, '').replace(/`[^`\n]*`/g, '');
const headingsIn = (text: string): string[] => prose(text).match(/^#{1,6} .*$/gm) ?? [];
/** The anchor a reader of the repository gets for a heading. */
const anchorOf = (heading: string): string =>
  heading
    .replace(/^#+ /, '')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\s_-]/gu, '')
    .replace(/ /g, '-');

const linksIn = (text: string): string[] =>
  [...prose(text).matchAll(/!?\[[^\]]*\]\(([^)\s]+)\)/g)].map(([, to]) => to!).filter((to) => !/^[a-z]+:/.test(to));

/** Links of a document that lead nowhere: to no file, or to no heading of it. */
function broken(document: string, text: string): string[] {
  return linksIn(text).filter((to) => {
    const [path = '', anchor] = to.split('#');
    const target = new URL(path, new URL(document, root));
    if (path !== '' && !existsSync(target)) return true;
    if (anchor === undefined) return false;
    const there = path === '' ? text : readFileSync(target, 'utf8');
    return !headingsIn(there).map(anchorOf).includes(decodeURIComponent(anchor));
  });
}

describe('links', () => {
  test.each(documents)('of %s lead to something', (document) => {
    expect(broken(document, read(document))).toEqual([]);
  });
  test('a link to no file or no heading is seen', () => {
    expect(broken('docs/x.md', '# A b\n[a](overview.md) [b](no.md) [c](#a-b) [d](#c) [e](https://x.example)')).toEqual([
      'no.md',
      '#c',
    ]);
  });
  test('the files that the documents name in code marks are there', () => {
    const named = documents.flatMap((document) =>
      [...read(document).matchAll(/`((?:docs|src|demo|e2e|scripts|bench)\/[\w./-]+\.\w+)`/g)].map(([, file]) => file!),
    );
    expect(named.filter((file) => !existsSync(new URL(file, root)))).toEqual([]);
  });
});

describe('the glossary', () => {
  const glossary = read('docs/glossary.md');
  // A word such as `reserve` or `ahead` stands in several rows: it must be in its own.
  const rowOf = (word: string) => glossary.split('\n').find((line) => line.startsWith(`| ${word} |`)) ?? '';
  const lacks = (text: string, identifiers: readonly string[]) =>
    identifiers.filter((name) => !text.includes(`\`${name}\``));
  test.each([
    ['灯', lights],
    ['阶段', stages],
    ['计划类型', planKinds],
    ['填报状态', filingStates],
    ['保存, 提交, 撤回, 退回, 通过, 更正', filingEvents],
    ['校验命中', severities],
    ['时序', clockKinds],
    ['单位类别', unitKinds],
    ['角色', shippedRoles],
  ] as const)('names every identifier of %s', (word, identifiers) => {
    expect(lacks(rowOf(word), identifiers)).toEqual([]);
  });
  test('names every module by its Chinese title', () => {
    const modules = Object.values(registry).map(({ name, title }) => `| ${title.zh} | \`${name}\` |`);
    expect(modules.filter((row) => !glossary.includes(row))).toEqual([]);
  });
  test('gives no word two meanings', () => {
    // The modules come first; two of them are called what they are about.
    const meanings = glossary.slice(glossary.indexOf('## The city'));
    const words = [...meanings.matchAll(/^\| ([^|]+) \| /gm)].map(([, word]) => word!).filter((w) => w !== 'Word');
    expect(words.filter((word, i) => words.indexOf(word) !== i)).toEqual([]);
  });
});

describe('both languages', () => {
  test.each([
    ['README.md', 'README.zh-CN.md'],
    ['docs/operate.md', 'docs/operate.zh-CN.md'],
  ])('%s and %s have the same headings, commands, settings and pictures', (english, chinese) => {
    const [en, zh] = [read(english), read(chinese)];
    const levels = (text: string) => headingsIn(text).map((heading) => /^#+/.exec(heading)![0].length);
    expect(levels(zh)).toEqual(levels(en));
    const commands = (text: string) =>
      [...new Set(text.match(/npm (?:start|ci|run (?:--silent )?[a-z-]+)|GUATU_\w+|OIDC_\w+/g))].sort();
    expect(commands(zh)).toEqual(commands(en));
    const pictures = (text: string) => linksIn(text).filter((to) => to.endsWith('.png'));
    expect(pictures(zh)).toEqual(pictures(en));
  });
});

test.each(['docs/operate.md', 'docs/operate.zh-CN.md'])('%s names every setting', (document) => {
  const text = read(document);
  expect(settingsTable.map(({ name }) => name).filter((name) => !text.includes(`\`${name}\``))).toEqual([]);
});

test('every flag that the operating pages use is one', () => {
  const known = new Set([
    ...settingsTable.map(({ name }) => flagOf(name)),
    ...['--help', '--config', '--fresh', '--to', '--from', '--until', '--wal'],
  ]);
  const used = ['docs/operate.md', 'docs/operate.zh-CN.md'].flatMap((document) =>
    [...read(document).matchAll(/(?:npm (?:start|run [a-z-]+) -- |^ {2}|`)(--[a-z-]+)/gm)].map(([, flag]) => flag!),
  );
  // Docker's own, in the sentence about containers, stands behind its command and is not seen here.
  expect(used.filter((flag) => !known.has(flag))).toEqual([]);
});

describe('decisions', () => {
  const files = readdirSync(new URL('docs/decisions/', root)).sort();
  test('are numbered one after another, each number once', () => {
    expect(files.map((file) => Number(file.slice(0, 4)))).toEqual(files.map((_, i) => i + 1));
  });
  test.each(files)('%s has its number, date and the four parts', (file) => {
    const text = read(`docs/decisions/${file}`);
    expect(text).toMatch(new RegExp(`^# ${Number(file.slice(0, 4))}\\. .+\n\n\\d{4}-\\d{2}-\\d{2} · \\w+\n`));
    expect(headingsIn(text).slice(1)).toEqual(['## Context', '## Decision', '## Alternatives', '## Consequences']);
  });
});

test('every module README has 10 to 40 lines and names its schema’s views', () => {
  for (const { name } of Object.values(registry)) {
    const text = read(`src/modules/${name}/README.md`);
    const lines = text.trimEnd().split('\n').length;
    expect(lines, name).toBeGreaterThanOrEqual(10);
    expect(lines, name).toBeLessThanOrEqual(40);
    const folder = new URL(`src/modules/${name}/migrations/`, root);
    const views = readdirSync(folder).flatMap((file) =>
      [...readFileSync(new URL(file, folder), 'utf8').matchAll(/create view \w+\.(pub_\w+)/g)].map(([, view]) => view!),
    );
    expect(
      views.filter((view) => !text.includes(view)),
      name,
    ).toEqual([]);
  }
});
