// Precision and recall of each kind of mark on passages of the development bulletins that a person annotated, and documents
// a second against one pass of a segmenter (@node-rs/jieba) over the same text. A second part of the table is of invented passages
// (示例, bench/marks-own) that were written and marked before any rule was tried on them; a few rules were mended since. The bulletins themselves lie outside the
// repository: bench/marks/*.json holds places and the first characters only, and GUATU_TEST_BULLETINS may name another folder.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Jieba } from '@node-rs/jieba';
import { dict } from '@node-rs/jieba/dict.js';
import { cleanText } from '../src/modules/bulletins/clean.ts';
import { documentDateOf } from '../src/modules/bulletins/document-date.ts';
import { cleanSpan } from '../src/modules/bulletins/mapped-text.ts';
import { markText } from '../src/modules/bulletins/mark.ts';
import type { Mark, MarkKind, Span } from '../src/modules/bulletins/shapes.ts';
import { compare, print } from './ratio.ts';

interface Annotation {
  file: string;
  /** What was read; marks outside are not counted. Places are of the original text, in UTF-16 units. */
  passages: [start: number, end: number][];
  marks: [kind: MarkKind, start: number, end: number, begins: string][];
}

const folder =
  process.env.GUATU_TEST_BULLETINS ?? fileURLToPath(new URL('../../shared/data/bulletins/', import.meta.url));
const annotations = new URL('marks/', import.meta.url);
const own = new URL('marks-own/', import.meta.url);
const kinds: MarkKind[] = [
  'amount',
  'rate',
  'points',
  'rank',
  'count',
  'date',
  'person',
  'unit',
  'project',
  'requirement',
];
/** Figures must be the same characters; of names and sentences the larger part must be. */
const leastOverlap: Partial<Record<MarkKind, number>> = { person: 0.6, unit: 0.6, project: 0.6, requirement: 0.6 };

const share = (a: Span, b: Span): number =>
  Math.max(0, Math.min(a.end, b.end) - Math.max(a.start, b.start)) /
  (Math.max(a.end, b.end) - Math.min(a.start, b.start));

type Table = Map<MarkKind, { right: number; found: number; meant: number; wrong: string[]; missed: string[] }>;

const emptyTable = (): Table =>
  new Map(kinds.map((kind) => [kind, { right: 0, found: 0, meant: 0, wrong: [] as string[], missed: [] as string[] }]));

/** Adds what was made to the table, held to what a person marked; spans are of one text. */
function hold(table: Table, file: string, made: readonly Mark[], meant: readonly [MarkKind, Span, string][]): void {
  const used = new Set<Mark>();
  for (const [kind, span, begins] of meant) {
    const row = table.get(kind)!;
    row.meant += 1;
    const hit = made.find(
      (mark) => mark.kind === kind && !used.has(mark) && share(mark.span, span) >= (leastOverlap[kind] ?? 1),
    );
    if (hit) {
      used.add(hit);
      row.right += 1;
    } else row.missed.push(`${file} ${begins}`);
  }
  for (const mark of made) {
    table.get(mark.kind)!.found += 1;
    if (!used.has(mark)) table.get(mark.kind)!.wrong.push(`${file} ${mark.text.slice(0, 24)}`);
  }
}

function scoreDevelopment(): Table {
  const table = emptyTable();
  for (const name of readdirSync(annotations)) {
    const { file, passages, marks } = JSON.parse(readFileSync(new URL(name, annotations), 'utf8')) as Annotation;
    const text = cleanText(readFileSync(`${folder}/${file}`, 'utf8'));
    const places = passages.map(([start, end]) => cleanSpan(text, { start, end }));
    const inPassage = ({ start, end }: Span) => places.some((place) => start >= place.start && end <= place.end + 1);
    const made = markText(text, { documentDate: documentDateOf(text.clean) }).filter((mark) => inPassage(mark.span));
    hold(
      table,
      file,
      made,
      marks.map(([kind, start, end, begins]) => [kind, cleanSpan(text, { start, end }), begins]),
    );
  }
  return table;
}

/** `[amount|12.5亿元]` within the text; a requirement may hold others. */
function ownPassage(source: string): { text: string; meant: [MarkKind, Span, string][] } {
  let text = '';
  const meant: [MarkKind, Span, string][] = [];
  const open: { kind: MarkKind; start: number }[] = [];
  for (let at = 0; at < source.length; ) {
    const head = /^\[([a-z]+)\|/.exec(source.slice(at, at + 16));
    if (head) {
      open.push({ kind: head[1] as MarkKind, start: text.length });
      at += head[0].length;
    } else if (source[at] === ']' && open.length > 0) {
      const { kind, start } = open.pop()!;
      meant.push([kind, { start, end: text.length }, text.slice(start, start + 12)]);
      at += 1;
    } else {
      text += source[at]!;
      at += 1;
    }
  }
  return { text, meant };
}

function scoreOwn(): Table {
  const table = emptyTable();
  for (const name of readdirSync(own)) {
    const { text, meant } = ownPassage(readFileSync(new URL(name, own), 'utf8'));
    const clean = cleanText(text);
    const made = markText(clean, { documentDate: '2021-09-26' });
    hold(
      table,
      name,
      made,
      meant.map(([kind, span, begins]) => [kind, cleanSpan(clean, span), begins]),
    );
  }
  return table;
}

const percent = (part: number, whole: number) => (whole === 0 ? '   –' : (part / whole).toFixed(2).padStart(4));

function printTable(title: string, table: Table): void {
  process.stdout.write(`${title}\nkind         precision  recall  annotated\n`);
  for (const [kind, { right, found, meant, wrong, missed }] of table) {
    process.stdout.write(
      `${kind.padEnd(12)} ${percent(right, found).padStart(9)}  ${percent(right, meant).padStart(6)}  ${String(meant).padStart(9)}\n`,
    );
    if (process.argv.includes('--show'))
      process.stdout.write(
        [...wrong.map((w) => `    wrong   ${w}`), ...missed.map((m) => `    missed  ${m}`), ''].join('\n'),
      );
  }
}

printTable('own blind passages (invented)', scoreOwn());
if (!existsSync(folder)) {
  process.stdout.write('marks: skipped, the development bulletins are not beside the checkout\n');
} else {
  printTable('development bulletins', scoreDevelopment());
  const texts = readdirSync(folder)
    .filter((name) => /^\d\d\.txt$/.test(name))
    .map((name) => readFileSync(`${folder}/${name}`, 'utf8'));
  const jieba = Jieba.withDict(dict);
  const ours = async () => {
    for (const text of texts) {
      const clean = cleanText(text);
      markText(clean, { documentDate: documentDateOf(clean.clean) });
    }
  };
  const pass = async () => {
    for (const text of texts) jieba.cut(text, true);
  };
  const ratio = await compare(
    'marks: read, clean and mark the sixteen bulletins',
    'one pass of the segmenter',
    ours,
    pass,
  );
  print(ratio);
  process.stdout.write(
    `${Math.round(texts.length / (ratio.oursMs / 1_000))} documents a second, the segmenter alone ${Math.round(texts.length / (ratio.baselineMs / 1_000))}\n`,
  );
}
