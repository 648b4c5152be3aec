import { sql } from 'kysely';
import type { Scope } from '#core/server/scope.ts';
import { listMatters } from '#modules/ledger/server/public.ts';
import { personNames, unitNames } from '#modules/organization/server/public.ts';
import type { Counts, DocumentHead, DocumentView, Row } from '../contract.ts';
import { faultsOf } from '../row-check.ts';
import { countRows, getDocument, type HeadRecord, listDocuments, listProposals } from './store.ts';
import type { ProposalRecord } from './tables.ts';

const noCounts: Counts = {
  rows: 0,
  proposed: 0,
  accepted: 0,
  rejected: 0,
  issued: 0,
  ready: 0,
  lackLead: 0,
  lackDue: 0,
};

export async function listHeads(scope: Scope): Promise<DocumentHead[]> {
  return headsOf(scope, await listDocuments(scope));
}

async function headsOf(scope: Scope, documents: readonly HeadRecord[]): Promise<DocumentHead[]> {
  const counts = await countRows(
    scope,
    documents.map((document) => document.id),
  );
  const units = await unitNames(
    scope,
    documents.map((document) => document.unitId),
  );
  return documents.map((document) => {
    const { documentId: _, ...counted } = counts.get(document.id) ?? { documentId: '', ...noCounts };
    return {
      id: document.id,
      title: document.title,
      sourceRef: document.sourceRef,
      docOn: document.docOn,
      kind: document.kind,
      fileName: document.fileName,
      unitName: units.get(document.unitId)?.name ?? null,
      state: document.state,
      madeByName: document.madeByName,
      madeAt: document.madeAt.toISOString(),
      issuedAt: document.issuedAt?.toISOString() ?? null,
      demo: document.demo,
      counts: counted,
    };
  });
}

export async function documentView(scope: Scope, id: string): Promise<DocumentView> {
  const document = await getDocument(scope, id);
  const [head] = await headsOf(scope, [document]);
  const rows = await rowsOf(scope, await listProposals(scope, id));
  const canEdit =
    scope.can('decomposition.edit') && document.state !== 'discarded' && isWithinEdit(scope, document.unitId);
  return {
    ...head!,
    text: document.text,
    blocks: document.blocks,
    rows,
    allowed: canEdit
      ? [
          'edit',
          ...(scope.can('ledger.issue') ? (['issue'] as const) : []),
          ...(head!.counts.issued === 0 ? (['discard'] as const) : []),
        ]
      : [],
  };
}

function isWithinEdit(scope: Scope, unitId: string): boolean {
  const reach = scope.reach('decomposition.edit');
  return reach.all || reach.unitIds.includes(unitId);
}

/** Rows as they are shown: names of units, faults, and what became of their matters. */
export async function rowsOf(scope: Scope, records: readonly ProposalRecord[]): Promise<Row[]> {
  const units = await unitNames(
    scope,
    records.flatMap((r) => [r.leadUnitId, ...r.co.map((c) => c.unitId)]).filter((id) => id !== null),
  );
  const people = await personNames(
    scope,
    records.map((r) => r.leaderId).filter((id) => id !== null),
  );
  const matters = await mattersOf(
    scope,
    records.map((r) => r.matterId).filter((id) => id !== null),
  );
  return records.map((r) => ({
    id: r.id,
    n: r.n,
    title: r.title,
    target: r.target,
    quantities: r.quantities,
    category: r.category,
    leadText: r.leadText,
    leadUnitId: r.leadUnitId,
    leadName: r.leadUnitId && (units.get(r.leadUnitId)?.name ?? null),
    co: r.co.map((c) => ({ ...c, name: c.unitId && (units.get(c.unitId)?.name ?? null) })),
    leaderText: r.leaderText,
    leaderId: r.leaderId,
    leaderName: r.leaderId && (people.get(r.leaderId) ?? null),
    handlerText: r.handlerText,
    dueOn: r.dueOn,
    dueWords: r.dueWords,
    dueWhy: r.dueWhy,
    goals: r.goals,
    spans: r.spans,
    state: r.state,
    faults: r.matterId === null ? faultsOf(r) : [],
    version: r.version,
    matter: r.matterId === null ? null : (matters.get(r.matterId) ?? null),
  }));
}

async function mattersOf(scope: Scope, ids: readonly string[]): Promise<Map<string, NonNullable<Row['matter']>>> {
  if (ids.length === 0) return new Map();
  const matters = await listMatters(scope, ids);
  const { rows: reports } = await sql<{ matterId: string; text: string | null }>`
    select distinct on (e.matter_id) e.matter_id, e.text from ledger.pub_event e
    where e.city_id = ${scope.cityId} and e.matter_id = any(${matters.map((m) => m.id)}::uuid[]) and e.act in ('report', 'claim')
    order by e.matter_id, e.seq desc`.execute(scope.db);
  const said = new Map(reports.map((row) => [row.matterId, row.text]));
  return new Map(
    matters.map((m) => [
      m.id,
      {
        id: m.id,
        no: m.no,
        state: m.state,
        light: m.light,
        dueOn: m.dueCurrent,
        progress: said.get(m.id) ?? null,
        progressOn: m.progressOn,
      },
    ]),
  );
}
