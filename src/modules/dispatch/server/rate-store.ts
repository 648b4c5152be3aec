import { sql } from 'kysely';
import type { Scope } from '#core/server/scope.ts';
import { type Day, yearOf } from '#core/shared/day.ts';
import { withinReach } from '#modules/projects/server/public.ts';
import type { RateBasis, RateFacts } from '../rates.ts';

export interface RateRow extends RateFacts {
  id: string;
  serial: number;
  name: string;
  demo: boolean;
  board: string | null;
  leadUnitId: string | null;
  leadText: string | null;
  commandUnitId: string | null;
  countyUnitId: string | null;
}

interface Row extends Omit<RateRow, 'planKind' | 'startPlanned' | 'finishPlanned' | 'planYuan' | 'reached'> {
  planKind: string | null;
  startPlanned: Day | null;
  finishPlanned: Day | null;
  planYuan: number | null;
  original: {
    planKind?: string | null;
    startPlanned?: { day: Day } | null;
    finishPlanned?: { day: Day } | null;
  } | null;
  originalPlanYuan: number | null;
  reached: Partial<Record<string, Day>> | null;
}

/**
 * What the rates need of every project and item within reach, as of a day, in one statement. 年初计划 is the register as
 * it stood when the first plan of the year was set (else as it was first known), 调整后 as it stood on the day. Money
 * done counts accepted filings known on the day; a package without filings, plan or funds of its own has its items'.
 */
