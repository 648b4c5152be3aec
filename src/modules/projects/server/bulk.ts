import { sql } from 'kysely';
import { emit } from '#core/server/events.ts';
import type { Scope } from '#core/server/scope.ts';
import { type PlanToSet, setPlans as writePlans } from './plan-store.ts';
import { partiesOf } from './record.ts';
import {
  insertProjects as insertRecords,
  type ProjectToInsert,
  type ProjectUpdate,
  updateProjects as updateRecords,
  type Why,
} from './store.ts';
import type { ProjectRecord } from './tables.ts';

/** Writing many projects or plans at once, and saying so once: for imports and for other modules. */

/** Enters projects in order; packages and their items may come together when the package carries an `id`. Emits `projects.imported` once. */
export async function insertProjects(
  scope: Scope,
  projects: readonly ProjectToInsert[],
  why: Why,
): Promise<ProjectRecord[]> {
  const rows = await insertRecords(scope, projects, why);
  await announce(scope, rows, rows.length, 0);
  return rows;
}

/** Changes projects; fields left out stay and equal values change nothing. Returns the rows that changed. Emits `projects.imported` once. */
export async function updateProjects(
  scope: Scope,
  updates: readonly ProjectUpdate[],
  why: Why,
): Promise<ProjectRecord[]> {
  const rows = await updateRecords(scope, updates, why);
  await announce(scope, rows, 0, rows.length);
  return rows;
}

/** One event for many projects: a listener recomputes what it keeps about all of them. */
export async function announce(
  scope: Scope,
  rows: readonly ProjectRecord[],
  created: number,
  changed: number,
): Promise<void> {
  if (rows.length === 0) return;
  await emit(scope, {
    topic: 'projects.imported',
    unitIds: [...new Set(rows.flatMap(partiesOf))],
    data: { created, changed },
  });
}

/** New versions of plans where they differ from the newest; equal plans are left alone. Emits `projects.planChanged` for each, or once without a project for many. */
export async function setPlans(
  scope: Scope,
  plans: readonly PlanToSet[],
  kind: 'planned' | 'imported' = 'planned',
): Promise<number> {
  const versions = await writePlans(scope, plans, kind);
  const { rows } = await sql<
    Pick<ProjectRecord, 'id' | 'ownerUnitId' | 'leadUnitId' | 'commandUnitId' | 'countyUnitId'>
  >`
    select id, owner_unit_id, lead_unit_id, command_unit_id, county_unit_id from projects.project
    where city_id = ${scope.cityId} and id = any(${versions.map((v) => v.projectId)}::uuid[])`.execute(scope.db);
  if (rows.length > 20)
    await emit(scope, {
      topic: 'projects.planChanged',
      unitIds: [...new Set(rows.flatMap(partiesOf))],
      data: { count: versions.length },
    });
  else
    for (const row of rows)
      await emit(scope, {
        topic: 'projects.planChanged',
        projectId: row.id,
        unitIds: partiesOf(row),
        data: { years: versions.filter((v) => v.projectId === row.id).map((v) => v.year) },
      });
  return versions.length;
}
