import { sql } from 'kysely';
import { conflict, notFound } from '#core/server/errors.ts';
import type { Scope } from '#core/server/scope.ts';
import { type DocumentRecord, jsonb, type ProposalRecord, tables } from './tables.ts';

const words = { zh: '任务分解', en: 'decomposition' };

/** Documents within the caller's reach; what is out of it looks like what is not there. */
const documents = (scope: Scope, permission: string) => {
  const reach = scope.reach(permission);
  return tables(scope)
    .selectFrom('decomposition.document')
    .where('cityId', '=', scope.cityId)
    .$if(!reach.all, (q) =>
      q.where('unitId', 'in', reach.all || reach.unitIds.length === 0 ? [noUnit] : [...reach.unitIds]),
    );
};
const noUnit = '00000000-0000-0000-0000-000000000000';

export type HeadRecord = Omit<DocumentRecord, 'text' | 'blocks'>;
const headColumns = [
  'cityId',
  'id',
  'title',
  'sourceRef',
  'docOn',
  'kind',
  'fileId',
  'fileName',
  'unitId',
  'state',
  'madeBy',
  'madeByName',
  'madeAt',
  'issuedAt',
  'demo',
] as const;

/** Newest first. */
export const listDocuments = (scope: Scope): Promise<HeadRecord[]> =>
  documents(scope, 'decomposition.read')
    .select(headColumns)
    .orderBy('madeAt', 'desc')
    .orderBy('id')
    .limit(500)
    .execute();

export async function getDocument(scope: Scope, id: string): Promise<DocumentRecord> {
  const found = await documents(scope, 'decomposition.read').selectAll().where('id', '=', id).executeTakeFirst();
  if (!found) throw notFound(words);
  return found;
}

/** Locks the document, so that two who work on its rows take turns. @throws Problem 404, 409 discarded */
export async function lockDocument(scope: Scope, id: string): Promise<HeadRecord> {
  const found = await documents(scope, 'decomposition.edit')
    .select(headColumns)
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst();
  if (!found) throw notFound(words);
  if (found.state === 'discarded')
    throw conflict('discarded', {
      zh: '这份分解已作废，不能再改',
      en: 'This decomposition was discarded and cannot be changed',
    });
  return found;
}

export const insertDocument = (scope: Scope, row: Omit<DocumentRecord, 'cityId' | 'state' | 'issuedAt'>) =>
  tables(scope)
    .insertInto('decomposition.document')
    .values({ ...row, cityId: scope.cityId, state: 'confirming', issuedAt: null, blocks: jsonb(row.blocks) })
    .execute();

export const setDocumentState = (scope: Scope, id: string, state: DocumentRecord['state']) =>
  tables(scope)
    .updateTable('decomposition.document')
    .set({ state, ...(state === 'issued' && { issuedAt: scope.now }) })
    .where('cityId', '=', scope.cityId)
    .where('id', '=', id)
    .execute();

export const listProposals = (scope: Scope, documentId: string): Promise<ProposalRecord[]> =>
  tables(scope)
    .selectFrom('decomposition.proposal')
    .selectAll()
    .where('cityId', '=', scope.cityId)
    .where('documentId', '=', documentId)
    .orderBy('n')
    .orderBy('id')
    .execute();

/** Rows of the document, in the order of their numbers. @throws Problem 404 when one is not of this document */
export async function getProposals(
  scope: Scope,
  documentId: string,
  ids: readonly string[],
): Promise<ProposalRecord[]> {
  const wanted = new Set(ids);
  const rows = await tables(scope)
    .selectFrom('decomposition.proposal')
    .selectAll()
    .where('cityId', '=', scope.cityId)
    .where('documentId', '=', documentId)
    .where('id', 'in', [...wanted])
    .orderBy('n')
    .execute();
  if (rows.length < wanted.size) throw notFound({ zh: '任务行', en: 'row' });
  return rows;
}

type Facts = Omit<ProposalRecord, 'cityId' | 'version' | 'changedAt' | 'changedByName'>;

const snake = (key: string): string => key.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

/** Any number of rows in one statement. */
export async function insertProposals(scope: Scope, rows: readonly Facts[]): Promise<void> {
  if (rows.length === 0) return;
  const content = rows.map((row) => ({ ...row, version: 1, changedByName: scope.actor.name, changedAt: scope.now }));
  const columns = sql.join(Object.keys(content[0]!).map((key) => sql.raw(snake(key))));
  const json = content.map((row) => Object.fromEntries(Object.entries(row).map(([key, value]) => [snake(key), value])));
  await sql`insert into decomposition.proposal (city_id, ${columns})
    select ${scope.cityId}::uuid, ${columns}
    from jsonb_populate_recordset(null::decomposition.proposal, ${JSON.stringify(json)}::jsonb)`.execute(scope.db);
}

