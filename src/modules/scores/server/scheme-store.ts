import { conflict, notFound } from '#core/server/errors.ts';
import type { Scope } from '#core/server/scope.ts';
import { newId } from '#core/shared/id.ts';
import { type Act, course, type SchemeState, stateWords } from '../course.ts';
import type { SchemeBody } from '../scheme.ts';
import { jsonb, type SchemeTable, type StepTable, signed, tables, type VersionTable } from './tables.ts';

export const nothing = () => notFound({ zh: '考核方案', en: 'scheme' });

/** Drafts belong to those who make schemes; who reaches no unit of a scheme still may read what it is scored by. */
const isVisible = (scope: Scope, row: SchemeTable): boolean => row.state !== 'draft' || scope.can('scores.manage');

/** Schemes of a year that the caller may see, in the order in which they were made. */
export async function listSchemeRows(scope: Scope, year?: number): Promise<SchemeTable[]> {
  const rows = await tables(scope)
    .selectFrom('scores.scheme')
    .selectAll()
    .where('cityId', '=', scope.cityId)
    .$if(year !== undefined, (q) => q.where('year', '=', year!))
    .orderBy('year', 'desc')
    .orderBy('id')
    .execute();
  return rows.filter((row) => isVisible(scope, row));
}

/** A scheme as it stood at a moment: its state by the last step and its version; undefined while it did not exist. */
export async function schemeAsOf(scope: Scope, scheme: SchemeTable, asOf: Date): Promise<SchemeTable | undefined> {
  const step = (await listSteps(scope, scheme.id)).find(({ at }) => at <= asOf);
  const version = (await listVersions(scope, scheme.id)).find(({ at }) => at <= asOf);
  return step && version && { ...scheme, state: step.toState, version: version.version };
}

/** @throws Problem 404 */
export async function getScheme(scope: Scope, id: string): Promise<SchemeTable> {
  const row = await tables(scope)
    .selectFrom('scores.scheme')
    .selectAll()
    .where('cityId', '=', scope.cityId)
    .where('id', '=', id)
    .executeTakeFirst();
  if (!row || !isVisible(scope, row)) throw nothing();
  return row;
}

/** The row locked for an act. @throws Problem 404, 409 not_now when the course does not allow the act */
export async function lockScheme(scope: Scope, id: string, act?: Act): Promise<SchemeTable> {
  const row = await tables(scope)
    .selectFrom('scores.scheme')
    .selectAll()
    .where('cityId', '=', scope.cityId)
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst();
  if (!row || !isVisible(scope, row)) throw nothing();
  if (act !== undefined && !course[act].from.includes(row.state)) throw notNow(row.state);
  return row;
}

export const notNow = (state: SchemeState) =>
  conflict('not_now', {
    zh: `方案目前为“${stateWords[state].zh}”，不能办理这一步，请刷新页面`,
    en: `The scheme is now “${stateWords[state].en}”: this step is not possible, reload the page`,
  });

export async function getBody(scope: Scope, schemeId: string, version: number): Promise<SchemeBody> {
  const row = await tables(scope)
    .selectFrom('scores.schemeVersion')
    .select('body')
    .where('cityId', '=', scope.cityId)
    .where('schemeId', '=', schemeId)
    .where('version', '=', version)
    .executeTakeFirst();
  if (!row) throw nothing();
  return row.body;
}

export const listVersions = (scope: Scope, schemeId: string): Promise<VersionTable[]> =>
  tables(scope)
    .selectFrom('scores.schemeVersion')
    .selectAll()
    .where('cityId', '=', scope.cityId)
    .where('schemeId', '=', schemeId)
    .orderBy('version', 'desc')
    .execute();

export const listSteps = (scope: Scope, schemeId: string): Promise<StepTable[]> =>
  tables(scope)
    .selectFrom('scores.courseStep')
    .selectAll()
    .where('cityId', '=', scope.cityId)
    .where('schemeId', '=', schemeId)
    .orderBy('id', 'desc')
    .execute();

async function insertVersion(scope: Scope, schemeId: string, version: number, body: SchemeBody, reason: string) {
  await tables(scope)
    .insertInto('scores.schemeVersion')
    .values({ cityId: scope.cityId, schemeId, version, body: jsonb(body), reason, ...signed(scope) })
    .execute();
}

/** A draft. @throws Problem 409 code_taken */
export async function insertScheme(
  scope: Scope,
  {
    year,
    code,
    body,
    reason,
    demo = false,
  }: { year: number; code: string; body: SchemeBody; reason: string; demo?: boolean },
): Promise<string> {
  const id = newId();
  const made = await tables(scope)
    .insertInto('scores.scheme')
    .values({
      cityId: scope.cityId,
      id,
      year,
      code,
      name: body.name.zh,
      state: 'draft',
      version: 1,
      selfUntil: null,
      publicityUntil: null,
      demo,
      madeAt: scope.now,
    })
    .onConflict((c) => c.columns(['cityId', 'year', 'code']).doNothing())
    .returning('id')
    .executeTakeFirst();
  if (!made)
    throw conflict('code_taken', {
      zh: `${year} 年已有代码为“${code}”的考核方案，请换一个代码`,
      en: `${year} has a scheme “${code}” already: choose another code`,
    });
  await insertVersion(scope, id, 1, body, reason);
  await insertStep(scope, id, { act: 'create', fromState: null, toState: 'draft', note: reason });
  return id;
}

export async function addVersion(scope: Scope, scheme: SchemeTable, body: SchemeBody, reason: string): Promise<number> {
  const version = scheme.version + 1;
  await insertVersion(scope, scheme.id, version, body, reason);
  await setScheme(scope, scheme.id, { version, name: body.name.zh });
  await insertStep(scope, scheme.id, { act: 'revise', fromState: scheme.state, toState: scheme.state, note: reason });
  return version;
}

export async function setScheme(
  scope: Scope,
  id: string,
  changes: Partial<Pick<SchemeTable, 'state' | 'version' | 'name' | 'selfUntil' | 'publicityUntil'>>,
): Promise<void> {
  await tables(scope)
    .updateTable('scores.scheme')
    .set(changes)
    .where('cityId', '=', scope.cityId)
    .where('id', '=', id)
    .execute();
}

/** Moves the scheme along its course and writes down who did it. */
export async function advance(
  scope: Scope,
  scheme: SchemeTable,
  act: Act,
  note: string,
  changes: Partial<Pick<SchemeTable, 'selfUntil' | 'publicityUntil'>> = {},
): Promise<void> {
  const toState = course[act].to ?? scheme.state;
  await setScheme(scope, scheme.id, { state: toState, ...changes });
  await insertStep(scope, scheme.id, { act, fromState: scheme.state, toState, note });
}

const insertStep = (
  scope: Scope,
  schemeId: string,
  step: Pick<StepTable, 'act' | 'fromState' | 'toState' | 'note'>,
): Promise<unknown> =>
  tables(scope)
    .insertInto('scores.courseStep')
    .values({ cityId: scope.cityId, id: newId(), schemeId, ...step, ...signed(scope) })
    .execute();
