import { z } from 'zod';
import { acts, objectionStates, schemeStates } from './course.ts';
import { SchemeBody } from './scheme.ts';

export const words = z.object({ zh: z.string(), en: z.string() });
const day = z.iso.date();
const moment = z.iso.datetime();
export const Exact = z.object({ n: z.string(), d: z.string() });

export const SchemeRow = z.object({
  id: z.uuid(),
  code: z.string(),
  year: z.int(),
  name: words,
  state: z.enum(schemeStates),
  version: z.int(),
  units: z.int(),
  selfUntil: day.nullable(),
  publicityUntil: day.nullable(),
  openObjections: z.int(),
  demo: z.boolean(),
});
export type SchemeRow = z.infer<typeof SchemeRow>;

export const Scheme = SchemeRow.extend({
  body: SchemeBody,
  fullMarks: Exact,
  /** Acts that this person may do now. */
  allowed: z.array(z.enum([...acts, 'enter', 'assess', 'object', 'decide', 'whatIf'])),
  /** Units for which this person speaks. */
  ownUnits: z.array(z.object({ id: z.uuid(), name: z.string() })),
});
export type Scheme = z.infer<typeof Scheme>;

export const ResultUnit = z.object({
  unitId: z.uuid(),
  name: z.string(),
  group: z.string(),
  total: Exact,
  /** Null: not ranked, or not shown before 公示. */
  rank: z.int().nullable(),
  veto: words.nullable(),
  isOwn: z.boolean(),
  items: z.array(
    z.object({
      code: z.string(),
      points: Exact,
      selfPoints: Exact.nullable(),
      /** Null before 公示 where it would tell of other units. */
      basis: words.nullable(),
    }),
  ),
});
export type ResultUnit = z.infer<typeof ResultUnit>;

export const ResultHead = z.object({
  version: z.int(),
  schemeVersion: z.int(),
  day,
  hash: z.string(),
  note: z.string(),
  actorName: z.string(),
  at: moment,
  publishedAt: moment.nullable(),
});
export type ResultHead = z.infer<typeof ResultHead>;

export const Move = z.object({
  unitId: z.uuid(),
  name: z.string(),
  group: z.string(),
  before: z.object({ total: Exact, rank: z.int().nullable() }),
  after: z.object({ total: Exact, rank: z.int().nullable() }),
  change: Exact,
});

export const SelfRow = z.object({
  item: z.string(),
  points: z.string().nullable(),
  note: z.string(),
  fileId: z.string().nullable(),
  fileName: z.string().nullable(),
  /** Of the row that counts, for its evidence. */
  id: z.uuid().nullable(),
  actorName: z.string().nullable(),
  at: moment.nullable(),
});

export const EnteredFigure = z.object({
  id: z.uuid(),
  unitId: z.uuid(),
  item: z.string(),
  input: z.string(),
  value: z.string(),
  note: z.string(),
  fileName: z.string().nullable(),
  actorName: z.string(),
  at: moment,
  /** How often it was entered before. */
  earlier: z.int(),
});

export const MarkRow = z.object({
  id: z.uuid(),
  unitId: z.uuid(),
  unitName: z.string(),
  item: z.string().nullable(),
  input: z.string().nullable(),
  quantity: z.string(),
  onDay: day,
  reason: z.string(),
  document: z.string(),
  approver: z.string(),
  fileName: z.string().nullable(),
  actorName: z.string(),
  at: moment,
  struckByName: z.string().nullable(),
  struckReason: z.string().nullable(),
});

export const ObjectionRow = z.object({
  id: z.uuid(),
  resultVersion: z.int(),
  unitId: z.uuid(),
  unitName: z.string(),
  item: z.string().nullable(),
  reason: z.string(),
  /** Null for those who may not open it. */
  fileName: z.string().nullable(),
  filedByName: z.string(),
  filedAt: moment,
  state: z.enum(objectionStates),
  decision: z.string().nullable(),
  decidedByName: z.string().nullable(),
  decidedAt: moment.nullable(),
  /** Why this person may not decide; null when that is no question. */
  recusal: words.nullable(),
  canDecide: z.boolean(),
});
export type ObjectionRow = z.infer<typeof ObjectionRow>;

export const CourseStep = z.object({
  act: z.string(),
  toState: z.enum(schemeStates),
  note: z.string(),
  actorName: z.string(),
  at: moment,
});