export async function listRateRows(
  scope: Scope,
  day: Day,
  permission = 'dispatch.read',
  /** Who asks about 调整后 alone is spared the look-up of each project's row of the year's beginning. */
  basis: RateBasis | 'both' = 'both',
  /**
   * What was known by this moment, instead of by the end of the day: a month is frozen some days after its end, and what was
   * accepted in between belongs to it.
   */
  knownAt?: Date,
): Promise<RateRow[]> {
  const year = yearOf(day);
  const isPast = day < scope.today || knownAt !== undefined;
  const endOfDay = knownAt
    ? sql`${knownAt}::timestamptz`
    : sql`(${day}::date + 1)::timestamp at time zone 'Asia/Shanghai'`;
  // A filing corrected since then counts with the value it had.
  const accepted = isPast
    ? sql`(select v.* from filings.pub_accepted_version v where v.city_id = ${scope.cityId} and v.valid_from < ${endOfDay}
        and (v.superseded_at is null or v.superseded_at >= ${endOfDay}))`
    : sql`filings.pub_accepted`;
  const versionOn = (before: ReturnType<typeof sql>) => sql`coalesce(
    (select v.fields from projects.pub_project_version v where v.city_id = p.city_id and v.project_id = p.id and v.at ${before}
      order by v.version desc limit 1),
    (select v.fields from projects.pub_project_version v where v.city_id = p.city_id and v.project_id = p.id order by v.version limit 1))`;
  // Today's row is the newest version; reading it again from the history would cost a look-up for each project.
  const current = isPast ? versionOn(sql`< ${endOfDay}`) : sql`null::jsonb`;
  const original =
    basis === 'adjusted'
      ? sql`null::jsonb`
      : versionOn(sql`<= coalesce((select min(pv.at) from projects.pub_plan_version pv where pv.city_id = p.city_id and pv.project_id = p.id
        and pv.year = ${year}), ${`${year}-01-31T23:59:59+08:00`}::timestamptz)`);
  const { rows } = await sql<Row & { current: Row['original'] }>`
    with mine as materialized (
      select p.* from projects.pub_project p where p.city_id = ${scope.cityId} and ${withinReach(scope, permission)}),
    family as (
      select id as project_id, id as root_id, false as is_item from mine
      union all select i.id, i.parent_id, true from projects.pub_project i join mine m on i.city_id = m.city_id and i.parent_id = m.id),
    newest as (
      select distinct on (a.project_id) a.project_id, a.cumulative_yuan from ${accepted} a
      where a.city_id = ${scope.cityId} and a.period between ${`${year}-01`} and ${day.slice(0, 7)}
      order by a.project_id, a.period desc),
    plan as (
      select pl.project_id, pl.original_yuan,
        ${
          isPast
            ? sql`coalesce((select v.plan_yuan from projects.pub_plan_version v where v.city_id = pl.city_id and v.project_id = pl.project_id
                and v.year = pl.year and v.effective_on <= ${day} and v.at < ${endOfDay} order by v.version desc limit 1), pl.original_yuan)`
            : sql`pl.plan_yuan`
        } as plan_yuan
      from projects.pub_plan pl where pl.city_id = ${scope.cityId} and pl.year = ${year}),
    funds as (
      select f.project_id, sum(f.arrived_yuan) filter (where left(f.period, 4) = ${String(year)})::bigint as arrived_yuan,
        sum(f.arrived_yuan)::bigint as arrived_all_yuan
      from funding.pub_month f where f.city_id = ${scope.cityId} and f.period <= ${day.slice(0, 7)} group by f.project_id),
    contracts as (
      select distinct on (r.project_id) r.project_id, r.yuan as contract_yuan from funding.pub_revision r
      where r.city_id = ${scope.cityId} and r.track = 'agreement' and r.decided_on <= ${day} order by r.project_id, r.seq desc),
    sums as (
      select f.root_id,
        coalesce(sum(plan.plan_yuan) filter (where not is_item), sum(plan.plan_yuan))::bigint as plan_yuan,
        coalesce(sum(plan.original_yuan) filter (where not is_item), sum(plan.original_yuan))::bigint as original_plan_yuan,
        coalesce(sum(n.cumulative_yuan) filter (where not is_item), sum(n.cumulative_yuan))::bigint as done_yuan,
        coalesce(sum(fu.arrived_yuan) filter (where not is_item), sum(fu.arrived_yuan))::bigint as arrived_yuan,
        coalesce(sum(fu.arrived_all_yuan) filter (where not is_item), sum(fu.arrived_all_yuan))::bigint as arrived_all_yuan,
        coalesce(sum(c.contract_yuan) filter (where not is_item), sum(c.contract_yuan))::bigint as contract_yuan
      from family f
      left join plan on plan.project_id = f.project_id
      left join newest n on n.project_id = f.project_id
      left join funds fu on fu.project_id = f.project_id
      left join contracts c on c.project_id = f.project_id
      group by f.root_id),
    gates as (
      select g.project_id, jsonb_object_agg(g.stage, g.reached_on) as reached from lifecycle.pub_gate g
      where g.city_id = ${scope.cityId} and g.reached_on <= ${day} group by g.project_id)
    select p.id, p.serial, p.name, p.demo, p.board, p.parent_id, p.child_count, p.stage, p.lead_unit_id, p.lead_text, p.command_unit_id,
      p.county_unit_id, p.plan_kind, p.start_planned, p.finish_planned, p.start_actual, p.finish_actual, p.total_yuan, p.enrolled,
      p.enrolled_on, s.plan_yuan, s.original_plan_yuan, s.done_yuan, s.arrived_yuan, s.arrived_all_yuan, s.contract_yuan, gates.reached,
      ${original} as original,
      ${current} as current
    from mine p
    left join sums s on s.root_id = p.id
    left join gates on gates.project_id = p.id
    order by p.serial`.execute(scope.db);
  return rows.map(
    ({
      original,
      current: then,
      originalPlanYuan,
      planKind,
      startPlanned,
      finishPlanned,
      planYuan,
      reached,
      ...row
    }) => ({
      ...row,
      planKind: { original: fieldOf(original, planKind), adjusted: fieldOf(then, planKind) },
      startPlanned: {
        original: dayOf(original, 'startPlanned', startPlanned),
        adjusted: dayOf(then, 'startPlanned', startPlanned),
      },
      finishPlanned: {
        original: dayOf(original, 'finishPlanned', finishPlanned),
        adjusted: dayOf(then, 'finishPlanned', finishPlanned),
      },
      planYuan: { original: originalPlanYuan, adjusted: planYuan },
      reached: reached ?? {},
    }),
  );
}

/** Of a row without history (none is known today) the present value is the only one there is. */
const fieldOf = (fields: Row['original'], now: string | null): string | null =>
  fields ? (fields.planKind ?? null) : now;
const dayOf = (fields: Row['original'], key: 'startPlanned' | 'finishPlanned', now: Day | null): Day | null =>
  fields ? (fields[key]?.day ?? null) : now;
