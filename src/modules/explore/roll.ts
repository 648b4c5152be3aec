import { type Dimension, isTime, type RegisterDimension } from './dimensions.ts';
import { type MeasureCode, measureOf, type Sum } from './measures.ts';
import type { Head, Pivot, Value } from './shapes.ts';
import { type Months, monthsOfYear, yearsOf } from './span.ts';

/** One row of the statement: sums of the projects that share these values, of a month, a year or no time at all. */
export interface Atom {
  /** Values of the register's dimensions, in their order in the pivot; a list for a dimension that may have several. */
  keys: readonly (string | null | readonly string[])[];
  year: number | null;
  /** `done` of a month is what it adds to the year's cumulative, so that months before a cell's month are part of it. */
  period: string | null;
  sums: Partial<Record<Sum, number | null>>;
}

/** Share of the year's plan that is due at a month, as parts of `parts`: exact for twelfths and for days of any year. */
export const parts = 267_180;
export type Due = (period: string) => number;

type Totals = Partial<Record<Sum, number>> & { expected?: bigint };

export interface Rolled {
  rows: Head[];
  columns: Head[];
  cells: Value[][][];
}

const upTo: ReadonlySet<string> = new Set(['done', 'donePlanned']);
const yearly: ReadonlySet<string> = new Set(['plan', 'planOriginal', 'planned']);

/** A tree of heads: each node is a subtotal of those below it. */
interface Node {
  head: Head;
  index: number;
  below: Map<string | null, Node>;
}

class Axis {
  readonly root: Node = { head: [], index: 0, below: new Map() };
  readonly nodes: Node[] = [this.root];
  readonly by: readonly Dimension[];
  constructor(by: readonly Dimension[]) {
    this.by = by;
  }
  /** The node of every prefix of these values, the total first. */
  at(values: readonly (string | null)[]): number[] {
    const found = [0];
    let node = this.root;
    for (const value of values) {
      let next = node.below.get(value);
      if (!next) {
        next = { head: [...node.head, value], index: this.nodes.length, below: new Map() };
        this.nodes.push(next);
        node.below.set(value, next);
      }
      found.push(next.index);
      node = next;
    }
    return found;
  }
  get leaves(): number {
    return this.nodes.filter((node) => node.head.length === this.by.length).length;
  }
}

export class TooLarge extends Error {
  readonly rows: number;
  readonly columns: number;
  constructor(rows: number, columns: number) {
    super(`${rows} × ${columns}`);
    this.rows = rows;
    this.columns = columns;
  }
}
export const mostRows = 2_000;
export const mostColumns = 150;
export const mostCells = 40_000;

/**
 * Cells, subtotals and totals out of the statement's rows. Whole yuan throughout; a rate is worked out from the sums of its
 * own cell. What is a state (本年完成, 完成率) is at a total that of its last month, not the sum of months.
 * @throws TooLarge when nobody could read the result
 */
