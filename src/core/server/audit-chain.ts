import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import { hashOf } from './audit.ts';
import { type Db, inTransaction } from './db.ts';

interface AuditRow {
  id: string;
  cityId: string | null;
  at: Date;
  actorId: string;
  actorName: string;
  action: string;
  requestId: string;
  subject: string | null;
  subjectId: string | null;
  inputHash: string;
  beforeHash: string | null;
  afterHash: string | null;
}

interface Block {
  id: number;
  rowCount: number;
  previousHash: string;
  hash: string;
  sealedAt: Date;
}

export const genesis = '0'.repeat(64);
/** A command writes its audit row just before its commit; one that claims to be older than this was not written by a command. */
const latestArrivalMs = 10 * 60_000;
const blockRows = 5_000;

const columns = sql`a.id, a.city_id, a.at, a.actor_id, a.actor_name, a.action, a.request_id, a.subject, a.subject_id, a.input_hash, a.before_hash, a.after_hash`;

/** SHA-256 over all columns of an audit row, in canonical JSON. */
export const rowHash = (row: AuditRow): string => hashOf({ ...row, at: row.at.toISOString() });

export const blockHash = (previous: string, rowHashes: readonly string[]): string =>
  createHash('sha256')
    .update([previous, ...rowHashes].join('\n'))
    .digest('hex');

/**
 * Seals the audit rows that are not sealed yet into one block, chained to the block before by hash. Returns the number
 * of rows sealed. Rows that claim a moment long before the last seal are left out for `verifyAudit` to report.
 * One sealer at a time, in however many processes.
 */
export async function sealAudit(db: Db, now = new Date()): Promise<number> {
  return inTransaction(db, async (tx) => {
    await sql`select pg_advisory_xact_lock(hashtext('guatu.seal'))`.execute(tx);
    const last = (await sql<Block>`select * from core.audit_block order by id desc limit 1`.execute(tx)).rows[0];
    const since = last ? new Date(last.sealedAt.getTime() - latestArrivalMs) : new Date(0);
    const { rows } = await sql<AuditRow>`select ${columns} from core.audit a
      where a.at >= ${since} and not exists (select 1 from core.audit_seal s where s.audit_id = a.id)
      order by a.id limit ${blockRows}`.execute(tx);
    if (rows.length === 0) return 0;
    const id = (last?.id ?? 0) + 1;
    const hashes = rows.map(rowHash);
    const previous = last?.hash ?? genesis;
    await sql`insert into core.audit_block (id, row_count, previous_hash, hash, sealed_at)
      values (${id}, ${rows.length}, ${previous}, ${blockHash(previous, hashes)}, ${now})`.execute(tx);
    await sql`insert into core.audit_seal (audit_id, block_id, position, row_hash)
      select r.id, ${id}, r.n - 1, r.hash from unnest(${rows.map((r) => r.id)}::uuid[], ${hashes}::text[]) with ordinality as r (id, hash, n)`.execute(
      tx,
    );
    return rows.length;
  });
}

export interface AuditFault {
  kind: 'changed' | 'removed' | 'inserted' | 'block';
  auditId?: string;
  blockId?: number;
  says: string;
}

export interface AuditReport {
  blocks: number;
  sealed: number;
  /** Rows newer than the last seal: the sealer takes them within a minute. */
  waiting: number;
  /** The newest block's hash: keep it elsewhere, and nobody can rewrite what came before. */
  lastHash: string;
  faults: AuditFault[];
}

/** Recomputes the whole chain, block by block, in constant memory. Finds changed, removed and inserted rows, and edited blocks. */
export async function verifyAudit(db: Db): Promise<AuditReport> {
  return inTransaction(
    db,
    async (tx) => {
      const faults: AuditFault[] = [];
      const blocks = (await sql<Block>`select * from core.audit_block order by id`.execute(tx)).rows;
      let previous = genesis;
      let sealed = 0;
      for (const [index, block] of blocks.entries()) {
        if (block.id !== index + 1 || block.previousHash !== previous)
          faults.push({
            kind: 'block',
            blockId: block.id,
            says: `block ${block.id} does not follow the one before it`,
          });
        const { rows } = await sql<
          { auditId: string; rowHash: string } & { [K in keyof AuditRow]: AuditRow[K] | null }
        >`
          select s.audit_id, s.row_hash, ${columns} from core.audit_seal s left join core.audit a on a.id = s.audit_id
          where s.block_id = ${block.id} order by s.position`.execute(tx);
        for (const { auditId, rowHash: sealedHash, ...row } of rows) {
          if (row.id === null)
            faults.push({ kind: 'removed', auditId, blockId: block.id, says: `audit row ${auditId} was removed` });
          else if (rowHash(row as AuditRow) !== sealedHash)
            faults.push({
              kind: 'changed',
              auditId,
              blockId: block.id,
              says: `audit row ${auditId} was changed after it was sealed`,
            });
        }
        if (
          rows.length !== block.rowCount ||
          blockHash(
            block.previousHash,
            rows.map((r) => r.rowHash),
          ) !== block.hash
        )
          faults.push({ kind: 'block', blockId: block.id, says: `the seals of block ${block.id} were changed` });
        previous = block.hash;
        sealed += rows.length;
      }
      faults.push(...(await changedPayloads(tx)));
      const last = blocks.at(-1);
      const { rows: unsealed } = await sql<{ id: string; at: Date }>`select a.id, a.at from core.audit a
        where not exists (select 1 from core.audit_seal s where s.audit_id = a.id)`.execute(tx);
      for (const row of unsealed)
        if (last && row.at.getTime() < last.sealedAt.getTime() - latestArrivalMs)
          faults.push({
            kind: 'inserted',
            auditId: row.id,
            says: `audit row ${row.id} claims ${row.at.toISOString()}, but was not there when that time was sealed`,
          });
      return { blocks: blocks.length, sealed, waiting: unsealed.length, lastHash: previous, faults };
    },
    { readOnly: true },
  );
}

/** A payload that is kept must still be what the row's hash says; an erased one is gone with its date, and that is allowed. */
async function changedPayloads(tx: Db): Promise<AuditFault[]> {
  const faults: AuditFault[] = [];
  let after = '00000000-0000-0000-0000-000000000000';
  for (;;) {
    const { rows } = await sql<{
      id: string;
      inputHash: string;
      beforeHash: string | null;
      afterHash: string | null;
      input: unknown;
      before: unknown;
      after: unknown;
    }>`
      select a.id, a.input_hash, a.before_hash, a.after_hash, p.input, p.before, p.after
      from core.audit a join core.audit_payload p on p.audit_id = a.id
      where p.erased_at is null and a.id > ${after} order by a.id limit 5000`.execute(tx);
    for (const row of rows) {
      const same = (hash: string | null, value: unknown) => hash === null || hash === hashOf(value);
      if (!same(row.inputHash, row.input) || !same(row.beforeHash, row.before) || !same(row.afterHash, row.after))
        faults.push({
          kind: 'changed',
          auditId: row.id,
          says: `the contents kept for audit row ${row.id} were changed`,
        });
    }
    if (rows.length < 5000) return faults;
    after = rows.at(-1)!.id;
  }
}
