import { sql } from 'kysely';
import sharp from 'sharp';
import { readFileBytes } from '#core/server/files.ts';
import type { Scope } from '#core/server/scope.ts';
import { bandsOf, differenceHash, hashHeight, hashWidth, saysSomething } from '../photo.ts';

/** Pictures of filings that were not looked at yet. */
export async function listUnseen(
  scope: Scope,
  projectIds: readonly string[] | 'all',
  limit: number,
): Promise<string[]> {
  const which = projectIds === 'all' ? sql`` : sql`and p.project_id = any(${[...projectIds]}::uuid[])`;
  const { rows } = await sql<{ fileId: string }>`
    select distinct p.file_id from filings.pub_photo p
    where p.city_id = ${scope.cityId} ${which}
      and not exists (select 1 from signals.picture k where k.city_id = p.city_id and k.file_id = p.file_id)
    limit ${limit}`.execute(scope.db);
  return rows.map((row) => row.fileId);
}

/** The hash of a stored picture; null for what is none, or says nothing (one colour). */
async function hashOf(scope: Scope, fileId: string): Promise<string | null> {
  try {
    const grey = await sharp(await readFileBytes(scope, fileId), { limitInputPixels: 80_000_000 })
      .rotate()
      .greyscale()
      .resize(hashWidth, hashHeight, { fit: 'fill' })
      .raw()
      .toBuffer();
    const hash = differenceHash(new Uint8Array(grey));
    return saysSomething(hash) ? hash : null;
  } catch {
    // Not a picture, or a broken one: whoever shows it finds that; here it only cannot be compared.
    return null;
  }
}

export async function seePictures(scope: Scope, fileIds: readonly string[]): Promise<void> {
  for (const fileId of fileIds) {
    const hash = await hashOf(scope, fileId);
    await sql`insert into signals.picture (city_id, file_id, hash, seen_at) values (${scope.cityId}, ${fileId}, ${hash}, ${scope.now})
      on conflict do nothing`.execute(scope.db);
    if (hash === null) continue;
    await sql`insert into signals.picture_band (city_id, band, value, file_id)
      select ${scope.cityId}::uuid, band - 1, value, ${fileId}::text from unnest(${bandsOf(hash)}::text[]) with ordinality as x(value, band)
      on conflict do nothing`.execute(scope.db);
  }
}
