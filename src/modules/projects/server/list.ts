import { type RawBuilder, sql } from 'kysely';
import type { Scope } from '#core/server/scope.ts';
import { type ColumnKey, columnKeys, longColumns, type SortKey } from '../columns.ts';
import type { ProjectRow, Totals } from '../list-shapes.ts';
import { lights } from '../stages.ts';
import { contentOf, facetLabels, listFrom, orderOf } from './list-columns.ts';
import { type ListCondition, listWhere, named } from './list-filter.ts';

export interface ListInput extends ListCondition {
  year: number;
  sort?: readonly { by: SortKey; down?: boolean | undefined }[] | undefined;
  columns?: readonly string[] | undefined;
  /** Only these projects (a selection), still within reach and filters. */
  ids?: readonly string[] | undefined;
  /** Only the items of this package. */
  parentId?: string | undefined;
}

const plain = sql`p.id, p.serial, p.name, p.code, p.board, p.industry, p.nature, p.plan_kind, p.stage, p.tiers, p.parent_id, p.child_count,
  p.region_code, p.start_planned, p.start_actual, p.finish_planned, p.finish_actual, p.total_yuan, p.done_before_yuan,
  p.owner_unit_id, p.owner_text, p.lead_unit_id, p.lead_text, p.command_unit_id, p.county_unit_id, p.responsible_name, p.leader_name,
  p.enrolled, p.enrolled_on, p.demo, s.light, s.explanation->'level' as level, s.cause, pl.plan_yuan, s.done_yuan, s.gap_points, s.filed_on, s.filing_state`;

/**
 * One page of the list. The page is cut before names are looked up, so a city of 20,000 projects costs a filter, two
 * key joins and a top-n sort; `limit` null reads everything, for an export.
 */
export async function listRows(
  scope: Scope,
  input: ListInput,
  offset: number,
  limit: number | null,
): Promise<ProjectRow[]> {
  const { rows } = await sql<ProjectRow>`${listStatement(scope, input, offset, limit)}`.execute(scope.db);
  return rows;
}

/** The statement itself, so that the benchmark can send the very same words without the program around them. */
export function listStatement(
  scope: Scope,
  input: ListInput,
  offset: number,
  limit: number | null,
): RawBuilder<ProjectRow> {
  const long = longColumns.filter((key) => input.columns?.includes(key));
  const extra = long.map((key) => sql`, ${contentOf[key]} as ${sql.ref(key)}`);
  const sort = input.sort?.length ? input.sort : [{ by: 'serial' as const }];
  const keys = sort.map(({ by }, i) => sql`, ${orderOf(by)} as ${sql.ref(`sort_${i}`)}`);
  const order = sql.join([
    ...sort.map(({ by, down }, i) => sql`${orderFor(by, i)} ${down ? sql`desc nulls last` : sql`asc nulls last`}`),
    sql`serial`,
  ]);
  const name = (alias: string) => sql`coalesce(${sql.ref(`${alias}.short_name`)}, ${sql.ref(`${alias}.name`)})`;
  return sql<ProjectRow>`select page.*, coalesce(r.short_name, r.name) as region_name,
      coalesce(${name('o')}, page.owner_text) as owner_name, coalesce(${name('l')}, page.lead_text) as lead_name,
      ${name('m')} as command_name, ${name('c')} as county_name
    from (select ${plain}${sql.join(extra, sql``)}${sql.join(keys, sql``)}
      from ${listFrom(input.year)} where ${where(scope, input)}
      order by ${order} ${limit === null ? sql`` : sql`limit ${limit} offset ${offset}`}) page
    left join organization.pub_unit o on o.city_id = ${scope.cityId} and o.id = page.owner_unit_id
    left join organization.pub_unit l on l.city_id = ${scope.cityId} and l.id = page.lead_unit_id
    left join organization.pub_unit m on m.city_id = ${scope.cityId} and m.id = page.command_unit_id
    left join organization.pub_unit c on c.city_id = ${scope.cityId} and c.id = page.county_unit_id
    left join organization.pub_region r on r.city_id = ${scope.cityId} and r.code = page.region_code
    order by ${order}`;
}

const orderFor = (by: SortKey, i: number) => (by === 'serial' ? sql.ref('serial') : sql.ref(`sort_${i}`));

const where = (scope: Scope, input: ListInput) =>
  sql`${listWhere(scope, input)}${input.ids ? sql` and p.id = any(${[...input.ids]}::uuid[])` : sql``}${input.parentId ? sql` and p.parent_id = ${input.parentId}` : sql``}`;

