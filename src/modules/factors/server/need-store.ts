import { sql } from 'kysely';
import type { Scope } from '#core/server/scope.ts';
import { newId } from '#core/shared/id.ts';
import type { CategoryCode } from '../categories.ts';
import type { NeedEvent } from '../contract.ts';
import { asJson, type NeedEventTable, type NeedRow, tables } from './tables.ts';

/** In no order: the page sorts by the order of the categories. Does not check reach. */
export const listNeeds = (scope: Scope, projectIds: readonly string[]): Promise<NeedRow[]> =>
  tables(scope)
    .selectFrom('factors.need')
    .selectAll()
    .where('cityId', '=', scope.cityId)
    .where('projectId', 'in', [...projectIds, '00000000-0000-0000-0000-000000000000'])
    .execute();

/** Locks the project's needs to the end of the transaction, so that lamp and figures are worked out from what stands. */
export const lockNeeds = (scope: Scope, projectId: string): Promise<NeedRow[]> =>
  tables(scope)
    .selectFrom('factors.need')
    .selectAll()
    .where('cityId', '=', scope.cityId)
    .where('projectId', '=', projectId)
    .orderBy('category')
    .forUpdate()
    .execute();

/** Adds the need, or false when somebody else has just entered this category. */
export async function insertNeed(scope: Scope, row: NeedRow): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await tables(scope)
    .insertInto('factors.need')
    .values({ ...row, cityId: scope.cityId, clearance: asJson(row.clearance), files: asJson(row.files) })
    .onConflict((c) => c.columns(['cityId', 'projectId', 'category']).doNothing())
    .executeTakeFirst();
  return numInsertedOrUpdatedRows === 1n;
}

export async function setNeedRow(scope: Scope, row: NeedRow): Promise<void> {
  const { id, projectId: _, category: __, promisedOriginal, ...set } = row;
  await tables(scope)
    .updateTable('factors.need')
    .set({
      ...set,
      clearance: asJson(set.clearance),
      files: asJson(set.files),
      // The first promise stays whatever comes after it.
      promisedOriginal: sql`coalesce(promised_original, ${promisedOriginal}::date)`,
    })
    .where('cityId', '=', scope.cityId)
    .where('id', '=', id)
    .execute();
}

export type EventToInsert = Pick<NeedEventTable, 'projectId' | 'category' | 'kind' | 'reason' | 'changes'>;

export async function insertEvents(scope: Scope, events: readonly EventToInsert[]): Promise<void> {
  for (let from = 0; from < events.length; from += 1000)
    await tables(scope)
      .insertInto('factors.needEvent')
      .values(
        events.slice(from, from + 1000).map((event) => ({
          ...event,
          cityId: scope.cityId,
          id: newId(),
          at: scope.now,
          actorId: scope.actor.id,
          actorName: scope.actor.name,
          changes: asJson(event.changes),
        })),
      )
      .execute();
}

export async function listEvents(scope: Scope, projectId: string): Promise<NeedEvent[]> {
  const rows = await tables(scope)
    .selectFrom('factors.needEvent')
    .select(['id', 'category', 'at', 'kind', 'actorName', 'reason', 'changes'])
    .where('cityId', '=', scope.cityId)
    .where('projectId', '=', projectId)
    .orderBy('at', 'desc')
    .orderBy('id', 'desc')
    .limit(300)
    .execute();
  return rows.map((row) => ({ ...row, at: row.at.toISOString() }));
}

const entered = [
  'demand',
  'supplied',
  'allotted',
  'clearance',
  'unitId',
  'personName',
  'promisedOn',
  'evidence',
  'files',
  'note',
] as const satisfies readonly (keyof NeedRow)[];

/** What differs between two rows, in the words of the history. */
export const changesOf = (before: NeedRow | null, after: NeedRow): NeedEvent['changes'] =>
  entered
    .filter((field) => JSON.stringify(before?.[field] ?? null) !== JSON.stringify(after[field] ?? null))
    .filter((field) => before !== null || (after[field] !== null && JSON.stringify(after[field]) !== '[]'))
    .map((field) => ({ field, before: before?.[field] ?? null, after: after[field] }));

/** The project has a need of that category with this file. */
export async function hasFile(scope: Scope, projectId: string, fileId: string): Promise<boolean> {
  const { rows } = await sql`select 1 from factors.need where city_id = ${scope.cityId} and project_id = ${projectId}
    and files @> ${JSON.stringify([{ fileId }])}::jsonb`.execute(scope.db);
  return rows.length > 0;
}

export const needOf = (needs: readonly NeedRow[], category: CategoryCode): NeedRow | undefined =>
  needs.find((need) => need.category === category);
