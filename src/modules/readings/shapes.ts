import { z } from 'zod';

const day = z.iso.date();
const moment = z.iso.datetime();
const words = z.object({ zh: z.string(), en: z.string() });
const span = z.object({ start: z.int(), end: z.int() });

export const proposalKinds = ['requirement', 'promise', 'fact', 'name'] as const;
export const promiseKinds = ['start', 'finish', 'open', 'produce', 'amount', 'other'] as const;
/** withdrawn: whoever took the fact from the document took that back before anybody settled it. */
export const changeStates = ['waiting', 'applied', 'refused', 'withdrawn'] as const;
export const factFields = ['startActual', 'finishActual', 'startPlanned', 'finishPlanned', 'totalYuan'] as const;

const Requirement = z.object({
  kind: z.literal('requirement'),
  title: z.string().trim().min(2).max(300),
  leadUnitId: z.uuid().nullable(),
  coUnitIds: z.array(z.uuid()).max(20).default([]),
  projectId: z.uuid().nullable().default(null),
  dueOn: day.nullable(),
  hedge: z.string().max(20).nullable().default(null),
});
const Promised = z.object({
  kind: z.literal('promise'),
  projectId: z.uuid().nullable(),
  projectName: z.string().trim().min(2).max(200),
  what: z.enum(promiseKinds),
  by: day.nullable(),
  amountYuan: z.int().nullable(),
  hedge: z.string().max(20).nullable(),
  speaker: z.string().max(60).nullable(),
});
const Fact = z.object({
  kind: z.literal('fact'),
  projectId: z.uuid(),
  field: z.enum(factFields),
  /** A day, or whole yuan. */
  value: z.union([day, z.int().nonnegative()]),
});
const Name = z.object({
  kind: z.literal('name'),
  register: z.enum(['unit', 'project', 'person']),
  registerId: z.uuid().nullable(),
  alias: z.string().trim().min(2).max(100),
});
/** What a person may accept, as the reader proposes it or put right. */
export const Values = z.discriminatedUnion('kind', [Requirement, Promised, Fact, Name]);
export type Values = z.infer<typeof Values>;

export const Decision = z.object({
  decision: z.enum(['accept', 'reject']),
  accepted: Values.nullable(),
  reason: z.string().nullable(),
  result: z.object({ kind: z.enum(['matter', 'promise', 'change', 'alias']), id: z.uuid() }).nullable(),
  byName: z.string(),
  at: moment,
});
export type Decision = z.infer<typeof Decision>;

/** One step of what became of a proposal: accepted or rejected, and taken back with a reason. */
const PastDecision = z.object({
  act: z.enum(['accept', 'reject', 'revoke']),
  reason: z.string().nullable(),
  byName: z.string(),
  at: moment,
});

export const Proposal = z.object({
  key: z.string(),
  kind: z.enum(proposalKinds),
  /** In the cleaned text and in the original. */
  span,
  original: span,
  text: z.string(),
  values: Values,
  /** Names behind the ids of `values`, for the form. */
  names: z.record(z.string(), z.string()),
  /** What counts now; null when nobody decided, or it was taken back. */
  decision: Decision.nullable(),
  /** Everything that was decided, oldest first. */
  history: z.array(PastDecision),
  /** What the caller may do with it now. */
  allowed: z.array(z.enum(['accept', 'reject', 'revoke'])),
});
export type Proposal = z.infer<typeof Proposal>;

const Mark = z.object({
  id: z.int(),
  kind: z.enum(['amount', 'rate', 'points', 'rank', 'count', 'date', 'person', 'unit', 'project', 'requirement']),
  span,
  original: span,
  text: z.string(),
  /** How it was read: an exact value, a day, a post, why it stays open. */
  says: z.string().nullable(),
  registerId: z.string().nullable(),
});
export type Mark = z.infer<typeof Mark>;

const Check = z.object({
  kind: z.enum(['sum', 'rate', 'gap', 'growth', 'share', 'rank', 'count', 'restated']),
  verdict: z.enum(['agrees', 'last-digit', 'contradicts', 'part-not-listed', 'cannot-judge']),
  published: z.number(),
  computed: z.number().nullable(),
  unit: z.string(),
  spans: z.array(span),
  originals: z.array(span),
  says: words,
});
export type Check = z.infer<typeof Check>;

