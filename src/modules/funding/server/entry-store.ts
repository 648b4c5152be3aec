import { sql } from 'kysely';
import type { Scope } from '#core/server/scope.ts';
import type { Entry } from '../shapes.ts';
import { counts, type EntryTable, insertRows, tables } from './tables.ts';

export type EntryRow = EntryTable & { correctedById: string | null };

/** Adds entries and brings the sums of their projects and years up to date. The caller has checked them. */
export async function insertEntries(scope: Scope, rows: readonly EntryTable[]): Promise<void> {
  await insertRows(scope, 'entry', rows);
  await rebuildSums(scope, [...new Set(rows.map((row) => row.projectId))]);
}

/**
 * Makes the sums anew from the entries that count. Whole projects at once, because a correction may take money out of
 * one month or year and put it into another.
 */
export async function rebuildSums(scope: Scope, projectIds: readonly string[]): Promise<void> {
  const ids = sql`${[...projectIds]}::uuid[]`;
  for (const name of ['year_source', 'year', 'month'])
    await sql`delete from ${sql.table(`funding.${name}`)} where city_id = ${scope.cityId} and project_id = any(${ids})`.execute(
      scope.db,
    );
  const sum = (kind: string) => sql`sum(e.yuan) filter (where e.kind = ${kind})`;
  // An entry corrected to nought takes back what was said: alone it is as if nothing had been entered.
  const from = sql`funding.entry e where e.city_id = ${scope.cityId} and e.project_id = any(${ids}) and e.yuan > 0 and ${counts('e')}`;
  await sql`insert into funding.year_source (city_id, year, project_id, source, planned_yuan, arrived_yuan, paid_yuan)
    select e.city_id, e.year, e.project_id, e.source, ${sum('plan')}, ${sum('arrived')}, ${sum('paid')}
    from ${from} and e.source is not null group by 1, 2, 3, 4`.execute(scope.db);
  await sql`insert into funding.year (city_id, year, project_id, planned_yuan, arrived_yuan, paid_yuan, to_pay_yuan)
    select e.city_id, e.year, e.project_id, ${sum('plan')}, ${sum('arrived')}, ${sum('paid')}, ${sum('toPay')}
    from ${from} group by 1, 2, 3`.execute(scope.db);
  await sql`insert into funding.month (city_id, period, project_id, arrived_yuan, paid_yuan, to_pay_yuan)
    select e.city_id, e.period, e.project_id, ${sum('arrived')}, ${sum('paid')}, ${sum('toPay')}
    from ${from} and e.period is not null group by 1, 2, 3`.execute(scope.db);
}

const withCorrection = (scope: Scope) =>
  tables(scope)
    .selectFrom('funding.entry as e')
    .leftJoin('funding.entry as later', (join) =>
      join.onRef('later.cityId', '=', 'e.cityId').onRef('later.correctsId', '=', 'e.id'),
    )
    .selectAll('e')
    .select('later.id as correctedById')
    .where('e.cityId', '=', scope.cityId);

export const findEntry = (scope: Scope, id: string): Promise<EntryRow | undefined> =>
  withCorrection(scope).where('e.id', '=', id).executeTakeFirst();

/** Newest first; corrected ones stand right behind what took their place. */
export function listEntries(
  scope: Scope,
  which: { projectId: string; year?: number | undefined; kind?: string | undefined; source?: string | undefined },
): Promise<EntryRow[]> {
  let found = withCorrection(scope).where('e.projectId', '=', which.projectId);
  if (which.year !== undefined) found = found.where('e.year', '=', which.year);
  if (which.kind !== undefined) found = found.where('e.kind', '=', which.kind as EntryRow['kind']);
  if (which.source !== undefined) found = found.where('e.source', '=', which.source);
  return found.orderBy('e.onDay', 'desc').orderBy('e.at', 'desc').orderBy('e.id', 'desc').limit(1000).execute();
}

export const listPaymentsOf = (scope: Scope, contractId: string): Promise<EntryRow[]> =>
  withCorrection(scope)
    .where('e.contractId', '=', contractId)
    .orderBy('e.onDay', 'desc')
    .orderBy('e.id', 'desc')
    .execute();

export const presentEntry = (row: EntryRow): Entry => ({
  id: row.id,
  kind: row.kind,
  year: row.year,
  period: row.period,
  source: row.source,
  bondId: row.bondId,
  contractId: row.contractId,
  yuan: row.yuan,
  onDay: row.onDay,
  document: row.document,
  file: row.fileId === null ? null : { id: row.fileId, name: row.fileName ?? row.fileId },
  correctsId: row.correctsId,
  reason: row.reason,
  correctedById: row.correctedById,
  actorName: row.actorName,
  at: row.at.toISOString(),
});
