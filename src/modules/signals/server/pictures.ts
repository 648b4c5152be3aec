import { sql } from 'kysely';
import { pictureHashOf } from '#core/server/picture-hash.ts';
import type { Scope } from '#core/server/scope.ts';
import { bandsOf } from '#core/shared/picture-hash.ts';

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

export async function seePictures(scope: Scope, fileIds: readonly string[]): Promise<void> {
  for (const fileId of fileIds) {
    const hash = await pictureHashOf(scope, fileId);
    await sql`insert into signals.picture (city_id, file_id, hash, seen_at) values (${scope.cityId}, ${fileId}, ${hash}, ${scope.now})
      on conflict do nothing`.execute(scope.db);
    if (hash === null) continue;
    await sql`insert into signals.picture_band (city_id, band, value, file_id)
      select ${scope.cityId}::uuid, band - 1, value, ${fileId}::text from unnest(${bandsOf(hash)}::text[]) with ordinality as x(value, band)
      on conflict do nothing`.execute(scope.db);
  }
}
