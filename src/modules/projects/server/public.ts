import { sql } from 'kysely';
import { notFound } from '#core/server/errors.ts';
import { emit } from '#core/server/events.ts';
import type { Scope } from '#core/server/scope.ts';
import type { BusinessDate, Milestone } from '../contract.ts';
import { listMilestones as milestonesOf, setMilestoneActual } from './milestone-store.ts';
import { listPlansOf, listPlanVersions, type PlanToSet, setPlans as writePlans } from './plan-store.ts';
import { partiesOf, toFields } from './record.ts';
import { type StandingToSet, writeStandings } from './standing-store.ts';
import {
  findProject as findRecord,
  insertProjects as insertRecords,
  type ProjectToInsert,
  type ProjectUpdate,
  updateProjects as updateRecords,
  type Why,
} from './store.ts';
import type { ProjectRecord } from './tables.ts';

export type { PlanToSet } from './plan-store.ts';
export { isWithinReach, withinReach } from './reach.ts';
export { partiesOf } from './record.ts';
export type { StandingToSet } from './standing-store.ts';
export type { ProjectToInsert, ProjectUpdate } from './store.ts';
export { listForMatching } from './store.ts';
export type { ProjectRecord } from './tables.ts';

const words = { zh: '项目', en: 'project' };

/** A project within the caller's reach for `permission`, or undefined; missing and out of reach look the same. */
export const findProject = (
  scope: Scope,
  id: string,
  permission = 'projects.read',
): Promise<ProjectRecord | undefined> => findRecord(scope, id, permission);

/** @throws Problem 404 when the project is missing or out of reach. */
export async function getProject(scope: Scope, id: string, permission = 'projects.read'): Promise<ProjectRecord> {
  const project = await findRecord(scope, id, permission);
  if (!project) throw notFound(words);
  return project;
}

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

/** The newest version of each year's plan, newest year first; `originalYuan` is 年初计划. Does not check reach: ask for the project first. */
export const listPlans = (scope: Scope, projectId: string) => listPlansOf(scope, projectId);
export { listPlanVersions };

/** Milestones in their order. Does not check reach: ask for the project first. */
export const listMilestones = (scope: Scope, projectId: string): Promise<Milestone[]> => milestonesOf(scope, projectId);

/**
 * Says that a milestone was reached on a day (or, with null, that it was not after all), for example when a filing that
 * ticked it is accepted. Saying it twice is one change. Emits `projects.changed`.
 * @throws Problem 404 when the project has no such milestone.
 */
export async function setMilestoneDone(
  scope: Scope,
  {
    projectId,
    milestoneId,
    actual,
    reason,
    document,
  }: { projectId: string; milestoneId: string; actual: BusinessDate | null; reason?: string; document?: string },
): Promise<Milestone> {
  const milestone = await setMilestoneActual(scope, projectId, milestoneId, actual, {
    kind: 'milestoneDone',
    reason,
    document,
  });
  if (!milestone) throw notFound({ zh: '节点', en: 'milestone' });
  const project = await findRecord(scope, projectId);
  if (project)
    await emit(scope, {
      topic: 'projects.changed',
      projectId,
      unitIds: partiesOf(project),
      data: { fields: ['milestones'] },
    });
  return milestone;
}

/**
 * How projects stand now: written by dispatch only, whenever filings, plans, rules or the day change. Derived data: it
 * may be written again at any time. Emits nothing (dispatch says itself what became of the lights) and returns the lights that changed.
 */
export const setStanding = (scope: Scope, rows: readonly StandingToSet[]) => writeStandings(scope, rows);

/** What people entered about a project, in the shape of the contract. */
export const fieldsOf = (record: ProjectRecord) => toFields(record);
export { importLedger } from './import-ledger.ts';
export { type MilestoneToSet, setMilestones } from './milestone-store.ts';
