import { type RawBuilder, sql } from 'kysely';
import type { Scope } from '#core/server/scope.ts';
import type { Day } from '#core/shared/day.ts';
import type { RevisionKind, RevisionTrack } from '../investment.ts';
import type { BondFields, ContractFields, entryKinds, modificationKinds } from '../shapes.ts';

interface Keys {
  cityId: string;
  id: string;
}
/** Who wrote a row, and when on the product's clock. */
interface Written {
  actorId: string;
  actorName: string;
  at: Date;
}

export interface RevisionTable extends Keys, Written {
  projectId: string;
  track: RevisionTrack;
  seq: number;
  kind: RevisionKind;
  yuan: number;
  decidedOn: Day;
  document: string | null;
  reason: string | null;
  approver: string | null;
}

export interface EntryTable extends Keys, Written {
  projectId: string;
  kind: (typeof entryKinds)[number];
  year: number;
  period: string | null;
  source: string | null;
  bondId: string | null;
  contractId: string | null;
  yuan: number;
  onDay: Day;
  document: string;
  fileId: string | null;
  fileName: string | null;
  correctsId: string | null;
  reason: string | null;
}

export interface BondTable extends Keys, BondFields {
  demo: boolean;
  version: number;
}
export interface AllotmentTable extends Keys, Written {
  bondId: string;
  projectId: string;
  seq: number;
  yuan: number;
  allottedOn: Day;
  document: string;
  reason: string | null;
}

export interface ContractTable extends Keys, ContractFields {
  projectId: string;
  demo: boolean;
  version: number;
}
export interface ModificationTable extends Keys, Written {
  contractId: string;
  kind: (typeof modificationKinds)[number];
  onDay: Day;
  deltaYuan: number | null;
  oldEnd: Day | null;
  newEnd: Day | null;
  rationale: string;
  document: string;
  approver: string | null;
}
interface VersionTable<F> extends Written {
  cityId: string;
  version: number;
  fields: F;
  reason: string | null;
}

export interface ExplanationTable extends Keys, Written {
  projectId: string;
  code: string;
  subject: string;
  excessYuan: number;
  text: string;
}

interface SourceTable {
  cityId: string;
  code: string;
  label: string;
  position: number;
  retired: boolean;
}

export const tables = (scope: Scope) =>
  scope.db.withTables<{
    'funding.source': SourceTable;
    'funding.revision': RevisionTable;
    'funding.entry': EntryTable;
    'funding.bond': BondTable;
    'funding.bondVersion': VersionTable<BondFields> & { bondId: string };
    'funding.allotment': AllotmentTable;
    'funding.contract': ContractTable;
    'funding.contractVersion': VersionTable<ContractFields> & { contractId: string };
    'funding.modification': ModificationTable;
    'funding.explanation': ExplanationTable;
  }>();

export const written = (scope: Scope): Written => ({
  actorId: scope.actor.id,
  actorName: scope.actor.name,
  at: scope.now,
});

/** SQL condition: nothing has taken the place of the entry under `alias`. */
export const counts = (alias: string): RawBuilder<boolean> =>
  sql<boolean>`not exists (select 1 from funding.entry later where later.city_id = ${sql.ref(`${alias}.city_id`)} and later.corrects_id = ${sql.ref(`${alias}.id`)})`;

const snake = (key: string) => key.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

/** Many rows in one parameter: a thousand rows of twenty columns would pass PostgreSQL's limit of parameters. */
export async function insertRows(
  scope: Scope,
  table:
    | 'entry'
    | 'revision'
    | 'allotment'
    | 'contract'
    | 'contract_version'
    | 'bond'
    | 'bond_version'
    | 'modification'
    | 'explanation',
  rows: readonly object[],
): Promise<void> {
  const name = sql.table(`funding.${table}`);
  for (let at = 0; at < rows.length; at += 2000) {
    const piece = rows
      .slice(at, at + 2000)
      .map((row) => Object.fromEntries(Object.entries(row).map(([key, value]) => [snake(key), value])));
    await sql`insert into ${name} select * from jsonb_populate_recordset(null::${name}, ${JSON.stringify(piece)}::jsonb)`.execute(
      scope.db,
    );
  }
}
