import { sql } from 'kysely';
import { invalid, notFound } from '#core/server/errors.ts';
import type { Scope } from '#core/server/scope.ts';
import type { Day } from '#core/shared/day.ts';
import { unitNames } from '#modules/organization/server/public.ts';
import { type Act, acts, course } from '../course.ts';
import { wire } from '../exact.ts';
import { isRelative } from '../points.ts';
import { fullMarks, scoreOf } from '../result.ts';
import type { SchemeBody } from '../scheme.ts';
import type { ResultHead, ResultUnit, Scheme, SchemeRow } from '../shapes.ts';
import type { YearScores } from '../year.ts';
import { gatherInputs } from './gather.ts';
import { ownGroups, ownUnitIds, seesAll } from './reach.ts';
import { getResult, listResultHeads, scoresOf } from './result-store.ts';
import { getBody, getScheme, listSchemeRows } from './scheme-store.ts';
import type { ResultTable, SchemeTable } from './tables.ts';

async function openObjections(scope: Scope): Promise<Map<string, { unitId: string }[]>> {
  const { rows } = await sql<{ schemeId: string; unitId: string }>`
    select scheme_id, unit_id from scores.objection where city_id = ${scope.cityId} and state = 'filed'`.execute(
    scope.db,
  );
  return Map.groupBy(rows, (row) => row.schemeId);
}

function rowOf(
  scope: Scope,
  scheme: SchemeTable,
  body: SchemeBody,
  open: ReadonlyMap<string, { unitId: string }[]>,
): SchemeRow {
  const groups = ownGroups(scope, body);
  const visible = new Set(body.groups.filter((g) => groups.has(g.code)).flatMap((g) => g.units.map((u) => u.unitId)));
  const filed = (open.get(scheme.id) ?? []).filter(({ unitId }) => seesAll(scope) || visible.has(unitId));
  return {
    id: scheme.id,
    code: scheme.code,
    year: scheme.year,
    name: body.name,
    state: scheme.state,
    version: scheme.version,
    units: body.groups.reduce((sum, g) => sum + g.units.length, 0),
    selfUntil: scheme.selfUntil,
    publicityUntil: scheme.publicityUntil,
    openObjections: filed.length,
    demo: scheme.demo,
  };
}

/** A scheme concerns whoever reaches the whole city and whoever has a participant in it; for others it is not there. */
export const concerns = (scope: Scope, body: SchemeBody): boolean =>
  seesAll(scope) || ownUnitIds(scope, body).length > 0;

/** @throws Problem 404 */
export async function visibleScheme(scope: Scope, id: string): Promise<{ scheme: SchemeTable; body: SchemeBody }> {
  const scheme = await getScheme(scope, id);
  const body = await getBody(scope, id, scheme.version);
  if (!concerns(scope, body)) throw notFound({ zh: '考核方案', en: 'scheme' });
  return { scheme, body };
}

export async function listSchemes(scope: Scope, year?: number) {
  const all = await listSchemeRows(scope);
  const open = await openObjections(scope);
  const shown: SchemeRow[] = [];
  for (const scheme of all) {
    const body = await getBody(scope, scheme.id, scheme.version);
    if (concerns(scope, body)) shown.push(rowOf(scope, scheme, body, open));
  }
  const years = [...new Set([...shown.map((s) => s.year), Number(scope.today.slice(0, 4))])].sort((a, b) => b - a);
  const chosen = year ?? shown[0]?.year ?? years[0]!;
  return {
    year: chosen,
    years,
    schemes: shown.filter((s) => s.year === chosen).sort((a, b) => (a.id < b.id ? -1 : 1)),
    canManage: scope.can('scores.manage'),
  };
}

export async function presentScheme(scope: Scope, id: string, version?: number): Promise<Scheme> {
  const { scheme, body: newest } = await visibleScheme(scope, id);
  const body = version === undefined ? newest : await getBody(scope, id, version);
  const own = ownUnitIds(scope, body);
  const names = await unitNames(scope, own);
  const manages = scope.can('scores.manage');
  const allowed: Scheme['allowed'] = manages
    ? acts.filter((act) => course[act].from.includes(scheme.state) && isTimely(scope, scheme, act))
    : [];
  if (manages) allowed.push('whatIf');
  if (manages && scheme.state !== 'final') allowed.push('enter');
  const speaks = ownUnitIds(scope, body, 'scores.assess').length > 0;
  if (speaks && isAssessing(scope, scheme)) allowed.push('assess');
  if (speaks && isPublic(scope, scheme)) allowed.push('object');
  if (scope.can('scores.decide')) allowed.push('decide');
  return {
    ...rowOf(scope, scheme, newest, await openObjections(scope)),
    version: version ?? scheme.version,
    body,
    fullMarks: wire(fullMarks(body)),
    allowed,
    ownUnits: own.flatMap((unitId) => {
      const found = names.get(unitId);
      return found ? [{ id: unitId, name: found.shortName ?? found.name }] : [];
    }),
  };
}

