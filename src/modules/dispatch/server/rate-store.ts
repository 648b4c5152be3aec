import { type RawBuilder, sql } from 'kysely';
import { asNamed } from '#core/server/db.ts';
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

interface Fields {
  planKind?: string | null;
  startPlanned?: { day: Day } | null;
  finishPlanned?: { day: Day } | null;
}
type SumColumn = 'planYuan' | 'originalPlanYuan' | 'doneYuan' | 'arrivedYuan' | 'arrivedAllYuan' | 'contractYuan';

/** What is read of a project once; behind it, with the number of the day, what is read for each day. */
type Row = Omit<RateRow, SumColumn | 'planKind' | 'startPlanned' | 'finishPlanned' | 'reached'> & {
  planKind: string | null;
  startPlanned: Day | null;
  finishPlanned: Day | null;
  current: Fields | null;
  reached: Partial<Record<string, Day>> | null;
} & { [sum in `${SumColumn}${number}`]: number | null } & { [row in `fields${number}`]: Fields | null };

/**
 * What the rates need of every project and item within reach, as of a day. 年初计划 is the register as it stood when the
 * first plan of the year was set (else as it was first known), 调整后 as it stood on the day. Money done counts accepted
 * filings known on the day; a package without filings, plan or funds of its own has its items'.
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
  const [rows] = await listRateRowsOn(scope, [day], { permission, basis, knownAt });
  return rows!;
}

/**
 * The same for several days, the newest first, with what was known at one moment, in one statement: the register is read
 * once, and all days rest on the same state of the database. Without `knownAt` the moment is the end of the first day, and
 * now when that is today.
 */
export async function listRateRowsOn(
  scope: Scope,
  days: readonly Day[],
  {
    permission = 'dispatch.read',
    basis = 'both',
    knownAt,
  }: { permission?: string; basis?: RateBasis | 'both'; knownAt?: Date | undefined } = {},
): Promise<RateRow[][]> {
  const [newest] = days as [Day];
  const moment = knownAt
    ? sql`${knownAt}::timestamptz`
    : newest < scope.today
      ? sql`(${newest}::date + 1)::timestamp at time zone 'Asia/Shanghai'`
      : null;
  const versionOn = (before: RawBuilder<unknown>) => sql`coalesce(
    (select v.fields from projects.pub_project_version v where v.city_id = p.city_id and v.project_id = p.id and v.at ${before}
      order by v.version desc limit 1),
    (select v.fields from projects.pub_project_version v where v.city_id = p.city_id and v.project_id = p.id order by v.version limit 1))`;
  const original = (year: number) =>
    basis === 'adjusted'
      ? sql`null::jsonb`
      : versionOn(sql`<= coalesce((select min(pv.at) from projects.pub_plan_version pv where pv.city_id = p.city_id and pv.project_id = p.id
        and pv.year = ${year}), ${`${year}-01-31T23:59:59+08:00`}::timestamptz)`);
  const each = (part: (day: Day, i: number, sums: RawBuilder<unknown>) => RawBuilder<unknown>, by = sql`, `) =>
    sql.join(
      days.map((day, i) => part(day, i, sql.ref(`sums_${i}`))),
      by,
    );
  const { rows } = await sql<Row>`
    with mine as materialized (
      select p.* from projects.pub_project p where p.city_id = ${scope.cityId} and ${withinReach(scope, permission)}),
    family as materialized (
      select id as project_id, id as root_id, false as is_item from mine
      union all select i.id, i.parent_id, true from projects.pub_project i join mine m on i.city_id = m.city_id and i.parent_id = m.id),
    done as (${doneOn(scope, days, moment)}),
    ${each((day, i, sums) => sql`${sums} as (${sumsOn(scope, day, i, moment)})`)},
    gates as (
      select g.project_id, jsonb_object_agg(g.stage, g.reached_on) as reached from lifecycle.pub_gate g
      where g.city_id = ${scope.cityId} and g.reached_on <= ${newest} group by g.project_id),
    -- Today's row is the newest version: only what was changed since the moment is looked up in the history.
    changed as (${
      moment
        ? sql`select distinct v.project_id from projects.pub_project_version v where v.city_id = ${scope.cityId} and v.at >= ${moment}`
        : sql`select null::uuid as project_id where false`
    })
    select p.id, p.serial, p.name, p.demo, p.board, p.parent_id as "parentId", p.child_count as "childCount", p.stage,
      p.lead_unit_id as "leadUnitId", p.lead_text as "leadText", p.command_unit_id as "commandUnitId", p.county_unit_id as "countyUnitId",
      p.plan_kind as "planKind", p.start_planned as "startPlanned", p.finish_planned as "finishPlanned", p.start_actual as "startActual",
      p.finish_actual as "finishActual", p.total_yuan as "totalYuan", p.enrolled, p.enrolled_on as "enrolledOn", gates.reached,
      case when changed.project_id is not null then ${moment ? versionOn(sql`< ${moment}`) : sql`null::jsonb`} end as current,
      ${each(
        (
          day,
          i,
          sums,
          n = sql.raw(`${i}`),
        ) => sql`${sums}.plan_yuan as "planYuan${n}", ${sums}.original_plan_yuan as "originalPlanYuan${n}",
        ${sums}.done_yuan as "doneYuan${n}", ${sums}.arrived_yuan as "arrivedYuan${n}", ${sums}.arrived_all_yuan as "arrivedAllYuan${n}",
        ${sums}.contract_yuan as "contractYuan${n}", ${original(yearOf(day))} as "fields${n}"`,
      )}
    from mine p
    ${each((_day, _i, sums) => sql`left join ${sums} on ${sums}.root_id = p.id`, sql` `)}
    left join gates on gates.project_id = p.id
    left join changed on changed.project_id = p.id
    order by p.serial`.execute(asNamed(scope.db));
  return days.map((day, i) => rows.map((row) => rateRow(row, day, i)));
}

