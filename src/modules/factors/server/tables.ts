import type { Scope } from '#core/server/scope.ts';
import type { Day } from '#core/shared/day.ts';
import type { CategoryCode } from '../categories.ts';
import type { Clearance } from '../clearance.ts';
import type { Evidence, NeedEvent } from '../contract.ts';
import type { LampCause, LampLight } from '../lamp.ts';
import type { NeedState } from '../need-state.ts';

export interface NeedTable {
  cityId: string;
  id: string;
  projectId: string;
  category: CategoryCode;
  decimals: number;
  demand: number;
  supplied: number;
  allotted: number;
  clearance: Clearance | null;
  unitId: string | null;
  personName: string | null;
  promisedOriginal: Day | null;
  promisedOn: Day | null;
  evidence: string | null;
  files: Evidence[];
  note: string | null;
  state: NeedState;
  version: number;
  changedAt: Date;
}
export type NeedRow = Omit<NeedTable, 'cityId'>;

export interface NeedEventTable {
  cityId: string;
  id: string;
  projectId: string;
  category: CategoryCode;
  at: Date;
  kind: NeedEvent['kind'];
  actorId: string;
  actorName: string;
  reason: string | null;
  changes: NeedEvent['changes'];
}

export interface LampTable {
  cityId: string;
  projectId: string;
  light: LampLight;
  cause: LampCause;
  category: CategoryCode | null;
  asOf: Day;
  since: Day;
}

export interface PoolTable {
  cityId: string;
  id: string;
  category: CategoryCode;
  year: number;
  name: string;
  decimals: number;
  size: number;
  allotted: number;
  version: number;
}
export type PoolRow = Omit<PoolTable, 'cityId'>;

export interface PoolVersionTable {
  cityId: string;
  poolId: string;
  version: number;
  size: number;
  document: string;
  note: string | null;
  actorId: string;
  actorName: string;
  at: Date;
}

export interface AllotmentTable {
  cityId: string;
  id: string;
  poolId: string;
  projectId: string;
  amount: number;
  onDay: Day;
  document: string;
  reason: string | null;
  actorId: string;
  actorName: string;
  at: Date;
}

export const tables = (scope: Scope) =>
  scope.db.withTables<{
    'factors.need': NeedTable;
    'factors.needEvent': NeedEventTable;
    'factors.lamp': LampTable;
    'factors.pool': PoolTable;
    'factors.poolVersion': PoolVersionTable;
    'factors.allotment': AllotmentTable;
  }>();

/** pg would send an array as a PostgreSQL array, not as jsonb. */
export const asJson = <T>(value: T): T => (value === null ? value : (JSON.stringify(value) as unknown as T));
