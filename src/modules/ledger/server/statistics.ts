import { type RawBuilder, type SqlBool, sql } from 'kysely';
import type { Scope } from '#core/server/scope.ts';
import type { Day } from '#core/shared/day.ts';
import {
  ageBands,
  type Blocking,
  type Dimension,
  type Inspection,
  type StatisticsInput,
  type StatisticsRow,
  type TrackCounts,
  type TrendMonth,
} from '../statistics-contract.ts';
import { propertyConditions } from './list-filter.ts';
import { readerOf, withinReachOf } from './list-reach.ts';
import { redOn } from './named-lists.ts';

const dayOf = (scope: Scope, input: StatisticsInput): Day =>
  input.on !== undefined && input.on < scope.today ? input.on : scope.today;

/**
 * The ledger as it stood at the end of a day, as a table expression: a matter raised later is not in it, one closed later is
 * open, its limit is the one it had then, its colour the one that showed then, its level the one from which the next escalation
 * raised it. Kind, unit and category never change once a matter is issued (`edit.ts` refuses it), and drafts are not counted.
 * For today the rows themselves say all of it; for the past the events do.
 */
export function ledgerOn(scope: Scope, input: StatisticsInput): RawBuilder<unknown> {
  const day = dayOf(scope, input);
  const { tracks, levels, ...fixed } = input;
  const where = sql.join(
    [
      sql<SqlBool>`m.city_id = ${scope.cityId}`,
      withinReachOf(readerOf(scope)),
      sql<SqlBool>`m.raised_on <= ${day}::date`,
      ...propertyConditions(fixed),
    ],
    sql` and `,
  );
  const same = sql`m.id, m.kind, m.category, m.source_kind, m.lead_unit_id, m.raised_on`;
  const found =
    day === scope.today
      ? sql`select ${same}, m.level, m.track, m.state, m.due_original, m.due_current as due, m.claimed_on,
          case when m.state = 'closed' then m.closed_on end as closed_on, m.reopens, coalesce(${redOn(day)}, false) as is_red
        from ledger.matter m where ${where}`
      : sql`select ${same}, coalesce(x.level, m.level) as level,
          case when m.track = 'assigned' and e.first_track = 'onSpot' and not e.was_returned then 'onSpot' else m.track end as track,
          e.state, case when e.issued_on is not null then m.due_original end as due_original, coalesce(e.due, m.due_original) as due,
          coalesce(e.claimed_on, e.closed_on) as claimed_on, case when e.state = 'closed' then e.closed_on end as closed_on,
          e.reopens, coalesce(l.light = 'red', false) as is_red
        from ledger.matter m
        join (select matter_id, (array_agg(to_state order by seq desc))[1] as state,
            max(on_day) filter (where act = 'issue') as issued_on, max(on_day) filter (where act = 'claim') as claimed_on,
            max(on_day) filter (where act = 'pass') as closed_on, count(*) filter (where act = 'reopen') as reopens,
            coalesce(bool_or(act = 'return'), false) as was_returned, max(payload ->> 'track') filter (where act = 'raise') as first_track,
            (array_agg(coalesce(payload ->> 'dueAfter', payload ->> 'dueAsked', payload ->> 'dueOn')::date order by seq desc)
              filter (where act in ('issue', 'grantExtension', 'reopen', 'resume')))[1] as due
          from ledger.event where city_id = ${scope.cityId} and on_day <= ${day}::date group by matter_id) e on e.matter_id = m.id
        left join (select distinct on (matter_id) matter_id, payload ->> 'from' as level from ledger.event
          where city_id = ${scope.cityId} and act = 'escalate' and on_day > ${day}::date order by matter_id, seq) x on x.matter_id = m.id
        left join lateral (select light from ledger.light_day where city_id = m.city_id and matter_id = m.id and from_day <= ${day}::date
          order by from_day desc limit 1) l on true
        where ${where}`;
  const byTrack = tracks?.length ? sql` and track = any(${tracks}::text[])` : sql``;
  const byLevel = levels?.length ? sql` and level = any(${levels}::text[])` : sql``;
  return sql`(select * from (${found}) known where state not in ('draft', 'void')${byTrack}${byLevel})`;
}

