import { type RawBuilder, type Selectable, sql } from 'kysely';
import type { Scope } from '#core/server/scope.ts';
import type { Day } from '#core/shared/day.ts';
import type { Block } from '#core/shared/document-text.ts';
import type { OpenReason } from '#core/shared/official-date.ts';
import type { RowState } from '../contract.ts';
import type { FieldSpan, Quantity, QuarterGoal } from '../proposal.ts';

export interface DocumentTable {
  cityId: string;
  id: string;
  title: string;
  sourceRef: string | null;
  docOn: Day;
  kind: 'docx' | 'xlsx' | 'html' | 'text';
  fileId: string | null;
  fileName: string | null;
  /** The unit whose document it is: who reaches it sees it. */
  unitId: string;
  text: string;
  blocks: Block[];
  state: 'confirming' | 'issued' | 'discarded';
  madeBy: string;
  madeByName: string;
  madeAt: Date;
  issuedAt: Date | null;
  demo: boolean;
}
export type DocumentRecord = Selectable<DocumentTable>;

export interface CoParty {
  text: string;
  unitId: string | null;
}

export interface ProposalTable {
  cityId: string;
  id: string;
  documentId: string;
  n: number;
  title: string;
  target: string | null;
  quantities: Omit<Quantity, 'start' | 'end'>[];
  category: string | null;
  leadText: string | null;
  leadUnitId: string | null;
  co: CoParty[];
  leaderText: string | null;
  leaderId: string | null;
  handlerText: string | null;
  dueOn: Day | null;
  dueWords: string | null;
  dueWhy: OpenReason | null;
  goals: QuarterGoal[];
  spans: FieldSpan[];
  state: RowState;
  matterId: string | null;
  matterNo: string | null;
  version: number;
  changedByName: string;
  changedAt: Date;
}
export type ProposalRecord = Selectable<ProposalTable>;

export const tables = (scope: Scope) =>
  scope.db.withTables<{ 'decomposition.document': DocumentTable; 'decomposition.proposal': ProposalTable }>();

/** A value for a jsonb column: pg would send a list as a PostgreSQL array. */
export const jsonb = <T>(value: T): RawBuilder<T> => sql<T>`${JSON.stringify(value)}::jsonb`;
