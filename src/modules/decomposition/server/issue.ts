import { audited } from '#core/server/audit.ts';
import { conflict, invalid, Problem } from '#core/server/errors.ts';
import { emit } from '#core/server/events.ts';
import type { Scope } from '#core/server/scope.ts';
import { type NewMatter, raiseMatters } from '#modules/ledger/server/public.ts';
import { faultsOf, rowFaults } from '../row-check.ts';
import { unitsWithoutLeader } from './register.ts';
import { type HeadRecord, listProposals, lockDocument, setDocumentState, setMatters } from './store.ts';
import type { ProposalRecord } from './tables.ts';

/**
 * Issues every accepted row as a task of the ledger, all or none. @throws Problem 422 rows_not_ready naming each row that lacks
 * something, 409 nothing_accepted
 */
export async function issueAccepted(
  scope: Scope,
  { id }: { id: string },
): Promise<{ issued: { rowId: string; id: string; no: string }[] }> {
  const document = await lockDocument(scope, id);
  if (!scope.can('ledger.issue'))
    throw new Problem(403, 'forbidden', { zh: '你没有交办事项的权限', en: 'You may not issue matters' });
  const rows = await listProposals(scope, id);
  const accepted = rows.filter((row) => row.state === 'accepted' && row.matterId === null);
  if (accepted.length === 0)
    throw conflict('nothing_accepted', {
      zh: '没有已采用而未签发的行，请先逐行采用',
      en: 'No row is accepted and waits for issuing: accept rows first',
    });
  await refuseUnready(scope, accepted);
  const raised = await raiseMatters(
    scope,
    accepted.map((row) => matterOf(document, row)),
    { issue: true },
  );
  const issued = accepted.map((row, i) => ({ rowId: row.id, ...raised[i]! }));
  await setMatters(scope, issued);
  const isWhole = rows.every((row) => row.state !== 'proposed');
  if (isWhole) await setDocumentState(scope, id, 'issued');
  audited(scope, { subject: 'decomposition.document', id, after: { issued: issued.map((row) => row.no) } });
  await emit(scope, {
    topic: 'decomposition.issued',
    unitIds: [document.unitId],
    data: { documentId: id, count: issued.length },
  });
  return { issued };
}

async function refuseUnready(scope: Scope, rows: readonly ProposalRecord[]): Promise<void> {
  const leaderless = await unitsWithoutLeader(
    scope,
    rows.flatMap((row) => (row.leadUnitId && !row.leaderId ? [row.leadUnitId] : [])),
  );
  const unready = rows.flatMap((row) => {
    const faults = faultsOf(row).map((fault) => rowFaults[fault]);
    if (row.leadUnitId && !row.leaderId && leaderless.has(row.leadUnitId)) faults.push(noLeader as never);
    return faults.length > 0 ? [{ row, faults }] : [];
  });
  if (unready.length === 0) return;
  const named = (language: 'zh' | 'en') =>
    unready
      .slice(0, 5)
      .map(({ row, faults }) =>
        language === 'zh'
          ? `第 ${row.n} 行（${row.title.slice(0, 16)}）：${faults.map((f) => f.zh).join('、')}`
          : `row ${row.n} (${row.title.slice(0, 16)}): ${faults.map((f) => f.en).join(', ')}`,
      );
  const more = unready.length - 5;
  throw invalid(
    'rows_not_ready',
    {
      zh: `有 ${unready.length} 行不能签发。${named('zh').join('；')}${more > 0 ? `；另有 ${more} 行` : ''}`,
      en: `${unready.length} rows cannot be issued: ${named('en').join('; ')}${more > 0 ? `; and ${more} more` : ''}`,
    },
    'rows',
    { rows: unready.map(({ row }) => row.id) },
  );
}

const noLeader = {
  zh: '牵头单位及其上级没有登记领导，请选择牵头领导',
  en: 'no leader is registered in the lead unit or above it: choose the lead leader',
};

function matterOf(document: HeadRecord, row: ProposalRecord): NewMatter {
  const [quantity] = row.quantities;
  const words = row.spans.filter((span) => span.field === 'text').map((span) => span.text);
  return {
    kind: 'task',
    title: row.title,
    // What the document says, word for word.
    body: words.join('\n').slice(0, 10_000),
    source: { kind: 'document', title: document.title, ref: document.sourceRef, on: document.docOn },
    leadUnitId: row.leadUnitId,
    leadLeaderId: row.leaderId,
    coUnitIds: row.co.flatMap((party) => (party.unitId ? [party.unitId] : [])),
    handlerName: row.handlerText,
    dueOn: row.dueOn,
    details: {
      kind: 'task',
      target: row.target,
      quantity: quantity?.value ?? null,
      quantityUnit: quantity?.unit ?? null,
    },
    nodes: row.goals,
    origin: { module: 'decomposition', id: row.id },
    demo: document.demo,
  };
}