export function rollUp(
  pivot: Pivot,
  months: Months,
  atoms: readonly Atom[],
  due: Due,
  compareKeys: (dimension: Dimension, a: string | null, b: string | null) => number,
): Rolled {
  const register = [...pivot.rows, ...pivot.columns].filter((d): d is RegisterDimension => !isTime(d));
  const [rows, columns] = [new Axis(pivot.rows), new Axis(pivot.columns)];
  const hasMonth = [...pivot.rows, ...pivot.columns].includes('month');
  const byYear = new Map(yearsOf(months).map((year) => [year, monthsOfYear(year, months)]));
  const totals = new Map<number, Map<number, Totals>>();

  for (const atom of atoms) {
    const year = atom.year ?? (atom.period === null ? null : Number(atom.period.slice(0, 4)));
    const inYear = year === null ? [] : (byYear.get(year) ?? []);
    for (const [sum, value] of Object.entries(atom.sums) as [Sum, number | null][]) {
      if (value === null) continue;
      // A month's cell of a cumulative holds what came before it as well; a year's figure stands at each of its months.
      const shown = !hasMonth
        ? [null]
        : upTo.has(sum)
          ? inYear.filter((m) => m >= atom.period!)
          : yearly.has(sum)
            ? inYear
            : [atom.period];
      const done = new Set<number>();
      for (const month of shown)
        for (const [row, column] of placesOf(register, atom.keys, { year, month }, rows, columns)) {
          const place = row * 65_536 + column;
          // Of a project with two tiers the total is counted once, and the total of many months is one figure.
          if (done.has(place)) continue;
          done.add(place);
          const ofRow = totals.get(row) ?? new Map<number, Totals>();
          totals.set(row, ofRow);
          const cell = ofRow.get(column) ?? {};
          ofRow.set(column, cell);
          cell[sum] = (cell[sum] ?? 0) + value;
          if (sum === 'plan') {
            const isOfMonth =
              pivot.rows.slice(0, rows.nodes[row]!.head.length).includes('month') ||
              pivot.columns.slice(0, columns.nodes[column]!.head.length).includes('month');
            const at = isOfMonth ? month! : inYear.at(-1)!;
            cell.expected = (cell.expected ?? 0n) + BigInt(value) * BigInt(due(at));
          }
        }
    }
    if (rows.nodes.length > 3 * mostRows || columns.nodes.length > 3 * mostColumns)
      throw new TooLarge(rows.leaves, columns.leaves);
  }

  const value = (row: number, column: number, measure: MeasureCode): Value =>
    cellValue(measure, totals.get(row)?.get(column) ?? {});
  const isLarge =
    rows.leaves > mostRows ||
    columns.leaves > mostColumns ||
    rows.nodes.length * columns.nodes.length * pivot.measures.length > mostCells;
  if (isLarge) throw new TooLarge(rows.leaves, columns.leaves);
  const { sort } = pivot;
  const rowOrder = inOrder(rows, pivot, (a, b) => {
    const byName = compareKeys(pivot.rows[a.head.length - 1]!, a.head.at(-1)!, b.head.at(-1)!);
    if (!sort) return byName;
    const [x, y] = [sizeOf(value(a.index, 0, sort.measure)), sizeOf(value(b.index, 0, sort.measure))];
    if (x === null || y === null) return Number(x === null) - Number(y === null) || byName;
    return (sort.order === 'most' ? y - x : x - y) || byName;
  });
  const columnOrder = inOrder(columns, pivot, (a, b) =>
    compareKeys(pivot.columns[a.head.length - 1]!, a.head.at(-1)!, b.head.at(-1)!),
  );
  return {
    rows: rowOrder.map((node) => node.head),
    columns: columnOrder.map((node) => node.head),
    cells: rowOrder.map((row) =>
      columnOrder.map((column) => pivot.measures.map((measure) => value(row.index, column.index, measure))),
    ),
  };
}

/** Every cell an atom belongs to: all prefixes of its row times all prefixes of its column, for each tier it stands in. */
function* placesOf(
  register: readonly RegisterDimension[],
  keys: Atom['keys'],
  time: { year: number | null; month: string | null },
  rows: Axis,
  columns: Axis,
): Generator<[number, number]> {
  const values = (dimension: Dimension): readonly (string | null)[] => {
    if (dimension === 'year') return [time.year === null ? null : String(time.year)];
    if (dimension === 'month') return [time.month];
    const key = keys[register.indexOf(dimension)]!;
    return typeof key === 'string' || key === null ? [key] : key.length === 0 ? [null] : key;
  };
  const paths = (by: readonly Dimension[]): (string | null)[][] =>
    by.reduce<(string | null)[][]>(
      (sofar, dimension) => sofar.flatMap((path) => values(dimension).map((v) => [...path, v])),
      [[]],
    );
  for (const row of paths(rows.by))
    for (const column of paths(columns.by))
      for (const r of rows.at(row)) for (const c of columns.at(column)) yield [r, c];
}

const fraction = (n: bigint, d: bigint): Value => (d === 0n ? null : { n: n.toString(), d: d.toString() });

export function cellValue(measure: MeasureCode, found: Totals): Value {
  const { needs } = measureOf(measure);
  if (measure === 'rate') return found.plan ? fraction(BigInt(found.donePlanned ?? 0), BigInt(found.plan)) : null;
  if (measure === 'gap') {
    if (!found.plan) return null;
    const done = BigInt(found.donePlanned ?? 0) * BigInt(parts);
    return fraction((done - (found.expected ?? 0n)) * 100n, BigInt(found.plan) * BigInt(parts));
  }
  if (measure === 'onTime') return found.due ? fraction(BigInt(found.onTime ?? 0), BigInt(found.due)) : null;
  return found[needs[0]!] ?? null;
}

/** For sorting and for pictures only: a double. */
export const sizeOf = (value: Value): number | null =>
  value === null || typeof value === 'number' ? value : Number(value.n) / Number(value.d);

/** A node before those below it; without subtotals only the total and the last level. */
function inOrder(axis: Axis, pivot: Pivot, compare: (a: Node, b: Node) => number): Node[] {
  const found: Node[] = [];
  const walk = (node: Node): void => {
    const depth = node.head.length;
    if (depth === 0 || depth === axis.by.length || pivot.subtotals) found.push(node);
    for (const child of [...node.below.values()].sort(compare)) walk(child);
  };
  walk(axis.root);
  return found;
}
