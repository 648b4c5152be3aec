// Precision and recall of each kind of mark on passages of the development bulletins that a person annotated, and documents
// a second against one pass of a segmenter (@node-rs/jieba) over the same text. The bulletins themselves lie outside the
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

function score(): Map<MarkKind, { right: number; found: number; meant: number; wrong: string[]; missed: string[] }> {
  const table = new Map(
    kinds.map((kind) => [kind, { right: 0, found: 0, meant: 0, wrong: [] as string[], missed: [] as string[] }]),
  );
  for (const name of readdirSync(annotations)) {
    const { file, passages, marks } = JSON.parse(readFileSync(new URL(name, annotations), 'utf8')) as Annotation;
    const text = cleanText(readFileSync(`${folder}/${file}`, 'utf8'));
    const places = passages.map(([start, end]) => cleanSpan(text, { start, end }));
    const inPassage = ({ start, end }: Span) => places.some((place) => start >= place.start && end <= place.end + 1);
    const made = markText(text, { documentDate: documentDateOf(text.clean) }).filter((mark) => inPassage(mark.span));
    const used = new Set<Mark>();
    for (const [kind, start, end, begins] of marks) {
      const row = table.get(kind)!;
      const span = cleanSpan(text, { start, end });
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
  return table;
}

if (!existsSync(folder)) {
  process.stdout.write('marks: skipped, the development bulletins are not beside the checkout\n');
} else {
  const percent = (part: number, whole: number) => (whole === 0 ? '   –' : (part / whole).toFixed(2).padStart(4));
  process.stdout.write('kind         precision  recall  annotated\n');
  for (const [kind, { right, found, meant, wrong, missed }] of score()) {
    process.stdout.write(
      `${kind.padEnd(12)} ${percent(right, found).padStart(9)}  ${percent(right, meant).padStart(6)}  ${String(meant).padStart(9)}\n`,
    );
    if (process.argv.includes('--show'))
      process.stdout.write(
        [...wrong.map((w) => `    wrong   ${w}`), ...missed.map((m) => `    missed  ${m}`), ''].join('\n'),
      );
  }
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
