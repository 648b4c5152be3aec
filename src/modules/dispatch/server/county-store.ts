import { type RawBuilder, sql } from 'kysely';
import type { Scope } from '#core/server/scope.ts';
import { type Day, monthOf, yearOf } from '#core/shared/day.ts';
import { newId } from '#core/shared/id.ts';
import { type Ratio, rank } from '#core/shared/rate.ts';
import { lastFullMonth } from '../check.ts';
import { completionRate } from '../completion.ts';
import type { CountyFacts } from '../county-check.ts';
import { leastRanked } from '../grouping.ts';
import type { MonthTask } from '../project-facts.ts';
import { countedAt, endOf } from './facts-store.ts';

export interface GrowthRow {
  countyUnitId: string;
  year: number;
  /** Percent as decimal text. */
  percent: string;
  source: string;
  actorName: string;
  at: Date;
}

/** The planned growth of each county that counted at a moment: the newest row of county and year. */
export async function listPlannedGrowth(scope: Scope, year: number, until?: RawBuilder<Date>): Promise<GrowthRow[]> {
  const { rows } = await sql<GrowthRow>`
    select distinct on (county_unit_id) county_unit_id, year, percent, source, actor_name, at from dispatch.planned_growth
    where city_id = ${scope.cityId} and year = ${year} ${until ? sql`and at <= ${until}` : sql``}
    order by county_unit_id, at desc, id desc`.execute(scope.db);
  return rows;
}

export async function insertPlannedGrowth(
  scope: Scope,
  row: Pick<GrowthRow, 'countyUnitId' | 'year' | 'percent' | 'source'>,
): Promise<void> {
  await sql`insert into dispatch.planned_growth (city_id, id, county_unit_id, year, percent, source, actor_id, actor_name, at)
    values (${scope.cityId}, ${newId()}, ${row.countyUnitId}, ${row.year}, ${row.percent}, ${row.source}, ${scope.actor.id},
      ${scope.actor.name}, ${scope.now})`.execute(scope.db);
}

interface Row {
  county: string | null;
  projects: number;
  planYuan: number;
  doneYuan: number;
  throughYuan: number | null;
  lastYearYuan: number | null;
  plannedThroughYuan: number;
  plannedBeforeYuan: number;
  tasks: Record<string, { plan: number; done: number }> | null;
}

const pad = (month: number): string => String(month).padStart(2, '0');

/**
 * What rules for counties look at, by county unit, over the whole city whoever asks: a county's growth is compared with the
 * city's. Accepted filings only, a package by its own or its items'. A past day is answered with what was known at its end.
 */
