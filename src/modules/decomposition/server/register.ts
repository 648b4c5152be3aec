import { sql } from 'kysely';
import type { Scope } from '#core/server/scope.ts';
import { unitsByName } from '#modules/organization/server/public.ts';
import { matchUnit } from '../unit-match.ts';

export interface Register {
  unitOf(text: string | null): string | null;
  leaderOf(text: string | null): string | null;
}

/** Units and leaders by the words of a document, read once for any number of rows. Who is not certain stays null. */
export async function readRegister(scope: Scope): Promise<Register> {
  const names = await unitsByName(scope);
  const isValid = (unit: { validFrom: string; validTo: string | null }) =>
    unit.validFrom <= scope.today && (unit.validTo === null || unit.validTo >= scope.today);
  const register = { find: (text: string) => names.find(text).filter(isValid), all: names.all.filter(isValid) };
  const known = new Map<string, string | null>();
  const { rows: leaders } = await sql<{ id: string; name: string }>`
    select distinct p.id, p.name from organization.pub_person p
    join organization.pub_post o on o.city_id = p.city_id and o.person_id = p.id
      and o.valid_from <= ${scope.today}::date and (o.valid_to is null or o.valid_to >= ${scope.today}::date)
    where p.city_id = ${scope.cityId} and o.leader_order is not null`.execute(scope.db);
  const people = new Map<string, Set<string>>();
  for (const { id, name } of leaders) people.set(name, (people.get(name) ?? new Set()).add(id));
  return {
    unitOf(text) {
      if (text === null) return null;
      const found = known.get(text);
      if (found !== undefined) return found;
      const { unitId } = matchUnit(text, register);
      known.set(text, unitId);
      return unitId;
    },
    leaderOf(text) {
      // 陈示例（常务副市长）, 陈示例副市长
      const name = text?.replace(/[（(].*$/, '').replace(/\s/g, '');
      const ids = name ? (people.get(name) ?? [...people].find(([n]) => name.startsWith(n))?.[1]) : undefined;
      return ids?.size === 1 ? [...ids][0]! : null;
    },
  };
}

/** Units whose matters would have no lead leader: none registered in them or above. */
export async function unitsWithoutLeader(scope: Scope, unitIds: readonly string[]): Promise<Set<string>> {
  const { rows } = await sql<{ unitId: string }>`
    with recursive above as (
      select u.id as unit_id, u.id as at_id, u.parent_id, 0 as height from organization.pub_unit u
      where u.city_id = ${scope.cityId} and u.id = any(${[...new Set(unitIds)]}::uuid[])
      union all
      select a.unit_id, u.id, u.parent_id, a.height + 1 from above a
      join organization.pub_unit u on u.city_id = ${scope.cityId} and u.id = a.parent_id where a.height < 12)
    select a.unit_id from above a
    left join organization.pub_post p on p.city_id = ${scope.cityId} and p.unit_id = a.at_id and p.leader_order is not null
      and p.valid_from <= ${scope.today}::date and (p.valid_to is null or p.valid_to >= ${scope.today}::date)
    group by a.unit_id having count(p.person_id) = 0`.execute(scope.db);
  return new Set(rows.map((row) => row.unitId));
}
