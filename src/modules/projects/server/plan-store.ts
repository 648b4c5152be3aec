import { sql } from 'kysely';
import type { Scope } from '#core/server/scope.ts';
import { isSame } from '../changes.ts';
import type { Plan } from '../contract.ts';
import { insertEvents } from './store.ts';
import { type PlanVersionTable, tables } from './tables.ts';

export interface PlanToSet {
  projectId: string;
  year: number;
  planYuan: number | null;
  goal: string | null;
  /** Cumulative yuan at the end of each of the twelve months; null = spread evenly. */
  curve: number[] | null;
  reason?: string | null;
  document?: string | null;
  approver?: string | null;
  /** Left out: the day of the scope. */
  effectiveOn?: string;
}

/**
 * Makes a new version of each plan that really differs from its newest version and returns those; equal plans are left
 * alone. Written with history, in one transaction; emits nothing.
 */
export async function setPlans(scope: Scope, plans: readonly PlanToSet[], kind: 'planned' | 'imported' = 'planned') {
  if (plans.length === 0) return [];
  const current = await tables(scope)
    .selectFrom('projects.plan')
    .selectAll()
    .where('cityId', '=', scope.cityId)
    .where('projectId', '=', sql<string>`any(${[...new Set(plans.map((p) => p.projectId))]}::uuid[])`)
    .orderBy('projectId')
    .forUpdate()
    .execute();
  const keyOf = (p: { projectId: string; year: number }) => `${p.projectId} ${p.year}`;
  const newest = new Map(current.map((row) => [keyOf(row), row]));
  const versions = plans.flatMap((plan): PlanVersionTable[] => {
    const before = newest.get(keyOf(plan));
    const isEqual =
      before !== undefined &&
      before.planYuan === plan.planYuan &&
      before.goal === plan.goal &&
      JSON.stringify(before.curve) === JSON.stringify(plan.curve);
    if (isEqual) return [];
    return [
      {
        cityId: scope.cityId,
        projectId: plan.projectId,
        year: plan.year,
        version: (before?.version ?? 0) + 1,
        planYuan: plan.planYuan,
        goal: plan.goal,
        curve: plan.curve,
        reason: plan.reason || null,
        document: plan.document || null,
        approver: plan.approver || null,
        effectiveOn: plan.effectiveOn ?? scope.today,
        actorId: scope.actor.id,
        actorName: scope.actor.name,
        at: scope.now,
      },
    ];
  });
  for (let at = 0; at < versions.length; at += 2000) await writeVersions(scope, versions.slice(at, at + 2000));
  await insertEvents(
    scope,
    versions.map((v) => {
      const before = newest.get(keyOf(v));
      const pair = (field: 'planYuan' | 'goal' | 'curve') =>
        isSame(before?.[field] ?? null, v[field]) ? [] : [{ field, before: before?.[field] ?? null, after: v[field] }];
      const changes = [
        { field: 'year', before: v.year, after: v.year },
        ...pair('planYuan'),
        ...pair('goal'),
        ...pair('curve'),
      ];
      return { projectId: v.projectId, kind, reason: v.reason, document: v.document, changes };
    }),
  );
  return versions;
}

async function writeVersions(scope: Scope, versions: readonly PlanVersionTable[]): Promise<void> {
  const rows = JSON.stringify(
    versions.map((v) => ({
      city_id: v.cityId,
      project_id: v.projectId,
      year: v.year,
      version: v.version,
      plan_yuan: v.planYuan,
      goal: v.goal,
      curve: v.curve,
      reason: v.reason,
      document: v.document,
      approver: v.approver,
      effective_on: v.effectiveOn,
      actor_id: v.actorId,
      actor_name: v.actorName,
      at: v.at,
    })),
  );
  await sql`insert into projects.plan_version select * from jsonb_populate_recordset(null::projects.plan_version, ${rows}::jsonb)`.execute(
    scope.db,
  );
  // original_yuan is written with version 1 and by nothing afterwards.
  await sql`insert into projects.plan (city_id, year, project_id, version, plan_yuan, original_yuan, goal, curve, effective_on)
    select city_id, year, project_id, version, plan_yuan, plan_yuan, goal, curve, effective_on
    from jsonb_populate_recordset(null::projects.plan_version, ${rows}::jsonb)
    on conflict (city_id, year, project_id) do update
      set version = excluded.version, plan_yuan = excluded.plan_yuan, goal = excluded.goal,
          curve = excluded.curve, effective_on = excluded.effective_on`.execute(scope.db);
}

/** The newest version of every year's plan of one project, newest year first. */
export const listPlansOf = (scope: Scope, projectId: string) =>
  tables(scope)
    .selectFrom('projects.plan as l')
    .innerJoin('projects.planVersion as v', (join) =>
      join
        .onRef('v.cityId', '=', 'l.cityId')
        .onRef('v.projectId', '=', 'l.projectId')
        .onRef('v.year', '=', 'l.year')
        .onRef('v.version', '=', 'l.version'),
    )
    .select([
      'l.year',
      'l.version',
      'l.planYuan',
      'l.goal',
      'l.curve',
      'v.reason',
      'v.approver',
      'l.effectiveOn',
      'l.originalYuan',
    ])
    .where('l.cityId', '=', scope.cityId)
    .where('l.projectId', '=', projectId)
    .orderBy('l.year', 'desc')
    .execute();

/** Every version ever made, newest first. */
export const listPlanVersions = (
  scope: Scope,
  projectId: string,
): Promise<(Plan & { actorName: string; at: Date })[]> =>
  tables(scope)
    .selectFrom('projects.planVersion')
    .select(['year', 'version', 'planYuan', 'goal', 'curve', 'reason', 'approver', 'effectiveOn', 'actorName', 'at'])
    .where('cityId', '=', scope.cityId)
    .where('projectId', '=', projectId)
    .orderBy('year', 'desc')
    .orderBy('version', 'desc')
    .execute();
