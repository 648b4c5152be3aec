import { sql } from 'kysely';
import { conflict } from '#core/server/errors.ts';
import type { Scope } from '#core/server/scope.ts';
import type { Day } from '#core/shared/day.ts';
import { Circle, everBelow, firstDay, type Lineage, type Link, lastDay, lineagesOf } from '../parentage.ts';

interface UnitClosureTable extends Lineage {
  cityId: string;
}

const tables = (scope: Scope) => scope.db.withTables<{ 'organization.unitClosure': UnitClosureTable }>();

/** A new unit stands below its parent's ancestors on the days on which the parent does. */
export async function insertLineages(scope: Scope, unitId: string, parentId: string | null): Promise<void> {
  await sql`insert into organization.unit_closure (city_id, ancestor_id, descendant_id, from_day, to_day)
    select city_id, ancestor_id, ${unitId}::uuid, from_day, to_day from organization.unit_closure
    where city_id = ${scope.cityId} and descendant_id = ${parentId}::uuid
    union all select ${scope.cityId}::uuid, ${unitId}::uuid, ${unitId}::uuid, ${firstDay}::date, ${lastDay}::date`.execute(
    scope.db,
  );
}

/**
 * After a move or a merger: works out the lineages of all that ever stood below the unit anew. Throws 409 `circle`
 * when a unit would stand below itself on some day. The caller holds the lock of the tree.
 */
export async function renewLineages(scope: Scope, unitId: string): Promise<void> {
  const links = await listLinks(scope);
  const touched = [...everBelow(links, unitId)];
  let lineages: Lineage[];
  try {
    lineages = lineagesOf(links, touched);
  } catch (error) {
    if (!(error instanceof Circle)) throw error;
    throw conflict('circle', {
      zh: `这样调整后，单位会在 ${error.day} 隶属于自己的下级，请另选上级或日期`,
      en: `The unit would stand below itself on ${error.day}: choose another parent or day`,
    });
  }
  await tables(scope)
    .deleteFrom('organization.unitClosure')
    .where('cityId', '=', scope.cityId)
    .where('descendantId', 'in', touched)
    .execute();
  for (let i = 0; i < lineages.length; i += 1000)
    await tables(scope)
      .insertInto('organization.unitClosure')
      .values(lineages.slice(i, i + 1000).map((lineage) => ({ cityId: scope.cityId, ...lineage })))
      .execute();
}

/** Of two versions from one day the later corrects the earlier. A merged unit stands below its successor from the day after. */
async function listLinks(scope: Scope): Promise<Link[]> {
  const { rows } = await sql<Link>`
    (select distinct on (unit_id, effective_from) unit_id, parent_id, effective_from as "from"
      from organization.unit_version where city_id = ${scope.cityId} order by unit_id, effective_from, version desc)
    union all
    select id, successor_id, valid_to + 1 from organization.unit where city_id = ${scope.cityId} and successor_id is not null`.execute(
    scope.db,
  );
  return rows;
}

/** The units and all below them on that day, retired ones included; merged predecessors count as below their successor. */
export async function listSubtreeIds(scope: Scope, unitIds: readonly string[], day: Day): Promise<string[]> {
  if (unitIds.length === 0) return [];
  const rows = await tables(scope)
    .selectFrom('organization.unitClosure')
    .select('descendantId')
    .distinct()
    .where('cityId', '=', scope.cityId)
    .where('ancestorId', 'in', [...unitIds])
    .where('fromDay', '<=', day)
    .where('toDay', '>=', day)
    .execute();
  return rows.map((row) => row.descendantId);
}

/** Ancestors on that day without the unit itself, in no order. */
export async function listAncestorIds(scope: Scope, unitId: string, day: Day): Promise<string[]> {
  const rows = await tables(scope)
    .selectFrom('organization.unitClosure')
    .select('ancestorId')
    .where('cityId', '=', scope.cityId)
    .where('descendantId', '=', unitId)
    .where('ancestorId', '<>', unitId)
    .where('fromDay', '<=', day)
    .where('toDay', '>=', day)
    .execute();
  return rows.map((row) => row.ancestorId);
}

/** How many units at work stand below this one on that day, itself not counted. */
export async function countBelow(scope: Scope, unitId: string, day: Day): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*) as count from organization.unit_closure c
    join organization.unit u on u.city_id = c.city_id and u.id = c.descendant_id
    where c.city_id = ${scope.cityId} and c.ancestor_id = ${unitId} and c.descendant_id <> c.ancestor_id
      and ${day}::date between c.from_day and c.to_day
      and u.valid_from <= ${day}::date and (u.valid_to is null or u.valid_to >= ${day}::date)`.execute(scope.db);
  return rows[0]!.count;
}
