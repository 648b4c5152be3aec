import { sql } from 'kysely';
import type { z } from 'zod';
import type { Scope } from '#core/server/scope.ts';
import { newId } from '#core/shared/id.ts';
import type { Words } from '#core/shared/words.ts';
import type { Answers, ImportUnit, LedgerColumn, Question, RowStatus, Structure } from '../import-contract.ts';
import type { ColumnMapping } from '../ledger/field.ts';
import type { MappingTemplate } from '../ledger/mapping.ts';

export interface ImportTable {
  cityId: string;
  id: string;
  state: 'analysing' | 'ready' | 'accepted' | 'cancelled' | 'failed';
  fileId: string;
  fileName: string;
  actorId: string;
  actorName: string;
  createdAt: Date;
  revision: number;
  step: 'waiting' | 'reading' | 'planning' | 'writing' | null;
  stepRows: number;
  problem: { code: string; words: Words } | null;
  sheets: { index: number; name: string; hidden: boolean; rows: number }[];
  sheet: number | null;
  templateId: string | null;
  mapping: ColumnMapping[] | null;
  answers: Answers;
  structure: Structure | null;
  columns: LedgerColumn[];
  questions: Question[];
  counts: Partial<Record<RowStatus, number>>;
  warned: number;
  newUnits: z.infer<typeof ImportUnit>[];
  registerMark: string | null;
  acceptedAt: Date | null;
}

export interface ImportRowTable {
  cityId: string;
  importId: string;
  revision: number;
  rowNumber: number;
  status: RowStatus;
  parentRow: number | null;
  projectId: string | null;
  serial: number | null;
  name: string;
  hasIssue: boolean;
  body: string;
}

interface TemplateTable {
  cityId: string;
  id: string;
  name: string;
  columns: MappingTemplate['columns'];
  actorId: string;
  createdAt: Date;
}

const tables = (scope: Scope) =>
  scope.db.withTables<{
    'projects.import': ImportTable;
    'projects.importRow': ImportRowTable;
    'projects.importTemplate': TemplateTable;
  }>();

export async function insertImport(
  scope: Scope,
  row: Pick<ImportTable, 'fileId' | 'fileName' | 'templateId'>,
): Promise<string> {
  const id = newId();
  await sql`insert into projects.import (city_id, id, state, file_id, file_name, actor_id, actor_name, created_at, step, template_id)
    values (${scope.cityId}, ${id}, 'analysing', ${row.fileId}, ${row.fileName}, ${scope.actor.id}, ${scope.actor.name}, ${scope.now}, 'waiting', ${row.templateId})`.execute(
    scope.db,
  );
  return id;
}

export const findImport = (scope: Scope, id: string): Promise<ImportTable | undefined> =>
  tables(scope)
    .selectFrom('projects.import')
    .selectAll()
    .where('cityId', '=', scope.cityId)
    .where('id', '=', id)
    .executeTakeFirst();

/** Locks the import, so that accepting, correcting and cancelling are served one after another. */
export const lockImport = (scope: Scope, id: string): Promise<ImportTable | undefined> =>
  tables(scope)
    .selectFrom('projects.import')
    .selectAll()
    .where('cityId', '=', scope.cityId)
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst();

export const listImports = (scope: Scope): Promise<ImportTable[]> =>
  tables(scope)
    .selectFrom('projects.import')
    .selectAll()
    .where('cityId', '=', scope.cityId)
    .orderBy('createdAt', 'desc')
    .limit(30)
    .execute();

const jsonColumns = new Set([
  'problem',
  'sheets',
  'mapping',
  'answers',
  'structure',
  'columns',
  'questions',
  'counts',
  'newUnits',
]);

export async function setImport(scope: Scope, id: string, values: Partial<ImportTable>): Promise<void> {
  // pg would write a JavaScript array as a PostgreSQL array, so JSON columns go as text.
  const set = Object.fromEntries(
    Object.entries(values).map(([key, value]) => [
      key,
      jsonColumns.has(key) && value !== null ? JSON.stringify(value) : value,
    ]),
  ) as Partial<ImportTable>;
  await tables(scope)
    .updateTable('projects.import')
    .set(set)
    .where('cityId', '=', scope.cityId)
    .where('id', '=', id)
    .execute();
}

