import { type Selectable, sql } from 'kysely';
import type { Scope } from '#core/server/scope.ts';
import { newId } from '#core/shared/id.ts';
import type { CellChange } from '../body.ts';
import type { RestatementCause } from '../contract.ts';
import { noHash } from '../head.ts';

export interface Missing {
  projectId: string;
  projectName: string;
  unitName: string;
  state: string;
  reason: string | null;
}

interface SnapshotTable {
  cityId: string;
  id: string;
  position: number;
  period: string;
  version: number;
  head: string;
  body: Buffer;
  bodyHash: string;
  prevHash: string;
  hash: string;
  tableHash: string;
  asOf: Date;
  cellCount: number;
  projectCount: number;
  filedCount: number;
  exemptCount: number;
  missingCount: number;
  missing: Missing[];
  missingReason: string | null;
  note: string | null;
  createdAt: Date;
  createdBy: string;
  createdByName: string;
}
export type SnapshotRecord = Selectable<SnapshotTable>;
/** Without the cells: what lists need. */
export type SnapshotLine = Omit<SnapshotRecord, 'body'> & {
  publishedAt: Date | null;
  publishedBy: string | null;
  comment: string | null;
  replacedById: string | null;
};

interface RestatementTable {
  cityId: string;
  id: string;
  period: string;
  cause: RestatementCause;
  publicNote: string;
  document: string;
  correctionIds: string[];
  oldSnapshotId: string;
  newSnapshotId: string;
  changedCount: number;
  changed: CellChange[];
  approvedBy: string;
  approvedByName: string;
  at: Date;
}
export type RestatementRow = Selectable<RestatementTable>;

interface PublicationTable {
  cityId: string;
  snapshotId: string;
  comment: string | null;
  byId: string;
  byName: string;
  at: Date;
}

const tables = (scope: Scope) =>
  scope.db.withTables<{
    'snapshots.snapshot': SnapshotTable;
    'snapshots.restatement': RestatementTable;
    'snapshots.publication': PublicationTable;
  }>();
const jsonb = <T>(value: T): T => JSON.stringify(value) as unknown as T;

/** One freeze after the other: the next must know the hash of the one before. Held to the end of the transaction. */
export async function lockChain(scope: Scope): Promise<{ position: number; prevHash: string }> {
  await sql`select pg_advisory_xact_lock(hashtextextended('guatu snapshots ' || ${scope.cityId}, 0))`.execute(scope.db);
  const last = await tables(scope)
    .selectFrom('snapshots.snapshot')
    .select(['position', 'hash'])
    .where('cityId', '=', scope.cityId)
    .orderBy('position', 'desc')
    .limit(1)
    .executeTakeFirst();
  return { position: (last?.position ?? 0) + 1, prevHash: last?.hash ?? noHash };
}

export async function insertSnapshot(scope: Scope, row: Omit<SnapshotRecord, 'cityId'>): Promise<void> {
  const { missing, ...plain } = row;
  await tables(scope)
    .insertInto('snapshots.snapshot')
    .values({ ...plain, missing: jsonb(missing), cityId: scope.cityId })
    .execute();
}

/** In the order of the chain, without the cells. */
export async function listSnapshots(
  scope: Scope,
  filter: { year?: number; period?: string; id?: string } = {},
): Promise<SnapshotLine[]> {
  const { year, period, id } = filter;
  const { rows } = await sql<SnapshotLine>`
    select s.city_id, s.id, s.position, s.period, s.version, s.head, s.body_hash, s.prev_hash, s.hash, s.table_hash, s.as_of, s.cell_count,
      s.project_count, s.filed_count, s.exempt_count, s.missing_count, s.missing, s.missing_reason, s.note, s.created_at, s.created_by,
      s.created_by_name, p.at as published_at, p.by_name as published_by, p.comment, r.new_snapshot_id as replaced_by_id
    from snapshots.snapshot s
    left join snapshots.publication p on p.city_id = s.city_id and p.snapshot_id = s.id
    left join snapshots.restatement r on r.city_id = s.city_id and r.old_snapshot_id = s.id
    where s.city_id = ${scope.cityId}
      ${id === undefined ? sql`` : sql`and s.id = ${id}`}
      ${period === undefined ? sql`` : sql`and s.period = ${period}`}
      ${year === undefined ? sql`` : sql`and s.period between ${`${year}-01`} and ${`${year}-12`}`}
    order by s.position`.execute(scope.db);
  return rows;
}

export const findLine = async (scope: Scope, id: string): Promise<SnapshotLine | undefined> =>
  (await listSnapshots(scope, { id }))[0];

export const findNewest = async (scope: Scope, period: string): Promise<SnapshotLine | undefined> =>
  (await listSnapshots(scope, { period })).at(-1);

/** The compressed cells, one snapshot at a time: a chain of ten years is not read at once. */
export async function readBytes(scope: Scope, id: string): Promise<Buffer> {
  const { body } = await tables(scope)
    .selectFrom('snapshots.snapshot')
    .select('body')
    .where('cityId', '=', scope.cityId)
    .where('id', '=', id)
    .executeTakeFirstOrThrow();
  return body;
}

export async function insertRestatement(scope: Scope, row: Omit<RestatementRow, 'cityId' | 'id'>): Promise<string> {
  const { changed, correctionIds, ...plain } = row;
  const id = newId();
  await tables(scope)
    .insertInto('snapshots.restatement')
    .values({ ...plain, id, cityId: scope.cityId, changed: jsonb(changed), correctionIds: jsonb(correctionIds) })
    .execute();
  return id;
}

/** Newest first. */
export const listRestatements = (scope: Scope, period?: string): Promise<RestatementRow[]> =>
  tables(scope)
    .selectFrom('snapshots.restatement')
    .selectAll()
    .where('cityId', '=', scope.cityId)
    .$if(period !== undefined, (q) => q.where('period', '=', period!))
    .orderBy('at', 'desc')
    .orderBy('id', 'desc')
    .execute();

/** False when it is published already. */
export async function insertPublication(scope: Scope, snapshotId: string, comment: string | null): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await tables(scope)
    .insertInto('snapshots.publication')
    .values({
      cityId: scope.cityId,
      snapshotId,
      comment,
      byId: scope.actor.id,
      byName: scope.actor.name,
      at: scope.now,
    })
    .onConflict((c) => c.doNothing())
    .executeTakeFirst();
  return (numInsertedOrUpdatedRows ?? 0n) > 0n;
}
