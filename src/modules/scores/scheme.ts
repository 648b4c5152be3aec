import { z } from 'zod';

const text = (max: number) => z.string().trim().min(1).max(max);
export const SchemeWords = z.object({ zh: text(120), en: z.string().trim().max(200) });
/** A decimal ('0.2') or a fraction of two whole numbers ('15/60'), because a third is no decimal. */
export const ExactText = z
  .string()
  .trim()
  .regex(/^-?\d{1,12}(\.\d{1,9}|\/[1-9]\d{0,11})?$/);
const code = z.string().regex(/^[a-z][A-Za-z0-9]{0,39}$/);
const formula = text(600);

export const groupings = ['county', 'command', 'lead'] as const;
export const sourceKinds = ['indicator', 'projects', 'entered', 'events', 'challenges'] as const;
export const challengeEnds = ['passed', 'failed', 'exited', 'excused', 'underWay'] as const;

/** Where a figure of a unit comes from. Only `entered` is typed by a person, and says so wherever it is shown. */
export const Source = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('indicator'), code, by: z.enum(groupings) }),
  /** A formula over the unit's projects: 个数(条件), 合计(字段). */
  z.object({ kind: z.literal('projects'), formula, by: z.enum(groupings) }),
  /** 人工录入, with evidence. */
  z.object({ kind: z.literal('entered') }),
  /** The number of events (deductions, bonuses) entered with reason, document and approver. */
  z.object({ kind: z.literal('events') }),
  /** 揭榜挂帅: how many challenges that the unit took ended so in the year, up to the day. */
  z.object({ kind: z.literal('challenges'), end: z.enum(challengeEnds) }),
]);
export type Source = z.infer<typeof Source>;

export const Input = z.object({
  /** How the formulas of its item call it. */
  name: z.string().regex(/^\p{L}[\p{L}\p{N}_]{0,29}$/u),
  source: Source,
  show: z.enum(['number', 'percent']),
  decimals: z.int().min(0).max(6),
  unit: z.string().trim().max(12),
});
export type Input = z.infer<typeof Input>;

const Segment = z.object({
  side: z.enum(['above', 'below']),
  /** Distances from the anchor; `to` null has no end. */
  from: ExactText,
  to: ExactText.nullable(),
  each: ExactText,
  points: ExactText,
});

export const methodKinds = ['ratio', 'steps', 'rank', 'bands', 'counts', 'efficacy', 'formula'] as const;
export const Method = z.discriminatedUnion('kind', [
  /** 分值 × 完成率. */
  z.object({ kind: z.literal('ratio'), of: formula }),
  /** 每超（欠）一步加（扣）分: from an anchor, or from the average of the group (null). */
  z.object({
    kind: z.literal('steps'),
    of: formula,
    anchor: formula.nullable(),
    base: ExactText,
    /** Whole steps only, or parts of one as well. */
    counting: z.enum(['whole', 'part']),
    segments: z.array(Segment).min(1).max(20),
    /** 加减分合计不超过 ±. */
    most: ExactText.nullable(),
  }),
  /** 排名计分, inside the group. */
  z.object({
    kind: z.literal('rank'),
    of: formula,
    best: z.enum(['highest', 'lowest']),
    places: z
      .array(z.object({ to: z.int().min(1).max(500), points: ExactText }))
      .min(1)
      .max(20),
  }),
  /** 分档计分; a band begins with `from` itself. */
  z.object({
    kind: z.literal('bands'),
    of: formula,
    bands: z
      .array(z.object({ from: ExactText, points: ExactText }))
      .min(1)
      .max(20),
    otherwise: ExactText,
  }),
  /** 按个（次）计分: from a base, up or down; 扣完为止 is an item's floor of 0. */
  z.object({
    kind: z.literal('counts'),
    base: ExactText,
    lines: z
      .array(z.object({ label: SchemeWords, of: formula, points: ExactText, most: ExactText.nullable() }))
      .min(1)
      .max(30),
  }),
  /** 功效系数法: ((值−最小)÷(最大−最小)×span+base)÷100×分值; all equal are 100. */
  z.object({
    kind: z.literal('efficacy'),
    of: formula,
    best: z.enum(['highest', 'lowest']),
    base: ExactText,
    span: ExactText,
  }),
  /** The formula's value is the points. */
  z.object({ kind: z.literal('formula'), of: formula }),
]);
export type Method = z.infer<typeof Method>;
export type StepSegment = z.infer<typeof Segment>;

export const Item = z.object({
  code,
  name: SchemeWords,
  /** Heading under which the item stands: 计划完成. */
  part: z.string().trim().max(60),
  weight: ExactText,
  side: z.enum(['score', 'bonus', 'deduction']),
  method: Method,
  floor: ExactText.nullable(),
  cap: ExactText.nullable(),
  inputs: z.array(Input).max(12),
  /** When a figure is missing: no points, or the full weight (the item does not apply). */
  missing: z.enum(['zero', 'full']),
  /** 捆绑单位: shares of the lead's points for the lead and for a unit bound to it. */
  binding: z.object({ lead: ExactText, bound: ExactText }).nullable(),
  /** The words of the document. */
  note: z.string().trim().max(600),
});
export type Item = z.infer<typeof Item>;

export const Group = z.object({
  code,
  name: SchemeWords,
  units: z.array(z.object({ unitId: z.uuid(), boundTo: z.uuid().nullable() })).max(300),
});

export const SchemeBody = z.object({
  name: SchemeWords,
  decimals: z.int().min(0).max(4),
  /** Workdays of 公示. */
  publicityDays: z.int().min(1).max(30),
  bonusMost: ExactText.nullable(),
  groups: z.array(Group).min(1).max(12),
  items: z.array(Item).min(1).max(40),
  /** 一票否决: what it is for. Whoever has one is not ranked. */
  vetoes: z.array(SchemeWords).max(12),
  /** Document or published rule. */
  basis: z.string().trim().max(600),
});
export type SchemeBody = z.infer<typeof SchemeBody>;
