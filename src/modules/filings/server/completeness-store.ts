import { type RawBuilder, sql } from 'kysely';
import type { Scope } from '#core/server/scope.ts';
import { withinReach } from '#modules/projects/server/public.ts';
import type { CompletenessGroup, CompletenessName, CompletenessRow, CompletenessState } from '../cycle-contract.ts';

const unitOf: Record<CompletenessGroup, RawBuilder<unknown>> = {
  // Who answers for a project without a lead unit is its county, as in the levels of review.
  lead: sql`coalesce(p.lead_unit_id, p.county_unit_id)`,
  owner: sql`p.owner_unit_id`,
  command: sql`p.command_unit_id`,
  county: sql`p.county_unit_id`,
};

const isMissing = sql`f.state in ('opened', 'draft', 'checked', 'returned') and f.accepted_seq is null`;
/** Seconds by which a filing is late: as submitted, or until now while it is missing. */
const lateSeconds = (scope: Scope): RawBuilder<number> => sql<number>`
  case when ${isMissing} then greatest(0, floor(extract(epoch from ${scope.now}::timestamptz - c.due_at)))::bigint
    when f.state = 'exempt' then 0 else coalesce(f.lateness_seconds, 0) end`;

const conditions = (scope: Scope): Record<CompletenessState, RawBuilder<boolean>> => ({
  owed: sql`f.state <> 'exempt'`,
  filed: sql`f.state in ('submitted', 'accepted', 'frozen')`,
  accepted: sql`f.state in ('accepted', 'frozen')`,
  responsibleUnit: sql`f.state = 'submitted' and f.level = 'responsibleUnit'`,
  commandPost: sql`f.state = 'submitted' and f.level = 'commandPost'`,
  office: sql`f.state = 'submitted' and coalesce(f.level, 'office') = 'office'`,
  returned: sql`f.state = 'returned'`,
  missing: sql`f.state in ('opened', 'draft', 'checked')`,
  late: sql`f.state in ('submitted', 'accepted', 'frozen') and f.lateness_seconds > 0`,
  overdue: sql`${isMissing} and c.due_at < ${scope.now}`,
  exempt: sql`f.state = 'exempt'`,
});

const placed = sql`
  filings.filing f
  join filings.cycle c on c.city_id = f.city_id and c.id = f.cycle_id
  join projects.pub_project p on p.city_id = f.city_id and p.id = f.project_id`;

/**
 * The completeness of one cycle in one statement: a row for each unit of the grouping, most overdue first, over the
 * projects within the caller's reach. Counts and whole seconds; `unitId` null gathers the projects without such a unit.
 */
export async function listCompleteness(
  scope: Scope,
  cycleId: string,
  by: CompletenessGroup = 'lead',
): Promise<CompletenessRow[]> {
  const when = conditions(scope);
  const count = (state: CompletenessState) => sql`count(*) filter (where ${when[state]})`;
  const { rows } = await sql<CompletenessRow>`
    with counted as (
      select ${unitOf[by]} as unit_id, ${count('owed')} as owed, ${count('filed')} as filed, ${count('accepted')} as accepted,
        ${count('responsibleUnit')} as responsible_unit, ${count('commandPost')} as command_post, ${count('office')} as office,
        ${count('returned')} as returned, ${count('missing')} as missing, ${count('late')} as late, ${count('overdue')} as overdue,
        ${count('exempt')} as exempt, coalesce(max(${lateSeconds(scope)}), 0)::bigint as most_late_seconds
      from ${placed}
      where f.city_id = ${scope.cityId} and f.cycle_id = ${cycleId} and ${withinReach(scope, 'filings.read')}
      group by 1)
    select counted.*, coalesce(u.short_name, u.name) as unit_name
    from counted left join organization.pub_unit u on u.city_id = ${scope.cityId} and u.id = counted.unit_id
    order by counted.overdue desc, counted.missing + counted.returned desc, unit_name nulls last`.execute(scope.db);
  return rows;
}

/** The projects behind one figure of the board, the latest first. `unitId` null: those without a unit; undefined: all. */
export async function listCompletenessNames(
  scope: Scope,
  cycleId: string,
  filter: { by: CompletenessGroup; state: CompletenessState; unitId?: string | null | undefined },
): Promise<CompletenessName[]> {
  const { by, state, unitId } = filter;
  const ofUnit =
    unitId === undefined
      ? sql``
      : unitId === null
        ? sql`and ${unitOf[by]} is null`
        : sql`and ${unitOf[by]} = ${unitId}::uuid`;
  const { rows } = await sql<Omit<CompletenessName, 'submittedAt'> & { submittedAt: Date | null }>`
    select f.id as filing_id, f.project_id, p.name as project_name, p.demo, coalesce(u.short_name, u.name) as unit_name, f.period,
      f.state, f.level, f.submitted_by_name as submitted_by, f.submitted_at, ${lateSeconds(scope)} as late_seconds,
      f.return_reason, f.exempt_reason
    from ${placed}
    left join organization.pub_unit u on u.city_id = p.city_id and u.id = ${unitOf[by]}
    where f.city_id = ${scope.cityId} and f.cycle_id = ${cycleId} and ${withinReach(scope, 'filings.read')}
      and ${conditions(scope)[state]} ${ofUnit}
    order by late_seconds desc, unit_name nulls last, p.serial`.execute(scope.db);
  return rows.map((row) => ({ ...row, submittedAt: row.submittedAt?.toISOString() ?? null }));
}

const figures = [
  'owed',
  'filed',
  'accepted',
  'responsibleUnit',
  'commandPost',
  'office',
  'returned',
  'missing',
  'late',
  'overdue',
  'exempt',
] as const;

/** The sum of the rows of a board. */
export function totalOf(rows: readonly CompletenessRow[]): CompletenessRow {
  const sums = Object.fromEntries(figures.map((key) => [key, rows.reduce((sum, row) => sum + row[key], 0)]));
  return {
    ...(sums as Record<(typeof figures)[number], number>),
    unitId: null,
    unitName: null,
    mostLateSeconds: rows.reduce((most, row) => Math.max(most, row.mostLateSeconds), 0),
  };
}
