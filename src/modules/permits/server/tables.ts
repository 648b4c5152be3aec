import type { Scope } from '#core/server/scope.ts';
import type { Day } from '#core/shared/day.ts';
import type { Words } from '#core/shared/words.ts';
import type { PlanEvent, TemplateStep } from '../contract.ts';
import type { Phase, StepState } from '../flow.ts';
import type { Lane, LimitUnit } from '../templates.ts';

export interface TemplateVersionTable {
  cityId: string;
  code: string;
  version: number;
  steps: TemplateStep[];
  reason: string;
  actorId: string;
  actorName: string;
  at: Date;
}

export interface PlanTable {
  cityId: string;
  projectId: string;
  templateCode: string;
  templateVersion: number;
  actorName: string;
  madeAt: Date;
}
export type PlanRow = Omit<PlanTable, 'cityId'>;

export interface StepTable {
  cityId: string;
  id: string;
  projectId: string;
  code: string;
  name: Words;
  lane: Lane;
  position: number;
  ownerText: string;
  unitId: string | null;
  limitDays: number | null;
  limitUnit: LimitUnit;
  basis: string;
  isReference: boolean;
  after: string[];
  phase: Phase;
  acceptedOn: Day | null;
  doneOn: Day | null;
  documentNo: string | null;
  file: { fileId: string; name: string } | null;
  note: string | null;
  state: StepState;
  dueOn: Day | null;
  usedDays: number | null;
  version: number;
  changedAt: Date;
}
export type StepRow = Omit<StepTable, 'cityId'>;

export interface SuspensionTable {
  cityId: string;
  id: string;
  stepId: string;
  fromOn: Day;
  resumedOn: Day | null;
  reason: string;
  actorName: string;
  at: Date;
}
export type SuspensionRow = Pick<SuspensionTable, 'id' | 'stepId' | 'fromOn' | 'resumedOn' | 'reason'>;

export interface StepEventTable {
  cityId: string;
  id: string;
  projectId: string;
  stepId: string;
  at: Date;
  event: PlanEvent['event'];
  actorId: string;
  actorName: string;
  reason: string | null;
  changes: PlanEvent['changes'];
}

export const tables = (scope: Scope) =>
  scope.db.withTables<{
    'permits.templateVersion': TemplateVersionTable;
    'permits.plan': PlanTable;
    'permits.step': StepTable;
    'permits.suspension': SuspensionTable;
    'permits.stepEvent': StepEventTable;
  }>();

/** pg would send an array as a PostgreSQL array, not as jsonb. */
export const asJson = <T>(value: T): T => (value === null ? value : (JSON.stringify(value) as unknown as T));