const isTimely = (scope: Scope, scheme: SchemeTable, act: Act): boolean =>
  act !== 'finish' || (scheme.publicityUntil !== null && scope.today > scheme.publicityUntil);
export const isAssessing = (scope: Scope, { state, selfUntil }: SchemeTable): boolean =>
  state === 'assessing' && selfUntil !== null && scope.today <= selfUntil;
export const isPublic = (scope: Scope, { state, publicityUntil }: SchemeTable): boolean =>
  state === 'publicity' && publicityUntil !== null && scope.today <= publicityUntil;
export const isShown = ({ state }: SchemeTable): boolean => state === 'publicity' || state === 'final';

type Head = Pick<
  ResultTable,
  'version' | 'schemeVersion' | 'day' | 'hash' | 'note' | 'actorName' | 'at' | 'publishedAt'
>;
export const headOf = (row: Head): ResultHead => ({
  version: row.version,
  schemeVersion: row.schemeVersion,
  day: row.day,
  hash: row.hash,
  note: row.note,
  actorName: row.actorName,
  at: row.at.toISOString(),
  publishedAt: row.publishedAt?.toISOString() ?? null,
});

/**
 * Rows of a result that the caller may see. Before 公示 a unit sees its own row, without rank and without a basis that would
 * tell of others; from then on all rows of its group.
 */
export function rowsWithinReach(
  scope: Scope,
  body: SchemeBody,
  scores: YearScores,
  isPublished: boolean,
): ResultUnit[] {
  const all = seesAll(scope);
  const own = new Set(ownUnitIds(scope, body));
  const groups = ownGroups(scope, body);
  const relative = new Set(body.items.filter(isRelative).map((i) => i.code));
  return scores.units
    .filter((u) => all || own.has(u.unitId) || (isPublished && groups.has(u.group)))
    .map((u) => ({
      unitId: u.unitId,
      name: u.name,
      group: u.group,
      total: u.total,
      rank: all || isPublished ? u.rank : null,
      veto: u.veto,
      isOwn: own.has(u.unitId),
      items: u.items.map(({ code, points, selfPoints, basis }) => ({
        code,
        points,
        selfPoints,
        basis: all || isPublished || !relative.has(code) ? basis : null,
      })),
    }));
}

export interface ShownResult {
  scheme: SchemeTable;
  /** The rules the result was worked out by. */
  body: SchemeBody;
  head: ResultHead | null;
  versions: ResultHead[];
  day: Day;
  units: ResultUnit[];
}

/**
 * The newest result, or the version named; while none is computed, those who see the whole city get the points so far.
 * @throws Problem 404
 */
export async function shownResult(scope: Scope, id: string, version?: number): Promise<ShownResult> {
  const { scheme, body } = await visibleScheme(scope, id);
  const every = await listResultHeads(scope, id);
  // A unit opens what was published; before that, the newest, in which it sees itself only.
  const heads = every.filter(
    (h) => seesAll(scope) || h.publishedAt !== null || (!isShown(scheme) && h.version === every[0]!.version),
  );
  const wanted = version ?? heads[0]?.version;
  if (wanted === undefined) {
    if (version !== undefined) throw notFound({ zh: '考核结果', en: 'result' });
    if (!seesAll(scope) || scheme.state === 'draft')
      return { scheme, body, head: null, versions: [], day: scope.today, units: [] };
    const day = liveDay(scope, scheme.year);
    const live = scoreOf(await gatherInputs(scope, scheme, body, day));
    return { scheme, body, head: null, versions: [], day, units: rowsWithinReach(scope, body, live, false) };
  }
  if (!heads.some((h) => h.version === wanted)) throw notFound({ zh: '考核结果', en: 'result' });
  const row = await getResult(scope, id, wanted);
  const rules = await getBody(scope, id, row.schemeVersion);
  const units = rowsWithinReach(scope, rules, scoresOf(row), row.publishedAt !== null);
  return { scheme, body: rules, head: headOf(row), versions: heads.map(headOf), day: row.day, units };
}

/** Today, or the last day of a year that is over. @throws Problem 422 year_ahead */
export function liveDay(scope: Scope, year: number): Day {
  const last = `${year}-12-31`;
  if (scope.today < `${year}-01-01`)
    throw invalid('year_ahead', {
      zh: `${year} 年尚未开始，没有可计算的数据`,
      en: `${year} has not begun: there is nothing to compute`,
    });
  return scope.today > last ? last : scope.today;
}