export const DocumentLine = z.object({
  id: z.uuid(),
  title: z.string(),
  documentDate: day.nullable(),
  addedAt: moment,
  addedByName: z.string(),
  fileName: z.string().nullable(),
  length: z.int(),
  accepted: z.int(),
  rejected: z.int(),
  isWithdrawn: z.boolean(),
});
export type DocumentLine = z.infer<typeof DocumentLine>;

export const Desk = z.object({
  document: DocumentLine,
  /** Which part of a long text this is: a text of up to some 40,000 characters has one. Every span is in the whole text. */
  part: z.object({
    index: z.int(),
    start: z.int(),
    originalStart: z.int(),
    /** Of the whole cleaned text. */ length: z.int(),
  }),
  /** Every part, with what begins in it. */
  parts: z.array(z.object({ start: z.int(), contradicts: z.int(), proposals: z.int() })),
  /** Of this part, from `originalStart` and `start` on. */
  original: z.string(),
  clean: z.string(),
  /** Where each article of a page lies in the cleaned text. */
  articles: z.array(z.object({ title: span, body: span, text: z.string() })),
  unreadable: z.array(z.object({ span, original: span, text: z.string(), why: words })),
  marks: z.array(Mark),
  checks: z.array(Check),
  proposals: z.array(Proposal),
  allowed: z.array(z.enum(['edit', 'withdraw'])),
});
export type Desk = z.infer<typeof Desk>;

export const ChangeView = z.object({
  id: z.uuid(),
  documentId: z.uuid(),
  documentTitle: z.string(),
  projectId: z.uuid(),
  projectName: z.string(),
  field: z.enum(factFields),
  oldValue: z.union([z.string(), z.number()]).nullable(),
  newValue: z.union([z.string(), z.number()]),
  text: z.string(),
  state: z.enum(changeStates),
  proposedByName: z.string(),
  proposedAt: moment,
  settledByName: z.string().nullable(),
  settledReason: z.string().nullable(),
  /** Somebody else than who proposed it, who may change the project. */
  canSettle: z.boolean(),
});
export type ChangeView = z.infer<typeof ChangeView>;

/** Another name of something in a register: learnt from a document by a person who said whom it means. */
export const AliasView = z.object({
  id: z.uuid(),
  alias: z.string(),
  kind: z.enum(['unit', 'project', 'person']),
  registerId: z.uuid(),
  registerName: z.string(),
  documentId: z.uuid(),
  documentTitle: z.string(),
  /** Where it stands in the original of the document, and the words there. */
  span: span.nullable(),
  text: z.string().nullable(),
  byName: z.string(),
  at: moment,
  /** Null while it counts. */
  ended: z.object({ at: moment, byName: z.string().nullable(), reason: z.string().nullable() }).nullable(),
  allowed: z.array(z.enum(['withdraw'])),
});
export type AliasView = z.infer<typeof AliasView>;

const PromiseStep = z.object({
  id: z.uuid(),
  documentId: z.uuid(),
  documentTitle: z.string(),
  saidOn: day,
  by: day.nullable(),
  amountYuan: z.int().nullable(),
  hedge: z.string().nullable(),
  speaker: z.string().nullable(),
  text: z.string(),
  kind: z.enum(['first', 'restated', 'moved', 'kept', 'broken']),
  /** Days or yuan later than the first, and than the one before. */
  fromFirst: z.number().nullable(),
  fromLast: z.number().nullable(),
});
export const PromiseLine = z.object({
  projectId: z.uuid().nullable(),
  projectName: z.string(),
  unitId: z.uuid().nullable(),
  unitName: z.string().nullable(),
  what: z.enum(promiseKinds),
  unit: z.enum(['days', 'yuan']),
  state: z.enum(['open', 'overdue', 'kept', 'broken']),
  fromFirst: z.number().nullable(),
  fromLast: z.number().nullable(),
  demo: z.boolean(),
  steps: z.array(PromiseStep),
});
export type PromiseLine = z.infer<typeof PromiseLine>;

export const League = z.array(
  z.object({
    unitId: z.uuid().nullable(),
    unitName: z.string().nullable(),
    promises: z.int(),
    kept: z.int(),
    broken: z.int(),
    overdue: z.int(),
    open: z.int(),
    moved: z.int(),
    /** Mean drift of dated promises against the first one, whole days, rounded half away from zero; null without one. */
    meanDays: z.int().nullable(),
  }),
);
