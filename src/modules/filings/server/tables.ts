import type { Selectable } from 'kysely';
import type { Scope } from '#core/server/scope.ts';
import type { FilingContent, FilingField } from '../content.ts';
import type { FilingState } from '../flow.ts';
import type { Hit } from '../validation.ts';

interface CycleTable {
  cityId: string;
  id: string;
  period: string;
  kind: 'monthly';
  dueAt: Date;
  dueRule: string;
  dueBasis: string;
  openedAt: Date;
  openedBy: string;
}
export type CycleRow = Selectable<CycleTable>;

interface FilingTable {
  cityId: string;
  id: string;
  cycleId: string;
  projectId: string;
  period: string;
  state: FilingState;
  exemptReason: string | null;
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
  latenessSeconds: number | null;
  acceptedSeq: number | null;
  acceptedMonthYuan: number | null;
  acceptedCumulativeYuan: number | null;
  acceptedAt: Date | null;
  acceptedByName: string | null;
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
  monthYuan: number;
  cumulativeYuan: number;
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
    'filings.filing': FilingTable;
    'filings.filingVersion': VersionTable;
    'filings.filingEvent': EventTable;
    'filings.correction': CorrectionTable;
    'filings.photo': PhotoTable;
  }>();

/** A list or an object for a jsonb column: pg would send a JavaScript array as a PostgreSQL array. */
export const jsonb = <T>(value: T): T => JSON.stringify(value) as unknown as T;
