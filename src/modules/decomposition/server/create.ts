import { audited } from '#core/server/audit.ts';
import { readDocument } from '#core/server/document/read/read.ts';
import { invalid } from '#core/server/errors.ts';
import { claimFile, readFileBytes } from '#core/server/files.ts';
import type { Scope } from '#core/server/scope.ts';
import type { Day } from '#core/shared/day.ts';
import { type DocumentText, readPlainText } from '#core/shared/document-text.ts';
import { newId } from '#core/shared/id.ts';
import { calendarOf } from '#modules/calendar/server/public.ts';
import { findHeadquarters } from '#modules/organization/server/public.ts';
import type { ProposedRow } from '../proposal.ts';
import { propose } from '../propose.ts';
import { type Register, readRegister } from './register.ts';
import { insertDocument, insertProposals } from './store.ts';
import type { DocumentRecord, ProposalRecord } from './tables.ts';

interface Head {
  title: string;
  sourceRef: string | null;
  docOn: Day;
}

/** Keeps the text with the rows that it proposes. `demo` marks what is issued from it as a sample. */
export const createFromText = (scope: Scope, { text, demo, ...head }: Head & { text: string; demo?: boolean }) =>
  create(scope, head, { ...readPlainText(text), kind: 'text' }, null, demo);

export async function createFromFile(scope: Scope, { fileId, ...head }: Head & { fileId: string }) {
  const file = await claimFile(scope, fileId);
  return create(scope, head, await readDocument(await readFileBytes(scope, fileId)), file);
}

async function create(
  scope: Scope,
  head: Head,
  document: DocumentText & { kind: DocumentRecord['kind'] },
  file: { id: string; name: string } | null,
  demo = false,
): Promise<{ id: string; rows: number }> {
  if (document.blocks.length === 0)
    throw invalid(
      'document_empty',
      { zh: '没有文字，请粘贴或上传文件内容', en: 'There is no text: paste or upload the document' },
      'text',
    );
  const workdays = await calendarOf(scope);
  const rows = propose(document, { title: head.title, on: head.docOn, workdays });
  return insertDecomposition(scope, { ...head, document, file, rows, demo });
}

interface NewDecomposition extends Head {
  document: DocumentText & { kind: DocumentRecord['kind'] };
  file?: { id: string; name: string } | null;
  rows: readonly ProposedRow[];
  demo?: boolean;
}

/** Keeps a document with its proposed rows; units and leaders are looked up in the register. */
async function insertDecomposition(scope: Scope, wanted: NewDecomposition): Promise<{ id: string; rows: number }> {
  const { document, file, rows, demo = false, title, sourceRef, docOn } = wanted;
  const id = newId();
  await insertDocument(scope, {
    id,
    title,
    sourceRef,
    docOn,
    kind: document.kind,
    fileId: file?.id ?? null,
    fileName: file?.name ?? null,
    unitId: await ownUnit(scope),
    text: document.text,
    blocks: document.blocks,
    madeBy: scope.actor.id,
    madeByName: scope.actor.name,
    madeAt: scope.now,
    demo,
  });
  const register = await readRegister(scope);
  await insertProposals(
    scope,
    rows.map((row, index) => factsOf(row, { documentId: id, n: index + 1, register })),
  );
  audited(scope, { subject: 'decomposition.document', id, after: { title, sourceRef, docOn, rows: rows.length } });
  return { id, rows: rows.length };
}

/** A document of a command post is that post's; of the office, the headquarters'. */
async function ownUnit(scope: Scope): Promise<string> {
  const reach = scope.reach('decomposition.edit');
  if (!reach.all) {
    const own = scope.actor.unitIds.find((unitId) => reach.unitIds.includes(unitId)) ?? reach.unitIds[0];
    if (own !== undefined) return own;
  }
  const headquarters = await findHeadquarters(scope);
  if (!headquarters)
    throw invalid('no_headquarters', {
      zh: '请先在“组织”中建立总指挥部',
      en: 'Set up the headquarters under Organization first',
    });
  return headquarters.id;
}

type Facts = Omit<ProposalRecord, 'cityId' | 'version' | 'changedAt' | 'changedByName'>;

/** Longer text than a matter can carry is cut in the field; the span still shows all of it. */
const cut = (text: string | null, most: number): string | null =>
  text !== null && text.length > most ? `${text.slice(0, most - 1)}…` : text;

export function factsOf(
  row: ProposedRow,
  { documentId, n, register }: { documentId: string; n: number; register: Register },
): Facts {
  const leadUnitId = register.unitOf(row.leadText);
  return {
    id: newId(),
    documentId,
    n,
    title: cut(row.title, 300)!,
    target: cut(row.target, 1000),
    quantities: row.quantities.map(({ start: _, end: __, ...quantity }) => quantity),
    category: cut(row.category, 100),
    leadText: cut(row.leadText, 200),
    leadUnitId,
    co: row.coTexts.map((text) => ({ text, unitId: register.unitOf(text) })),
    leaderText: cut(row.leaderText, 60),
    leaderId: register.leaderOf(row.leaderText),
    handlerText: cut(row.handlerText, 60),
    dueOn: row.dueOn,
    dueWords: cut(row.dueWords, 100),
    dueWhy: row.dueWhy,
    goals: row.goals.map((goal) => ({ ...goal, title: cut(goal.title, 500)! })),
    spans: row.spans,
    state: 'proposed',
    matterId: null,
    matterNo: null,
  };
}
