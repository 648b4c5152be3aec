import { z } from 'zod';
import { compare, type Ratio, ratioOf } from '#core/shared/rate.ts';

const decimal = z.string().regex(/^-?\d{1,6}(\.\d{1,6})?$/);
/** One stretch of the number line and its light. A bound of null is without end. Bounds are decimal text: exact. */
export const band = z.object({
  light: z.enum(['normal', 'warn', 'late']),
  from: decimal.nullable(),
  fromIncluded: z.boolean().default(true),
  to: decimal.nullable(),
  toIncluded: z.boolean().default(false),
  /** 'published': stated by the source. 'city': decided here because the source leaves it open. */
  basis: z.enum(['published', 'city']).default('published'),
});
export type Band = z.infer<typeof band>;

/** A stretch that no band covers, or that two cover. */
export interface BandFault {
  kind: 'gap' | 'overlap';
  from: string | null;
  fromIncluded: boolean;
  to: string | null;
  toIncluded: boolean;
}

/** A place between numbers: just before the value (0) or just after it (1). Then open and closed ends compare alike. */
interface Edge {
  at: Ratio | 'lowest' | 'highest';
  text: string | null;
  after: 0 | 1;
}

const highest: Edge = { at: 'highest', text: null, after: 0 };
const startOf = (b: Band): Edge => edge(b.from, 'lowest', b.fromIncluded ? 0 : 1);
const endOf = (b: Band): Edge => edge(b.to, 'highest', b.toIncluded ? 1 : 0);
const edge = (text: string | null, open: 'lowest' | 'highest', after: 0 | 1): Edge =>
  text === null ? { at: open, text, after: 0 } : { at: ratioOf(text), text, after };

const ends = { lowest: -1, highest: 1 } as const;
function compareEdges(a: Edge, b: Edge): number {
  if (typeof a.at === 'object' && typeof b.at === 'object') return compare(a.at, b.at) || a.after - b.after;
  return (typeof a.at === 'object' ? 0 : ends[a.at]) - (typeof b.at === 'object' ? 0 : ends[b.at]);
}

const fault = (kind: BandFault['kind'], from: Edge, to: Edge): BandFault => ({
  kind,
  from: from.text,
  fromIncluded: from.text !== null && from.after === 0,
  to: to.text,
  toIncluded: to.text !== null && to.after === 1,
});

/** Every stretch from `floor` (null: without end) upwards that is not covered exactly once. */
export function bandFaults(bands: readonly Band[], floor: string | null): BandFault[] {
  const faults: BandFault[] = [];
  let covered = edge(floor, 'lowest', 0);
  const sorted = [...bands].sort((a, b) => compareEdges(startOf(a), startOf(b)));
  for (const [i, b] of sorted.entries()) {
    const [start, end] = [startOf(b), endOf(b)];
    const order = compareEdges(start, covered);
    const isFurther = compareEdges(end, covered) > 0;
    if (order > 0) faults.push(fault('gap', covered, start));
    // The first band may begin below the floor: nothing is there to overlap.
    if (order < 0 && i > 0) faults.push(fault('overlap', start, isFurther ? covered : end));
    if (isFurther) covered = end;
  }
  if (compareEdges(covered, highest) < 0) faults.push(fault('gap', covered, highest));
  return faults;
}

/** The band in which a value lies, or null in a gap. */
export function bandAt(bands: readonly Band[], value: Ratio): Band | null {
  const point: Edge = { at: value, text: null, after: 0 };
  return bands.find((b) => compareEdges(startOf(b), point) <= 0 && compareEdges(endOf(b), point) > 0) ?? null;
}

/** From where upwards nothing is warn or late; `strictly` when the bound itself still is. Null when nothing ever is. */
export function greenFrom(bands: readonly Band[]): { value: Ratio; strictly: boolean } | null {
  const ends = bands.filter((b) => b.light !== 'normal').map(endOf);
  const last = ends.sort(compareEdges).at(-1);
  return last && typeof last.at === 'object' ? { value: last.at, strictly: last.after === 1 } : null;
}