export type Changes = Partial<Omit<Facts, 'id' | 'documentId'>>;

/** Changes one row and counts its version up. */
export async function setProposal(scope: Scope, id: string, changes: Changes): Promise<void> {
  const { quantities, co, goals, spans, ...plain } = changes;
  await tables(scope)
    .updateTable('decomposition.proposal')
    .set((eb) => ({
      ...plain,
      ...(quantities && { quantities: jsonb(quantities) }),
      ...(co && { co: jsonb(co) }),
      ...(goals && { goals: jsonb(goals) }),
      ...(spans && { spans: jsonb(spans) }),
      version: eb('version', '+', 1),
      changedByName: scope.actor.name,
      changedAt: scope.now,
    }))
    .where('cityId', '=', scope.cityId)
    .where('id', '=', id)
    .execute();
}

/** The same plain changes to many rows. */
export async function setProposals(
  scope: Scope,
  ids: readonly string[],
  changes: Partial<Pick<Facts, 'state' | 'leadUnitId' | 'leadText' | 'dueOn' | 'dueWhy' | 'leaderId'>>,
): Promise<void> {
  if (ids.length === 0) return;
  await tables(scope)
    .updateTable('decomposition.proposal')
    .set((eb) => ({
      ...changes,
      version: eb('version', '+', 1),
      changedByName: scope.actor.name,
      changedAt: scope.now,
    }))
    .where('cityId', '=', scope.cityId)
    .where('id', 'in', [...ids])
    .execute();
}

/** Makes room: rows behind `n` move on by `by`. Their version stays: nothing they say has changed. */
export const moveBehind = (scope: Scope, documentId: string, n: number, by: number) =>
  tables(scope)
    .updateTable('decomposition.proposal')
    .set((eb) => ({ n: eb('n', '+', by) }))
    .where('cityId', '=', scope.cityId)
    .where('documentId', '=', documentId)
    .where('n', '>', n)
    .execute();

export const deleteProposals = (scope: Scope, ids: readonly string[]) =>
  tables(scope)
    .deleteFrom('decomposition.proposal')
    .where('cityId', '=', scope.cityId)
    .where('id', 'in', [...ids])
    .where('matterId', 'is', null)
    .execute();

/** The matter of each row that was issued, all at once. */
export async function setMatters(
  scope: Scope,
  rows: readonly { rowId: string; id: string; no: string }[],
): Promise<void> {
  await sql`update decomposition.proposal p set matter_id = m.id, matter_no = m.no, version = p.version + 1,
      changed_by_name = ${scope.actor.name}, changed_at = ${scope.now}
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as m("rowId" uuid, id uuid, no text)
    where p.city_id = ${scope.cityId} and p.id = m."rowId"`.execute(scope.db);
}

export interface CountRecord {
  documentId: string;
  rows: number;
  proposed: number;
  accepted: number;
  rejected: number;
  issued: number;
  ready: number;
  lackLead: number;
  lackDue: number;
}

/** What stands in each document. `ready` is what `faultsOf` finds nothing against; the test holds the two together. */
export async function countRows(scope: Scope, documentIds: readonly string[]): Promise<Map<string, CountRecord>> {
  const open = sql`p.state <> 'rejected' and p.matter_id is null`;
  const { rows } = await sql<CountRecord>`
    select p.document_id, count(*)::int as rows,
      (count(*) filter (where p.state = 'proposed'))::int as proposed,
      (count(*) filter (where p.state = 'accepted' and p.matter_id is null))::int as accepted,
      (count(*) filter (where p.state = 'rejected'))::int as rejected,
      (count(*) filter (where p.matter_id is not null))::int as issued,
      (count(*) filter (where ${open} and p.lead_unit_id is not null and p.due_on is not null and length(trim(p.title)) >= 2
        and not (p.leader_text is not null and p.leader_id is null)
        and not exists (select 1 from jsonb_array_elements(p.co) c where c ->> 'unitId' is null or (c ->> 'unitId')::uuid = p.lead_unit_id)))::int as ready,
      (count(*) filter (where ${open} and p.lead_unit_id is null))::int as lack_lead,
      (count(*) filter (where ${open} and p.due_on is null))::int as lack_due
    from decomposition.proposal p
    where p.city_id = ${scope.cityId} and p.document_id = any(${[...documentIds]}::uuid[])
    group by p.document_id`.execute(scope.db);
  return new Map(rows.map((row) => [row.documentId, row]));
}
