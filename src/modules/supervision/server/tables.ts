import { type RawBuilder, sql } from 'kysely';
import type { Scope } from '#core/server/scope.ts';
import type { Day } from '#core/shared/day.ts';
import type { ConclusionKind, ObjectionState } from '../objection.ts';
import type { RuleSetCode, SheetColour } from '../rule-sets.ts';
import type { SupervisionSettings } from '../settings.ts';
import type { SheetContent } from '../shapes.ts';

export interface SheetTable {
  cityId: string;
  id: string;
  matterId: string;
  leadUnitId: string | null;
  colour: SheetColour;
  no: string;
  ruleSet: RuleSetCode;
  rule: string;
  round: number;
  limitOn: Day;
  content: SheetContent;
  state: 'issued' | 'answered' | 'revoked';
  issuedOn: Day;
  issuedAt: Date;
  issuedBy: string;
  issuedByName: string;
  approverId: string | null;
  approverName: string | null;
  approvedOn: Day | null;
  answer: string | null;
  answeredOn: Day | null;
  answeredBy: string | null;
  answeredByName: string | null;
  revokedOn: Day | null;
  demo: boolean;
}

export interface ExcuseTable {
  cityId: string;
  id: string;
  matterId: string;
  reason: string;
  approverId: string;
  approverName: string;
  fromOn: Day;
  untilOn: Day;
  recordedBy: string;
  recordedByName: string;
  at: Date;
}

export interface ApprovalTable {
  cityId: string;
  matterId: string;
  round: number;
  leaderId: string;
  leaderName: string;
  approvedOn: Day;
  note: string | null;
  recordedBy: string;
  recordedByName: string;
  at: Date;
}

export interface ObjectionTable {
  cityId: string;
  id: string;
  matterId: string;
  unitId: string;
  about: ConclusionKind;
  aboutId: string;
  aboutTitle: string;
  concludedOn: Day;
  concludedByName: string;
  accountIds: string[];
  personIds: string[];
  reason: string;
  filedOn: Day;
  filedBy: string;
  filedByName: string;
  decideBy: Day;
  state: ObjectionState;
  decidedOn: Day | null;
  decidedBy: string | null;
  decidedByName: string | null;
  decision: string | null;
  demo: boolean;
}

export interface SettingsTable {
  cityId: string;
  version: number;
  settings: SupervisionSettings;
  reason: string;
  actorId: string;
  actorName: string;
  at: Date;
}

export const tables = (scope: Scope) =>
  scope.db.withTables<{
    'supervision.sheet': SheetTable;
    'supervision.excuse': ExcuseTable;
    'supervision.approval': ApprovalTable;
    'supervision.objection': ObjectionTable;
    'supervision.settingsVersion': SettingsTable;
  }>();

/** A value for a jsonb column, however it is nested. */
export const jsonb = <T>(value: T): RawBuilder<T> => sql<T>`${JSON.stringify(value)}::jsonb`;
