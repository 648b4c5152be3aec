import { sql } from 'kysely';
import type { Scope } from '#core/server/scope.ts';
import type { Day } from '#core/shared/day.ts';
import type { Group } from '../definition.ts';

export interface Candidate {
  id: string;
  name: string;
  kind: string;
  regionKind: string | null;
  isBelowCounty: boolean;
  isValid: boolean;
}

/** Every unit that some group may take in, with what groups ask about it. */
export async function listCandidates(scope: Scope, day: Day, groups: readonly Group[]): Promise<Candidate[]> {
  const kinds = [...new Set(groups.flatMap((group) => group.kinds))];
  const named = [...new Set(groups.flatMap((group) => group.unitIds))];
  const { rows } = await sql<Candidate>`
    select u.id, coalesce(u.short_name, u.name) as name, u.kind, r.kind as region_kind,
      exists (select 1 from organization.pub_unit_closure c
        join organization.pub_unit a on a.city_id = c.city_id and a.id = c.ancestor_id and a.kind = 'county'
        where c.city_id = u.city_id and c.descendant_id = u.id and c.ancestor_id <> u.id
          and c.from_day <= ${day}::date and c.to_day >= ${day}::date) as is_below_county,
      (u.valid_from <= ${day}::date and (u.valid_to is null or u.valid_to >= ${day}::date)) as is_valid
    from organization.pub_unit u
    left join organization.pub_region r on r.city_id = u.city_id and r.code = u.region_code
    where u.city_id = ${scope.cityId} and (u.kind = any(${kinds}::text[]) or u.id = any(${named}::uuid[]))
    order by u.position, u.id`.execute(scope.db);
  return rows;
}

/** Whether a unit belongs to a group: of its kinds or named one by one, and not named out. */
export function isOfGroup(unit: Candidate, group: Group): boolean {
  if (group.exceptIds.includes(unit.id)) return false;
  if (group.unitIds.includes(unit.id)) return true;
  if (!group.kinds.some((kind) => kind === unit.kind)) return false;
  if (group.cityOnly && unit.isBelowCounty) return false;
  if (group.region === null) return true;
  // A county entered without a code of any list is a county like the others.
  const isZone = unit.regionKind !== null && unit.regionKind !== 'gb';
  return group.region === (isZone ? 'zone' : 'gb');
}
