import { sql } from 'kysely';
import type { Scope } from '#core/server/scope.ts';
import { newId } from '#core/shared/id.ts';
import type { PlanEvent } from '../contract.ts';
import { asJson, type PlanRow, type StepEventTable, type StepRow, type SuspensionRow, tables } from './tables.ts';

export const findPlan = (scope: Scope, projectId: string): Promise<PlanRow | undefined> =>
  tables(scope)
    .selectFrom('permits.plan')
    .selectAll()
    .where('cityId', '=', scope.cityId)
    .where('projectId', '=', projectId)
    .executeTakeFirst();

/** Steps of a plan stand and fall together: whoever changes one holds the plan to the end of the transaction. */
export async function lockPlan(scope: Scope, projectId: string): Promise<void> {
  await tables(scope)
    .selectFrom('permits.plan')
    .select('projectId')
    .where('cityId', '=', scope.cityId)
    .where('projectId', '=', projectId)
    .forUpdate()
    .execute();
}

/** Projects that got a plan by this; those that have one already are left out. */
export async function insertPlans(scope: Scope, plans: readonly PlanRow[]): Promise<Set<string>> {
  if (plans.length === 0) return new Set();
  const added = await tables(scope)
    .insertInto('permits.plan')
    .values(plans.map((plan) => ({ ...plan, cityId: scope.cityId })))
    .onConflict((c) => c.columns(['cityId', 'projectId']).doNothing())
    .returning('projectId')
    .execute();
  return new Set(added.map((row) => row.projectId));
}

export const listSteps = (scope: Scope, projectId: string): Promise<StepRow[]> =>
  tables(scope)
    .selectFrom('permits.step')
    .selectAll()
    .where('cityId', '=', scope.cityId)
    .where('projectId', '=', projectId)
    .orderBy('position')
    .execute();

export const findStep = (scope: Scope, id: string): Promise<StepRow | undefined> =>
  tables(scope)
    .selectFrom('permits.step')
    .selectAll()
    .where('cityId', '=', scope.cityId)
    .where('id', '=', id)
    .executeTakeFirst();

export async function insertSteps(scope: Scope, steps: readonly StepRow[]): Promise<void> {
  for (let from = 0; from < steps.length; from += 1000)
    await tables(scope)
      .insertInto('permits.step')
      .values(
        steps.slice(from, from + 1000).map((step) => ({
          ...step,
          cityId: scope.cityId,
          name: asJson(step.name),
          file: asJson(step.file),
        })),
      )
      .execute();
}

export async function setStep(scope: Scope, step: StepRow): Promise<void> {
  const { id, projectId: _, code: __, ...set } = step;
  await tables(scope)
    .updateTable('permits.step')
    .set({ ...set, name: asJson(set.name), file: asJson(set.file) })
    .where('cityId', '=', scope.cityId)
    .where('id', '=', id)
    .execute();
}

/** A plan of which nothing was ever recorded. */
export async function isUntouched(scope: Scope, projectId: string): Promise<boolean> {
  const { rows } = await sql`select 1 from permits.step s where city_id = ${scope.cityId} and project_id = ${projectId}
    and (phase <> 'waiting' or exists (select 1 from permits.step_event e where e.city_id = s.city_id and e.step_id = s.id))
    limit 1`.execute(scope.db);
  return rows.length === 0;
}

/** Only for an untouched plan, which may be made anew from another template: there is no history to lose. */
export async function removePlan(scope: Scope, projectId: string): Promise<void> {
  const of = sql`city_id = ${scope.cityId} and project_id = ${projectId}`;
  await sql`delete from permits.step where ${of}`.execute(scope.db);
  await sql`delete from permits.plan where ${of}`.execute(scope.db);
}

export const listSuspensions = (scope: Scope, stepIds: readonly string[]): Promise<SuspensionRow[]> =>
  stepIds.length === 0
    ? Promise.resolve([])
    : tables(scope)
        .selectFrom('permits.suspension')
        .select(['id', 'stepId', 'fromOn', 'resumedOn', 'reason'])
        .where('cityId', '=', scope.cityId)
        .where('stepId', 'in', [...stepIds])
        .orderBy('fromOn')
        .execute();

export async function insertSuspensions(scope: Scope, rows: readonly Omit<SuspensionRow, 'id'>[]): Promise<void> {
  if (rows.length === 0) return;
  await tables(scope)
    .insertInto('permits.suspension')
    .values(
      rows.map((row) => ({ ...row, id: newId(), cityId: scope.cityId, actorName: scope.actor.name, at: scope.now })),
    )
    .execute();
}

export async function endSuspension(scope: Scope, stepId: string, resumedOn: string): Promise<void> {
  await tables(scope)
    .updateTable('permits.suspension')
    .set({ resumedOn })
    .where('cityId', '=', scope.cityId)
    .where('stepId', '=', stepId)
    .where('resumedOn', 'is', null)
    .execute();
}

export async function insertStepEvents(
  scope: Scope,
  events: readonly Pick<StepEventTable, 'projectId' | 'stepId' | 'event' | 'reason' | 'changes'>[],
): Promise<void> {
  for (let from = 0; from < events.length; from += 1000)
    await tables(scope)
      .insertInto('permits.stepEvent')
      .values(
        events.slice(from, from + 1000).map((event) => ({
          ...event,
          cityId: scope.cityId,
          id: newId(),
          at: scope.now,
          actorId: scope.actor.id,
          actorName: scope.actor.name,
          changes: asJson(event.changes),
        })),
      )
      .execute();
}

export async function listStepEvents(scope: Scope, projectId: string): Promise<PlanEvent[]> {
  const { rows } = await sql<Omit<PlanEvent, 'at'> & { at: Date }>`
    select e.id, s.name as step_name, e.at, e.event, e.actor_name, e.reason, e.changes
    from permits.step_event e join permits.step s on s.city_id = e.city_id and s.id = e.step_id
    where e.city_id = ${scope.cityId} and e.project_id = ${projectId}
    order by e.at desc, e.id desc limit 300`.execute(scope.db);
  return rows.map((row) => ({ ...row, at: row.at.toISOString() }));
}

export async function hasFile(scope: Scope, projectId: string, fileId: string): Promise<boolean> {
  const { rows } = await sql`select 1 from permits.step where city_id = ${scope.cityId} and project_id = ${projectId}
    and file ->> 'fileId' = ${fileId}`.execute(scope.db);
  return rows.length > 0;
}
