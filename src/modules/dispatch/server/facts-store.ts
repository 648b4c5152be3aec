import { type RawBuilder, sql } from 'kysely';
import { asNamed } from '#core/server/db.ts';
import type { Scope } from '#core/server/scope.ts';
import { addMonths, type Day, isEndOfMonth, monthOf, startOfMonth, yearOf } from '#core/shared/day.ts';
import type { ProjectFacts } from '../project-facts.ts';

/** The facts of one project for a day, with what the read model keeps beside the light. */
export interface StandingFacts extends ProjectFacts {
  id: string;
  parentId: string | null;
  childCount: number;
  board: string | null;
  ownerUnitId: string | null;
  leadUnitId: string | null;
  commandUnitId: string | null;
  countyUnitId: string | null;
  filedOn: Day | null;
  filingState: string | null;
  /** The light as it stood before, and since when. */
  previous: { light: string; since: Day } | null;
  /** Newest accepted month of the year, the project's own: what the money done opens down to. */
  acceptedPeriod: string | null;
  /** Where the project counts on the day; the units above are today's, who may see it. */
  countsUnder: { county: string | null; command: string | null; board: string | null };
}

/** What the register held of a project in a version of its row; days as people entered them. */
interface PastFields {
  planKind: string | null;
  stage: string;
  board: string | null;
  startPlanned: { day: Day } | null;
  startActual: { day: Day } | null;
  finishPlanned: { day: Day } | null;
  finishActual: { day: Day } | null;
  totalYuan: number | null;
  enrolled: boolean;
  enrolledOn: Day | null;
  commandUnitId: string | null;
  countyUnitId: string | null;
}

type Row = Omit<StandingFacts, 'previous' | 'exemptions' | 'months' | 'countsUnder'> & {
  past: PastFields | null;
  light: string | null;
  since: Day | null;
  monthYuans: Record<string, number> | null;
  exemptions: { ruleCode: string | null; reason: string; approver: string; from: Day; until: Day }[] | null;
};

/** The last moment of a day. */
export const endOf = (day: Day) =>
  sql<Date>`((${day}::date + 1)::timestamp at time zone 'Asia/Shanghai' - interval '1 microsecond')`;
/** Rows of filings.pub_accepted_version under `a` that counted at a moment. */
export const countedAt = (moment: RawBuilder<Date>) =>
  sql`and a.valid_from <= ${moment} and (a.superseded_at is null or a.superseded_at > ${moment})`;

const pad = (month: number): string => String(month).padStart(2, '0');

/**
 * To be said before facts of many projects are read, for the rest of the transaction. Of a database that was just filled
 * or restored the planner knows no sizes and would walk every table once for each project (minutes for a few hundred);
 * over so many projects hashing is right whatever the sizes are.
 */
export async function readMany(scope: Scope): Promise<void> {
  await sql`set local enable_nestloop = off`.execute(scope.db);
}

/** What not everybody looks at. Left out of an answer, months are none and the rest is null. */
export interface Looks {
  /** Each month's task and what was done of it. */
  months: boolean;
  /** The newest filing, and the light so far: what the read model keeps beside the light. */
  beside: boolean;
}

/**
 * Facts of many projects as of a day, in one statement: plan, accepted yuan of the year, newest filing, exemptions, and
 * the light so far. Only accepted filings count. A package without filings of its own has those of its items, and
 * their plans where it has none; its payments are its own and theirs. What was to be paid counts to the end of the last full month. For a past day the row of
 * the register and the plan are those known at its end (what was first entered later, as it was first entered); `knownAt`
 * looks at the day with what was known at a later moment. Of what `looks` leaves out nothing is read. `after` and `limit` page by id, so that 20,000 projects go
 * through in pieces.
 */
