import type { Scope } from '#core/server/scope.ts';
import { addDays, type Day } from '#core/shared/day.ts';
import type { ExternalRank } from '../month.ts';
import { type ExternalVersion, signed, tables } from './tables.ts';

/** The newest version of each place given by others, newest first; withdrawn ones too. */
export async function listExternals(scope: Scope, asOf: Date = scope.now): Promise<ExternalVersion[]> {
  const rows = await tables(scope)
    .selectFrom('rankings.externalVersion')
    .distinctOn('id')
    .selectAll()
    .where('cityId', '=', scope.cityId)
    .where('at', '<=', asOf)
    .orderBy('id')
    .orderBy('version', 'desc')
    .execute();
  return rows.sort((a, b) =>
    a.publishedOn < b.publishedOn ? 1 : a.publishedOn > b.publishedOn ? -1 : a.id < b.id ? 1 : -1,
  );
}

/** Every entry ever made, newest version first. */
export const listExternalVersions = (scope: Scope): Promise<ExternalVersion[]> =>
  tables(scope)
    .selectFrom('rankings.externalVersion')
    .selectAll()
    .where('cityId', '=', scope.cityId)
    .orderBy('version', 'desc')
    .execute();

/** False when somebody else has just made that version. */
export async function insertExternal(
  scope: Scope,
  row: Omit<ExternalVersion, 'cityId' | 'actorId' | 'actorName' | 'at'>,
): Promise<boolean> {
  const made = await tables(scope)
    .insertInto('rankings.externalVersion')
    .values({ cityId: scope.cityId, ...row, ...signed(scope) })
    .onConflict((c) => c.columns(['cityId', 'id', 'version']).doNothing())
    .returning('version')
    .executeTakeFirst();
  return made !== undefined;
}

/**
 * Those that stand beside a ranking on a day: of each publisher, scope and subject the newest that was published by then
 * and within a year, as it was entered at the moment `asOf`.
 */
export async function externalsOn(
  scope: Scope,
  day: Day,
  asOf: Date = scope.now,
): Promise<Map<string, ExternalRank[]>> {
  const byRanking = new Map<string, ExternalRank[]>();
  const seen = new Set<string>();
  for (const row of await listExternals(scope, asOf)) {
    const key = [row.ranking, row.subject, row.scope, row.publisher].join('\n');
    if (row.isWithdrawn || row.publishedOn > day || row.publishedOn <= addDays(day, -365) || seen.has(key)) continue;
    seen.add(key);
    const { subject, rank, ofCount, scope: among, publisher, publishedOn, value, demo } = row;
    const list = byRanking.get(row.ranking) ?? [];
    list.push({ subject, rank, of: ofCount, scope: among, publisher, publishedOn, value, demo });
    byRanking.set(row.ranking, list);
  }
  return byRanking;
}
