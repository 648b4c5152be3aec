import { notFound } from '#core/server/errors.ts';
import type { Scope } from '#core/server/scope.ts';
import type { Words } from '#core/shared/words.ts';
import {
  dateOpenWords,
  inOriginal,
  type KnownNames,
  type Reading,
  readBulletin,
  unreadableWhy,
} from '#modules/bulletins/server/public.ts';
import type { Desk, DocumentLine, Mark, Proposal } from '../contract.ts';
import { type Proposed, proposalsOf } from '../propose.ts';
import { listKnownNames } from './known.ts';
import {
  type DecisionRecord,
  type DocumentRecord,
  findDocument,
  type LineRecord,
  listDecisions,
  listLines,
} from './store.ts';

export const documentWords = { zh: '文件', en: 'document' };

export const presentLine = (line: LineRecord): DocumentLine => ({
  id: line.id,
  title: line.title,
  documentDate: line.documentDate,
  addedAt: line.addedAt.toISOString(),
  addedByName: line.addedByName,
  fileName: line.fileName,
  length: line.length,
  accepted: line.accepted,
  rejected: line.rejected,
  isWithdrawn: line.withdrawnAt !== null,
});

/** @throws Problem 404 */
export async function getLine(scope: Scope, id: string): Promise<DocumentLine> {
  const [line] = (await listLines(scope, { id })).lines;
  if (!line) throw notFound(documentWords);
  return presentLine(line);
}

export interface OpenDocument {
  document: DocumentRecord;
  reading: Reading;
  known: KnownNames;
  proposals: Proposed[];
}

/** A document read with the names that are known now. Linear in its length; under a second for a newspaper page. */
export async function openDocument(scope: Scope, document: DocumentRecord): Promise<OpenDocument> {
  const known = await listKnownNames(scope, 'projects.read');
  const reading = readBulletin(document.original, { documentDate: document.documentDate, known });
  return { document, reading, known, proposals: proposalsOf(reading, known, (span) => inOriginal(reading.text, span)) };
}

/** @throws Problem 404 */
export async function readDesk(scope: Scope, id: string): Promise<Desk> {
  const document = await findDocument(scope, id);
  if (!document) throw notFound(documentWords);
  const { reading, known, proposals } = await openDocument(scope, document);
  const { text } = reading;
  const place = (span: { start: number; end: number }) => inOriginal(text, span);
  const decisions = await listDecisions(scope, id);
  const names = namesById(known);
  const mayReview = scope.can('readings.review') && document.withdrawnAt === null;
  return {
    document: await getLine(scope, id),
    original: text.original,
    clean: text.clean,
    articles: text.articles.map((one) => ({ ...one, text: text.clean.slice(one.title.start, one.title.end) })),
    repairs: text.repairs,
    unreadable: text.unreadable.map((lost) => ({ ...lost, why: inWords(unreadableWhy, lost.why) })),
    marks: reading.marks.map((mark) => ({
      id: mark.id,
      kind: mark.kind,
      span: mark.span,
      original: place(mark.span),
      text: mark.text,
      says: saysOf(mark),
      registerId: mark.registerId ?? null,
    })),
    checks: reading.checks.map(({ detail: _, decimals: __, ...check }) => ({
      ...check,
      originals: check.spans.map(place),
    })),
    proposals: proposals.map((proposed) => presentProposal(proposed, decisions.get(proposed.key), names)),
    allowed: mayReview ? ['decide', 'edit', 'withdraw'] : [],
  };
}

export const namesById = (known: KnownNames): Map<string, string> =>
  new Map([...known.units, ...known.projects].map((one) => [one.id, one.names[0]!]));

export function presentProposal(
  proposed: Proposed,
  decision: DecisionRecord | undefined,
  names: ReadonlyMap<string, string>,
): Proposal {
  const values = decision?.accepted ?? proposed.values;
  const ids = Object.values(values)
    .flat()
    .filter((value) => typeof value === 'string' && names.has(value));
  return {
    ...proposed,
    values,
    names: Object.fromEntries(ids.map((id) => [id, names.get(id as string)!])),
    decision: decision
      ? {
          decision: decision.decision,
          accepted: decision.accepted,
          reason: decision.reason,
          result:
            decision.resultKind && decision.resultId ? { kind: decision.resultKind, id: decision.resultId } : null,
          byName: decision.byName,
          at: decision.at.toISOString(),
        }
      : null,
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
