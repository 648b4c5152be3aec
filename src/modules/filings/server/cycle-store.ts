import { sql } from 'kysely';
import type { Scope } from '#core/server/scope.ts';
import { newId } from '#core/shared/id.ts';
import { withinReach } from '#modules/projects/server/public.ts';
import type { CycleCounts } from '../cycle-contract.ts';
import type { Population } from '../form.ts';
import { type CycleKind, kindOf, type Period, yearOf } from '../period.ts';
import { type CycleRow, jsonb, tables } from './tables.ts';

export const findCycle = (scope: Scope, period: Period): Promise<CycleRow | undefined> =>
  tables(scope)
    .selectFrom('filings.cycle')
    .selectAll()
    .where('cityId', '=', scope.cityId)
    .where('kind', '=', kindOf(period))
    .where('period', '=', period)
    .executeTakeFirst();

/** Those that were opened, the newest first. */
export const listCycles = (
  scope: Scope,
  limit = 240,
  kind: CycleKind = 'monthly',
  states: readonly CycleRow['state'][] = ['open'],
): Promise<CycleRow[]> =>
  tables(scope)
    .selectFrom('filings.cycle')
    .selectAll()
    .where('cityId', '=', scope.cityId)
    .where('kind', '=', kind)
    .where('state', 'in', states)
    .orderBy('period', 'desc')
    .limit(limit)
    .execute();

/** The cycle, made now if it is not there. Two openings at once end with one cycle and one due moment. */
export async function insertCycle(
  scope: Scope,
  row: Omit<CycleRow, 'cityId' | 'id' | 'kind' | 'openedBy'>,
): Promise<{ cycle: CycleRow; isNew: boolean }> {
  const made = await tables(scope)
    .insertInto('filings.cycle')
    .values({
      ...row,
      covers: jsonb(row.covers),
      cityId: scope.cityId,
      id: newId(),
      kind: kindOf(row.period),
      openedBy: row.openedAt && scope.actor.name,
    })
    .onConflict((c) => c.columns(['cityId', 'kind', 'period']).doNothing())
    .returningAll()
    .executeTakeFirst();
  return made ? { cycle: made, isNew: true } : { cycle: (await findCycle(scope, row.period))!, isNew: false };
}

/** Cycles of every kind that still concern somebody: due within the last `days` days or yet to come. */
export const listRecentCycles = (scope: Scope, days: number): Promise<CycleRow[]> =>
  tables(scope)
    .selectFrom('filings.cycle')
    .selectAll()
    .where('cityId', '=', scope.cityId)
    .where('state', '=', 'open')
    .where('exemptReason', 'is', null)
    .where('dueAt', '>', new Date(scope.now.getTime() - days * 86_400_000))
    .orderBy('dueAt')
    .orderBy('period')
    .execute();

/** Cycles whose due moment may still move. */
export const listProvisional = (scope: Scope): Promise<CycleRow[]> =>
  tables(scope)
    .selectFrom('filings.cycle')
    .selectAll()
    .where('cityId', '=', scope.cityId)
    .where('dueState', '=', 'provisional')
    .orderBy('period')
    .execute();

export const setCycle = (
  scope: Scope,
  id: string,
  changes: Partial<Omit<CycleRow, 'cityId' | 'id'>>,
): Promise<CycleRow> =>
  tables(scope)
    .updateTable('filings.cycle')
    .set({ ...changes, ...(changes.covers && { covers: jsonb(changes.covers) }) })
    .where('cityId', '=', scope.cityId)
    .where('id', '=', id)
    .returningAll()
    .executeTakeFirstOrThrow();

