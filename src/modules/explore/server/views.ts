import { type RawBuilder, type SqlBool, sql } from 'kysely';
import { audited } from '#core/server/audit.ts';
import { conflict, notFound } from '#core/server/errors.ts';
import type { Scope } from '#core/server/scope.ts';
import { newId } from '#core/shared/id.ts';
import type { ChartKind, Pivot, View } from '../shapes.ts';

interface ViewTable {
  cityId: string;
  id: string;
  accountId: string;
  ownerName: string;
  unitIds: string[];
  isCityWide: boolean;
  name: string;
  pivot: Pivot;
  chart: ChartKind;
  isShared: boolean;
  demo: boolean;
  changedAt: Date;
}

const tables = (scope: Scope) => scope.db.withTables<{ 'explore.view': ViewTable }>();
const jsonb = <T>(value: T): RawBuilder<T> => sql<T>`${JSON.stringify(value)}::jsonb`;
const words = { zh: '分析', en: 'view' };

/**
 * One's own, and shared ones of somebody who looks at the whole city, of colleagues, and of units within one's reach: its
 * name and its filters are what somebody wrote, and another county's are not for this one.
 */
function isOpenTo(scope: Scope): RawBuilder<SqlBool> {
  const reach = scope.reach('explore.read');
  if (reach.all) return sql<SqlBool>`(account_id = ${scope.actor.id} or is_shared)`;
  const near = [...new Set([...reach.unitIds, ...scope.actor.unitIds])];
  return sql<SqlBool>`(account_id = ${scope.actor.id} or (is_shared and (is_city_wide or unit_ids && ${near}::uuid[])))`;
}

const present = (scope: Scope, row: ViewTable): View => ({
  id: row.id,
  name: row.name,
  pivot: row.pivot,
  chart: row.chart,
  isShared: row.isShared,
  isMine: row.accountId === scope.actor.id,
  ownerName: row.ownerName,
  demo: row.demo,
});

export async function listViews(scope: Scope): Promise<View[]> {
  const rows = await tables(scope)
    .selectFrom('explore.view')
    .selectAll()
    .where('cityId', '=', scope.cityId)
    .where(isOpenTo(scope))
    .orderBy(sql`account_id = ${scope.actor.id} desc`)
    .orderBy('name')
    .limit(200)
    .execute();
  return rows.map((row) => present(scope, row));
}

/** @throws Problem 404 when it is not there or not shared with the caller. */
export async function getView(scope: Scope, id: string): Promise<View> {
  const row = await tables(scope)
    .selectFrom('explore.view')
    .selectAll()
    .where('cityId', '=', scope.cityId)
    .where('id', '=', id)
    .where(isOpenTo(scope))
    .executeTakeFirst();
  if (!row) throw notFound(words);
  return present(scope, row);
}

/** @throws Problem 404 when it is somebody else's, 409 when the name is taken. */
export async function saveView(
  scope: Scope,
  {
    id,
    name,
    pivot,
    chart,
    isShared,
  }: { id?: string | undefined } & Pick<View, 'name' | 'pivot' | 'chart' | 'isShared'>,
): Promise<{ id: string }> {
  const namesake = await tables(scope)
    .selectFrom('explore.view')
    .select('id')
    .where('cityId', '=', scope.cityId)
    .where('accountId', '=', scope.actor.id)
    .where('name', '=', name)
    .executeTakeFirst();
  if (namesake && namesake.id !== id)
    throw conflict('name_taken', {
      zh: `您已有名为“${name}”的分析，请换一个名称，或打开它再保存`,
      en: `You have a view “${name}” already: choose another name, or open that one and save it`,
    });
  const reach = scope.reach('explore.read');
  const set = {
    name,
    pivot: jsonb(pivot),
    chart,
    isShared,
    ownerName: scope.actor.name,
    unitIds: [...scope.actor.unitIds],
    isCityWide: reach.all,
    changedAt: scope.now,
  };
  if (id === undefined) {
    const made = newId();
    await tables(scope)
      .insertInto('explore.view')
      .values({ ...set, cityId: scope.cityId, id: made, accountId: scope.actor.id, demo: false })
      .execute();
    audited(scope, { subject: 'explore.view', id: made, after: { name, isShared } });
    return { id: made };
  }
  const done = await tables(scope)
    .updateTable('explore.view')
    .set(set)
    .where('cityId', '=', scope.cityId)
    .where('id', '=', id)
    .where('accountId', '=', scope.actor.id)
    .returning('id')
    .executeTakeFirst();
  if (!done) throw notFound(words);
  audited(scope, { subject: 'explore.view', id, after: { name, isShared } });
  return done;
}

/** @throws Problem 404 when it is somebody else's. */
export async function removeView(scope: Scope, id: string): Promise<Record<never, never>> {
  const gone = await tables(scope)
    .deleteFrom('explore.view')
    .where('cityId', '=', scope.cityId)
    .where('id', '=', id)
    .where('accountId', '=', scope.actor.id)
    .returning('id')
    .executeTakeFirst();
  if (!gone) throw notFound(words);
  audited(scope, { subject: 'explore.view', id });
  return {};
}

/** For loading: views that belong to the office and are shared with everybody. */
export async function insertViews(
  scope: Scope,
  views: readonly { name: string; pivot: Pivot; chart: ChartKind; ownerName: string; demo: boolean }[],
): Promise<void> {
  for (const { pivot, ...view } of views)
    await tables(scope)
      .insertInto('explore.view')
      .values({
        ...view,
        pivot: jsonb(pivot),
        cityId: scope.cityId,
        id: newId(),
        accountId: 'loaded',
        unitIds: [],
        isCityWide: true,
        isShared: true,
        changedAt: scope.now,
      })
      .onConflict((oc) => oc.columns(['cityId', 'accountId', 'name']).doNothing())
      .execute();
}
