import { sql } from 'kysely';
import { audited } from '#core/server/audit.ts';
import { conflict, invalid } from '#core/server/errors.ts';
import { emit } from '#core/server/events.ts';
import type { Scope } from '#core/server/scope.ts';
import type { Day } from '#core/shared/day.ts';
import { calendarOf, published } from '#modules/calendar/server/public.ts';
import { FormulaFault } from '#modules/indicators/contract.ts';
import { checkFormula, listDefinitions } from '#modules/indicators/server/public.ts';
import { unitNames } from '#modules/organization/server/public.ts';
import { checkScheme, type SchemeFault } from '../check.ts';
import { movesBetween, scoreOf } from '../result.ts';
import type { SchemeBody } from '../scheme.ts';
import { gatherInputs } from './gather.ts';
import { liveDay } from './present.ts';
import { getResult, inputsOf, insertResult, scoresOf, setPublished } from './result-store.ts';
import { addVersion, advance, getBody, insertScheme, lockScheme } from './scheme-store.ts';
import type { SchemeTable } from './tables.ts';

const unitsOf = (body: SchemeBody): string[] => body.groups.flatMap((g) => g.units.map((u) => u.unitId));

/** Everything that is wrong with a scheme, also what only the register knows: measures, indicators, units. */
export async function faultsOf(scope: Scope, body: SchemeBody): Promise<SchemeFault[]> {
  const faults = checkScheme(body);
  const known = new Set((await listDefinitions(scope)).map((c) => c.definition.code));
  const names = await unitNames(scope, unitsOf(body));
  if (unitsOf(body).some((id) => !names.has(id)))
    faults.push({ item: null, words: { zh: '有的单位不在组织机构中', en: 'Some units are not in the organization' } });
  for (const item of body.items)
    for (const { name, source } of item.inputs) {
      const say = (zh: string, en: string) =>
        faults.push({
          item: item.code,
          words: { zh: `“${item.name.zh}”的数据“${name}”：${zh}`, en: `${name}: ${en}` },
        });
      if (source.kind === 'indicator' && !known.has(source.code))
        say(`没有代码为“${source.code}”的指标`, `there is no indicator “${source.code}”`);
      if (source.kind !== 'projects') continue;
      try {
        await checkFormula(scope, source.formula);
      } catch (error) {
        if (!(error instanceof FormulaFault)) throw error;
        say(error.words.zh, error.words.en);
      }
    }
  return faults;
}

/** @throws Problem 422 scheme with every fault in its details */
async function checked(scope: Scope, body: SchemeBody): Promise<void> {
  const faults = await faultsOf(scope, body);
  if (faults.length > 0) throw invalid('scheme', faults[0]!.words, 'body', { faults });
}

export async function createScheme(
  scope: Scope,
  input: { year: number; code: string; body: SchemeBody; reason: string; demo?: boolean },
): Promise<{ id: string; version: number }> {
  await checked(scope, input.body);
  const id = await insertScheme(scope, input);
  audited(scope, {
    subject: 'scores.scheme',
    id,
    after: { year: input.year, code: input.code, name: input.body.name },
  });
  return { id, version: 1 };
}

/** A new version of the rules; from 'inForce' on it counts at once, and the next computing uses it. */
export async function saveScheme(
  scope: Scope,
  { id, basedOn, body, reason }: { id: string; basedOn: number; body: SchemeBody; reason: string },
): Promise<{ id: string; version: number }> {
  const scheme = await lockScheme(scope, id, 'revise');
  if (scheme.version !== basedOn)
    throw conflict('moved', {
      zh: '这个方案刚被别人改过，请刷新后再改；您填写的内容还在页面上',
      en: 'Somebody has just changed this scheme: reload first; what you wrote is still on the page',
    });
  await checked(scope, body);
  const before = await getBody(scope, id, scheme.version);
  const version = await addVersion(scope, scheme, body, reason);
  audited(scope, { subject: 'scores.scheme', id, before: { ...before }, after: { ...body, reason } });
  return { id, version };
}

export async function enforce(scope: Scope, { id, document }: { id: string; document: string }) {
  const scheme = await lockScheme(scope, id, 'enforce');
  const body = await getBody(scope, id, scheme.version);
  if (unitsOf(body).length === 0)
    throw conflict('no_units', {
      zh: '方案还没有考核对象，请先在分组中选择单位',
      en: 'The scheme has no units yet: choose them in its groups first',
    });
  await advance(scope, scheme, 'enforce', document);
  await announce(scope, scheme, body, 'scores.enforced');
  audited(scope, { subject: 'scores.scheme', id, after: { state: 'inForce', document } });
  return { id, version: scheme.version };
}

export async function openSelf(scope: Scope, { id, until }: { id: string; until: Day }) {
  const scheme = await lockScheme(scope, id, 'openSelf');
  if (until < scope.today)
    throw invalid('until', { zh: '自评截止日应不早于今天', en: 'The last day should not lie in the past' }, 'until');
  await advance(scope, scheme, 'openSelf', `截至 ${until}`, { selfUntil: until });
  await announce(scope, scheme, await getBody(scope, id, scheme.version), 'scores.selfOpened', { until });
  audited(scope, { subject: 'scores.scheme', id, after: { state: 'assessing', until } });
  return { id, version: scheme.version };
}

const announce = (
  scope: Scope,
  scheme: SchemeTable,
  body: SchemeBody,
  topic: string,
  data: Record<string, unknown> = {},
): Promise<void> =>
  emit(scope, {
    topic,
    unitIds: unitsOf(body),
    data: { schemeId: scheme.id, year: scheme.year, name: body.name, ...data },
  });

