import type { Selectable } from 'kysely';
import type { Scope } from '#core/server/scope.ts';
import { publishedYears } from '../published-years.ts';
import type { CalendarYear, MarkedDay } from '../work-calendar.ts';

interface YearVersionTable {
  cityId: string;
  year: number;
  version: number;
  notice: string;
  noticeDate: string | null;
  days: MarkedDay[];
  changed: { day: string; from: string; to: string } | null;
  reason: string;
  actorId: string;
  actorName: string;
  at: Date;
}
export type YearVersionRow = Selectable<YearVersionTable>;
export interface StoredYear extends CalendarYear {
  /** 0: as shipped. */
  version: number;
}

const tables = (scope: Scope) => scope.db.withTables<{ 'calendar.yearVersion': YearVersionTable }>();

/** The years that count now: the city's newest versions, and the shipped years it never changed; earliest first. */
export async function listYears(scope: Scope): Promise<StoredYear[]> {
  const rows = await tables(scope)
    .selectFrom('calendar.yearVersion')
    .distinctOn('year')
    .select(['year', 'version', 'notice', 'noticeDate', 'days'])
    .where('cityId', '=', scope.cityId)
    .orderBy('year')
    .orderBy('version', 'desc')
    .execute();
  const years = new Map<number, StoredYear>(publishedYears.map((y) => [y.year, { ...y, version: 0 }]));
  for (const row of rows) years.set(row.year, row);
  return [...years.values()].sort((a, b) => a.year - b.year);
}

export const findYear = async (scope: Scope, year: number): Promise<StoredYear | undefined> =>
  (await listYears(scope)).find((y) => y.year === year);

/** Newest first. */
export const listVersions = (scope: Scope, year: number): Promise<YearVersionRow[]> =>
  tables(scope)
    .selectFrom('calendar.yearVersion')
    .selectAll()
    .where('cityId', '=', scope.cityId)
    .where('year', '=', year)
    .orderBy('version', 'desc')
    .execute();

/** Adds a version. Two editors at once: the second meets the primary key and gets a conflict, nothing is lost. */
export async function insertVersion(
  scope: Scope,
  row: Pick<YearVersionRow, 'year' | 'version' | 'notice' | 'noticeDate' | 'days' | 'changed' | 'reason'>,
): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await tables(scope)
    .insertInto('calendar.yearVersion')
    .values({
      ...row,
      cityId: scope.cityId,
      // pg would send an array as a PostgreSQL array, not as jsonb.
      days: JSON.stringify(row.days) as unknown as MarkedDay[],
      actorId: scope.actor.id,
      actorName: scope.actor.name,
      at: scope.now,
    })
    .onConflict((c) => c.columns(['cityId', 'year', 'version']).doNothing())
    .executeTakeFirst();
  return numInsertedOrUpdatedRows === 1n;
}
