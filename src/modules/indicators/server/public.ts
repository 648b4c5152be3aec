import type { Scope } from '#core/server/scope.ts';
import type { Day } from '#core/shared/day.ts';
import { bookOf } from '../book.ts';
import type { Figure, GroupFigure } from '../contract.ts';
import type { Definition } from '../definition.ts';
import type { Moments } from './facts.ts';
import { type Grouping, knownMeasures, readFigures } from './figures.ts';
import { type Current, insertVersion, listChanges, listDefinitions } from './store.ts';

export type { Grouping, Moments };
export { type Current, listDefinitions };

export interface IndicatorFigures extends Current {
  whole: Figure;
  groups: Partial<Record<Grouping, GroupFigure[]>>;
}

/**
 * Indicators with their exact figures on a day over the projects within reach of `indicators.read`: for the whole and by the
 * groupings asked for. Plans, filings and dates as they were known by the end of that day, or by `knownAt`. Left out, `codes` are all of them.
 * With the same `moments` (a new Map) several calls of one piece of work read the register once. `asOf`: with the formulas
 * of that moment, so that a month can be worked out again.
 * @throws Problem 422 future_day
 */
export async function indicatorFigures(
  scope: Scope,
  {
    day,
    knownAt,
    asOf,
    codes,
    by = [],
    moments,
  }: {
    day: Day;
    knownAt?: Date | undefined;
    asOf?: Date | undefined;
    codes?: readonly string[];
    by?: readonly Grouping[];
    moments?: Moments | undefined;
  },
): Promise<IndicatorFigures[]> {
  const current = await listDefinitions(scope, asOf);
  const reading = await readFigures(
    scope,
    current.map((c) => c.definition),
    { day, knownAt, basis: 'adjusted', level: 'projects' },
    { codes, moments },
  );
  const wanted = codes ? current.filter((c) => codes.includes(c.definition.code)) : current;
  const found: IndicatorFigures[] = [];
  for (const { definition, version } of wanted) {
    const groups: IndicatorFigures['groups'] = {};
    for (const grouping of by) groups[grouping] = await reading.groups(definition.code, grouping);
    found.push({ definition, version, whole: reading.whole(definition.code), groups });
  }
  return found;
}

/**
 * Formulas of another module's own (a scheme of scores) over the projects within reach, exact, by unit: the same language and
 * measures as indicators, and indicators in force may be named. Nothing is saved. Keys of the answer are ids of units.
 * `knownAt`, `asOf` and `moments` as for `indicatorFigures`.
 * @throws FormulaFault when one cannot be read or refers to nothing; Problem 422 future_day
 */
export async function formulaFigures(
  scope: Scope,
  {
    day,
    knownAt,
    asOf,
    formulas,
    moments,
  }: {
    day: Day;
    knownAt?: Date | undefined;
    asOf?: Date | undefined;
    formulas: readonly { formula: string; by: 'county' | 'command' | 'lead' }[];
    moments?: Moments | undefined;
  },
): Promise<Map<string, Figure>[]> {
  const current = (await listDefinitions(scope, asOf)).map((c) => c.definition);
  const own = formulas.map(({ formula }, i) => asDefinition(current, formula, i));
  const reading = await readFigures(
    scope,
    [...current, ...own],
    { day, knownAt, basis: 'adjusted', level: 'projects' },
    { codes: own.map((d) => d.code), moments },
  );
  const found: Map<string, Figure>[] = [];
  for (const [i, { by }] of formulas.entries()) {
    const groups = await reading.groups(own[i]!.code, by);
    found.push(new Map(groups.flatMap(({ key, figure }) => (key === null ? [] : [[key, figure] as const]))));
  }
  return found;
}

/** @throws FormulaFault when a formula cannot be read, refers to nothing, or does not fit together */
export async function checkFormula(scope: Scope, formula: string): Promise<void> {
  asDefinition(
    (await listDefinitions(scope)).map((c) => c.definition),
    formula,
    0,
  );
}

/** Nobody declares the unit of such a formula: the one that fits is taken. */
function asDefinition(current: readonly Definition[], formula: string, at: number): Definition {
  const shape = { code: `ownFormula${at}`, name: { zh: `自用公式_${at}`, en: '' }, formula, decimals: 2 };
  let fault: unknown;
  for (const unit of ['count', 'number', 'yuan'] as const) {
    const words = { zh: shape.name.zh, en: '' };
    const definition: Definition = { ...shape, unit, direction: 'none', caliber: words, basis: '' };
    try {
      bookOf([...current, definition], knownMeasures);
      return definition;
    } catch (error) {
      fault = error;
    }
  }
  throw fault;
}

/**
 * Saves an indicator of the city from another module's job, as a new version; the same one again makes none.
 * @throws FormulaFault when it does not fit with those in force
 */
export async function saveIndicator(scope: Scope, definition: Definition, reason: string): Promise<void> {
  const current = (await listDefinitions(scope)).map((c) => c.definition);
  if (current.some((d) => JSON.stringify(ordered(d)) === JSON.stringify(ordered(definition)))) return;
  bookOf([...current.filter((d) => d.code !== definition.code), definition], knownMeasures);
  await insertVersion(scope, definition.code, definition, reason);
}

/** jsonb gives keys back in an order of its own. */
const ordered = (value: unknown): unknown =>
  value !== null && typeof value === 'object'
    ? Object.fromEntries(
        Object.entries(value)
          .sort(([a], [b]) => a.localeCompare(b))
          .map(([key, inner]) => [key, ordered(inner)]),
      )
    : value;

/** Versions of indicators saved between two moments, oldest first: what the month's checklist tells of. */
export const indicatorChanges = (
  scope: Scope,
  { from, to }: { from: Date; to: Date },
): Promise<{ code: string; version: number; name: string | null; reason: string; actorName: string; at: Date }[]> =>
  listChanges(scope, from, to);
