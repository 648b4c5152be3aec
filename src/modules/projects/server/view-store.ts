import { sql } from 'kysely';
import type { Scope } from '#core/server/scope.ts';
import { newId } from '#core/shared/id.ts';
import { shippedChoices } from '../choices.ts';
import { type Choices, choiceKinds, type ListQuery } from '../list-shapes.ts';
import { tables, type ViewTable } from './tables.ts';

/** The caller's own views and those shared by colleagues of one of the caller's units, oldest first. */
export const listViews = (scope: Scope): Promise<ViewTable[]> =>
  tables(scope)
    .selectFrom('projects.savedView')
    .selectAll()
    .where('cityId', '=', scope.cityId)
    .where((e) =>
      e.or([
        e('accountId', '=', scope.actor.id),
        sql<boolean>`(shared and unit_ids && ${[...scope.actor.unitIds]}::uuid[])`,
      ]),
    )
    .orderBy('createdAt')
    .execute();

/** Only the owner changes a view; undefined when it is not the caller's. */
export async function saveView(
  scope: Scope,
  view: { id?: string | undefined; name: string; definition: ListQuery; shared: boolean },
): Promise<string | undefined> {
  const set = {
    name: view.name,
    definition: JSON.stringify(view.definition) as unknown as ListQuery,
    shared: view.shared,
    unitIds: [...scope.actor.unitIds],
  };
  if (view.id !== undefined) {
    const done = await tables(scope)
      .updateTable('projects.savedView')
      .set(set)
      .where('cityId', '=', scope.cityId)
      .where('id', '=', view.id)
      .where('accountId', '=', scope.actor.id)
      .returning('id')
      .executeTakeFirst();
    return done?.id;
  }
  const id = newId();
  await tables(scope)
    .insertInto('projects.savedView')
    .values({ ...set, cityId: scope.cityId, id, accountId: scope.actor.id, createdAt: scope.now })
    .execute();
  return id;
}

export async function removeView(scope: Scope, id: string): Promise<boolean> {
  const done = await tables(scope)
    .deleteFrom('projects.savedView')
    .where('cityId', '=', scope.cityId)
    .where('id', '=', id)
    .where('accountId', '=', scope.actor.id)
    .returning('id')
    .executeTakeFirst();
  return done !== undefined;
}

/** The city's own lists; a list without rows is the shipped one. */
export async function listChoices(scope: Scope): Promise<Choices> {
  const rows = await tables(scope)
    .selectFrom('projects.choice')
    .select(['kind', 'label', 'mark'])
    .where('cityId', '=', scope.cityId)
    .orderBy('position')
    .execute();
  return Object.fromEntries(
    choiceKinds.map((kind) => {
      const own = rows.filter((row) => row.kind === kind).map(({ label, mark }) => ({ label, mark }));
      return [kind, own.length > 0 ? own : shippedChoices[kind]];
    }),
  ) as Choices;
}

export async function setChoices(scope: Scope, kind: keyof Choices, choices: Choices[keyof Choices]): Promise<void> {
  await tables(scope)
    .deleteFrom('projects.choice')
    .where('cityId', '=', scope.cityId)
    .where('kind', '=', kind)
    .execute();
  const unique = choices.filter((choice, i) => choices.findIndex((c) => c.label === choice.label) === i);
  if (unique.length === 0) return;
  await tables(scope)
    .insertInto('projects.choice')
    .values(unique.map((choice, position) => ({ ...choice, cityId: scope.cityId, kind, position })))
    .execute();
}
