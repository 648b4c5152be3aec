import type { Scope } from '#core/server/scope.ts';
import { bookOf } from '../book.ts';
import type { Definition } from '../definition.ts';
import { knownMeasures } from './figures.ts';
import { insertVersion, listDefinitions } from './store.ts';

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
