import { notFound } from '#core/server/errors.ts';
import type { Scope } from '#core/server/scope.ts';
import { isShort, type KnownNames, readAside } from '#modules/bulletins/server/public.ts';
import type { Decision, Desk, DocumentLine, Proposal } from '../contract.ts';
import type { Proposed } from '../propose.ts';
import { type DeskAnswers, type DeskWork, doDeskWork, type Paper } from './desk-work.ts';
import { listKnownNames } from './known.ts';
import {
  type DecisionRecord,
  type DocumentRecord,
  findDocument,
  type LineRecord,
  listDecisions,
  listLines,
  standing,
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

const worker = new URL('./desk-worker.ts', import.meta.url);

/** A short text is read at once, a long one beside the server: see `readAside` for its limits and Problems. */
export function workAtDesk<W extends DeskWork>(work: W): Promise<DeskAnswers[W['want']]> {
  const isQuick = work.want === 'head' ? isShort(work.source) : isShort({ text: work.paper.original });
  return isQuick ? doDeskWork(work) : readAside(worker, work);
}

/** A document with the names that are known now. */
export const paperOf = async (scope: Scope, document: DocumentRecord): Promise<Paper> => ({
  original: document.original,
  documentDate: document.documentDate,
  known: await listKnownNames(scope, 'projects.read'),
});

/** One part of a document with everything that was read in it. @throws Problem 404, and those of `readAside` */
export async function readDesk(scope: Scope, id: string, part: number): Promise<Desk> {
  const document = await findDocument(scope, id);
  if (!document) throw notFound(documentWords);
  const paper = await paperOf(scope, document);
  const text = await workAtDesk({ want: 'part', paper, part });
  const decisions = await listDecisions(scope, id);
  const names = namesById(paper.known);
  const mayReview = isReviewer(scope, document);
  return {
    ...text,
    document: await getLine(scope, id),
    proposals: text.proposals.map((one) => presentProposal(scope, document, one, decisions.get(one.key), names)),
    allowed: mayReview ? ['edit', 'withdraw'] : [],
  };
}

const isReviewer = (scope: Scope, document: DocumentRecord): boolean =>
  scope.can('readings.review') && document.withdrawnAt === null;

export const namesById = (known: KnownNames): Map<string, string> =>
  new Map([...known.units, ...known.projects].map((one) => [one.id, one.names[0]!]));

export function presentDecision(rows: readonly DecisionRecord[] | undefined): Decision | null {
  const row = standing(rows);
  return row
    ? {
        decision: row.decision,
        accepted: row.accepted,
        reason: row.reason,
        result: row.resultKind && row.resultId ? { kind: row.resultKind, id: row.resultId } : null,
        byName: row.byName,
        at: row.at.toISOString(),
      }
    : null;
}

export function presentProposal(
  scope: Scope,
  document: DocumentRecord,
  proposed: Proposed,
  rows: readonly DecisionRecord[] = [],
  names: ReadonlyMap<string, string>,
): Proposal {
  const row = standing(rows);
  const values = row?.accepted ?? proposed.values;
  const ids = Object.values(values)
    .flat()
    .filter((value) => typeof value === 'string' && names.has(value));
  return {
    ...proposed,
    values,
    names: Object.fromEntries(ids.map((id) => [id, names.get(id as string)!])),
    decision: presentDecision(rows),
    history: rows.map(({ decision, reason, byName, at }) => ({ act: decision, reason, byName, at: at.toISOString() })),
    allowed: isReviewer(scope, document) ? allowedOn(row, scope.actor.id) : [],
  };
}

/** Whoever left something may still take it; what somebody else decided is taken back first, with a reason. */
function allowedOn(row: ReturnType<typeof standing>, actorId: string): Proposal['allowed'] {
  if (!row) return ['accept', 'reject'];
  return row.decision === 'reject' && row.byId === actorId ? ['accept', 'revoke'] : ['revoke'];
}
