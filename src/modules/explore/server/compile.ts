import { type RawBuilder, type SqlBool, sql } from 'kysely';
import type { Scope } from '#core/server/scope.ts';
import { yearOf } from '#core/shared/day.ts';
import { withinReach } from '#modules/projects/server/public.ts';
import { isTime, type RegisterDimension } from '../dimensions.ts';
import { measureOf, type Sum, sums } from '../measures.ts';
import type { Pivot } from '../shapes.ts';
import { type Months, yearsOf } from '../span.ts';

export type Row = { keys: (string | null | string[])[]; year: number | null; period: string | null } & Record<
  Sum,
  number | null
>;

/** What each dimension reads of a project `p` and its standing of the year `s`. The only SQL a question can reach. */
export const columnOf = (dimension: RegisterDimension): RawBuilder<unknown> => columns[dimension];
const columns: Record<RegisterDimension, RawBuilder<unknown>> = {
  lead: sql`p.lead_unit_id`,
  county: sql`p.county_unit_id`,
  command: sql`p.command_unit_id`,
  owner: sql`p.owner_unit_id`,
  board: sql`p.board`,
  tier: sql`p.tiers`,
  stage: sql`p.stage`,
  planKind: sql`p.plan_kind`,
  light: sql`s.light`,
  industry: sql`coalesce(substring(p.industry from '^[A-Ta-t]?([0-9]{2})'), upper(substring(p.industry from '^[A-Ta-t]')))`,
};
const units: ReadonlySet<RegisterDimension> = new Set(['lead', 'county', 'command', 'owner']);
const path = sql`array['started', 'enrolled', 'building', 'completed', 'producing', 'fullCapacity']`;

function condition({ dimension, values }: Pivot['conditions'][number]): RawBuilder<SqlBool> {
  const column = columns[dimension];
  const given = values.filter((v) => v !== null);
  const parts: RawBuilder<SqlBool>[] = [];
  if (dimension === 'tier') {
    if (given.length > 0) parts.push(sql<SqlBool>`p.tiers && ${given}::text[]`);
    if (given.length < values.length) parts.push(sql<SqlBool>`p.tiers = '{}'`);
  } else {
    // A text that is no id is nobody's id; it must not become an error of the database.
    const cast = units.has(dimension) ? sql`${column}::text` : column;
    if (given.length > 0) parts.push(sql<SqlBool>`${cast} = any(${given}::text[])`);
    if (given.length < values.length) parts.push(sql<SqlBool>`${column} is null`);
  }
  return sql<SqlBool>`(${sql.join(parts, sql` or `)})`;
}

/** A package stands for its items, unless the viewer may see an item and not its package: then the item stands for itself. */
function atLevel(scope: Scope, level: Pivot['level']): RawBuilder<SqlBool> {
  if (level === 'items') return sql<SqlBool>`p.child_count = 0`;
  if (scope.reach('explore.read').all) return sql<SqlBool>`p.parent_id is null`;
  return sql<SqlBool>`(p.parent_id is null or not exists (select 1 from projects.pub_project package
    where package.city_id = p.city_id and package.id = p.parent_id and ${withinReach(scope, 'explore.read', 'package')}))`;
}

/** Projects of the question, as `from … where …` over p and s. */
export function chosen(scope: Scope, pivot: Pivot): RawBuilder<unknown> {
  const conditions = [
    sql<SqlBool>`p.city_id = ${scope.cityId}`,
    withinReach(scope, 'explore.read'),
    atLevel(scope, pivot.level),
    ...(pivot.withDropped ? [] : [sql<SqlBool>`p.stage not in ('terminated', 'withdrawn')`]),
    ...pivot.conditions.map(condition),
  ];
  const usesLight =
    [...pivot.rows, ...pivot.columns].includes('light') || pivot.conditions.some((c) => c.dimension === 'light');
  return sql`from projects.pub_project p
    ${
      usesLight
        ? sql`left join projects.pub_standing s on s.city_id = p.city_id and s.project_id = p.id and s.year = ${yearOf(scope.today)}`
        : sql``
    }
    where ${sql.join(conditions, sql` and `)}`;
}

export interface Split {
  /** Register dimensions, or each project by itself. */
  by: readonly RegisterDimension[] | 'project';
  time: 'none' | 'year' | 'month';
}

export const splitOf = ({ rows, columns }: Pick<Pivot, 'rows' | 'columns'>): Split => {
  const all = [...rows, ...columns];
  return {
    by: all.filter((d): d is RegisterDimension => !isTime(d)),
    time: all.includes('month') ? 'month' : all.includes('year') ? 'year' : 'none',
  };
};