export async function listCountyFacts(scope: Scope, day: Day): Promise<Map<string, CountyFacts>> {
  const [year, running, last] = [yearOf(day), monthOf(day), lastFullMonth(day)];
  const isPast = day < scope.today;
  const accepted = isPast ? sql`filings.pub_accepted_version` : sql`filings.pub_accepted`;
  const moment = endOf(day);
  const known = isPast ? countedAt(moment) : sql``;
  const span = (ofYear: number, month: number) =>
    sql`period between ${`${ofYear}-01`} and ${`${ofYear}-${pad(month)}`}`;
  const upTo = (ofYear: number, month: number) =>
    sql`(array_agg(a.cumulative_yuan order by a.period desc) filter (where a.${span(ofYear, month)}))[1]`;
  const own = (column: RawBuilder<unknown>) => sql`coalesce(sum(${column}) filter (where not is_item), sum(${column}))`;
  const asKnown = (isKnown: RawBuilder<boolean>) =>
    sql`(${isKnown}) desc, case when ${isKnown} then -v.version else v.version end`;
  const plan = isPast
    ? sql`select distinct on (v.project_id) v.project_id, v.plan_yuan, v.curve from projects.pub_plan_version v
        where v.city_id = ${scope.cityId} and v.year = ${year} order by v.project_id, ${asKnown(sql<boolean>`v.at <= ${moment} and v.effective_on <= ${day}`)}`
    : sql`select pl.project_id, pl.plan_yuan, pl.curve from projects.pub_plan pl where pl.city_id = ${scope.cityId} and pl.year = ${year}`;
  const register = isPast
    ? sql`select distinct on (v.project_id) v.project_id, v.fields->>'countyUnitId' as county, v.fields->>'stage' as stage
        from projects.pub_project_version v where v.city_id = ${scope.cityId} order by v.project_id, ${asKnown(sql<boolean>`v.at <= ${moment}`)}`
    : sql`select id as project_id, county_unit_id::text as county, stage from projects.pub_project where city_id = ${scope.cityId}`;
  const task = (month: RawBuilder<unknown>) =>
    sql`case when ${month} = 0 then 0 else coalesce((r.curve->>(${month} - 1))::bigint, round(r.plan_yuan * ${month} / 12.0)::bigint) end`;
  const { rows } = await sql<Row>`
    with register as (${register}),
    top as (
      select p.id, g.county from projects.pub_project p join register g on g.project_id = p.id
      where p.city_id = ${scope.cityId} and p.parent_id is null and g.stage not in ('terminated', 'withdrawn')),
    family as (
      select id as project_id, id as root_id, false as is_item from top
      union all select p.id, p.parent_id, true from projects.pub_project p join top on p.city_id = ${scope.cityId} and p.parent_id = top.id),
    newest as (
      select f.root_id, f.project_id, f.is_item, ${upTo(year, running)} as now, ${upTo(year, last)} as through,
        ${upTo(year, Math.max(0, last - 1))} as before, ${upTo(year - 1, last)} as last_year
      from family f join ${accepted} a on a.city_id = ${scope.cityId} and a.project_id = f.project_id
        and a.period between ${`${year - 1}-01`} and ${`${year}-${pad(running)}`} ${known}
      group by f.root_id, f.project_id, f.is_item),
    done as (
      select root_id, ${own(sql`now`)} as now, ${own(sql`through`)} as through, ${own(sql`before`)} as before,
        ${own(sql`last_year`)} as last_year
      from newest group by root_id),
    month_done as (
      select f.root_id, right(a.period, 2)::integer as month, ${own(sql`a.month_yuan`)} as yuan
      from family f join ${accepted} a on a.city_id = ${scope.cityId} and a.project_id = f.project_id
        and a.${span(year, running)} ${known}
      group by f.root_id, a.period),
    plan as materialized (${plan}),
    planned as (
      select f.root_id, ${own(sql`plan.plan_yuan`)} as plan_yuan from family f join plan on plan.project_id = f.project_id group by f.root_id),
    root as (
      select top.id, top.county, planned.plan_yuan, plan.curve, done.now, done.through, done.before, done.last_year
      from top left join planned on planned.root_id = top.id left join plan on plan.project_id = top.id left join done on done.root_id = top.id),
    task as (
      select r.county, m.month, sum(${task(sql`m.month`)} - ${task(sql`(m.month - 1)`)})::bigint as plan, coalesce(sum(md.yuan), 0)::bigint as done
      from root r cross join generate_series(1, ${running}::integer) m (month)
      left join month_done md on md.root_id = r.id and md.month = m.month
      where r.plan_yuan > 0 group by r.county, m.month),
    tasks as (select county, jsonb_object_agg(month, jsonb_build_object('plan', plan, 'done', done)) as tasks from task group by county)
    select r.county, count(*) as projects, coalesce(sum(r.plan_yuan), 0)::bigint as plan_yuan,
      coalesce(sum(r.now) filter (where r.plan_yuan > 0), 0)::bigint as done_yuan,
      sum(r.through)::bigint as through_yuan, sum(r.last_year)::bigint as last_year_yuan,
      coalesce(sum(r.through) filter (where r.plan_yuan > 0), 0)::bigint as planned_through_yuan,
      coalesce(sum(r.before) filter (where r.plan_yuan > 0), 0)::bigint as planned_before_yuan,
      (array_agg(t.tasks))[1] as tasks
    from root r left join tasks t on t.county is not distinct from r.county
    group by r.county`.execute(scope.db);
  const growth = new Map(
    (await listPlannedGrowth(scope, year, isPast ? moment : undefined)).map((g) => [g.countyUnitId, g.percent]),
  );
  return countiesOf(rows, growth, running);
}

const total = (values: readonly (number | null)[]): number | null => {
  const known = values.filter((v) => v !== null);
  return known.length === 0 ? null : known.reduce((sum, v) => sum + v, 0);
};

function countiesOf(rows: readonly Row[], growth: Map<string, string>, running: number): Map<string, CountyFacts> {
  const city = {
    throughYuan: total(rows.map((r) => r.throughYuan)),
    lastYearYuan: total(rows.map((r) => r.lastYearYuan)),
  };
  const rateOf = (row: Row, yuan: number): Ratio | null =>
    row.county === null || row.projects < leastRanked ? null : completionRate(yuan, row.planYuan).ratio;
  const rates = rows.map((r) => rateOf(r, r.plannedThroughYuan));
  const [places, before] = [rank(rates), rank(rows.map((r) => rateOf(r, r.plannedBeforeYuan)))];
  const ordered = rates
    .map((rate, i) => ({ rate, place: places[i]! }))
    .filter((r): r is { rate: Ratio; place: number } => r.rate !== null && r.place !== null)
    .sort((a, b) => a.place - b.place)
    .map((r) => r.rate);
  return new Map(
    rows.flatMap(({ county, tasks, plannedBeforeYuan: _, ...row }, i) => {
      if (county === null) return [];
      const months: MonthTask[] = Array.from({ length: running }, (_, m) => {
        const task = tasks?.[String(m + 1)];
        return task ? { planYuan: Number(task.plan), doneYuan: Number(task.done) } : null;
      });
      const facts: CountyFacts = {
        ...row,
        plannedGrowth: growth.get(county) ?? null,
        city,
        months,
        place: places[i] ?? null,
        placeBefore: before[i] ?? null,
        rates: ordered,
      };
      return [[county, facts] as const];
    }),
  );
}
