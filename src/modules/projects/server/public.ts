import { notFound } from '#core/server/errors.ts';
import { emit } from '#core/server/events.ts';
import type { StoredFile } from '#core/server/files.ts';
import type { Scope } from '#core/server/scope.ts';
import type { BusinessDate, Milestone, ProjectFields } from '../contract.ts';
import { insertEvidence } from './evidence-store.ts';
import { listMilestones as milestonesOf, setMilestoneActual } from './milestone-store.ts';
import { listPlansOf, listPlanVersions } from './plan-store.ts';
import { partiesOf, toFields } from './record.ts';
import { type StandingToSet, writeStandings } from './standing-store.ts';
import { findProject as findRecord, lockProject as lockRecord, updateProject } from './store.ts';
import type { ProjectRecord } from './tables.ts';

export { announce, insertProjects, setPlans, updateProjects } from './bulk.ts';
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

/** The row locked for a change, or undefined when it is missing or out of reach for `permission`. */
export const lockProject = (scope: Scope, id: string, permission: string): Promise<ProjectRecord | undefined> =>
  lockRecord(scope, id, permission);

/** What passing a gate writes into the register beside the stage: left out, a field stays. */
export type StageChange = { id: string; stage: ProjectFields['stage'] } & Partial<
  Pick<ProjectFields, 'stageDates' | 'startActual' | 'finishActual' | 'enrolled' | 'enrolledOn'>
>;

/**
 * Where a project is in its life: written by `lifecycle` only, which keeps the gates, their dates and documents. The
 * change stands in the project's history; emits `projects.changed`. The same stage and dates again change nothing.
 * Does not check reach or gates: the caller has. Returns the row as it now stands.
 */
export async function setStage(
  scope: Scope,
  { id, ...changes }: StageChange,
  why: { reason?: string | null; document?: string | null } = {},
): Promise<ProjectRecord | undefined> {
  const row = await updateProject(scope, { id, changes }, { kind: 'changed', ...why });
  if (row)
    await emit(scope, {
      topic: 'projects.changed',
      projectId: id,
      unitIds: partiesOf(row),
      data: { fields: Object.keys(changes) },
    });
  return row;
}
/**
 * The total investment in whole yuan: written by `funding`, which keeps the document it rests on. The change stands in
 * the project's history; emits `projects.changed`. The same amount again changes nothing. Does not check reach.
 */
export async function setTotalYuan(
  scope: Scope,
  { id, totalYuan }: { id: string; totalYuan: number },
  why: { reason: string; document: string },
): Promise<ProjectRecord | undefined> {
  const row = await updateProject(scope, { id, changes: { totalYuan } }, { kind: 'changed', ...why });
  if (row)
    await emit(scope, {
      topic: 'projects.changed',
      projectId: id,
      unitIds: partiesOf(row),
      data: { fields: ['totalYuan'] },
    });
  return row;
}
/**
 * 入统: written by `enrolment`, which keeps the document of the statistics office it rests on. Emits `projects.changed`;
 * the same again changes nothing. Does not check reach.
 */
export async function setEnrolled(
  scope: Scope,
  { id, ...changes }: { id: string } & Pick<ProjectFields, 'enrolled' | 'enrolledOn' | 'enrolledCode'>,
  why: { reason: string; document: string | null },
): Promise<ProjectRecord | undefined> {
  const row = await updateProject(scope, { id, changes }, { kind: 'changed', ...why });
  if (row)
    await emit(scope, {
      topic: 'projects.changed',
      projectId: id,
      unitIds: partiesOf(row),
      data: { fields: ['enrolled', 'enrolledOn', 'enrolledCode'] },
    });
  return row;
}
export { industryName } from '../gb-industry.ts';
export { importLedger } from './import-ledger.ts';
export { type MilestoneToSet, setMilestones } from './milestone-store.ts';

/** Evidence of milestones that was gathered elsewhere: for loading. Emits nothing and does not check reach. */
export async function insertMilestoneEvidence(
  scope: Scope,
  rows: readonly {
    projectId: string;
    milestoneId: string;
    reachedOn: string;
    file: StoredFile;
    note: string;
    actorName: string;
    at: Date;
  }[],
): Promise<void> {
  for (const { file, ...row } of rows)
    await insertEvidence(scope, { ...row, fileId: file.id, fileName: file.name, fileType: file.type });
}
