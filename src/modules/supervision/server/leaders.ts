import { sql } from 'kysely';
import { invalid } from '#core/server/errors.ts';
import type { Scope } from '#core/server/scope.ts';
import { holdersOf } from '#modules/identity/server/public.ts';

export interface Leader {
  id: string;
  name: string;
  title: string;
}

/**
 * Who may approve blame (政府督查工作条例 art. 21): people with a rank (leader_order) today in the headquarters, and in the
 * counties and command posts within the caller's reach, whether they sign in or not, and those whose role is that of a
 * leader. The highest first.
 */
export async function listLeaders(scope: Scope): Promise<Leader[]> {
  const holders = await (await holdersOf(scope, 'supervision.lead'))({ unitId: null, projectId: '' });
  const reach = scope.reach('supervision.read');
  const within = reach.all ? sql`true` : sql`u.id = any(${[...reach.unitIds]}::uuid[])`;
  const { rows } = await sql<Leader>`
    select id, name, title from (
      select distinct on (p.id) p.id, p.name, t.title, u.parent_id is not null as is_below, t.leader_order
      from organization.pub_post t
      join organization.pub_person p on p.city_id = t.city_id and p.id = t.person_id
      join organization.pub_unit u on u.city_id = t.city_id and u.id = t.unit_id
      where t.city_id = ${scope.cityId}
        and (t.leader_order is not null and (u.kind = 'headquarters' or u.kind in ('commandPost', 'county') and ${within})
          or p.id = any(${holders.map((h) => h.personId)}::uuid[]))
        and t.valid_from <= ${scope.today}::date and (t.valid_to is null or t.valid_to >= ${scope.today}::date)
      order by p.id, u.parent_id is not null, t.leader_order) leader
    order by is_below, leader_order, name`.execute(scope.db);
  return rows;
}

/** @throws Problem 422 when the person is no leader today */
export async function getLeader(scope: Scope, id: string | null, field = 'leaderId'): Promise<Leader> {
  const found = (await listLeaders(scope)).find((leader) => leader.id === id);
  if (!found)
    throw invalid(
      'not_a_leader',
      {
        zh: '须由总指挥部、协调指挥部或县区的领导批准',
        en: 'A leader of the headquarters, a command post or a county must approve',
      },
      field,
    );
  return found;
}
