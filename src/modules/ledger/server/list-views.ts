import { notFound } from '#core/server/errors.ts';
import type { Scope } from '#core/server/scope.ts';
import { newId } from '#core/shared/id.ts';
import type { SavedView, ViewQuery } from '../list-contract.ts';
import { jsonb } from './tables.ts';

interface SavedViewTable {
  cityId: string;
  id: string;
  accountId: string;
  name: string;
  query: ViewQuery;
  at: Date;
}

const tables = (scope: Scope) => scope.db.withTables<{ 'ledger.savedView': SavedViewTable }>();

/** A person's own views, oldest first. What they show is asked anew with the rights of the day. */
export const listViews = (scope: Scope): Promise<SavedView[]> =>
  tables(scope)
    .selectFrom('ledger.savedView')
    .select(['id', 'name', 'query'])
    .where('cityId', '=', scope.cityId)
    .where('accountId', '=', scope.actor.id)
    .orderBy('at')
    .execute();

/** A name that is there already is the same view with another query. */
export async function saveView(
  scope: Scope,
  { name, query }: { name: string; query: ViewQuery },
): Promise<{ id: string }> {
  return await tables(scope)
    .insertInto('ledger.savedView')
    .values({ cityId: scope.cityId, id: newId(), accountId: scope.actor.id, name, query: jsonb(query), at: scope.now })
    .onConflict((oc) => oc.columns(['cityId', 'accountId', 'name']).doUpdateSet({ query: jsonb(query) }))
    .returning('id')
    .executeTakeFirstOrThrow();
}

/** @throws Problem 404 when it is not the caller's */
export async function removeView(scope: Scope, { id }: { id: string }): Promise<Record<never, never>> {
  const gone = await tables(scope)
    .deleteFrom('ledger.savedView')
    .where('cityId', '=', scope.cityId)
    .where('id', '=', id)
    .where('accountId', '=', scope.actor.id)
    .returning('id')
    .executeTakeFirst();
  if (!gone) throw notFound({ zh: '视图', en: 'view' });
  return {};
}
