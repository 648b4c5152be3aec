import type { Scope } from '#core/server/scope.ts';
import { isWithinReach, type ProjectRecord } from '#modules/projects/server/public.ts';
import type { FixedVersion, Schedule, VersionHead } from '../contract.ts';
import { cityDaysOf } from './city-days.ts';
import { findSchedule, findVersion, listProgress, listVersions } from './store.ts';
import type { VersionTable } from './tables.ts';

type HeadRow = Pick<
  VersionTable,
  'seq' | 'reason' | 'approver' | 'actorName' | 'at' | 'startOn' | 'finishOn' | 'promisedOn' | 'taskCount'
>;

export const presentHead = (row: HeadRow): VersionHead => ({
  seq: row.seq,
  reason: row.reason,
  approver: row.approver,
  actorName: row.actorName,
  at: row.at.toISOString(),
  start: row.startOn,
  finish: row.finishOn,
  promised: row.promisedOn,
  taskCount: row.taskCount,
});

export const presentVersion = (row: VersionTable): FixedVersion => ({
  ...presentHead(row),
  content: row.content,
  dates: row.dates,
});

/** The schedule of a project that was found within reach. A project without one gets an empty answer, ready to begin. */
export async function presentSchedule(scope: Scope, project: ProjectRecord): Promise<Schedule> {
  const [schedule, versions, progress, city] = [
    await findSchedule(scope, project.id),
    await listVersions(scope, project.id),
    await listProgress(scope, project.id),
    await cityDaysOf(scope),
  ];
  const current =
    schedule && schedule.currentSeq > 0 ? await findVersion(scope, project.id, schedule.currentSeq) : null;
  const baseline = current && current.seq > 1 ? await findVersion(scope, project.id, 1) : current;
  const may = (permission: string) => scope.can(permission) && isWithinReach(scope, permission, project);
  return {
    project: {
      id: project.id,
      name: project.name,
      serial: project.serial,
      board: project.board,
      demo: project.demo,
      startOn: project.startActual ?? project.startPlanned,
      finishOn: project.finishPlanned,
    },
    draft: schedule?.draft ?? null,
    draftVersion: schedule?.draftVersion ?? 0,
    draftBy: schedule?.draftBy ?? null,
    draftAt: schedule?.draftAt?.toISOString() ?? null,
    versions: versions.map(presentHead),
    current: current ? presentVersion(current) : null,
    baseline: baseline ? presentVersion(baseline) : null,
    progress,
    nextUid: schedule?.nextUid ?? 1,
    city,
    allowed: [
      ...(may('schedules.edit') ? (['edit'] as const) : []),
      ...(may('schedules.progress') ? (['progress'] as const) : []),
      ...(may('schedules.fix') ? (['fix'] as const) : []),
    ],
  };
}