/** Works the points out and freezes them. @throws Problem 422 day, year_ahead; 409 not_now */
export async function compute(scope: Scope, { id, day, note }: { id: string; day?: Day | undefined; note: string }) {
  const scheme = await lockScheme(scope, id, 'compute');
  const latest = liveDay(scope, scheme.year);
  const on = day ?? latest;
  if (on > latest || on < `${scheme.year}-01-01`)
    throw invalid(
      'day',
      {
        zh: `请选择 ${scheme.year} 年内不晚于 ${latest} 的日期`,
        en: `Choose a day of ${scheme.year}, at the latest ${latest}`,
      },
      'day',
    );
  const body = await getBody(scope, id, scheme.version);
  const made = await insertResult(scope, id, await gatherInputs(scope, scheme, body, on), note);
  await advance(scope, scheme, 'compute', `${on}，第 ${made.version} 版：${note}`);
  audited(scope, { subject: 'scores.result', id, after: { version: made.version, hash: made.hash, day: on } });
  // What is computed concerns nobody but the office until it is shown.
  await emit(scope, { topic: 'scores.computed', unitIds: [], data: { schemeId: id, version: made.version } });
  return { id, version: made.version, hash: made.hash };
}

export async function publish(scope: Scope, { id }: { id: string }) {
  const scheme = await lockScheme(scope, id, 'publish');
  const result = await getResult(scope, id);
  if (result.schemeVersion !== scheme.version)
    throw conflict('stale', {
      zh: '计算之后方案又有修改，请重新计算后再公示',
      en: 'The scheme has changed since it was computed: compute again before showing it',
    });
  const body = await getBody(scope, id, scheme.version);
  const calendar = await calendarOf(scope);
  const publicityUntil = published(() => calendar.addWorkdays(scope.today, body.publicityDays));
  await setPublished(scope, id, result.version);
  await advance(scope, scheme, 'publish', `第 ${result.version} 版，公示至 ${publicityUntil}`, { publicityUntil });
  await announce(scope, scheme, body, 'scores.published', { version: result.version, publicityUntil });
  audited(scope, { subject: 'scores.scheme', id, after: { state: 'publicity', publicityUntil } });
  return { id, publicityUntil };
}

/** A corrected result beside the old one, which stays. Rules are those of the result that is corrected. */
export async function correct(scope: Scope, { id, note, isAnew }: { id: string; note: string; isAnew: boolean }) {
  const scheme = await lockScheme(scope, id, 'correct');
  const before = await getResult(scope, id);
  const frozen = inputsOf(before);
  const inputs = await gatherInputs(
    scope,
    { ...scheme, version: before.schemeVersion },
    frozen.body,
    before.day,
    isAnew ? {} : { frozen },
  );
  const made = await insertResult(scope, id, inputs, note, scope.now);
  await advance(scope, scheme, 'correct', `第 ${made.version} 版：${note}`);
  await announce(scope, scheme, frozen.body, 'scores.corrected', { version: made.version });
  audited(scope, { subject: 'scores.result', id, before: { hash: before.hash }, after: { hash: made.hash, note } });
  return { id, version: made.version, hash: made.hash, moves: movesBetween(scoresOf(before), made.scores) };
}

/** @throws Problem 409 publicity_runs, objections_open, correction_due */
export async function finish(scope: Scope, { id }: { id: string }) {
  const scheme = await lockScheme(scope, id, 'finish');
  if (scheme.publicityUntil === null || scope.today <= scheme.publicityUntil)
    throw conflict('publicity_runs', {
      zh: `公示期到 ${scheme.publicityUntil} 为止，期满后才能定稿`,
      en: `The result is shown until ${scheme.publicityUntil}: it becomes final after that`,
    });
  const { rows } = await sql<{ open: number; due: number }>`
    select count(*) filter (where state = 'filed')::int as open,
      count(*) filter (where state = 'changed' and result_version >=
        (select max(version) from scores.result r where r.city_id = o.city_id and r.scheme_id = o.scheme_id))::int as due
    from scores.objection o where city_id = ${scope.cityId} and scheme_id = ${id}`.execute(scope.db);
  if (rows[0]!.open > 0)
    throw conflict('objections_open', {
      zh: `还有 ${rows[0]!.open} 件异议没有裁定`,
      en: `${rows[0]!.open} objections are not decided yet`,
    });
  if (rows[0]!.due > 0)
    throw conflict('correction_due', {
      zh: '有异议裁定为更正，请先出具更正结果',
      en: 'An objection was decided for a correction: correct the result first',
    });
  await advance(scope, scheme, 'finish', '公示期满');
  await announce(scope, scheme, await getBody(scope, id, scheme.version), 'scores.finished');
  audited(scope, { subject: 'scores.scheme', id, after: { state: 'final' } });
  return { id, version: scheme.version };
}

/** Other rules over the same figures: those of the newest result, or of today while there is none. Nothing is saved. */
export async function whatIf(
  scope: Scope,
  scheme: SchemeTable,
  base: SchemeBody,
  wanted: { body?: SchemeBody | undefined; version?: number | undefined },
) {
  const newest = await getResult(scope, scheme.id).catch(() => undefined);
  const inputs = newest ? inputsOf(newest) : await gatherInputs(scope, scheme, base, liveDay(scope, scheme.year));
  const body =
    wanted.body ?? (wanted.version === undefined ? inputs.body : await getBody(scope, scheme.id, wanted.version));
  const faults = checkScheme(body);
  const before = scoreOf(inputs);
  const after = faults.length > 0 ? before : scoreOf({ ...inputs, body });
  return { day: inputs.day, faults, before, after, body, moves: movesBetween(before, after) };
}