/** Every unit that is a party to one of the projects of a cycle: who is told that it opened. */
export async function listParties(scope: Scope, cycle: CycleRow): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select distinct unit.id
    from filings.filing f
    join projects.pub_project p on p.city_id = f.city_id and p.id = f.project_id
    cross join lateral unnest(array[p.owner_unit_id, p.lead_unit_id, p.command_unit_id, p.county_unit_id]) as unit(id)
    where f.city_id = ${scope.cityId} and f.cycle_id = ${cycle.id} and unit.id is not null`.execute(scope.db);
  return rows.map((row) => row.id);
}

/**
 * The projects that must file in the period: those with a plan of the year and without items of their own; a package
 * files as one when none of its items has a plan. Terminated and withdrawn projects file no more. A form may narrow it to
 * tiers or stages.
 */
export async function listDueProjects(
  scope: Scope,
  period: Period,
  { tiers, stages }: Population = { tiers: [], stages: [] },
): Promise<string[]> {
  const year = yearOf(period);
  const { rows } = await sql<{ id: string }>`
    select p.id
    from projects.pub_project p
    join projects.pub_plan pl on pl.city_id = p.city_id and pl.project_id = p.id and pl.year = ${year}
    where p.city_id = ${scope.cityId} and p.stage not in ('terminated', 'withdrawn')
      ${tiers.length === 0 ? sql`` : sql`and p.tiers && ${[...tiers]}::text[]`}
      ${stages.length === 0 ? sql`` : sql`and p.stage = any(${[...stages]}::text[])`}
      and (p.child_count = 0 or not exists (
        select 1 from projects.pub_project c
        join projects.pub_plan cp on cp.city_id = c.city_id and cp.project_id = c.id and cp.year = ${year}
        where c.city_id = p.city_id and c.parent_id = p.id))
    order by p.serial`.execute(scope.db);
  return rows.map((row) => row.id);
}

/** Puts projects into the population of a cycle; those that are in it already stay as they are. Returns how many came in. */
export async function insertPopulation(
  scope: Scope,
  cycle: CycleRow,
  projects: readonly { projectId: string; exemptReason: string | null }[],
): Promise<number> {
  if (projects.length === 0) return 0;
  const { rows } = await sql<{ id: string; exemptReason: string | null }>`
    insert into filings.filing (city_id, id, cycle_id, project_id, kind, period, state, exempt_reason)
    select ${scope.cityId}, x.id, ${cycle.id}, x.project_id, ${cycle.kind}, ${cycle.period},
      case when x.reason is null then 'opened' else 'exempt' end, x.reason
    from jsonb_to_recordset(${jsonb(
      projects.map((p) => ({ id: newId(), project_id: p.projectId, reason: p.exemptReason })),
    )}::jsonb) as x(id uuid, project_id uuid, reason text)
    on conflict (city_id, project_id, period) do nothing
    returning id, exempt_reason`.execute(scope.db);
  await sql`
    insert into filings.filing_event (city_id, id, filing_id, event, at, actor_id, actor_name, reason)
    select ${scope.cityId}, x.id, x.filing_id, x.event, ${scope.now}, ${scope.actor.id}, ${scope.actor.name}, x.reason
    from jsonb_to_recordset(${jsonb(
      rows.map((row) => ({
        id: newId(),
        filing_id: row.id,
        event: row.exemptReason === null ? 'open' : 'exempt',
        reason: row.exemptReason,
      })),
    )}::jsonb) as x(id uuid, filing_id uuid, event text, reason text)`.execute(scope.db);
  return rows.length;
}

const noCounts: CycleCounts = {
  total: 0,
  opened: 0,
  draft: 0,
  checked: 0,
  submitted: 0,
  returned: 0,
  accepted: 0,
  frozen: 0,
  exempt: 0,
  overdue: 0,
};

/** How far each of these cycles has come, counted over the projects within the caller's reach. */
export async function countCycles(
  scope: Scope,
  cycles: readonly CycleRow[],
  permission = 'filings.read',
): Promise<Map<string, CycleCounts>> {
  const { rows } = await sql<CycleCounts & { cycleId: string }>`
    select f.cycle_id,
      count(*) filter (where f.state <> 'exempt') as total,
      count(*) filter (where f.state = 'opened') as opened,
      count(*) filter (where f.state = 'draft') as draft,
      count(*) filter (where f.state = 'checked') as checked,
      count(*) filter (where f.state = 'submitted') as submitted,
      count(*) filter (where f.state = 'returned') as returned,
      count(*) filter (where f.state = 'accepted') as accepted,
      count(*) filter (where f.state = 'frozen') as frozen,
      count(*) filter (where f.state = 'exempt') as exempt,
      count(*) filter (where f.state in ('opened', 'draft', 'checked', 'returned') and f.accepted_seq is null and c.due_at < ${scope.now}) as overdue
    from filings.filing f
    join filings.cycle c on c.city_id = f.city_id and c.id = f.cycle_id
    join projects.pub_project p on p.city_id = f.city_id and p.id = f.project_id
    where f.city_id = ${scope.cityId} and f.cycle_id = any(${cycles.map((c) => c.id)}::uuid[]) and ${withinReach(scope, permission)}
    group by f.cycle_id`.execute(scope.db);
  return new Map(rows.map(({ cycleId, ...counts }) => [cycleId, counts]));
}

export const countsOf = (all: Map<string, CycleCounts>, cycle: CycleRow): CycleCounts => all.get(cycle.id) ?? noCounts;

/** Exempts filings of a period that nobody has submitted, or asks them again. Returns those that changed. */
export async function setExemption(
  scope: Scope,
  cycle: CycleRow,
  filingIds: readonly string[],
  exemptReason: string | null,
): Promise<{ id: string; projectId: string }[]> {
  const isExempt = exemptReason !== null;
  const { rows } = await sql<{ id: string; projectId: string }>`
    update filings.filing set state = ${isExempt ? 'exempt' : 'opened'}, exempt_reason = ${exemptReason}
    where city_id = ${scope.cityId} and cycle_id = ${cycle.id} and id = any(${[...filingIds]}::uuid[])
      and ${isExempt ? sql`state in ('opened', 'draft', 'checked') and seq is null` : sql`state = 'exempt'`}
    returning id, project_id`.execute(scope.db);
  return rows;
}

/** Filings of the last periods that the caller still has to file. */
export async function countToFile(scope: Scope): Promise<number> {
  const cycles = await listRecentCycles(scope, 45);
  const { rows } = await sql<{ open: number }>`
    select count(*) as open
    from filings.filing f
    join projects.pub_project p on p.city_id = f.city_id and p.id = f.project_id
    where f.city_id = ${scope.cityId} and f.cycle_id = any(${cycles.map((c) => c.id)}::uuid[])
      and f.state in ('opened', 'draft', 'checked', 'returned') and ${withinReach(scope, 'filings.file')}`.execute(
    scope.db,
  );
  return rows[0]!.open;
}
