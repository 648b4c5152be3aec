import { type RawBuilder, sql } from 'kysely';
import type { Scope } from '#core/server/scope.ts';
import type { Day } from '#core/shared/day.ts';
import type { EvidenceKind } from '../evidence.ts';
import type { MatterState } from '../flow.ts';
import type { MatterKind, MatterLevel, PartyRole, SourceKind, Track, Urgency } from '../kinds.ts';
import type { MatterLight } from '../light.ts';
import type { MatterAct } from '../shapes.ts';
import type { ColourRule, LimitTemplate } from '../templates.ts';

type Why = ColourRule['when'] | null;

export interface MatterTable {
  cityId: string;
  id: string;
  no: string;
  kind: MatterKind;
  track: Track;
  title: string;
  initials: string;
  grams: string[];
  body: string;
  category: string;
  urgency: Urgency;
  sourceKind: SourceKind;
  sourceTitle: string | null;
  sourceRef: string | null;
  sourceOn: Day | null;
  projectId: string | null;
  level: MatterLevel;
  levelSince: Day;
  leadUnitId: string | null;
  leadLeaderId: string | null;
  handlerName: string | null;
  verifierUnitId: string | null;
  template: string;
  dueOriginal: Day | null;
  dueCurrent: Day | null;
  state: MatterState;
  restingFrom: MatterState | null;
  resumeOn: Day | null;
  raisedOn: Day;
  raisedBy: string;
  raisedByName: string;
  issuedAt: Date | null;
  issuedOn: Day | null;
  signedAt: Date | null;
  signedOn: Day | null;
  signedByName: string | null;
  progressOn: Day | null;
  claimedAt: Date | null;
  claimedOn: Day | null;
  closedAt: Date | null;
  closedOn: Day | null;
  closeReason: string | null;
  returns: number;
  extensions: number;
  reopens: number;
  returnedOn: Day | null;
  extendedOn: Day | null;
  leaderToldOn: Day | null;
  blueOn: Day | null;
  yellowOn: Day | null;
  redOn: Day | null;
  blueWhy: Why;
  yellowWhy: Why;
  redWhy: Why;
  parentId: string | null;
  originModule: string | null;
  originId: string | null;
  demo: boolean;
  version: number;
}

export interface PartyTable {
  cityId: string;
  matterId: string;
  unitId: string;
  role: PartyRole;
  contribution: string | null;
  contributedOn: Day | null;
  contributedByName: string | null;
}

export interface EventTable {
  cityId: string;
  id: string;
  matterId: string;
  seq: number;
  act: MatterAct;
  fromState: MatterState | null;
  toState: MatterState;
  onDay: Day;
  text: string | null;
  payload: Record<string, unknown>;
  actorId: string;
  actorName: string;
  actorUnitId: string | null;
  at: Date;
}

export interface EvidenceTable {
  cityId: string;
  id: string;
  matterId: string;
  eventId: string;
  kind: EvidenceKind;
  fileId: string | null;
  name: string;
  words: string | null;
  amount: string | number | null;
  pictureHash: string | null;
  round: number;
  alsoIn: string | null;
  addedBy: string;
  addedByName: string;
  addedAt: Date;
}

export interface VerificationTable {
  cityId: string;
  id: string;
  matterId: string;
  round: number;
  method: 'onSite' | 'document' | 'photo' | 'sample' | 'parts';
  result: 'passed' | 'failed';
  note: string;
  batchId: string | null;
  verifierId: string;
  verifierName: string;
  verifierUnitId: string | null;
  at: Date;
}

export interface ExtensionTable {
  cityId: string;
  id: string;
  matterId: string;
  dueBefore: Day;
  dueAsked: Day;
  reason: string;
  fileId: string | null;
  state: 'asked' | 'granted' | 'refused';
  askedOn: Day;
  askedBy: string;
  askedByName: string;
  decidedOn: Day | null;
  decidedByName: string | null;
  decidedNote: string | null;
}

export interface NodeTable {
  cityId: string;
  matterId: string;
  code: string;
  title: string;
  dueOn: Day;
  doneOn: Day | null;
  report: string | null;
  mark: 'excellent' | 'good' | 'passable' | 'failed' | null;
  markedByName: string | null;
}

export type LinkRel = 'splitFrom' | 'mergedInto' | 'duplicateOf' | 'supports' | 'causedBy' | 'blockedBy';
export interface LinkTable {
  cityId: string;
  fromId: string;
  toId: string;
  rel: LinkRel;
  note: string | null;
  actorName: string;
  at: Date;
}

export interface LightDayTable {
  cityId: string;
  matterId: string;
  fromDay: Day;
  light: MatterLight;
  why: string | null;
}

interface VersionTable {
  cityId: string;
  version: number;
  reason: string;
  actorName: string;
  at: Date;
}
export interface TemplateVersionTable extends VersionTable {
  code: string;
  template: LimitTemplate;
}

export const tables = (scope: Scope) =>
  scope.db.withTables<{
    'ledger.matter': MatterTable;
    'ledger.party': PartyTable;
    'ledger.event': EventTable;
    'ledger.evidence': EvidenceTable;
    'ledger.verification': VerificationTable;
    'ledger.extension': ExtensionTable;
    'ledger.node': NodeTable;
    'ledger.link': LinkTable;
    'ledger.lightDay': LightDayTable;
    'ledger.templateVersion': TemplateVersionTable;
  }>();

/** A value for a jsonb column, however it is nested. */
export const jsonb = <T>(value: T): RawBuilder<T> => sql<T>`${JSON.stringify(value)}::jsonb`;
