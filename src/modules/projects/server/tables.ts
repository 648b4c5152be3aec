import type { z } from 'zod';
import type { Scope } from '#core/server/scope.ts';
import type { Change } from '../contract.ts';
import type { ListQuery } from '../list-shapes.ts';
import type { CoordinateSystem, Light, PlanKind, Precision, Stage } from '../stages.ts';

export interface ProjectTable {
  cityId: string;
  id: string;
  serial: number;
  name: string;
  initials: string;
  code: string | null;
  board: string | null;
  industry: string | null;
  nature: string | null;
  planKind: PlanKind | null;
  stage: Stage;
  stageDates: Partial<Record<Stage, string>>;
  tiers: string[];
  parentId: string | null;
  childCount: number;
  regionCode: string | null;
  address: string | null;
  lng: number | null;
  lat: number | null;
  enteredCrs: CoordinateSystem | null;
  enteredX: number | null;
  enteredY: number | null;
  content: string | null;
  startPlanned: string | null;
  startPlannedPrecision: Precision | null;
  startPlannedText: string | null;
  startActual: string | null;
  startActualPrecision: Precision | null;
  startActualText: string | null;
  finishPlanned: string | null;
  finishPlannedPrecision: Precision | null;
  finishPlannedText: string | null;
  finishActual: string | null;
  finishActualPrecision: Precision | null;
  finishActualText: string | null;
  totalYuan: number | null;
  doneBeforeYuan: number | null;
  doneBeforeYear: number | null;
  funds: string | null;
  ownerUnitId: string | null;
  ownerText: string | null;
  leadUnitId: string | null;
  leadText: string | null;
  commandUnitId: string | null;
  countyUnitId: string | null;
  responsibleName: string | null;
  responsiblePersonId: string | null;
  leaderName: string | null;
  leaderPersonId: string | null;
  contactName: string | null;
  contactPhone: string | null;
  enrolled: boolean;
  enrolledOn: string | null;
  enrolledCode: string | null;
  source: string | null;
  demo: boolean;
  remark: string | null;
  version: number;
  createdAt: Date;
  changedAt: Date;
}
export type ProjectRecord = ProjectTable;

export interface EventTable {
  cityId: string;
  id: string;
  projectId: string;
  at: Date;
  kind: 'created' | 'changed' | 'imported' | 'planned' | 'milestones' | 'milestoneDone' | 'light';
  actorId: string;
  actorName: string;
  reason: string | null;
  document: string | null;
  changes: z.infer<typeof Change>[];
}

export interface PlanTable {
  cityId: string;
  year: number;
  projectId: string;
  version: number;
  planYuan: number | null;
  originalYuan: number | null;
  goal: string | null;
  curve: number[] | null;
  effectiveOn: string;
}

export interface PlanVersionTable {
  cityId: string;
  projectId: string;
  year: number;
  version: number;
  planYuan: number | null;
  goal: string | null;
  curve: number[] | null;
  reason: string | null;
  document: string | null;
  approver: string | null;
  effectiveOn: string;
  actorId: string;
  actorName: string;
  at: Date;
}

export interface MilestoneTable {
  cityId: string;
  id: string;
  projectId: string;
  position: number;
  name: string;
  planned: string | null;
  plannedPrecision: Precision | null;
  plannedText: string | null;
  due: string | null;
  duePrecision: Precision | null;
  dueText: string | null;
  actual: string | null;
  actualPrecision: Precision | null;
  actualText: string | null;
  removedAt: Date | null;
}

export interface StandingTable {
  cityId: string;
  year: number;
  projectId: string;
  light: Light;
  cause: string | null;
  explanation: unknown;
  planYuan: number | null;
  doneYuan: number | null;
  gapPoints: number | null;
  filedOn: string | null;
  filingState: string | null;
  asOf: string;
  since: string;
}

export interface ViewTable {
  cityId: string;
  id: string;
  accountId: string;
  unitIds: string[];
  shared: boolean;
  name: string;
  definition: ListQuery;
  createdAt: Date;
}

export interface ChoiceTable {
  cityId: string;
  kind: 'board' | 'tier' | 'nature';
  label: string;
  mark: string | null;
  position: number;
}

export const tables = (scope: Scope) =>
  scope.db.withTables<{
    'projects.project': ProjectTable;
    'projects.projectEvent': EventTable;
    'projects.plan': PlanTable;
    'projects.planVersion': PlanVersionTable;
    'projects.milestone': MilestoneTable;
    'projects.standing': StandingTable;
    'projects.savedView': ViewTable;
    'projects.choice': ChoiceTable;
  }>();
