import { canonical, hashOf } from '#core/server/audit.ts';
import { conflict, notFound } from '#core/server/errors.ts';
import type { Scope } from '#core/server/scope.ts';
import { type ScoreInputs, scoreOf } from '../result.ts';
import type { YearScores } from '../year.ts';
import { type ResultTable, signed, tables } from './tables.ts';

/** Newest first, without the frozen texts. */
export const listResultHeads = (scope: Scope, schemeId: string) =>
  tables(scope)
    .selectFrom('scores.result')
    .select(['version', 'schemeVersion', 'day', 'hash', 'note', 'actorId', 'actorName', 'at', 'publishedAt'])
    .where('cityId', '=', scope.cityId)
    .where('schemeId', '=', schemeId)
    .orderBy('version', 'desc')
    .execute();

/** The newest that was published by a moment. */
export const findPublished = (scope: Scope, schemeId: string, asOf: Date): Promise<ResultTable | undefined> =>
  tables(scope)
    .selectFrom('scores.result')
    .selectAll()
    .where('cityId', '=', scope.cityId)
    .where('schemeId', '=', schemeId)
    .where('publishedAt', '<=', asOf)
    .orderBy('version', 'desc')
    .executeTakeFirst();

/** The newest, or the version named. */
export const findResult = (scope: Scope, schemeId: string, version?: number): Promise<ResultTable | undefined> =>
  tables(scope)
    .selectFrom('scores.result')
    .selectAll()
    .where('cityId', '=', scope.cityId)
    .where('schemeId', '=', schemeId)
    .$if(version !== undefined, (q) => q.where('version', '=', version!))
    .orderBy('version', 'desc')
    .executeTakeFirst();

/** @throws Problem 404 */
export async function getResult(scope: Scope, schemeId: string, version?: number): Promise<ResultTable> {
  const row = await findResult(scope, schemeId, version);
  if (!row) throw notFound({ zh: '考核结果', en: 'result' });
  return row;
}

export const inputsOf = (row: ResultTable): ScoreInputs => JSON.parse(row.inputs) as ScoreInputs;
export const scoresOf = (row: ResultTable): YearScores => JSON.parse(row.body) as YearScores;

/** Freezes a result: inputs and answer as canonical JSON under their SHA-256. Another that was first takes the number. */
export async function insertResult(
  scope: Scope,
  schemeId: string,
  inputs: ScoreInputs,
  note: string,
  publishedAt: Date | null = null,
): Promise<{ version: number; hash: string; scores: YearScores }> {
  const scores = scoreOf(inputs);
  const version = ((await findResult(scope, schemeId))?.version ?? 0) + 1;
  const hash = hashOf(scores);
  const made = await tables(scope)
    .insertInto('scores.result')
    .values({
      cityId: scope.cityId,
      schemeId,
      version,
      schemeVersion: inputs.version,
      day: inputs.day,
      inputs: canonical(inputs),
      body: canonical(scores),
      inputsHash: hashOf(inputs),
      hash,
      note,
      publishedAt,
      ...signed(scope),
    })
    .onConflict((c) => c.columns(['cityId', 'schemeId', 'version']).doNothing())
    .returning('version')
    .executeTakeFirst();
  if (!made)
    throw conflict('computed_meanwhile', {
      zh: '刚刚有人计算过，请刷新后查看',
      en: 'Somebody has just computed it: reload and look',
    });
  return { version, hash, scores };
}

export async function setPublished(scope: Scope, schemeId: string, version: number): Promise<void> {
  await tables(scope)
    .updateTable('scores.result')
    .set({ publishedAt: scope.now })
    .where('cityId', '=', scope.cityId)
    .where('schemeId', '=', schemeId)
    .where('version', '=', version)
    .execute();
}

/** Works the frozen inputs out again with the program as it is now. Equal bytes, or the program has changed what it says. */
export function replayed(row: ResultTable): { hash: string; isEqual: boolean } {
  const again = scoreOf(inputsOf(row));
  return { hash: hashOf(again), isEqual: canonical(again) === row.body };
}
