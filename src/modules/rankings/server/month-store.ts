import { isDeepStrictEqual } from 'node:util';
import type { Scope } from '#core/server/scope.ts';
import type { MonthRankings } from '../month.ts';
import { jsonb, type MonthTable, signed, tables } from './tables.ts';

/** The newest version of a settled month at the moment `asOf`. */
export const findSettled = (scope: Scope, period: string, asOf: Date = scope.now): Promise<MonthTable | undefined> =>
  tables(scope)
    .selectFrom('rankings.month')
    .selectAll()
    .where('cityId', '=', scope.cityId)
    .where('period', '=', period)
    .where('at', '<=', asOf)
    .orderBy('version', 'desc')
    .executeTakeFirst();

export const listSettled = (scope: Scope): Promise<Pick<MonthTable, 'period' | 'version'>[]> =>
  tables(scope)
    .selectFrom('rankings.month')
    .distinctOn('period')
    .select(['period', 'version'])
    .where('cityId', '=', scope.cityId)
    .orderBy('period', 'desc')
    .orderBy('version', 'desc')
    .execute();

/** Keeps a month as it was published. The same result again makes no new version. Returns the version that stands. */
export async function insertSettled(
  scope: Scope,
  result: MonthRankings,
  reason: string | null,
): Promise<{ version: number; isNew: boolean }> {
  const { period, day } = result;
  const before = await findSettled(scope, period);
  if (before && isDeepStrictEqual(before.result, JSON.parse(JSON.stringify(result))))
    return { version: before.version, isNew: false };
  const version = (before?.version ?? 0) + 1;
  await tables(scope)
    .insertInto('rankings.month')
    .values({ cityId: scope.cityId, period, version, day, result: jsonb(result), reason, ...signed(scope) })
    .execute();
  return { version, isNew: true };
}
