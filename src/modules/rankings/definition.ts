import { z } from 'zod';

const words = z.object({ zh: z.string().trim().min(1).max(200), en: z.string().trim().max(300) });
export const code = z.string().regex(/^[a-z][A-Za-z0-9]{1,39}$/);
/** A number as people write it, read exactly: '80', '97.5', '-3'. */
export const decimal = z.string().regex(/^-?\d{1,12}(\.\d{1,6})?$/);
const share = z.string().regex(/^(100|\d{1,2})(\.\d{1,4})?$/);

export const memberKinds = ['county', 'commandPost', 'department', 'stateFirm', 'projectUnit', 'other'] as const;
export const regionKinds = ['gb', 'zone'] as const;
export const sumsBy = ['county', 'command', 'lead'] as const;

/** Who is compared with whom: kinds of units, then whom the city names in or out. */
export const Group = z.object({
  code,
  name: words,
  /** Whose projects are summed: those in the county, under the command post, or led by the unit. */
  by: z.enum(sumsBy),
  kinds: z.array(z.enum(memberKinds)).max(6),
  /** Of counties: those with a code of GB/T 2260, or zones (园区) without one. Null: both. */
  region: z.enum(regionKinds).nullable(),
  /** Units below a county answer through it and are not compared with the city's own. */
  cityOnly: z.boolean(),
  unitIds: z.array(z.uuid()).max(200),
  exceptIds: z.array(z.uuid()).max(200),
});
export type Group = z.infer<typeof Group>;

export const Ranking = z.object({
  code,
  name: words,
  /** Code of an indicator. */
  indicator: code,
  direction: z.enum(['up', 'down']),
  groups: z.array(Group).min(1).max(12),
  /** Percent of due filings that must be accepted; below it a unit is unranked, not last. */
  leastCompleteness: share,
  /** With fewer projects a unit is `apart`: not ranked; or `warn`: ranked, with a mark. */
  leastMembers: z.int().min(0).max(1000),
  small: z.enum(['apart', 'warn']),
  /** The line in the bars: the clock, a value in the indicator's unit, or none. */
  aim: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('none') }),
    z.object({ kind: z.literal('clock') }),
    z.object({ kind: z.literal('value'), value: decimal }),
  ]),
  basis: z.string().trim().max(300),
});
export type Ranking = z.infer<typeof Ranking>;
export type Aim = Ranking['aim'];

/** What follows from standing on a board for `from` to `to` months running; `to` null: and for every month more. */
export const Consequence = z.object({
  code,
  text: words,
  from: z.int().min(1).max(24),
  to: z.int().min(1).max(24).nullable(),
  raisesMatter: z.boolean(),
});
export type Consequence = z.infer<typeof Consequence>;

export const boardColours = ['red', 'black', 'blue', 'yellow', 'grey'] as const;

/** 榜 = 名次 ∧ 目标 ∧ ¬豁免 ∧ 连续 (dispatch.md §2.7). */
export const Board = z.object({
  code,
  name: words,
  colour: z.enum(boardColours),
  /** A board out of force stays as an example and puts nobody anywhere. */
  isInForce: z.boolean(),
  /** Code of a ranking. */
  ranking: code,
  /** Groups of the ranking taken together, and how many places the board has there. */
  pools: z
    .array(
      z.object({ code, name: words, of: z.array(code).min(1).max(12), places: z.int().min(1).max(1000).nullable() }),
    )
    .min(1)
    .max(12),
  end: z.enum(['top', 'bottom']),
  /** Against the aim of the ranking. Null: the place alone decides. */
  target: z.enum(['exceeded', 'reached', 'missed']).nullable(),
  /** An exemption in force keeps a unit off. */
  heedsExemptions: z.boolean(),
  /** Months running before a unit stands on it. */
  streak: z.int().min(1).max(24),
  /** Null: who no longer fits is off by itself. Else a unit stays until it reached its target or rose by so many places. */
  wayOut: z
    .object({ reached: z.boolean(), rises: z.int().min(1).max(100).nullable() })
    .refine((way) => way.reached || way.rises !== null)
    .nullable(),
  consequences: z.array(Consequence).max(12),
  /** Who published the rule; what the source leaves open stands in `note`. */
  source: z.string().trim().max(300),
  note: z.object({ zh: z.string().trim().max(300), en: z.string().trim().max(400) }).nullable(),
});
export type Board = z.infer<typeof Board>;
