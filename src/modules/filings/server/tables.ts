import type { Generated, Selectable } from 'kysely';
import type { Scope } from '#core/server/scope.ts';
import type { FilingContent, FilingField } from '../content.ts';
import type { CorrectionCause } from '../correction-contract.ts';
import type { FilingState } from '../flow.ts';
import type { FormBody } from '../form.ts';
import type { Level, Skip } from '../levels.ts';
import type { CycleKind } from '../period.ts';
import type { Hit } from '../validation.ts';

interface CycleTable {
  cityId: string;
  id: string;
  period: string;
  kind: CycleKind;
  /** Null: opened before there were forms, or filed elsewhere. */
  formVersion: number | null;
  state: 'planned' | 'open';
  covers: string[];
  exemptReason: string | null;
  dueAt: Date;
  dueRule: string;
  dueBasis: string;
  dueState: 'provisional' | 'published';
  duePublishedAt: Date | null;
  duePublishedBy: string | null;
  dueMissingYear: number | null;
  /** Null while it is planned. */
  openedAt: Date | null;
  openedBy: string | null;
}
export type CycleRow = Selectable<CycleTable>;

interface FormVersionTable {
  cityId: string;
  kind: CycleKind;
  version: number;
  formNo: string;
  title: string;
  issuer: string;
  approval: string;
  validFrom: string;
  validUntil: string | null;
  body: FormBody;
  reason: string;
  actorId: string;
  actorName: string;
  at: Date;
}
export type FormVersionRow = Selectable<FormVersionTable>;

interface FilingTable {
  cityId: string;
  id: string;
  cycleId: string;
  projectId: string;
  kind: CycleKind;
  period: string;
  state: FilingState;
  exemptReason: string | null;
  /** Where a submitted filing waits; null otherwise, and for what was submitted before there were levels. */
  level: Level | null;
  levelSince: Date | null;
  draft: FilingContent | null;
  draftVersion: number;
  draftBy: string | null;
  draftByName: string | null;
  draftAt: Date | null;
  seq: number | null;
  monthYuan: number | null;
  cumulativeYuan: number | null;
  submittedAt: Date | null;
  submittedBy: string | null;
  submittedByName: string | null;
  submittedByPerson: string | null;
  latenessSeconds: number | null;
  acceptedSeq: number | null;
  acceptedMonthYuan: number | null;
  acceptedCumulativeYuan: number | null;
  acceptedAt: Date | null;
  acceptedByName: string | null;
  /** Since when the version that counts has counted; null: since acceptedAt. */
  countsFrom: Generated<Date | null>;
  returnReason: string | null;
  returnCells: FilingField[] | null;
  returnedByName: string | null;
  returnedAt: Date | null;
}
export type FilingRow = Selectable<FilingTable>;

interface VersionTable {
  cityId: string;
  filingId: string;
  seq: number;
  content: FilingContent;
  /** Null in every kind but the monthly one. */
  monthYuan: number | null;
  cumulativeYuan: number | null;
  submittedAt: Date;
  submittedBy: string;
  submittedByName: string;
  latenessSeconds: number;
  hits: Hit[];
  source: string;
}
export type VersionRow = Selectable<VersionTable>;

interface EventTable {
  cityId: string;
  id: string;
  filingId: string;
  event: string;
  at: Date;
  actorId: string;
  actorName: string;
  seq: number | null;
  reason: string | null;
  cells: FilingField[];
  waived: string[];
  level: Level | null;
  skipped: Skip[];
}
export type EventRow = Selectable<EventTable>;

interface CorrectionTable {
  cityId: string;
  id: string;
  filingId: string;
  reason: string;
  requestedBy: string;
  requestedByName: string;
  requestedAt: Date;
  approvedBy: string | null;
  approvedByName: string | null;
  approvedAt: Date | null;
  oldSeq: number;
  oldMonthYuan: number;
  oldCumulativeYuan: number;
  newSeq: number | null;
  newMonthYuan: number | null;
  newCumulativeYuan: number | null;
  needsApproval: Generated<boolean>;
  cause: Generated<CorrectionCause>;
  cells: Generated<FilingField[]>;
  documentNo: string | null;
  documentFileId: string | null;
  documentName: string | null;
  wasFrozen: Generated<boolean>;
  decision: 'approved' | 'rejected' | null;
  decidedBy: string | null;
  decidedByName: string | null;
  decidedAt: Date | null;
  decisionNote: string | null;
}
export type CorrectionRow = Selectable<CorrectionTable>;

interface PhotoTable {
  cityId: string;
  filingId: string;
  seq: number;
  fileId: string;
  takenAt: Date | null;
  lat: number | null;
  lon: number | null;
}

export const tables = (scope: Scope) =>
  scope.db.withTables<{
    'filings.cycle': CycleTable;
    'filings.formVersion': FormVersionTable;
    'filings.filing': FilingTable;
    'filings.filingVersion': VersionTable;
    'filings.filingEvent': EventTable;
    'filings.correction': CorrectionTable;
    'filings.photo': PhotoTable;
  }>();

/** A list or an object for a jsonb column: pg would send a JavaScript array as a PostgreSQL array. */
export const jsonb = <T>(value: T): T => JSON.stringify(value) as unknown as T;