/**
 * Cumulative yuan of the newest accepted month up to each day, in its year, as `yuan_0`, `yuan_1`, … by project. One pass for
 * all days: the newest month is the greatest text that begins with its period, of which there is one for each project.
 */
function doneOn(scope: Scope, days: readonly Day[], moment: RawBuilder<unknown> | null): RawBuilder<unknown> {
  // A filing corrected since then counts with the value it had.
  const counts = moment
    ? sql`and a.valid_from < ${moment} and (a.superseded_at is null or a.superseded_at >= ${moment})`
    : sql``;
  const accepted = moment ? sql`filings.pub_accepted_version` : sql`filings.pub_accepted`;
  const within = (day: Day) => sql`a.period between ${`${yearOf(day)}-01`} and ${day.slice(0, 7)}`;
  return sql`
    select a.project_id, ${sql.join(
      days.map(
        (
          day,
          i,
        ) => sql`substr(max((a.period || a.cumulative_yuan::text) collate "C") filter (where ${within(day)}), 8)::bigint
          as ${sql.ref(`yuan_${i}`)}`,
      ),
    )}
    from ${accepted} a where a.city_id = ${scope.cityId} ${counts} and (${sql.join(days.map(within), sql` or `)})
    group by a.project_id`;
}

/** Sums of the day at `i` by project or package: `root_id` and the columns of `SumColumn`. Stands after `family` and `done`. */
function sumsOn(scope: Scope, day: Day, i: number, moment: RawBuilder<unknown> | null): RawBuilder<unknown> {
  const year = yearOf(day);
  const isPast = moment !== null || day < scope.today;
  // Today's plans are the newest versions: only those that were changed since, or hold from a later day, are looked up.
  const known = (version: string) =>
    sql`${sql.ref(`${version}.effective_on`)} <= ${day} ${moment ? sql`and ${sql.ref(`${version}.at`)} < ${moment}` : sql``}`;
  const own = (column: string) => {
    const yuan = sql.raw(column);
    return sql`coalesce(sum(${yuan}) filter (where not is_item), sum(${yuan}))::bigint`;
  };
  return sql`
    with past_plan as (${
      isPast
        ? sql`
      select distinct on (v.project_id) v.project_id, case when ${known('v')} then v.plan_yuan end as plan_yuan
      from projects.pub_plan_version v
      where v.city_id = ${scope.cityId} and v.year = ${year} and v.project_id in (
        select l.project_id from projects.pub_plan_version l where l.city_id = ${scope.cityId} and l.year = ${year} and not (${known('l')}))
      order by v.project_id, (${known('v')}) desc, v.version desc`
        : sql`select null::uuid as project_id, null::bigint as plan_yuan where false`
    }),
    plan as (
      select pl.project_id, pl.original_yuan,
        case when o.project_id is null then pl.plan_yuan else coalesce(o.plan_yuan, pl.original_yuan) end as plan_yuan
      from projects.pub_plan pl left join past_plan o on o.project_id = pl.project_id
      where pl.city_id = ${scope.cityId} and pl.year = ${year}),
    funds as (
      select f.project_id, sum(f.arrived_yuan) filter (where left(f.period, 4) = ${String(year)})::bigint as arrived_yuan,
        sum(f.arrived_yuan)::bigint as arrived_all_yuan
      from funding.pub_month f where f.city_id = ${scope.cityId} and f.period <= ${day.slice(0, 7)} group by f.project_id),
    contracts as (
      select distinct on (r.project_id) r.project_id, r.yuan as contract_yuan from funding.pub_revision r
      where r.city_id = ${scope.cityId} and r.track = 'agreement' and r.decided_on <= ${day} order by r.project_id, r.seq desc)
    select f.root_id, ${own('plan.plan_yuan')} as plan_yuan, ${own('plan.original_yuan')} as original_plan_yuan,
      ${own(`done.yuan_${i}`)} as done_yuan, ${own('funds.arrived_yuan')} as arrived_yuan,
      ${own('funds.arrived_all_yuan')} as arrived_all_yuan, ${own('contracts.contract_yuan')} as contract_yuan
    from family f
    left join plan on plan.project_id = f.project_id
    left join done on done.project_id = f.project_id
    left join funds on funds.project_id = f.project_id
    left join contracts on contracts.project_id = f.project_id
    group by f.root_id`;
}

