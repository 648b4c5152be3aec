import { sql } from 'kysely';
import type { Scope } from '#core/server/scope.ts';

/**
 * The leader who answers for each unit: the first in rank who holds a post in it today, else in the unit above it, and so on
 * up to the headquarters. A unit with none anywhere is left out.
 */
export async function leadersOf(scope: Scope, unitIds: readonly string[]): Promise<Map<string, string>> {
  const { rows } = await sql<{ unitId: string; personId: string }>`
    with recursive above as (
      select u.id as unit_id, u.id as at_id, u.parent_id, 0 as height from organization.pub_unit u
      where u.city_id = ${scope.cityId} and u.id = any(${[...new Set(unitIds)]}::uuid[])
      union all
      select a.unit_id, u.id, u.parent_id, a.height + 1 from above a
      join organization.pub_unit u on u.city_id = ${scope.cityId} and u.id = a.parent_id where a.height < 12)
    select distinct on (a.unit_id) a.unit_id, p.person_id
    from above a
    join organization.pub_post p on p.city_id = ${scope.cityId} and p.unit_id = a.at_id and p.leader_order is not null
      and p.valid_from <= ${scope.today}::date and (p.valid_to is null or p.valid_to >= ${scope.today}::date)
    order by a.unit_id, a.height, p.leader_order, p.person_id`.execute(scope.db);
  return new Map(rows.map((row) => [row.unitId, row.personId]));
}