const measures = {
  raised: sql`count(*)`,
  open: sql`count(*) filter (where state <> 'closed')`,
  closed: sql`count(*) filter (where state = 'closed')`,
  overdue: sql`count(*) filter (where state <> 'closed' and is_red)`,
  reopened: sql`count(*) filter (where reopens > 0)`,
  closedWithDue: sql`count(*) filter (where state = 'closed' and due_original is not null)`,
  inTimeOriginal: sql`count(*) filter (where state = 'closed' and claimed_on <= due_original)`,
  inTimeCurrent: sql`count(*) filter (where state = 'closed' and claimed_on <= due)`,
  medianDays: sql`percentile_cont(0.5) within group (order by closed_on - raised_on) filter (where state = 'closed')`,
};
const counted = sql.join(Object.entries(measures).map(([name, measure]) => sql`'${sql.raw(name)}', ${measure}`));

const nothing = {
  raised: 0,
  open: 0,
  closed: 0,
  overdue: 0,
  reopened: 0,
  closedWithDue: 0,
  inTimeOriginal: 0,
  inTimeCurrent: 0,
  medianDays: null,
};

function keyOf(by: Dimension, day: Day): RawBuilder<unknown> {
  if (by === 'age') {
    const age = sql`coalesce(closed_on, ${day}::date) - raised_on`;
    const bands = ageBands.map(({ code, to }) =>
      to === null ? sql`else ${code}` : sql`when ${age} <= ${to} then ${code}`,
    );
    return sql`case ${sql.join(bands, sql` `)} end`;
  }
  const columns = { unit: 'leadUnitId', kind: 'kind', category: 'category', level: 'level', source: 'sourceKind' };
  return sql`${sql.ref(columns[by])}::text`;
}

/** Counts by one dimension, 立行立改 and 交办 side by side and never added up. One statement. */
export async function statisticsBy(
  scope: Scope,
  { by, ...input }: StatisticsInput & { by: Dimension },
): Promise<StatisticsRow[]> {
  const { rows } = await sql<{
    key: string | null;
    label: string | null;
    track: 'onSpot' | 'assigned';
    counts: StatisticsRow['assigned'];
  }>`
    select key, ${by === 'unit' ? unitName(scope, 'key') : sql`null`} as label, track, counts
    from (select ${keyOf(by, dayOf(scope, input))} as key, track, json_build_object(${counted}) as counts, count(*) as total
      from ${ledgerOn(scope, input)} d group by 1, 2) g
    order by sum(total) over (partition by key) desc, key`.execute(scope.db);
  const found = new Map<string | null, StatisticsRow>();
  for (const { key, label, track, counts } of rows) {
    const row = found.get(key) ?? { key, label, onSpot: nothing, assigned: nothing };
    found.set(key, { ...row, [track]: counts });
  }
  const order: readonly string[] = ageBands.map((band) => band.code);
  const all = [...found.values()];
  return by === 'age' ? all.sort((a, b) => order.indexOf(a.key!) - order.indexOf(b.key!)) : all;
}

const unitName = (scope: Scope, column: string) =>
  sql`(select coalesce(u.short_name, u.name) from organization.pub_unit u where u.city_id = ${scope.cityId} and u.id = ${sql.ref(column)}::uuid)`;

/** Both counters over everything the input names. One statement. */
export async function totalsByTrack(scope: Scope, input: StatisticsInput): Promise<TrackCounts> {
  const { rows } = await sql<{ track: 'onSpot' | 'assigned'; counts: TrackCounts['assigned'] }>`
    select track, json_build_object(${counted}) as counts from ${ledgerOn(scope, input)} d group by 1`.execute(
    scope.db,
  );
  return { onSpot: nothing, assigned: nothing, ...Object.fromEntries(rows.map((row) => [row.track, row.counts])) };
}

export interface OverdueUnit {
  unitId: string | null;
  unitName: string | null;
  open: number;
  overdue: number;
  worstDays: number | null;
}

export async function listOverdueUnits(scope: Scope, input: StatisticsInput): Promise<OverdueUnit[]> {
  const { rows } = await overdueStatement(scope, input).execute(scope.db);
  return rows.filter((row) => row.overdue > 0);
}

