import { sql } from 'kysely';
import { invalid } from '#core/server/errors.ts';
import { claimFile } from '#core/server/files.ts';
import { pictureHashOf } from '#core/server/picture-hash.ts';
import type { Scope } from '#core/server/scope.ts';
import { newId } from '#core/shared/id.ts';
import { bandsOf, hammingBits } from '#core/shared/picture-hash.ts';
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
  const bands = hash === null ? [] : placedBands(hash);
  const { rows } = await sql<{ matterId: string; fileId: string; pictureHash: string | null }>`
    select matter_id, file_id, picture_hash from ledger.evidence
    where city_id = ${scope.cityId} and matter_id <> ${matterId}
      and (file_id = ${fileId} or picture_bands && ${bands}::text[])
    order by added_at`.execute(scope.db);
  const same = rows.find(
    (row) =>
      row.fileId === fileId ||
      (hash !== null && row.pictureHash !== null && hammingBits(row.pictureHash, hash) <= sameBits),
  );
  return same?.matterId ?? null;
}

const placedBands = (hash: string): string[] => bandsOf(hash).map((band, place) => `${place}:${band}`);

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
      pictureBands: hash === null ? null : placedBands(hash),
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
