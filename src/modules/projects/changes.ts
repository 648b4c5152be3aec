import type { ProjectFields } from './contract.ts';

/** One field's change, in the words of the contract. */
export interface FieldChange {
  field: string;
  before: unknown;
  after: unknown;
}

/** Money and dates feed lights, rates and ranks: whoever changes one says why. */
const explained: ReadonlySet<string> = new Set([
  'totalYuan',
  'doneBeforeYuan',
  'startPlanned',
  'startActual',
  'finishPlanned',
  'finishActual',
  'enrolled',
  'enrolledOn',
] satisfies (keyof ProjectFields)[]);

/** True when two values of a field say the same; the order of tiers and of keys says nothing. */
export function isSame(a: unknown, b: unknown): boolean {
  return JSON.stringify(canonical(a)) === JSON.stringify(canonical(b));
}

function canonical(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(canonical).sort();
  if (value === null || typeof value !== 'object') return value ?? null;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, v]) => v !== null && v !== undefined)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([k, v]) => [k, canonical(v)]),
  );
}

/** What `after` would really change of `before`; fields that `after` leaves out stay. */
export function changesBetween(before: ProjectFields, after: Partial<ProjectFields>): FieldChange[] {
  return (Object.keys(after) as (keyof ProjectFields)[])
    .filter((field) => after[field] !== undefined && !isSame(before[field], after[field]))
    .map((field) => ({ field, before: before[field], after: after[field] }));
}

/** The changed fields that ask for a reason: those that already held a value. A first entry needs none. */
export const unexplained = (changes: readonly FieldChange[]): string[] =>
  changes
    .filter(({ field, before }) => explained.has(field) && before !== null && before !== false)
    .map(({ field }) => field);