export async function listFacts(
  scope: Scope,
  day: Day,
  which: { ids: readonly string[] } | { after: string | null; limit: number },
  { knownAt, looks = { months: true, beside: true } }: { knownAt?: Date | undefined; looks?: Looks } = {},
): Promise<StandingFacts[]> {
  const [year, lastPeriod] = [yearOf(day), day.slice(0, 7)];
  const isPast = knownAt !== undefined || day < scope.today;
  const moment = knownAt ? sql<Date>`${knownAt}::timestamptz` : endOf(day);
  const period = sql`a.period between ${`${year}-01`} and ${lastPeriod}`;
  // A filing accepted after the day was not known on it, and a corrected one had its old value; today everything accepted
  // is known, whatever the demo clock says.
  const accepted = isPast ? sql`filings.pub_accepted_version` : sql`filings.pub_accepted`;
  const known = isPast ? countedAt(moment) : sql``;
  const lastFull = isEndOfMonth(day) ? lastPeriod : addMonths(startOfMonth(day), -1).slice(0, 7);
  const money = isPast ? sql`funding.pub_month_version` : sql`funding.pub_month`;
  const only =
    'ids' in which
      ? sql`and p.id = any(${[...which.ids]}::uuid[])`
      : sql`${which.after === null ? sql`` : sql`and p.id > ${which.after}`}`;
  const page = 'ids' in which ? sql`` : sql`limit ${which.limit}`;
  // Today's rows are the newest versions: only what was changed since the moment is looked up in the history. There it is the
  // newest of those that were known; when none was, the first.
  const asKnown = (isKnown: RawBuilder<boolean>) =>
    sql`(${isKnown}) desc, case when ${isKnown} then -v.version else v.version end`;
  const pastPlans = sql`
      select distinct on (v.project_id) v.project_id, v.plan_yuan, v.curve from projects.pub_plan_version v
      where v.city_id = ${scope.cityId} and v.year = ${year} and v.project_id in (
        select l.project_id from projects.pub_plan_version l
        where l.city_id = ${scope.cityId} and l.year = ${year} and (l.at > ${moment} or l.effective_on > ${day}))
      order by v.project_id, ${asKnown(sql<boolean>`v.at <= ${moment} and v.effective_on <= ${day}`)}`;
  const pastRegister = sql`
      select distinct on (v.project_id) v.project_id, v.fields from projects.pub_project_version v
      where v.city_id = ${scope.cityId} and v.project_id in (
        select l.project_id from projects.pub_project_version l where l.city_id = ${scope.cityId} and l.at > ${moment})
      order by v.project_id, ${asKnown(sql<boolean>`v.at <= ${moment}`)}`;
  const { rows } = await sql<Row>`
    with chosen as materialized (
      select p.* from projects.pub_project p where p.city_id = ${scope.cityId} ${only} order by p.id ${page}),
    family as (
      select id as project_id, id as root_id, false as is_item from chosen
      union all select p.id, p.parent_id, true from projects.pub_project p join chosen c on p.city_id = c.city_id and p.parent_id = c.id),
    filings as (
      select a.project_id, max(a.period) as period, (array_agg(a.cumulative_yuan order by a.period desc))[1] as cumulative_yuan,
        ${looks.months ? sql`jsonb_object_agg(right(a.period, 2), a.month_yuan)` : sql`null::jsonb`} as month_yuans
      from ${accepted} a
      where a.city_id = ${scope.cityId} and ${period} ${known} and a.project_id in (select project_id from family)
      group by a.project_id),
    done as (
      select f.root_id, coalesce(sum(a.cumulative_yuan) filter (where not f.is_item), sum(a.cumulative_yuan))::bigint as done_yuan
      from family f join filings a on a.project_id = f.project_id group by f.root_id),
    paid as (
      select f.root_id, coalesce(sum(a.paid_yuan), 0)::bigint as paid_yuan,
        (sum(a.to_pay_yuan) filter (where a.period <= ${lastFull}))::bigint as to_pay_yuan
      from family f join ${money} a on a.city_id = ${scope.cityId} and a.project_id = f.project_id and ${period} ${known}
      group by f.root_id),
    past_plan as (${isPast ? pastPlans : sql`select null::uuid as project_id, null::bigint as plan_yuan, null::jsonb as curve where false`}),
    plan as materialized (
      select pl.project_id, case when o.project_id is null then pl.plan_yuan else o.plan_yuan end as plan_yuan,
        case when o.project_id is null then pl.curve else o.curve end as curve
      from projects.pub_plan pl left join past_plan o on o.project_id = pl.project_id
      where pl.city_id = ${scope.cityId} and pl.year = ${year} and pl.project_id in (select project_id from family)),
    planned as (
      select f.root_id, coalesce(sum(plan.plan_yuan) filter (where not f.is_item), sum(plan.plan_yuan))::bigint as plan_yuan
      from family f join plan on plan.project_id = f.project_id
      group by f.root_id),
    register as (${isPast ? pastRegister : sql`select null::uuid as project_id, null::jsonb as fields where false`}),
    ${
      looks.beside
        ? sql`filed as (
      select distinct on (s.project_id) s.project_id, s.state, s.submitted_at
      from filings.pub_state s join chosen c on c.city_id = s.city_id and c.id = s.project_id
      where s.city_id = ${scope.cityId} and s.period between ${`${year}-01`} and ${lastPeriod}
      order by s.project_id, s.period desc),
    last_filed as (
      select s.project_id, max((s.submitted_at at time zone 'Asia/Shanghai')::date) as filed_on
      from filings.pub_state s join chosen c on c.city_id = s.city_id and c.id = s.project_id
      where s.city_id = ${scope.cityId} and s.period <= ${lastPeriod} group by s.project_id),`
        : sql``
    }
    nodes as (
      select m.project_id, coalesce(jsonb_agg(jsonb_build_object('name', m.name, 'due', m.due) order by m.due, m.position)
        filter (where m.due < ${day}::date and (m.actual is null or m.actual > ${day}::date)), '[]'::jsonb) as overdue_nodes
      from projects.pub_milestone m join chosen c on c.city_id = m.city_id and c.id = m.project_id
      where m.city_id = ${scope.cityId} and m.due is not null group by m.project_id),
    excused as (
      select e.project_id, jsonb_agg(jsonb_build_object('ruleCode', e.rule_code, 'reason', e.reason, 'approver', e.approver,
        'from', e.from_day, 'until', case when e.ended_on is null then e.until_day else least(e.until_day, e.ended_on - 1) end)) as exemptions
      from dispatch.exemption e join chosen c on c.city_id = e.city_id and c.id = e.project_id
      where e.city_id = ${scope.cityId} and e.state = 'approved' and e.until_day >= ${day}
        ${isPast ? sql`and coalesce(e.decided_at, e.at) <= ${moment}` : sql``} group by e.project_id)
    select p.id, p.parent_id as "parentId", p.child_count as "childCount", p.board, p.owner_unit_id as "ownerUnitId",
      p.lead_unit_id as "leadUnitId", p.command_unit_id as "commandUnitId", p.county_unit_id as "countyUnitId",
      p.plan_kind as "planKind", p.stage, p.start_planned as "startPlanned", p.start_actual as "startActual",
      p.finish_planned as "finishPlanned", p.finish_actual as "finishActual", p.total_yuan as "totalYuan", p.enrolled,
      p.enrolled_on as "enrolledOn", planned.plan_yuan as "planYuan", plan.curve, paid.paid_yuan as "paidYuan",
      paid.to_pay_yuan as "toPayYuan", done.done_yuan as "doneYuan", own.period as "acceptedPeriod", own.month_yuans as "monthYuans",
      ${
        looks.beside
          ? sql`last_filed.filed_on as "filedOn", case filed.state when 'opened' then 'none' else filed.state end as "filingState",
        s.light, s.since`
          : sql`null as "filedOn", null as "filingState", null as light, null as since`
      }, nodes.overdue_nodes as "overdueNodes", excused.exemptions, register.fields as past
    from chosen p
    left join plan on plan.project_id = p.id
    left join register on register.project_id = p.id
    left join planned on planned.root_id = p.id
    left join paid on paid.root_id = p.id
    left join done on done.root_id = p.id
    left join filings own on own.project_id = p.id
    ${
      looks.beside
        ? sql`left join projects.pub_standing s on s.city_id = p.city_id and s.project_id = p.id and s.year = ${year}
    left join filed on filed.project_id = p.id
    left join last_filed on last_filed.project_id = p.id`
        : sql``
    }
    left join nodes on nodes.project_id = p.id
    left join excused on excused.project_id = p.id
    order by p.id`.execute(asNamed(scope.db));
  return rows.map((row) => toFacts(row, looks.months ? monthOf(day) : 0));
}

