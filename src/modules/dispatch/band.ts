import { z } from 'zod';
import { compare, type Ratio, ratio, ratioOf } from '#core/shared/rate.ts';
import { levelCode } from './level.ts';

const decimal = z.string().regex(/^-?\d{1,6}(\.\d{1,6})?$/);
/** One stretch of the number line and its light. A bound of null is without end. Bounds are decimal text: exact. */
export const band = z.object({
  /** Code of a level of the set. */
  light: levelCode,
  from: decimal.nullable(),
  fromIncluded: z.boolean().default(true),
  to: decimal.nullable(),
  toIncluded: z.boolean().default(false),
  /** 'published': stated by the source. 'city': decided here because the source leaves it open. */
  basis: z.enum(['published', 'city']).default('published'),
});
export type Band = z.infer<typeof band>;

/** Where values lie: from `floor` (null: without end) upwards; days and places are whole numbers, so 7 and 8 are neighbours. */
export interface Line {
  floor: string | null;
  isWhole: boolean;
}

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
const wholeEdge = (value: number): Edge => ({ at: ratio(value, 1), text: String(value), after: 0 });
const startOf = (b: Band, isWhole = false): Edge =>
  isWhole && b.from !== null
    ? wholeEdge(b.fromIncluded ? Math.ceil(Number(b.from)) : Math.floor(Number(b.from)) + 1)
    : edge(b.from, 'lowest', b.fromIncluded ? 0 : 1);
const endOf = (b: Band, isWhole = false): Edge =>
  isWhole && b.to !== null
    ? wholeEdge(b.toIncluded ? Math.floor(Number(b.to)) + 1 : Math.ceil(Number(b.to)))
    : edge(b.to, 'highest', b.toIncluded ? 1 : 0);
const edge = (text: string | null, open: 'lowest' | 'highest', after: 0 | 1): Edge =>
  text === null ? { at: open, text, after: 0 } : { at: ratioOf(text), text, after };

const ends = { lowest: -1, highest: 1 } as const;
function compareEdges(a: Edge, b: Edge): number {
  if (typeof a.at === 'object' && typeof b.at === 'object') return compare(a.at, b.at) || a.after - b.after;
  return (typeof a.at === 'object' ? 0 : ends[a.at]) - (typeof b.at === 'object' ? 0 : ends[b.at]);
}

const fault = (kind: BandFault['kind'], from: Edge, to: Edge, isWhole: boolean): BandFault =>
  isWhole
    ? {
        kind,
        from: from.text,
        fromIncluded: from.text !== null,
        to: to.text === null ? null : String(Number(to.text) - 1),
        toIncluded: to.text !== null,
      }
    : {
        kind,
        from: from.text,
        fromIncluded: from.text !== null && from.after === 0,
        to: to.text,
        toIncluded: to.text !== null && to.after === 1,
      };

/** Every stretch of the line that is not covered exactly once. */
export function bandFaults(bands: readonly Band[], { floor, isWhole }: Line): BandFault[] {
  const faults: BandFault[] = [];
  let covered = edge(floor, 'lowest', 0);
  const starts = (b: Band) => startOf(b, isWhole);
  const sorted = [...bands].sort((a, b) => compareEdges(starts(a), starts(b)));
  for (const [i, b] of sorted.entries()) {
    const [start, end] = [starts(b), endOf(b, isWhole)];
    const order = compareEdges(start, covered);
    const isFurther = compareEdges(end, covered) > 0;
    if (order > 0) faults.push(fault('gap', covered, start, isWhole));
    // The first band may begin below the floor: nothing is there to overlap.
    if (order < 0 && i > 0) faults.push(fault('overlap', start, isFurther ? covered : end, isWhole));
    if (isFurther) covered = end;
  }
  if (compareEdges(covered, highest) < 0) faults.push(fault('gap', covered, highest, isWhole));
  return faults;
}

/** The band in which a value lies, or null in a gap. */
export function bandAt(bands: readonly Band[], value: Ratio): Band | null {
  const point: Edge = { at: value, text: null, after: 0 };
  return bands.find((b) => compareEdges(startOf(b), point) <= 0 && compareEdges(endOf(b), point) > 0) ?? null;
}

/** The levels that some value of the line really gets: a band that others cover altogether gives none. */
export function reachedIn(bands: readonly Band[], { floor, isWhole }: Line): Set<string> {
  const bounds = [...bands.flatMap((b) => [b.from, b.to]), floor].flatMap((text) =>
    text === null ? [] : [ratioOf(text)],
  );
  bounds.sort(compare);
  const between = (a: Ratio, b: Ratio): Ratio => ratio(a.n * b.d + b.n * a.d, a.d * b.d * 2n);
  const shifted = (a: Ratio, by: bigint): Ratio => ratio(a.n + by * a.d, a.d);
  const tried = isWhole
    ? bounds.flatMap((b) => [shifted(b, -1n), b, shifted(b, 1n)]).filter((b) => b.d === 1n)
    : bounds.flatMap((b, i) => [b, i === 0 ? shifted(b, -1n) : between(bounds[i - 1]!, b), shifted(b, 1n)]);
  const least = floor === null ? null : ratioOf(floor);
  return new Set(
    (tried.length > 0 ? tried : [ratio(0, 1)])
      .filter((value) => least === null || compare(value, least) >= 0)
      .flatMap((value) => bandAt(bands, value)?.light ?? []),
  );
}

/** From where upwards every band is one of `calm`; `strictly` when the bound itself is not. Null when all are. */
export function greenFrom(
  bands: readonly Band[],
  isCalm: (level: string) => boolean = (level) => level === 'normal',
): { value: Ratio; strictly: boolean } | null {
  const found = bands.filter((b) => !isCalm(b.light)).map((b) => endOf(b));
  const last = found.sort(compareEdges).at(-1);
  return last && typeof last.at === 'object' ? { value: last.at, strictly: last.after === 1 } : null;
}
