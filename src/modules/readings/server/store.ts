import { createHash } from 'node:crypto';
import { type Selectable, sql } from 'kysely';
import type { Scope } from '#core/server/scope.ts';
import type { Day } from '#core/shared/day.ts';
import type { ChangeView, Values } from '../contract.ts';

interface DocumentTable {
  cityId: string;
  id: string;
  title: string;
  original: string;
  textHash: string;
  fileId: string | null;
  fileName: string | null;
  documentDate: Day | null;
  addedAt: Date;
  addedBy: string;
  addedByName: string;
  withdrawnAt: Date | null;
  withdrawnByName: string | null;
  withdrawnReason: string | null;
}
export type DocumentRecord = Selectable<DocumentTable>;

interface DecisionTable {
  cityId: string;
  id: string;
  documentId: string;
  key: string;
  kind: Values['kind'];
  decision: 'accept' | 'reject' | 'revoke';
  spanStart: number;
  spanEnd: number;
  text: string;
  proposed: Values;
  accepted: Values | null;
  reason: string | null;
  resultKind: 'matter' | 'promise' | 'change' | 'alias' | null;
  resultId: string | null;
  at: Date;
  byId: string;
  byName: string;
}
export type DecisionRecord = Selectable<DecisionTable>;

interface AliasTable {
  cityId: string;
  id: string;
  kind: 'unit' | 'project' | 'person';
  registerId: string;
  alias: string;
  documentId: string;
  at: Date;
  byName: string;
  endedAt: Date | null;
  endedByName: string | null;
  endedReason: string | null;
}
export type AliasRecord = Selectable<AliasTable>;
interface PromiseTable {
  cityId: string;
  id: string;
  documentId: string;
  projectId: string | null;
  projectName: string;
  what: 'start' | 'finish' | 'open' | 'produce' | 'amount' | 'other';
  byDay: Day | null;
  amountYuan: number | null;
  hedge: string | null;
  speaker: string | null;
  saidOn: Day;
  spanStart: number;
  spanEnd: number;
  text: string;
  at: Date;
  byName: string;
  demo: boolean;
  withdrawnAt: Date | null;
  withdrawnByName: string | null;
  withdrawnReason: string | null;
}
interface ChangeTable {
  cityId: string;
  id: string;
  documentId: string;
  projectId: string;
  field: ChangeView['field'];
  oldValue: string | number | null;
  newValue: string | number;
  spanStart: number;
  spanEnd: number;
  text: string;
  state: ChangeView['state'];
  proposedAt: Date;
  proposedBy: string;
  proposedByName: string;
  settledAt: Date | null;
  settledByName: string | null;
  settledReason: string | null;
}
export type ChangeRecord = Selectable<ChangeTable>;

export const tables = (scope: Scope) =>
  scope.db.withTables<{
    'readings.document': DocumentTable;
    'readings.decision': DecisionTable;
    'readings.alias': AliasTable;
    'readings.promise': PromiseTable;
    'readings.change': ChangeTable;
  }>();

export const jsonb = <T>(value: T): T => JSON.stringify(value) as unknown as T;
export const hashOf = (text: string): string => createHash('sha256').update(text).digest('hex');

export const findDocument = (scope: Scope, id: string): Promise<DocumentRecord | undefined> =>
  tables(scope)
    .selectFrom('readings.document')
    .selectAll()
    .where('cityId', '=', scope.cityId)
    .where('id', '=', id)
    .executeTakeFirst();

/** The same for a decision: two who decide at once come one after the other. */
export const lockDocument = (scope: Scope, id: string): Promise<DocumentRecord | undefined> =>
  tables(scope)
    .selectFrom('readings.document')
    .selectAll()
    .where('cityId', '=', scope.cityId)
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst();

export type LineRecord = Omit<DocumentRecord, 'original' | 'cityId' | 'textHash' | 'fileId'> & {
  length: number;
  accepted: number;
  rejected: number;
};

/** Documents without their texts, newest first, with what was decided so far. */
export async function listLines(
  scope: Scope,
  { id, q, offset = 0, limit = 50 }: { id?: string; q?: string | undefined; offset?: number; limit?: number },
): Promise<{ total: number; lines: LineRecord[] }> {
  const { rows } = await sql<LineRecord & { total: number }>`
    select d.id, d.title, d.file_name, d.document_date, d.added_at, d.added_by, d.added_by_name, d.withdrawn_at, d.withdrawn_by_name,
      d.withdrawn_reason, length(d.original) as length, coalesce(n.accepted, 0)::int as accepted, coalesce(n.rejected, 0)::int as rejected,
      count(*) over ()::int as total
    from readings.document d
    left join (
      select document_id, count(*) filter (where decision = 'accept') as accepted, count(*) filter (where decision = 'reject') as rejected
      from (select distinct on (document_id, key) document_id, key, decision from readings.decision where city_id = ${scope.cityId}
        order by document_id, key, at desc, id desc) newest
      group by document_id) n on n.document_id = d.id
    where d.city_id = ${scope.cityId}
      ${id === undefined ? sql`` : sql`and d.id = ${id}`}
      ${q ? sql`and position(lower(${q}) in lower(d.title)) > 0` : sql``}
    order by d.added_at desc, d.id desc offset ${offset} limit ${limit}`.execute(scope.db);
  return { total: rows[0]?.total ?? 0, lines: rows };
}

/** What was decided about each proposal of a document, oldest first; the last row counts. */
export async function listDecisions(scope: Scope, documentId: string): Promise<Map<string, DecisionRecord[]>> {
  const rows = await tables(scope)
    .selectFrom('readings.decision')
    .selectAll()
    .where('cityId', '=', scope.cityId)
    .where('documentId', '=', documentId)
    .orderBy('at')
    .orderBy('id')
    .execute();
  return Map.groupBy(rows, (row) => row.key);
}

/** The decision that counts; undefined when there is none, or it was taken back. */
export const standing = (
  rows: readonly DecisionRecord[] | undefined,
): (DecisionRecord & { decision: 'accept' | 'reject' }) | undefined => {
  const last = rows?.at(-1);
  return last === undefined || last.decision === 'revoke' ? undefined : { ...last, decision: last.decision };
};
