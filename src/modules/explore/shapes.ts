import { z } from 'zod';
import { dimensionCodes, registerDimensions } from './dimensions.ts';
import { measureCodes } from './measures.ts';

const month = z.string().regex(/^(20|19)\d{2}-(0[1-9]|1[0-2])$/);
const unique = (list: readonly unknown[]): boolean => new Set(list).size === list.length;

/** Months looked at. Those that have not begun yet are left out. */
export const Span = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('thisYear') }),
  z.object({ kind: z.literal('lastMonths'), n: z.int().min(1).max(120) }),
  z.object({ kind: z.literal('months'), from: month, to: month }),
]);
export type Span = z.infer<typeof Span>;

export const Condition = z.object({
  dimension: z.enum(registerDimensions),
  /** Any of them; null is “not recorded”. */
  values: z.array(z.string().max(100).nullable()).min(1).max(200),
});
export type Condition = z.infer<typeof Condition>;

/** A question, closed: nothing in it becomes text of a statement but what is listed here. */
export const Pivot = z
  .object({
    measures: z.array(z.enum(measureCodes)).min(1).max(6).refine(unique),
    rows: z.array(z.enum(dimensionCodes)).max(3).default([]),
    columns: z.array(z.enum(dimensionCodes)).max(2).default([]),
    span: Span.default({ kind: 'thisYear' }),
    level: z.enum(['projects', 'items']).default('projects'),
    /** Terminated and withdrawn projects count as well. */
    withDropped: z.boolean().default(false),
    conditions: z.array(Condition).max(8).default([]),
    subtotals: z.boolean().default(true),
    /** Null: by name, time in its order. A measure sorts rows by their total. */
    sort: z
      .object({ measure: z.enum(measureCodes), order: z.enum(['most', 'least']) })
      .nullable()
      .default(null),
  })
  .refine((p) => unique([...p.rows, ...p.columns]), { path: ['rows'] })
  .refine((p) => unique(p.conditions.map((c) => c.dimension)), { path: ['conditions'] });
export type Pivot = z.infer<typeof Pivot>;

/** Whole yuan or a count; an exact fraction (a rate is a share, points are percentage points); null: nothing recorded. */
export const Value = z.union([z.int(), z.object({ n: z.string(), d: z.string() }), z.null()]);
export type Value = z.infer<typeof Value>;

export const chartKinds = ['none', 'bar', 'stacked', 'line', 'heat'] as const;
export type ChartKind = (typeof chartKinds)[number];

/** One value for each dimension of the axis from the outside in; fewer is a subtotal, none the total. */
export const Head = z.array(z.string().nullable());
export type Head = z.infer<typeof Head>;

export const Table = z.object({
  from: month,
  to: month,
  rows: z.array(Head),
  columns: z.array(Head),
  /** cells[row][column][measure] */
  cells: z.array(z.array(z.array(Value))),
  /** Names of units and industries that stand in the heads. */
  names: z.record(z.string(), z.string()),
  /** The day the clock and the register are read on. */
  day: z.iso.date(),
  hasDemo: z.boolean(),
});
export type Table = z.infer<typeof Table>;

export const View = z.object({
  id: z.uuid(),
  name: z.string(),
  pivot: Pivot,
  chart: z.enum(chartKinds),
  isShared: z.boolean(),
  isMine: z.boolean(),
  ownerName: z.string(),
  demo: z.boolean(),
});
export type View = z.infer<typeof View>;

export const CellRef = z.object({ pivot: Pivot, row: Head.max(3), column: Head.max(2), measure: z.enum(measureCodes) });
export type CellRef = z.infer<typeof CellRef>;

export const Member = z.object({
  projectId: z.uuid(),
  serial: z.int(),
  name: z.string(),
  stage: z.string(),
  demo: z.boolean(),
  value: Value,
});
export type Member = z.infer<typeof Member>;
