import type { Scope } from '#core/server/scope.ts';
import type { Day } from '#core/shared/day.ts';
import { bookOf } from '../book.ts';
import type { Figure, GroupFigure } from '../contract.ts';
import type { Definition } from '../definition.ts';
import { type Grouping, knownMeasures, readFigures } from './figures.ts';
import { type Current, insertVersion, listDefinitions } from './store.ts';

export type { Grouping };
export { type Current, listDefinitions };

export interface IndicatorFigures extends Current {
  whole: Figure;
  groups: Partial<Record<Grouping, GroupFigure[]>>;
}

/**
 * Indicators with their exact figures on a day over the projects within reach of `indicators.read`: for the whole and by the
 * groupings asked for. Plans, filings, dates and funds as they were known on that day. Left out, `codes` are all of them.
 * @throws Problem 422 future_day
 */
export async function indicatorFigures(
  scope: Scope,
  { day, codes, by = [] }: { day: Day; codes?: readonly string[]; by?: readonly Grouping[] },
): Promise<IndicatorFigures[]> {
  const current = await listDefinitions(scope);
  const reading = await readFigures(
    scope,
    current.map((c) => c.definition),
    { day, basis: 'adjusted', level: 'projects' },
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