/** Progress of an analysis, and whether it is still wanted: false once cancelled or asked for anew. */
export async function setProgress(
  scope: Scope,
  id: string,
  revision: number,
  step: NonNullable<ImportTable['step']>,
  rows: number,
): Promise<boolean> {
  const { rows: found } = await sql`update projects.import set step = ${step}, step_rows = ${rows}
    where city_id = ${scope.cityId} and id = ${id} and revision = ${revision} and state = 'analysing' returning id`.execute(
    scope.db,
  );
  return found.length > 0;
}

/** One row as the worker sends it: the body is already text. */
export type NewImportRow = Omit<ImportRowTable, 'cityId' | 'importId' | 'revision'>;

export async function insertImportRows(
  scope: Scope,
  importId: string,
  revision: number,
  rows: readonly NewImportRow[],
): Promise<void> {
  const column = <K extends keyof NewImportRow>(key: K) => rows.map((row) => row[key]);
  await sql`insert into projects.import_row (city_id, import_id, revision, row_number, status, parent_row, project_id, serial, name, has_issue, body)
    select ${scope.cityId}, ${importId}, ${revision}, * from unnest(${column('rowNumber')}::int[], ${column('status')}::text[], ${column('parentRow')}::int[],
      ${column('projectId')}::uuid[], ${column('serial')}::int[], ${column('name')}::text[], ${column('hasIssue')}::boolean[], ${column('body')}::text[])
    on conflict do nothing`.execute(scope.db);
}

/** Rows of analyses other than the given one; of all of them when there is none any more. */
export const removeImportRows = (scope: Scope, importId: string, exceptRevision: number | null) =>
  tables(scope)
    .deleteFrom('projects.importRow')
    .where('cityId', '=', scope.cityId)
    .where('importId', '=', importId)
    .$if(exceptRevision !== null, (q) => q.where('revision', '<>', exceptRevision!))
    .execute();

export interface RowsWanted {
  status?: RowStatus | undefined;
  withIssue?: boolean | undefined;
}

const wantedRows = (scope: Scope, importId: string, revision: number, { status, withIssue }: RowsWanted) =>
  tables(scope)
    .selectFrom('projects.importRow')
    .where('cityId', '=', scope.cityId)
    .where('importId', '=', importId)
    .where('revision', '=', revision)
    .$if(status !== undefined, (q) => q.where('status', '=', status!))
    .$if(withIssue === true, (q) => q.where('hasIssue', '=', true));

export const listImportRows = (
  scope: Scope,
  importId: string,
  revision: number,
  wanted: RowsWanted,
  offset: number,
  limit: number,
): Promise<ImportRowTable[]> =>
  wantedRows(scope, importId, revision, wanted).selectAll().orderBy('rowNumber').offset(offset).limit(limit).execute();

export async function countImportRows(
  scope: Scope,
  importId: string,
  revision: number,
  wanted: RowsWanted,
): Promise<number> {
  const { count } = await wantedRows(scope, importId, revision, wanted)
    .select((e) => e.fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow();
  return Number(count);
}

export const listTemplates = (scope: Scope): Promise<TemplateTable[]> =>
  tables(scope)
    .selectFrom('projects.importTemplate')
    .selectAll()
    .where('cityId', '=', scope.cityId)
    .orderBy('createdAt', 'desc')
    .limit(100)
    .execute();

/** Saves under a name; the same name again replaces what it held. */
export async function saveTemplate(
  scope: Scope,
  name: string,
  columns: MappingTemplate['columns'],
): Promise<TemplateTable> {
  const row = { cityId: scope.cityId, id: newId(), name, actorId: scope.actor.id, createdAt: scope.now };
  const json = JSON.stringify(columns);
  return tables(scope)
    .insertInto('projects.importTemplate')
    .values({ ...row, columns: json as never })
    .onConflict((c) =>
      c
        .columns(['cityId', 'name'])
        .doUpdateSet({ columns: json as never, createdAt: scope.now, actorId: scope.actor.id }),
    )
    .returningAll()
    .executeTakeFirstOrThrow();
}

/** Changes whenever any project or plan of the city does. */
export async function registerMark(scope: Scope): Promise<string> {
  const { rows } = await sql<{ mark: string }>`
    select concat_ws(' ', (select count(*) || ' ' || coalesce(sum(version), 0) from projects.project where city_id = ${scope.cityId}),
      (select count(*) || ' ' || coalesce(sum(version), 0) from projects.plan where city_id = ${scope.cityId})) as mark`.execute(
    scope.db,
  );
  return rows[0]!.mark;
}
