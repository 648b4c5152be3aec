import { sql } from 'kysely';
import type { Scope } from '#core/server/scope.ts';
import type { KnownNames } from '#modules/bulletins/server/public.ts';
import { withinReach } from '#modules/projects/server/public.ts';

/**
 * Every name that the city's registers know, with the aliases that people confirmed: units and persons are common reference
 * data, projects those within the caller's reach. What a correction teaches is in it at once.
 */
export async function listKnownNames(scope: Scope, permission: string): Promise<KnownNames> {
  const { rows: units } = await sql<{ id: string; name: string; shortName: string | null }>`
    select id, name, short_name from organization.pub_unit where city_id = ${scope.cityId}
      and (valid_to is null or valid_to >= ${scope.today}::date)`.execute(scope.db);
  const { rows: projects } = await sql<{ id: string; name: string }>`
    select p.id, p.name from projects.pub_project p where p.city_id = ${scope.cityId} and ${withinReach(scope, permission)}`.execute(
    scope.db,
  );
  const { rows: persons } = await sql<{ id: string; name: string; posts: string[] }>`
    select r.id, r.name, coalesce(array_agg(o.title) filter (where o.title is not null), '{}') as posts
    from organization.pub_person r
    left join organization.pub_post o on o.city_id = r.city_id and o.person_id = r.id and (o.valid_to is null or o.valid_to >= ${scope.today}::date)
    where r.city_id = ${scope.cityId} group by r.id, r.name`.execute(scope.db);
  const { rows: aliases } = await sql<{ kind: string; registerId: string; alias: string }>`
    select kind, register_id, alias from readings.alias where city_id = ${scope.cityId} and ended_at is null`.execute(
    scope.db,
  );
  const more = new Map<string, string[]>();
  for (const { kind, registerId, alias } of aliases) {
    const key = `${kind} ${registerId}`;
    more.set(key, [...(more.get(key) ?? []), alias]);
  }
  return {
    units: units.map((u) => ({
      id: u.id,
      names: [...new Set([u.name, ...(u.shortName ? [u.shortName] : []), ...(more.get(`unit ${u.id}`) ?? [])])],
    })),
    projects: projects.map((p) => ({ id: p.id, names: [p.name, ...(more.get(`project ${p.id}`) ?? [])] })),
    persons,
  };
}
