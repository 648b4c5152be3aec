import type { Day } from '#core/shared/day.ts';
import type { Language, Words } from '#core/shared/words.ts';
import {
  dateOpenWords,
  inOriginal,
  type KnownNames,
  type Reading,
  readBulletin,
  readIn,
  type Span,
  unreadableWhy,
} from '#modules/bulletins/server/public.ts';
import type { Desk, Mark } from '../contract.ts';
import { partAt, partsOf } from '../parts.ts';
import { type Proposed, proposalsOf } from '../propose.ts';
import { type ExportHead, exportFile, type FileContent } from './export-file.ts';

/** A document as it is read: with the names that are known to whoever asks. */
export interface Paper {
  original: string;
  documentDate: Day | null;
  known: KnownNames;
}

/** Everything that needs a text to be read, as data: done at once for a short text, by a process of its own for a long one. */
export type DeskWork =
  | { want: 'head'; source: { text: string } | { bytes: Uint8Array }; documentDate: Day | undefined }
  | { want: 'part'; paper: Paper; part: number }
  | { want: 'proposal'; paper: Paper; key: string }
  | { want: 'export'; paper: Paper; format: 'json' | 'xlsx' | 'html'; language: Language; head: ExportHead };

export interface DeskAnswers {
  head: { original: string; firstLine: string | null; documentDate: Day | null };
  part: DeskText;
  proposal: Proposed | null;
  export: FileContent;
}

export type DeskText = Omit<Desk, 'document' | 'proposals' | 'allowed'> & { proposals: Proposed[] };

export async function doDeskWork<W extends DeskWork>(work: W): Promise<DeskAnswers[W['want']]> {
  return (await answerOf(work)) as DeskAnswers[W['want']];
}

async function answerOf(work: DeskWork): Promise<DeskAnswers[DeskWork['want']]> {
  if (work.want === 'head') {
    const original = 'text' in work.source ? work.source.text : (await readIn(work.source.bytes)).text;
    const { text, documentDate } = readBulletin(original, { documentDate: work.documentDate });
    return { original, firstLine: firstLineOf(text.clean), documentDate };
  }
  const { original, documentDate, known } = work.paper;
  const reading = readBulletin(original, { documentDate, known });
  const proposals = proposalsOf(reading, known, (span) => inOriginal(reading.text, span));
  if (work.want === 'proposal') return proposals.find((one) => one.key === work.key) ?? null;
  if (work.want === 'part') return deskText(reading, proposals, work.part);
  return exportFile(reading, deskText(reading, proposals, null), work.format, work.language, work.head);
}

/** The first line that says something, when nobody gave a title; the address of a copied page says nothing. */
const firstLineOf = (text: string): string | null =>
  text
    .slice(0, 5_000)
    .split('\n')
    .map((line) => line.trim())
    .find((line) => line.length >= 4 && !/^https?:\/\/\S+$/i.test(line))
    ?.slice(0, 80) ?? null;

/** More articles than any page has: buttons beyond them would be of no use. */
const mostArticles = 200;

/** One part of a reading, or the whole of it (null). Marks, checks and proposals belong to the part in which they begin. */
export function deskText(reading: Reading, proposed: readonly Proposed[], wanted: number | null): DeskText {
  const { text } = reading;
  const starts = partsOf(text.clean);
  const index = wanted === null ? 0 : Math.min(wanted, starts.length - 1);
  const start = wanted === null ? 0 : starts[index]!;
  const end = wanted === null ? text.clean.length : (starts[index + 1] ?? text.clean.length);
  const [from, to] = [text.at[start] ?? 0, end === text.clean.length ? text.original.length : text.at[end]!];
  const originalStart = start === 0 ? 0 : from;
  const isHere = (span: Span) => wanted === null || (span.start >= start && span.start < end);
  const place = (span: Span) => inOriginal(text, span);
  const parts = starts.map((at) => ({ start: at, contradicts: 0, proposals: 0 }));
  for (const check of reading.checks)
    if (check.verdict === 'contradicts') parts[partAt(starts, check.spans[0]!.start)]!.contradicts += 1;
  for (const { span } of proposed) parts[partAt(starts, span.start)]!.proposals += 1;
  return {
    part: { index, start, originalStart, length: text.clean.length },
    parts,
    original: text.original.slice(originalStart, to),
    clean: text.clean.slice(start, end),
    articles: text.articles
      .slice(0, mostArticles)
      .map((one) => ({ ...one, text: text.clean.slice(one.title.start, one.title.end).slice(0, 200) })),
    unreadable: text.unreadable
      .filter((lost) => isHere(lost.span))
      .map((lost) => ({ ...lost, why: inWords(unreadableWhy, lost.why) })),
    marks: reading.marks
      .filter((mark) => isHere(mark.span))
      .map((mark) => ({
        id: mark.id,
        kind: mark.kind,
        span: mark.span,
        original: place(mark.span),
        text: mark.text,
        says: saysOf(mark),
        registerId: mark.registerId ?? null,
      })),
    checks: reading.checks
      .filter((check) => isHere(check.spans[0]!))
      .map(({ detail: _, decimals: __, ...check }) => ({ ...check, originals: check.spans.map(place) })),
    proposals: proposed.filter((one) => isHere(one.span)),
  };
}

/** The reader names its reasons by keys; people read sentences. */
const inWords = (words: Record<string, Words>, key: string): Words => words[key] ?? { zh: key, en: key };

/** How a mark was read, in one line. */
function saysOf(mark: Reading['marks'][number]): Mark['says'] {
  const { quantity, date, person, measures } = mark;
  const parts: string[] = [];
  if (quantity) parts.push(quantity.to === null ? `${quantity.value}` : `${quantity.value}–${quantity.to}`);
  if (quantity?.bend) parts.push({ more: '以上', less: '不足', above: '超过', about: '约' }[quantity.bend]);
  if (measures?.label) parts.push(measures.label);
  const days = date ? [date.from, date.to].filter((d, i, all) => d && all.indexOf(d) === i) : [];
  if (date) parts.push(date.open === null ? days.join('～') : inWords(dateOpenWords, date.open).zh);
  if (person) parts.push([person.name, person.post].filter(Boolean).join('　'));
  return parts.length > 0 ? parts.join('　') : null;
}
