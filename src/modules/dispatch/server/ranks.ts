import { sql } from 'kysely';
import type { Scope } from '#core/server/scope.ts';
import { type Day, yearOf } from '#core/shared/day.ts';
import { withinReach } from '#modules/projects/server/public.ts';
import { emptySums, ranked } from '../grouping.ts';
import { countedAt, endOf } from './facts-store.ts';

const columns = { county: sql`p.county_unit_id::text`, command: sql`p.command_unit_id::text`, board: sql`p.board` };

/**
 * Ranks by completion rate as of a day, without lights: one SQL, where a whole past summary works every project out.
 * Groups without a plan or with a single project have no rank and are left out.
 */
export async function ranksOf(
  scope: Scope,
  grouping: keyof typeof columns,
  day: Day,
  permission: string,
): Promise<Map<string, number>> {
  const isPast = day < scope.today;
  const accepted = isPast ? sql`filings.pub_accepted_version` : sql`filings.pub_accepted`;
  const known = isPast ? countedAt(endOf(day)) : sql``;
  const { rows } = await sql<{ key: string | null; projects: number; planYuan: number; doneYuan: number }>`
    with top as (
      select p.id, ${columns[grouping]} as key from projects.pub_project p
      where p.city_id = ${scope.cityId} and p.parent_id is null and p.stage not in ('terminated', 'withdrawn') and ${withinReach(scope, permission)}),
    family as (
      select id as project_id, id as root_id, false as is_item from top
      union all select p.id, p.parent_id, true from projects.pub_project p join top on p.city_id = ${scope.cityId} and p.parent_id = top.id),
    newest as (
      select distinct on (f.root_id, a.project_id) f.root_id, f.is_item, a.cumulative_yuan
      from family f join ${accepted} a on a.city_id = ${scope.cityId} and a.project_id = f.project_id
        and a.period between ${`${yearOf(day)}-01`} and ${day.slice(0, 7)} ${known}
      order by f.root_id, a.project_id, a.period desc),
    done as (
      select root_id, coalesce(sum(cumulative_yuan) filter (where not is_item), sum(cumulative_yuan)) as done_yuan from newest group by root_id),
    planned as (
      select f.root_id, coalesce(sum(pl.plan_yuan) filter (where not f.is_item), sum(pl.plan_yuan)) as plan_yuan
      from family f join projects.pub_plan pl on pl.city_id = ${scope.cityId} and pl.project_id = f.project_id and pl.year = ${yearOf(day)}
      group by f.root_id)
    select top.key, count(*) as projects, coalesce(sum(planned.plan_yuan), 0)::bigint as plan_yuan,
      coalesce(sum(done.done_yuan) filter (where planned.plan_yuan > 0), 0)::bigint as done_yuan
    from top left join done on done.root_id = top.id left join planned on planned.root_id = top.id
    group by top.key`.execute(scope.db);
  const groups = ranked(
    rows.map((row) => ({ ...emptySums(row.key), ...row })),
    () => null,
    { n: 0n, d: 1n },
  );
  return new Map(groups.flatMap(({ key, rank }) => (key !== null && rank !== null ? [[key, rank] as const] : [])));
}
