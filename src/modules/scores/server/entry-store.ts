import { notFound } from '#core/server/errors.ts';
import { claimFile } from '#core/server/files.ts';
import type { Scope } from '#core/server/scope.ts';
import { newId } from '#core/shared/id.ts';
import { type FigureTable, type MarkTable, type ObjectionTable, type SelfTable, signed, tables } from './tables.ts';

type Of<T> = Omit<T, 'cityId' | 'id' | 'schemeId' | 'actorId' | 'actorName' | 'at' | 'fileName'>;

/** The file named by its id must have been uploaded by this very person. @throws Problem 404 */
export async function withFile(scope: Scope, fileId: string | null) {
  if (fileId === null) return { fileId: null, fileName: null };
  return { fileId, fileName: (await claimFile(scope, fileId)).name };
}

export async function insertFigure(scope: Scope, schemeId: string, row: Of<FigureTable>): Promise<string> {
  const id = newId();
  await tables(scope)
    .insertInto('scores.enteredFigure')
    .values({ ...row, cityId: scope.cityId, id, schemeId, ...(await withFile(scope, row.fileId)), ...signed(scope) })
    .execute();
  return id;
}

/** Everything that was typed, newest first: the first of a unit, item and input is what counts. */
export const listFigures = (scope: Scope, schemeId: string): Promise<FigureTable[]> =>
  tables(scope)
    .selectFrom('scores.enteredFigure')
    .selectAll()
    .where('cityId', '=', scope.cityId)
    .where('schemeId', '=', schemeId)
    .orderBy('id', 'desc')
    .execute();

export async function insertMark(
  scope: Scope,
  schemeId: string,
  row: Omit<Of<MarkTable>, 'struckAt' | 'struckBy' | 'struckByName' | 'struckReason'>,
): Promise<string> {
  const id = newId();
  await tables(scope)
    .insertInto('scores.mark')
    .values({
      ...row,
      cityId: scope.cityId,
      id,
      schemeId,
      ...(await withFile(scope, row.fileId)),
      ...signed(scope),
      struckAt: null,
      struckBy: null,
      struckByName: null,
      struckReason: null,
    })
    .execute();
  return id;
}

export const listMarks = (scope: Scope, schemeId: string): Promise<MarkTable[]> =>
  tables(scope)
    .selectFrom('scores.mark')
    .selectAll()
    .where('cityId', '=', scope.cityId)
    .where('schemeId', '=', schemeId)
    .orderBy('onDay', 'desc')
    .orderBy('id', 'desc')
    .execute();

/** @throws Problem 404 */
export async function getMark(scope: Scope, id: string): Promise<MarkTable> {
  const row = await tables(scope)
    .selectFrom('scores.mark')
    .selectAll()
    .where('cityId', '=', scope.cityId)
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst();
  if (!row) throw notFound({ zh: '加减分事项', en: 'mark' });
  return row;
}

export async function strikeMark(scope: Scope, id: string, reason: string): Promise<void> {
  await tables(scope)
    .updateTable('scores.mark')
    .set({
      struckAt: scope.now,
      struckBy: scope.actor.id,
      struckByName: scope.actor.name,
      struckReason: reason,
    })
    .where('cityId', '=', scope.cityId)
    .where('id', '=', id)
    .execute();
}

export async function insertSelf(scope: Scope, schemeId: string, row: Of<SelfTable>): Promise<void> {
  await tables(scope)
    .insertInto('scores.selfScore')
    .values({
      ...row,
      cityId: scope.cityId,
      id: newId(),
      schemeId,
      ...(await withFile(scope, row.fileId)),
      ...signed(scope),
    })
    .execute();
}

/** Newest first; the first of a unit and item is what counts. */
export const listSelves = (scope: Scope, schemeId: string, unitId?: string): Promise<SelfTable[]> =>
  tables(scope)
    .selectFrom('scores.selfScore')
    .selectAll()
    .where('cityId', '=', scope.cityId)
    .where('schemeId', '=', schemeId)
    .$if(unitId !== undefined, (q) => q.where('unitId', '=', unitId!))
    .orderBy('id', 'desc')
    .execute();

export const listObjections = (scope: Scope, schemeId: string): Promise<ObjectionTable[]> =>
  tables(scope)
    .selectFrom('scores.objection')
    .selectAll()
    .where('cityId', '=', scope.cityId)
    .where('schemeId', '=', schemeId)
    .orderBy('id', 'desc')
    .execute();

/** The row a file of evidence hangs on, with the unit it is about. */
export async function findEvidence(
  scope: Scope,
  kind: 'figure' | 'mark' | 'self' | 'objection',
  id: string,
): Promise<{ unitId: string; fileId: string | null; fileName: string | null } | undefined> {
  const table = (
    {
      figure: 'scores.enteredFigure',
      mark: 'scores.mark',
      self: 'scores.selfScore',
      objection: 'scores.objection',
    } as const
  )[kind];
  return tables(scope)
    .selectFrom(table)
    .select(['unitId', 'fileId', 'fileName'])
    .where('cityId', '=', scope.cityId)
    .where('id', '=', id)
    .executeTakeFirst();
}

/** Of rows with the newest first, the one that counts for each key. */
export function newestBy<T>(rows: readonly T[], keyOf: (row: T) => string): Map<string, T> {
  const found = new Map<string, T>();
  for (const row of rows) if (!found.has(keyOf(row))) found.set(keyOf(row), row);
  return found;
}
