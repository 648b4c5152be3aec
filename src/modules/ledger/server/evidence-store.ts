import { sql } from 'kysely';
import { invalid } from '#core/server/errors.ts';
import { claimFile } from '#core/server/files.ts';
import { pictureHashOf } from '#core/server/picture-hash.ts';
import type { Scope } from '#core/server/scope.ts';
import { newId } from '#core/shared/id.ts';
import { hammingBits } from '#core/shared/picture-hash.ts';
import { evidenceWords, isFileKind, isPhoto } from '../evidence.ts';
import type { EvidenceInput } from '../shapes.ts';
import { insertRows } from './rows.ts';
import type { MatterRecord } from './store.ts';
import { type EvidenceTable, tables } from './tables.ts';

/** Up to so many of 64 bits two pictures may differ and still be one: recompressed, scaled, slightly brighter. */
const sameBits = 5;

/**
 * Another matter that holds the same file, or a picture that looks the same; the oldest. Evidence is not refused for it (one
 * sign may answer two findings), but whoever verifies is told.
 */
async function findElsewhere(
  scope: Scope,
  matterId: string,
  fileId: string,
  hash: string | null,
): Promise<string | null> {
  const rows = await listAlike(scope, matterId, fileId, hash);
  const same = rows.find(
    (row) =>
      row.fileId === fileId ||
      (hash !== null && row.pictureHash !== null && hammingBits(row.pictureHash, hash) <= sameBits),
  );
  return same?.matterId ?? null;
}

interface Alike {
  matterId: string;
  fileId: string;
  pictureHash: string | null;
}

/** Evidence of other matters with the same file or with a band in common, oldest first; bits are for the caller to count. */
async function listAlike(scope: Scope, matterId: string, fileId: string, hash: string | null): Promise<Alike[]> {
  const { rows } = await alikeStatement(scope, matterId, fileId, hash).execute(scope.db);
  return rows;
}

export const alikeStatement = (scope: Scope, matterId: string, fileId: string, hash: string | null) =>
  sql<Alike>`
    select matter_id, file_id, picture_hash from (
      select id, matter_id, file_id, picture_hash, added_at from ledger.evidence
        where city_id = ${scope.cityId} and file_id = ${fileId}
      union
      select e.id, e.matter_id, e.file_id, e.picture_hash, e.added_at from ledger.picture_band b
        join ledger.evidence e on e.city_id = b.city_id and e.id = b.evidence_id
        where b.city_id = ${scope.cityId} and b.band = any(${hash === null ? [] : placedBands(hash)}::text[])) found
    where matter_id <> ${matterId} order by added_at, id`;

/** Six parts of the 64 bits: two hashes that differ in at most five bits (`sameBits`) have one of them in common. */
const edges = [0, 11, 22, 33, 44, 54, 64];
export function placedBands(hash: string): string[] {
  const bits = BigInt(`0x${hash}`).toString(2).padStart(64, '0');
  return edges
    .slice(1)
    .map((to, place) => `${place}:${Number.parseInt(bits.slice(edges[place]!, to), 2).toString(36)}`);
}

/**
 * Keeps the bands of pictures as rows: PostgreSQL does not push array operators below row-level security, equality it does.
 */
async function insertBands(
  scope: Scope,
  pictures: readonly { id: string; pictureHash: string | null }[],
): Promise<void> {
  await insertRows(
    scope,
    'ledger.pictureBand',
    pictures.flatMap(({ id, pictureHash }) =>
      pictureHash === null ? [] : placedBands(pictureHash).map((band) => ({ band, evidenceId: id })),
    ),
  );
}

/** Once, for pictures that were brought before bands were rows; a city that has rows has them for all its pictures. */
export async function fillBands(scope: Scope): Promise<void> {
  const { rows: known } = await sql`select 1 from ledger.picture_band where city_id = ${scope.cityId} limit 1`.execute(
    scope.db,
  );
  if (known.length > 0) return;
  const pictures: { id: string; pictureHash: string | null }[] = await tables(scope)
    .selectFrom('ledger.evidence')
    .select(['id', 'pictureHash'])
    .where('cityId', '=', scope.cityId)
    .where('pictureHash', 'is not', null)
    .execute();
  for (let from = 0; from < pictures.length; from += 5000) await insertBands(scope, pictures.slice(from, from + 5000));
}

/** Files by their bytes; a figure and a statement by what was typed. @throws Problem 404, 422 */
export async function addEvidence(
  scope: Scope,
  matter: MatterRecord,
  eventId: string,
  given: readonly EvidenceInput[],
): Promise<void> {
  const rows: Omit<EvidenceTable, 'cityId'>[] = [];
  for (const { kind, fileId, words, amount } of given) {
    const missing = (zh: string, en: string) => invalid('evidence_incomplete', { zh, en }, 'evidence');
    if (isFileKind(kind) && fileId === undefined)
      throw missing(`请上传${evidenceWords[kind].zh}`, `Attach the file: ${evidenceWords[kind].en}`);
    if (kind === 'figure' && amount === undefined) throw missing('请填写数据', 'Give the figure');
    if (kind === 'statement' && (words ?? '').length < 10)
      throw missing('情况说明不少于 10 个字', 'A statement has at least 10 characters');
    const file = fileId === undefined ? null : await claimFile(scope, fileId);
    if (file && isPhoto(kind) && !file.type.startsWith('image/'))
      throw missing(`${file.name} 不是照片`, `${file.name} is not a picture`);
    const hash = file && isPhoto(kind) ? await pictureHashOf(scope, file.id) : null;
    rows.push({
      id: newId(),
      matterId: matter.id,
      eventId,
      kind,
      fileId: file?.id ?? null,
      name: file?.name ?? evidenceWords[kind].zh,
      words: words ?? null,
      amount: amount ?? null,
      pictureHash: hash,
      round: roundOf(matter),
      alsoIn: file ? await findElsewhere(scope, matter.id, file.id, hash) : null,
      addedBy: scope.actor.id,
      addedByName: scope.actor.name,
      addedAt: scope.now,
    });
  }
  await insertRows(
    scope,
    'ledger.evidence',
    rows.map((row) => ({ ...row, addedAt: row.addedAt.toISOString() })),
  );
  await insertBands(scope, rows);
}

/** A matter begins a new round with every return and every reopening: old evidence stays and closes nothing any more. */
export const roundOf = (matter: Pick<MatterRecord, 'returns' | 'reopens'>): number =>
  matter.returns + matter.reopens + 1;

export const listEvidence = (scope: Scope, matterId: string): Promise<EvidenceTable[]> =>
  tables(scope)
    .selectFrom('ledger.evidence')
    .selectAll()
    .where('cityId', '=', scope.cityId)
    .where('matterId', '=', matterId)
    .orderBy('addedAt')
    .orderBy('id')
    .execute();