function rateRow(row: Row, day: Day, i: number): RateRow {
  const [then, first] = [row.current, row[`fields${i}`]!];
  return {
    id: row.id,
    serial: row.serial,
    name: row.name,
    demo: row.demo,
    board: row.board,
    parentId: row.parentId,
    childCount: row.childCount,
    stage: row.stage,
    leadUnitId: row.leadUnitId,
    leadText: row.leadText,
    commandUnitId: row.commandUnitId,
    countyUnitId: row.countyUnitId,
    planKind: { original: fieldOf(first, row.planKind), adjusted: fieldOf(then, row.planKind) },
    startPlanned: {
      original: dayOf(first, 'startPlanned', row.startPlanned),
      adjusted: dayOf(then, 'startPlanned', row.startPlanned),
    },
    finishPlanned: {
      original: dayOf(first, 'finishPlanned', row.finishPlanned),
      adjusted: dayOf(then, 'finishPlanned', row.finishPlanned),
    },
    startActual: row.startActual,
    finishActual: row.finishActual,
    reached: reachedBy(row.reached, day),
    totalYuan: row.totalYuan,
    enrolled: row.enrolled,
    enrolledOn: row.enrolledOn,
    planYuan: { original: row[`originalPlanYuan${i}`]!, adjusted: row[`planYuan${i}`]! },
    doneYuan: row[`doneYuan${i}`]!,
    arrivedYuan: row[`arrivedYuan${i}`]!,
    arrivedAllYuan: row[`arrivedAllYuan${i}`]!,
    contractYuan: row[`contractYuan${i}`]!,
  };
}

/** Of a row that was not changed since, or without history, the present value is the only one there is. */
const fieldOf = (fields: Fields | null, now: string | null): string | null =>
  fields ? (fields.planKind ?? null) : now;
const dayOf = (fields: Fields | null, key: 'startPlanned' | 'finishPlanned', now: Day | null): Day | null =>
  fields ? (fields[key]?.day ?? null) : now;

const none = {};
function reachedBy(reached: Row['reached'], day: Day): RateRow['reached'] {
  if (!reached) return none;
  for (const stage in reached)
    if (reached[stage]! > day) return Object.fromEntries(Object.entries(reached).filter(([, on]) => on! <= day));
  return reached;
}