/**
 * The whole question as one statement: for each kind of figure one grouped reading of its view, under each other. Values
 * of the question are parameters; its codes choose among the pieces above.
 */
export function compile(
  scope: Scope,
  pivot: Pivot,
  months: Months,
  { by, time }: Split,
  limit: number,
): RawBuilder<Row> {
  const needed = new Set<Sum>(pivot.measures.flatMap((m) => measureOf(m).needs));
  const wants = (...some: Sum[]) => some.some((sum) => needed.has(sum));
  const dims = by === 'project' ? [sql`p.id`] : by.map((d) => columns[d]);
  const names = dims.map((_, i) => sql.ref(`d${i}`));
  const named = sql.join([sql`p.id`, sql`p.child_count`, ...dims.map((d, i) => sql`${d} as ${names[i]}`)], sql`, `);
  const group = (...more: RawBuilder<unknown>[]) => {
    const all = [...names.map((n) => sql`f.${n}`), ...more];
    return all.length > 0 ? sql`group by ${sql.join(all, sql`, `)}` : sql``;
  };
  const keys = names.length > 0 ? sql`jsonb_build_array(${sql.join(names.map((n) => sql`f.${n}`))})` : sql`'[]'::jsonb`;
  const noYear = sql`null::integer`;
  const noPeriod = sql`null::text`;
  const read = (
    found: Partial<Record<Sum, RawBuilder<unknown>>>,
    from: RawBuilder<unknown>,
    year = noYear,
    period = noPeriod,
    grouped: RawBuilder<unknown>[] = [],
  ) => sql`select ${keys} as keys, ${year} as year, ${period} as period,
      ${sql.join(sums.map((sum) => sql`${found[sum] && needed.has(sum) ? found[sum] : sql`null`}::bigint as ${sql.ref(sum)}`))}
    from ${from} ${group(...grouped)}`;

  // A package's own figures count, else those of its items.
  const family =
    pivot.level === 'items'
      ? sql`(select id as project_id, id as root_id, false as is_item ${tail(names)} from mine)`
      : sql`(select id as project_id, id as root_id, false as is_item ${tail(names)} from mine
          union all select i.id, m.id, true ${tail(names, 'm')} from mine m
          join projects.pub_project i on i.city_id = ${scope.cityId} and i.parent_id = m.id where m.child_count > 0)`;
  const ownElse = (own: RawBuilder<unknown>) =>
    pivot.level === 'items' ? sql`` : sql`and not (f.is_item and exists (${own}))`;

  const yearStart = `${months.from.slice(0, 4)}-01`;
  const yearOfPeriod = sql`left(a.period, 4)`;
  const timeOf =
    time === 'month'
      ? { year: noYear, period: sql`a.period`, grouped: [sql`a.period`] }
      : time === 'year'
        ? { year: sql`${yearOfPeriod}::integer`, period: noPeriod, grouped: [yearOfPeriod] }
        : { year: noYear, period: noPeriod, grouped: [] };
  const flow = (found: Partial<Record<Sum, RawBuilder<unknown>>>, from: RawBuilder<unknown>) =>
    read(found, from, timeOf.year, timeOf.period, timeOf.grouped);
  const within = sql`a.city_id = ${scope.cityId} and a.period between ${months.from} and ${months.to}`;

  const ownPlan = sql`select 1 from projects.pub_plan o where o.city_id = ${scope.cityId} and o.year = a.year
    and o.project_id = f.root_id and o.plan_yuan is not null`;
  const planRows = sql`projects.pub_plan a join ${family} f on f.project_id = a.project_id
    where a.city_id = ${scope.cityId} and a.year = any(${yearsOf(months)}::integer[]) ${ownElse(ownPlan)}`;
  const ownFiling = sql`select 1 from filings.pub_accepted o where o.city_id = ${scope.cityId} and o.project_id = f.root_id
    and o.period between left(a.period, 4) || '-01' and least(left(a.period, 4) || '-12', ${months.to})`;
  const ownFunds = sql`select 1 from funding.pub_month o where o.city_id = ${scope.cityId} and o.project_id = f.root_id
    and left(o.period, 4) = left(a.period, 4) and o.arrived_yuan is not null`;

  const pieces: RawBuilder<unknown>[] = [];
  if (wants('projects', 'items', 'total', 'startDue', 'startOverdue')) {
    const isDue = sql`f.plan_kind = 'new' and f.stage not in ('terminated', 'withdrawn')
      and coalesce(f.start_planned, ${`${scope.today.slice(0, 4)}-12-31`}::date) <= ${scope.today}::date`;
    const isStarted = sql`case when f.start_actual is null then f.stage = any(${path}) else f.start_actual <= ${scope.today}::date end`;
    pieces.push(
      read(
        {
          projects: sql`count(*)`,
          items: sql`sum(greatest(f.child_count, 1))`,
          total: sql`sum(f.total_yuan)`,
          startDue: sql`count(*) filter (where ${isDue})`,
          startOverdue: sql`count(*) filter (where ${isDue} and not (${isStarted}))`,
        },
        sql`(select p.total_yuan, p.plan_kind, p.stage, p.start_planned, p.start_actual, ${named} ${chosen(scope, pivot)}) f`,
      ),
    );
  }
  if (wants('plan', 'planOriginal', 'planned'))
    pieces.push(
      read(
        {
          plan: sql`sum(a.plan_yuan)`,
          planOriginal: sql`sum(a.original_yuan)`,
          planned: sql`count(distinct f.root_id) filter (where a.plan_yuan > 0)`,
        },
        planRows,
        sql`a.year`,
        noPeriod,
        [sql`a.year`],
      ),
    );
  if (wants('done', 'donePlanned')) {
    const plans = sql`(select f.root_id, a.year::text as year from ${planRows} group by 1, 2 having sum(a.plan_yuan) > 0)`;
    // What a month adds to the year's cumulative. The newest filing of a year is the sum of all of them.
    const steps =
      time === 'month'
        ? sql`(select a.project_id, a.period, left(a.period, 4) as year,
            a.cumulative_yuan - lag(a.cumulative_yuan, 1, 0::bigint) over (partition by a.project_id, left(a.period, 4) order by a.period) as yuan
          from filings.pub_accepted a where a.city_id = ${scope.cityId} and a.period between ${yearStart} and ${months.to})`
        : newest(scope, yearStart, months.to);
    pieces.push(
      read(
        {
          done: sql`sum(a.yuan)`,
          donePlanned: sql`sum(a.yuan) filter (where w.root_id is not null)`,
        },
        sql`${steps} a join ${family} f on f.project_id = a.project_id
          left join ${plans} w on w.root_id = f.root_id and w.year = a.year
          where true ${ownElse(ownFiling)}`,
        time === 'none' ? noYear : sql`a.year::integer`,
        time === 'month' ? sql`a.period` : noPeriod,
        time === 'month' ? [sql`a.year`, sql`a.period`] : time === 'year' ? [sql`a.year`] : [],
      ),
    );
  }
  if (wants('month', 'filings'))
    pieces.push(
      flow(
        { month: sql`sum(a.month_yuan)`, filings: sql`count(*)` },
        sql`filings.pub_accepted a join ${family} f on f.project_id = a.project_id where ${within} ${ownElse(ownFiling)}`,
      ),
    );
  if (wants('arrived'))
    pieces.push(
      flow(
        { arrived: sql`sum(a.arrived_yuan)` },
        sql`funding.pub_month a join ${family} f on f.project_id = a.project_id where ${within} ${ownElse(ownFunds)}`,
      ),
    );
  if (wants('paid'))
    pieces.push(
      flow(
        { paid: sql`sum(a.paid_yuan)` },
        sql`funding.pub_month a join ${family} f on f.project_id = a.project_id where ${within}`,
      ),
    );
  if (wants('due', 'onTime'))
    pieces.push(
      flow(
        {
          due: sql`count(*)`,
          onTime: sql`count(*) filter (where a.submitted_at is not null and coalesce(a.lateness_seconds, 0) <= 0)`,
        },
        sql`filings.pub_state a join ${family} f on f.project_id = a.project_id where ${within} and a.state <> 'exempt'`,
      ),
    );
  return sql<Row>`with mine as not materialized (select ${named} ${chosen(scope, pivot)})
    ${sql.join(pieces, sql` union all `)} limit ${limit}`;
}

const tail = (names: readonly RawBuilder<unknown>[], of = 'mine') =>
  names.length > 0 ? sql`, ${sql.join(names.map((n) => sql`${sql.ref(of)}.${n}`))}` : sql``;

/** The newest accepted filing of each project and year. */
const newest = (scope: Scope, from: string, to: string) => sql`(
  select distinct on (a.project_id, left(a.period, 4)) a.project_id, left(a.period, 4) as year, a.period, a.cumulative_yuan as yuan
  from filings.pub_accepted a where a.city_id = ${scope.cityId} and a.period between ${from} and ${to}
  order by a.project_id, left(a.period, 4), a.period desc)`;