/** Field by field, because a whole city goes through here. */
function toFacts(now: Row, lastMonth: number): StandingFacts {
  const { light, since, monthYuans, past } = now;
  const row = past ? registered(past) : now;
  return {
    id: now.id,
    parentId: now.parentId,
    childCount: now.childCount,
    board: now.board,
    ownerUnitId: now.ownerUnitId,
    leadUnitId: now.leadUnitId,
    commandUnitId: now.commandUnitId,
    countyUnitId: now.countyUnitId,
    countsUnder: {
      county: (past ?? now).countyUnitId,
      command: (past ?? now).commandUnitId,
      board: (past ?? now).board,
    },
    planKind: row.planKind,
    stage: row.stage,
    startPlanned: row.startPlanned,
    startActual: row.startActual,
    finishPlanned: row.finishPlanned,
    finishActual: row.finishActual,
    totalYuan: row.totalYuan,
    enrolled: row.enrolled,
    enrolledOn: row.enrolledOn,
    planYuan: now.planYuan,
    curve: now.curve,
    doneYuan: now.doneYuan,
    paidYuan: now.paidYuan,
    toPayYuan: now.toPayYuan,
    acceptedPeriod: now.acceptedPeriod,
    filedOn: now.filedOn,
    filingState: now.filingState,
    overdueNodes: now.overdueNodes,
    months: Array.from({ length: lastMonth }, (_, i) => {
      const planYuan = monthPlan(now, i + 1);
      return planYuan === null ? null : { planYuan, doneYuan: monthYuans?.[pad(i + 1)] ?? 0 };
    }),
    previous: light !== null && since !== null ? { light, since } : null,
    exemptions: now.exemptions ?? [],
  };
}

const registered = ({ planKind, stage, totalYuan, enrolled, enrolledOn, ...days }: PastFields) => ({
  planKind: planKind ?? null,
  stage,
  totalYuan: totalYuan ?? null,
  enrolled: enrolled ?? false,
  enrolledOn: enrolledOn ?? null,
  startPlanned: days.startPlanned?.day ?? null,
  startActual: days.startActual?.day ?? null,
  finishPlanned: days.finishPlanned?.day ?? null,
  finishActual: days.finishActual?.day ?? null,
});

/** Whole yuan planned for a month: from the curve, else a twelfth, rounded on the cumulative so that the months add up. */
function monthPlan({ planYuan, curve }: Pick<Row, 'planYuan' | 'curve'>, month: number): number | null {
  if (!planYuan) return null;
  const upTo = (m: number): number => (m === 0 ? 0 : (curve?.[m - 1] ?? Math.round((planYuan * m) / 12)));
  return upTo(month) - upTo(month - 1);
}
