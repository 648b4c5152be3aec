import { sql } from 'kysely';
import type { Scope } from '#core/server/scope.ts';
import type { Loading, Step } from '../contract.ts';

interface LoadingTable {
  cityId: string;
  state: NonNullable<Loading['state']>;
  step: Step | null;
  problem: string | null;
  changedAt: Date;
}
const tables = (scope: Scope) => scope.db.withTables<{ 'demonstration.loading': LoadingTable }>();

export async function getLoading(scope: Scope): Promise<Loading> {
  const row = await tables(scope)
    .selectFrom('demonstration.loading')
    .select(['state', 'step', 'problem'])
    .where('cityId', '=', scope.cityId)
    .executeTakeFirst();
  const { rows } = await sql`select 1 from projects.pub_project where city_id = ${scope.cityId} limit 1`.execute(
    scope.db,
  );
  const isBusy = row?.state === 'waiting' || row?.state === 'loading';
  return {
    state: row?.state ?? null,
    step: row?.step ?? null,
    problem: row?.problem ?? null,
    isPossible: rows.length === 0 && !isBusy,
  };
}

export async function setLoading(scope: Scope, to: Pick<LoadingTable, 'state' | 'step' | 'problem'>): Promise<void> {
  const row = { ...to, cityId: scope.cityId, changedAt: new Date() };
  await tables(scope)
    .insertInto('demonstration.loading')
    .values(row)
    .onConflict((c) => c.column('cityId').doUpdateSet(row))
    .execute();
}
