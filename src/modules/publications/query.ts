import { z } from 'zod';

/**
 * What a reference in a bulletin asks of the frozen edition. It is data: templates, drafts and released bulletins hold it,
 * the editor shows it, and asked again of the same edition it gives the same answer (dispatch.md §5, line 23).
 */

/** Tables of the edition. `row` is the row that an `each` of a template stands at. */
export const lists = [
  'total',
  'previous',
  'completeness',
  'counties',
  'commands',
  'boards',
  'leads',
  'projects',
  'missing',
  'matterTotals',
  'matters',
  'ranking',
  'external',
  'boardList',
  'spared',
  'scores',
  'challenges',
  'row',
] as const;
export type ListName = (typeof lists)[number];

const field = z.string().regex(/^[a-zA-Z]{1,30}$/);

export const Condition = z.object({
  field,
  op: z.enum(['=', '!=', '<', '<=', '>', '>=', 'in', 'set', 'unset']),
  value: z.union([z.string().max(200), z.number(), z.array(z.string().max(200)).max(50)]).optional(),
  /** Compare with the clock or the last day of the edition instead of a value. */
  than: z.enum(['clock', 'day']).optional(),
});
export type Condition = z.infer<typeof Condition>;

export const Rows = z.object({
  list: z.enum(lists),
  /** Of rankings `code/group`, of boards and scores their code; left out: all of them. */
  group: z.string().max(100).optional(),
  where: z.array(Condition).max(8).optional(),
  sort: z.object({ by: field, direction: z.enum(['up', 'down']) }).optional(),
  take: z.int().min(1).max(200).optional(),
});
export type Rows = z.infer<typeof Rows>;

export const Format = z.object({
  /** `money` writes 亿元 from one 亿 on, else 万元; any other word is the unit that follows a count. */
  as: z.string().max(6),
  decimals: z.int().min(0).max(6).optional(),
  /** Without a sign, for sentences that say 超 or 低于 themselves. */
  abs: z.boolean().optional(),
});
export type Format = z.infer<typeof Format>;

const sumField = z.union([field, z.literal('#')]);
export const Query = z.discriminatedUnion('get', [
  z.object({ get: z.literal('count'), rows: Rows }),
  z.object({ get: z.literal('sum'), rows: Rows, field }),
  /** Sum over sum, never an average of rates. `#` counts rows. */
  z.object({ get: z.literal('rate'), rows: Rows, part: sumField, whole: sumField, wholeRows: Rows.optional() }),
  /** Percentage points of that rate above the clock, or above a target in percent (双过半: 50). */
  z.object({
    get: z.literal('gap'),
    rows: Rows,
    part: field,
    whole: field,
    target: z.int().min(0).max(200).optional(),
  }),
  /** What is missing to so many percent of the whole; negative when it is passed. */
  z.object({ get: z.literal('left'), rows: Rows, part: field, whole: field, percent: z.int().min(1).max(200) }),
  /** Percentage points between the rate of `rows` and that of `before`. */
  z.object({ get: z.literal('change'), rows: Rows, before: Rows, part: field, whole: field }),
  z.object({ get: z.literal('growth'), rows: Rows, field, base: field }),
  /** Of the first row. */
  z.object({ get: z.literal('value'), rows: Rows, field }),
  z.object({
    get: z.literal('names'),
    rows: Rows,
    /** In brackets after each name. */
    beside: z.object({ field, format: Format }).optional(),
    /** After so many 等 follows. */
    most: z.int().min(1).max(200).optional(),
  }),
  z.object({ get: z.literal('clock') }),
  z.object({
    get: z.literal('head'),
    field: z.enum(['city', 'headquarters', 'year', 'month', 'quarter', 'day', 'through']),
  }),
  z.object({ get: z.literal('indicator'), code: z.string().max(60), key: z.string().max(80) }),
]);
export type Query = z.infer<typeof Query>;

/** When a sentence is said: compared as it would be printed, so that nothing reads 超时序0.0个百分点. */
export const Test = z.union([
  z.object({
    query: Query,
    op: z.enum(['=', '!=', '<', '<=', '>', '>=', 'known', 'unknown']),
    value: z.number().optional(),
    /** Compare with another figure instead of a number. */
    against: Query.optional(),
    /** Decimals at which it is compared; left out: exactly. */
    decimals: z.int().min(0).max(6).optional(),
  }),
  /** Whether the printed parts add up to the printed whole. */
  z.object({ rows: Rows, field, whole: Query, format: Format, addsUp: z.boolean() }),
]);
export type Test = z.infer<typeof Test>;

/** A number, or words, with where they come from. */
export const Reference = z.object({ query: Query, format: Format });
export type Reference = z.infer<typeof Reference>;