/** Counts and sums over everything the list shows, whichever page. A package's own figures stand for its items'. */
export async function totalsOf(scope: Scope, input: ListInput): Promise<Totals> {
  const { rows } = await totalsStatement(scope, input).execute(scope.db);
  const {
    rows: count,
    projects,
    items,
    totalYuan,
    planYuan,
    doneYuan,
    doneOfPlannedYuan,
    notEnrolled,
    notFiled,
    ...byLight
  } = rows[0] as Record<string, number>;
  return {
    rows: count!,
    projects: projects!,
    items: items!,
    totalYuan: totalYuan!,
    planYuan: planYuan!,
    doneYuan: doneYuan!,
    doneOfPlannedYuan: doneOfPlannedYuan!,
    notEnrolled: notEnrolled!,
    notFiled: notFiled!,
    lights: byLight as Totals['lights'],
  };
}

export function totalsStatement(scope: Scope, input: ListInput): RawBuilder<Record<string, number>> {
  const isItems = input.level === 'items';
  return sql<Record<string, number>>`select count(*) as rows,
      ${isItems ? sql`count(distinct coalesce(p.parent_id, p.id))` : sql`count(*)`} as projects,
      ${isItems ? sql`count(*)` : sql`coalesce(sum(greatest(p.child_count, 1)), 0)::bigint`} as items,
      coalesce(sum(p.total_yuan), 0)::bigint as total_yuan, coalesce(sum(pl.plan_yuan), 0)::bigint as plan_yuan,
      coalesce(sum(s.done_yuan), 0)::bigint as done_yuan,
      coalesce(sum(s.done_yuan) filter (where pl.plan_yuan > 0), 0)::bigint as done_of_planned_yuan,
      ${sql.join(lights.map((light) => sql`count(*) filter (where s.light = ${light}) as ${sql.ref(light)}`))},
      count(*) filter (where ${named(scope, 'notEnrolled')}) as not_enrolled,
      count(*) filter (where ${named(scope, 'notFiled')}) as not_filed
    from ${listFrom(input.year)} where ${where(scope, input)}`;
}

export async function countRows(scope: Scope, input: ListInput): Promise<number> {
  const { rows } = await sql<{
    rows: number;
  }>`select count(*) as rows from ${listFrom(input.year)} where ${where(scope, input)}`.execute(scope.db);
  return rows[0]!.rows;
}

/** The questions of the list's first tabs, answered in one pass. */
export async function standingCounts(scope: Scope, input: ListInput) {
  const { rows } = await sql<Record<'projects' | 'items' | 'mine' | 'late' | 'startOverdue' | 'notEnrolled', number>>`
    select count(*) as projects, coalesce(sum(greatest(p.child_count, 1)), 0)::bigint as items,
      count(*) filter (where ${named(scope, 'mine')}) as mine,
      count(*) filter (where s.light = 'late') as late,
      count(*) filter (where ${named(scope, 'startOverdue')}) as start_overdue,
      count(*) filter (where ${named(scope, 'notEnrolled')}) as not_enrolled
    from ${listFrom(input.year)} where ${where(scope, input)}`.execute(scope.db);
  return rows[0]!;
}

/** Values of one column with counts, under every condition but those on the column itself: what a filter's menu offers. */
export async function facetOf(
  scope: Scope,
  field: string,
  input: ListInput,
): Promise<{ value: string | null; label: string; count: number }[]> {
  const key = columnKeys.find((k) => k === field) as ColumnKey | undefined;
  if (!key) return [];
  const others = { ...input, filters: input.filters?.filter((f) => !('field' in f) || f.field !== key) };
  const value = key === 'tiers' ? sql`tier.label` : sql`${contentOf[key]}::text`;
  const label = facetLabels[key] ?? sql`max(${value})`;
  const from =
    key === 'tiers'
      ? sql`${listFrom(input.year)} left join lateral unnest(p.tiers) tier (label) on true`
      : listFrom(input.year);
  const { rows } = await sql<{ value: string | null; label: string | null; count: number }>`
    select ${value} as value, ${label} as label, count(*) as count from ${from} where ${where(scope, others)}
    group by 1 order by count(*) desc, 1 limit 300`.execute(scope.db);
  return rows.map((row) => ({ ...row, label: row.label ?? row.value ?? '' }));
}
