import { addMonths, type Day } from '#core/shared/day.ts';
import type { Head, Pivot, Span } from './shapes.ts';

export interface Months {
  from: string;
  to: string;
}

/** The months meant, both included; null when none of them has begun or they end before they begin. */
export function monthsOf(span: Span, today: Day): Months | null {
  const now = today.slice(0, 7);
  const asked =
    span.kind === 'thisYear'
      ? { from: `${now.slice(0, 4)}-01`, to: now }
      : span.kind === 'lastMonths'
        ? { from: addMonths(`${now}-01`, 1 - span.n).slice(0, 7), to: now }
        : span;
  const months = { from: asked.from, to: asked.to < now ? asked.to : now };
  return months.from <= months.to ? months : null;
}

export const yearsOf = ({ from, to }: Months): number[] =>
  Array.from({ length: Number(to.slice(0, 4)) - Number(from.slice(0, 4)) + 1 }, (_, i) => Number(from.slice(0, 4)) + i);

/** The months of a year that are looked at, in order. */
export function monthsOfYear(year: number, { from, to }: Months): string[] {
  return Array.from({ length: 12 }, (_, i) => `${year}-${String(i + 1).padStart(2, '0')}`).filter(
    (m) => m >= from && m <= to,
  );
}

/** A cell as a question of its own: fewer months, one more condition for each value in its heads. Null: it can hold nothing. */
export function narrowed(
  pivot: Pivot,
  row: Head,
  column: Head,
  months: Months,
): { pivot: Pivot; months: Months } | null {
  let left: Months = months;
  const conditions = [...pivot.conditions];
  for (const [axis, head] of [
    [pivot.rows, row],
    [pivot.columns, column],
  ] as const) {
    if (head.length > axis.length) return null;
    for (const [i, key] of head.entries()) {
      const dimension = axis[i]!;
      if (dimension === 'month' || dimension === 'year') {
        if (key === null) return null;
        const [first, last] = dimension === 'month' ? [key, key] : [`${key}-01`, `${key}-12`];
        left = { from: left.from > first ? left.from : first, to: left.to < last ? left.to : last };
      } else conditions.push({ dimension, values: [key] });
    }
  }
  return left.from <= left.to ? { pivot: { ...pivot, conditions }, months: left } : null;
}
