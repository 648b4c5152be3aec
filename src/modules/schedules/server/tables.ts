import type { Scope } from '#core/server/scope.ts';
import type { Content, PlannedDates, Progress } from '../shapes.ts';

export interface ScheduleTable {
  cityId: string;
  projectId: string;
  draft: Content | null;
  draftVersion: number;
  draftBy: string | null;
  draftAt: Date | null;
  nextUid: number;
  currentSeq: number;
}

export interface VersionTable {
  cityId: string;
  projectId: string;
  seq: number;
  content: Content;
  dates: PlannedDates[];
  startOn: string;
  finishOn: string;
  promisedOn: string | null;
  taskCount: number;
  reason: string;
  approver: string;
  actorId: string;
  actorName: string;
  at: Date;
}

export interface TaskTable {
  cityId: string;
  projectId: string;
  uid: number;
  position: number;
  level: number;
  name: string;
  unit: string | null;
  isMilestone: boolean;
  isSummary: boolean;
  isCritical: boolean;
  startOn: string;
  finishOn: string;
  baselineStartOn: string | null;
  baselineFinishOn: string | null;
}

export interface ProgressTable extends Progress {
  cityId: string;
  projectId: string;
}

export interface ProgressEventTable {
  cityId: string;
  id: string;
  projectId: string;
  uid: number;
  taskName: string;
  before: Omit<Progress, 'uid'> | null;
  after: Omit<Progress, 'uid'>;
  note: string | null;
  actorId: string;
  actorName: string;
  at: Date;
}

export const tables = (scope: Scope) =>
  scope.db.withTables<{
    'schedules.schedule': ScheduleTable;
    'schedules.version': VersionTable;
    'schedules.task': TaskTable;
    'schedules.progress': ProgressTable;
    'schedules.progressEvent': ProgressEventTable;
  }>();

/** Lists go in as text: the driver would send an array as a PostgreSQL array, not as jsonb. */
export const asJson = <T>(value: T): T => JSON.stringify(value) as unknown as T;
