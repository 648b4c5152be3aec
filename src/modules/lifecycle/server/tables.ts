import type { Scope } from '#core/server/scope.ts';
import type { EndStage, GateStage, HaltStage, LifeStage, PathCode } from '../gates.ts';
import type { Precision } from '../life.ts';
import type { PauseReason } from '../pause.ts';
import type { ReserveRules } from '../reserve.ts';
import type { GivenDocument, LifeEvent } from '../shapes.ts';

export type GateSource = 'gate' | 'register' | 'implied';

export interface LifeTable {
  cityId: string;
  projectId: string;
  path: PathCode;
  isPathChosen: boolean;
  seen: string;
}

export interface GateTable {
  cityId: string;
  projectId: string;
  stage: GateStage | EndStage;
  reachedOn: string | null;
  precision: Precision;
  source: GateSource;
  eventId: string;
}

export interface GateEventTable {
  cityId: string;
  id: string;
  projectId: string;
  stage: LifeStage;
  kind: LifeEvent['kind'];
  reachedOn: string | null;
  precision: Precision;
  source: GateSource;
  documents: GivenDocument[];
  reason: string | null;
  approver: string | null;
  actorId: string;
  actorName: string;
  at: Date;
}

export interface PauseTable {
  cityId: string;
  id: string;
  projectId: string;
  kind: HaltStage;
  reasonCode: PauseReason | null;
  reason: string | null;
  steps: string | null;
  fromOn: string;
  resumePlanned: string | null;
  resumeDue: string | null;
  registeredOn: string;
  updatedOn: string;
  resumedOn: string | null;
  endedOn: string | null;
}

export interface PauseUpdateTable {
  cityId: string;
  id: string;
  pauseId: string;
  projectId: string;
  quarter: string;
  updatedOn: string;
  situation: string;
  steps: string;
  resumeBefore: string | null;
  resumeDue: string;
  reason: string | null;
  actorId: string;
  actorName: string;
  at: Date;
}

export interface ReserveTable {
  cityId: string;
  projectId: string;
  kind: string;
  enteredOn: string;
  poolYear: number;
  maturity: number;
  leftOn: string | null;
  leftHow: 'started' | 'withdrawn' | 'terminated' | null;
}

export interface MaturityItemTable {
  cityId: string;
  projectId: string;
  item: string;
  doneOn: string;
  document: string | null;
}

export interface ReserveEventTable {
  cityId: string;
  id: string;
  projectId: string;
  kind: 'entered' | 'carried' | 'done' | 'undone' | 'left' | 'returned';
  year: number | null;
  item: string | null;
  day: string | null;
  reason: string | null;
  actorId: string;
  actorName: string;
  at: Date;
}

export interface RulesVersionTable {
  cityId: string;
  version: number;
  rules: ReserveRules;
  reason: string;
  actorId: string;
  actorName: string;
  at: Date;
}

export const tables = (scope: Scope) =>
  scope.db.withTables<{
    'lifecycle.life': LifeTable;
    'lifecycle.gate': GateTable;
    'lifecycle.gateEvent': GateEventTable;
    'lifecycle.pause': PauseTable;
    'lifecycle.pauseUpdate': PauseUpdateTable;
    'lifecycle.reserve': ReserveTable;
    'lifecycle.maturityItem': MaturityItemTable;
    'lifecycle.reserveEvent': ReserveEventTable;
    'lifecycle.reserveRulesVersion': RulesVersionTable;
  }>();
