import { sql } from 'kysely';
import type { Scope } from '#core/server/scope.ts';
import type { Day } from '#core/shared/day.ts';
import type { Words } from '#core/shared/words.ts';
import { calendarOf } from '#modules/calendar/server/public.ts';
import { withinReach } from '#modules/projects/server/public.ts';
import type { LateStep, PermitOwner } from '../contract.ts';
import { type StepState, stepStates } from '../flow.ts';
import { nearDays } from '../plan.ts';
import { type LimitUnit, permitCode } from '../templates.ts';
import { derivedOf } from './present.ts';
import { listSuspensions } from './step-store.ts';

interface RunningStep {
  stepId: string;
  projectId: string;
  projectName: string;
  code: string;
  name: Words;
  phase: 'running';
  after: string[];
  acceptedOn: Day;
  doneOn: null;
  limitDays: number;
  limitUnit: LimitUnit;
  unitId: string | null;
  unitName: string | null;
  ownerText: string;
}

interface OwnerCount {
  unitId: string | null;
  unitName: string | null;
  ownerText: string;
  running: number;
  finished: number;
  finishedInTime: number;
}

const ownerKey = (row: { unitId: string | null; ownerText: string }): string => row.unitId ?? row.ownerText;

/** Steps under way whose limit ends within a few days or is over: the stored due day keeps the read short. */
async function listPressing(scope: Scope): Promise<RunningStep[]> {
  const { rows } = await sql<RunningStep>`
    select s.id as step_id, s.project_id, p.name as project_name, s.code, s.name, s.phase, s.after, s.accepted_on, s.done_on,
      s.limit_days, s.limit_unit, s.unit_id, u.name as unit_name, s.owner_text
    from permits.step s
    join projects.pub_project p on p.city_id = s.city_id and p.id = s.project_id
    left join organization.pub_unit u on u.city_id = s.city_id and u.id = s.unit_id
    where s.city_id = ${scope.cityId} and s.phase = 'running' and s.due_on <= ${scope.today}::date + 14
      and ${withinReach(scope, 'permits.read')}
    order by s.due_on, p.serial`.execute(scope.db);
  return rows;
}

async function listOwnerCounts(scope: Scope): Promise<OwnerCount[]> {
  const { rows } = await sql<OwnerCount>`
    select s.unit_id, u.name as unit_name, case when s.unit_id is null then s.owner_text else '' end as owner_text,
      count(*) filter (where s.phase in ('running', 'suspended')) as running,
      count(*) filter (where s.phase = 'done') as finished,
      count(*) filter (where s.phase = 'done' and (s.due_on is null or s.done_on <= s.due_on)) as finished_in_time
    from permits.step s
    join projects.pub_project p on p.city_id = s.city_id and p.id = s.project_id
    left join organization.pub_unit u on u.city_id = s.city_id and u.id = s.unit_id
    where s.city_id = ${scope.cityId} and s.phase in ('running', 'suspended', 'done') and ${withinReach(scope, 'permits.read')}
    group by 1, 2, 3`.execute(scope.db);
  return rows;
}

async function countStates(scope: Scope) {
  const { rows } = await sql<{ projects: number; permitted: number; states: Partial<Record<StepState, number>> }>`
    with mine as (
      select s.project_id, s.code, s.state from permits.step s
      join projects.pub_project p on p.city_id = s.city_id and p.id = s.project_id
      where s.city_id = ${scope.cityId} and ${withinReach(scope, 'permits.read')}
    )
    select (select count(distinct project_id) from mine) as projects,
      (select count(*) from mine where code = ${permitCode} and state = 'done') as permitted,
      (select coalesce(jsonb_object_agg(state, n), '{}') from (select state, count(*) as n from mine group by state) g) as states`.execute(
    scope.db,
  );
  return rows[0]!;
}

/** Who is late with what: every owner with steps, the one with most of them over the limit first. */
export async function permitOwners(scope: Scope) {
  const calendar = await calendarOf(scope);
  const pressing = await listPressing(scope);
  const suspensions = Map.groupBy(
    await listSuspensions(
      scope,
      pressing.map((step) => step.stepId),
    ),
    (suspension) => suspension.stepId,
  );
  const late = pressing.flatMap((row): (LateStep & { owner: string })[] => {
    const step = { ...row, suspensions: suspensions.get(row.stepId) ?? [] };
    const { state, dueOn, usedDays, leftDays } = derivedOf(new Map(), step, scope.today, calendar);
    if (dueOn === null || usedDays === null || leftDays === null || leftDays > nearDays) return [];
    const { stepId, projectId, projectName, name, acceptedOn, limitDays, limitUnit } = row;
    return [
      {
        owner: ownerKey(row),
        stepId,
        projectId,
        projectName,
        name,
        state,
        acceptedOn,
        dueOn,
        usedDays,
        limitDays,
        limitUnit,
        leftDays,
      },
    ];
  });
  const byOwner = Map.groupBy(late, (step) => step.owner);
  const without = ({ owner: _, ...step }: LateStep & { owner: string }): LateStep => step;
  const owners = (await listOwnerCounts(scope)).map((row): PermitOwner => {
    const own = byOwner.get(ownerKey(row)) ?? [];
    return {
      unit: row.unitId === null ? null : { id: row.unitId, name: row.unitName ?? '' },
      name: row.unitName ?? row.ownerText,
      running: row.running,
      finished: row.finished,
      finishedInTime: row.finishedInTime,
      overdue: own.filter((step) => step.state === 'overdue').map(without),
      near: own.filter((step) => step.state !== 'overdue').map(without),
    };
  });
  const { projects, permitted, states } = await countStates(scope);
  const zero = Object.fromEntries(stepStates.map((state) => [state, 0])) as Record<StepState, number>;
  return {
    asOf: scope.today,
    projects,
    permitted,
    states: { ...zero, ...states },
    owners: owners.sort(
      (a, b) => b.overdue.length - a.overdue.length || b.near.length - a.near.length || a.name.localeCompare(b.name),
    ),
  };
}

/** What a new day changes: steps whose last day was yesterday are over their limit. */
export async function passDay(scope: Scope): Promise<string[]> {
  const { rows } = await sql<{ projectId: string }>`update permits.step set state = 'overdue'
    where city_id = ${scope.cityId} and state = 'running' and due_on < ${scope.today} returning project_id`.execute(
    scope.db,
  );
  return [...new Set(rows.map((row) => row.projectId))];
}
