import { z } from 'zod';
import { boardColours } from './definition.ts';
import type { MonthRankings as Months } from './month.ts';

const words = z.object({ zh: z.string(), en: z.string() });
const day = z.iso.date();

export const Exact = z.union([
  z.object({ n: z.string(), d: z.string() }),
  z.object({ missing: z.enum(['zeroDenominator', 'missing', 'noMembers']), name: z.string().nullable() }),
]);

const Row = z.object({
  unitId: z.uuid(),
  name: z.string(),
  figure: Exact,
  rank: z.int().nullable(),
  unranked: z.enum(['belowCompleteness', 'noFigure', 'tooFewProjects']).nullable(),
  previousRank: z.int().nullable(),
  members: z.int(),
  completeness: Exact,
  isSmall: z.boolean(),
});
const External = z.object({
  subject: z.string(),
  rank: z.int(),
  of: z.int().nullable(),
  scope: z.string(),
  publisher: z.string(),
  publishedOn: day,
  value: z.string().nullable(),
  demo: z.boolean(),
});
const MonthRanking = z.object({
  code: z.string(),
  version: z.int(),
  name: words,
  indicator: z.string(),
  decimals: z.int(),
  unit: z.enum(['percent', 'points', 'yuan', 'count', 'number']),
  direction: z.enum(['up', 'down']),
  groups: z.array(z.object({ code: z.string(), name: words, rows: z.array(Row) })),
  external: z.array(External),
});
const MonthBoard = z.object({
  code: z.string(),
  version: z.int(),
  name: words,
  group: z.string(),
  colour: z.enum(boardColours),
  rows: z.array(
    z.object({
      unitId: z.uuid(),
      name: z.string(),
      rank: z.int(),
      figure: Exact,
      streak: z.int(),
      why: words,
      consequences: z.array(z.object({ code: z.string(), text: words, raisesMatter: z.boolean() })),
    }),
  ),
  spared: z.array(z.object({ unitId: z.uuid(), name: z.string(), why: words, streak: z.int().exactOptional() })),
});
/** month.ts as the wire carries it. */
export const MonthRankings = z.object({
  period: z.string(),
  day,
  rankings: z.array(MonthRanking),
  boards: z.array(MonthBoard),
}) satisfies z.ZodType<Months>;