/** Today only what is open is read, through its index; on a past day the events say what was open. */
export function overdueStatement(scope: Scope, input: StatisticsInput): RawBuilder<OverdueUnit> {
  const day = dayOf(scope, input);
  return sql<OverdueUnit>`select lead_unit_id as unit_id, ${unitName(scope, 'g.leadUnitId')} as unit_name, open, overdue, worst_days
    from (select lead_unit_id, count(*) as open, count(*) filter (where is_red) as overdue,
        max(${day}::date - due) filter (where is_red) as worst_days
      from ${ledgerOn(scope, input)} d where state not in ('closed', 'void') group by 1) g
    order by overdue desc, worst_days desc nulls last, lead_unit_id limit 500`;
}

/** Inspections by name: in how many objects how much was found, by how many groups. */
export async function listInspections(scope: Scope, input: StatisticsInput): Promise<Inspection[]> {
  const { rows } =
    await sql<Inspection>`select f.inspection, count(distinct f.object_name) as objects, count(*) as findings,
      count(distinct f.group_name) as groups, count(*) filter (where d.track = 'onSpot') as on_spot,
      count(*) filter (where d.track = 'assigned') as assigned, count(*) filter (where d.state = 'closed') as closed
    from ${ledgerOn(scope, input)} d join ledger.finding f on f.city_id = ${scope.cityId} and f.matter_id = d.id
    group by 1 order by findings desc, 1 limit 100`.execute(scope.db);
  return rows;
}

/** Open matters of one unit that wait for open matters of another. Both must be within reach. */
export async function listBlocking(scope: Scope, input: StatisticsInput): Promise<Blocking[]> {
  const known = ledgerOn(scope, input);
  const { rows } = await sql<Blocking>`with d as materialized ${known}
    select blocked.lead_unit_id as blocked_unit_id, ${unitName(scope, 'blocked.leadUnitId')} as blocked_unit_name,
      blocker.lead_unit_id as blocker_unit_id, ${unitName(scope, 'blocker.leadUnitId')} as blocker_unit_name,
      count(distinct blocked.id) as matters, count(distinct blocked.id) filter (where blocked.is_red) as overdue
    from ledger.link l
    join d blocked on blocked.id = l.from_id and blocked.state <> 'closed'
    join d blocker on blocker.id = l.to_id and blocker.state <> 'closed'
    where l.city_id = ${scope.cityId} and l.rel = 'blockedBy' and (l.at at time zone 'Asia/Shanghai')::date <= ${dayOf(scope, input)}::date
    group by 1, 3 order by matters desc, overdue desc limit 200`.execute(scope.db);
  return rows;
}

export async function listTrend(scope: Scope, input: StatisticsInput): Promise<TrendMonth[]> {
  const day = dayOf(scope, input);
  const { rows } = await sql<TrendMonth>`with d as materialized ${ledgerOn(scope, input)},
    months as (select generate_series(date_trunc('month', ${day}::date) - interval '11 months', date_trunc('month', ${day}::date), interval '1 month')::date as first),
    raised as (select date_trunc('month', raised_on)::date as first, track, count(*) as n from d group by 1, 2),
    closed as (select date_trunc('month', closed_on)::date as first, track, count(*) as n from d where state = 'closed' group by 1, 2)
    select to_char(first, 'YYYY-MM') as month,
      coalesce((select n from raised r where r.first = months.first and track = 'onSpot'), 0) as raised_on_spot,
      coalesce((select n from raised r where r.first = months.first and track = 'assigned'), 0) as raised_assigned,
      coalesce((select n from closed c where c.first = months.first and track = 'onSpot'), 0) as closed_on_spot,
      coalesce((select n from closed c where c.first = months.first and track = 'assigned'), 0) as closed_assigned
    from months order by 1`.execute(scope.db);
  return rows;
}

export async function boardOf(scope: Scope, input: StatisticsInput) {
  return {
    on: dayOf(scope, input),
    ...(await totalsByTrack(scope, input)),
    overdueUnits: await listOverdueUnits(scope, input),
    inspections: await listInspections(scope, input),
  };
}
