import { z } from 'zod';
import { endStages, gateStages, haltStages, lifeStages, pathCodes } from './gates.ts';
import { pauseReasons } from './pause.ts';
import { ReserveRules } from './reserve.ts';

/** What the endpoints of the module take and answer. Whole yuan; days as YYYY-MM-DD. */
export const day = z.iso.date();
export const text = (max: number, min = 1) => z.string().trim().min(min).max(max);
export const fileId = z.string().regex(/^[0-9a-f]{64}$/);
const words = z.object({ zh: z.string(), en: z.string() });
const precision = z.enum(['day', 'month', 'quarter', 'half', 'year']);
export const GateStage = z.enum(gateStages);
export const PathCode = z.enum(pathCodes);

/** A document of a gate: a file brought by the caller, or the number under which it is kept, or both. */
export const NewDocument = z
  .object({ kind: text(30), fileId: fileId.optional(), number: text(120).optional() })
  .refine((d) => d.fileId !== undefined || d.number !== undefined, 'A document needs a file or a number');
export type NewDocument = z.infer<typeof NewDocument>;
export const NewDocuments = z.array(NewDocument).max(30);

export const GivenDocument = z.object({
  kind: z.string(),
  fileId: z.string().nullable(),
  name: z.string().nullable(),
  number: z.string().nullable(),
});
export type GivenDocument = z.infer<typeof GivenDocument>;

const DocumentKind = z.object({ code: z.string(), words, isCompulsory: z.boolean() });

export const GateView = z.object({
  stage: GateStage,
  /** passed: stands; missing: a later gate stands and this one does not; next: may be passed now; todo: not yet. */
  state: z.enum(['passed', 'missing', 'next', 'todo']),
  /** Every gate it waits for stands: with `move` among the allowed acts it may be passed now. */
  canPass: z.boolean(),
  on: day.nullable(),
  precision,
  /** Calendar days since the gate before it that has a day; null where one of them has none. */
  days: z.int().nullable(),
  /** The promise of the register (计划开工, 计划竣工) and by how many days it was or is missed; negative is early. */
  promised: day.nullable(),
  lateDays: z.int().nullable(),
  source: z.enum(['gate', 'register', 'implied']).nullable(),
  actorName: z.string().nullable(),
  at: z.iso.datetime().nullable(),
  documents: z.array(GivenDocument),
  /** Compulsory documents that are still owed, by code. */
  owed: z.array(z.string()),
  asks: z.array(DocumentKind),
  /** The section of the project page that keeps the papers of this gate, and passes it. */
  papersAt: z.enum(['enrolment']).nullable(),
  dayMeans: words,
  /** Between which days it may lie, for a gate that may be passed or amended. */
  from: day.nullable(),
  to: day,
  warnings: z.array(words),
});
export type GateView = z.infer<typeof GateView>;

export const UpdateDuty = z.object({ state: z.enum(['current', 'owed', 'overdue']), dueOn: day, missed: z.int() });

export const PauseUpdateView = z.object({
  quarter: z.string(),
  updatedOn: day,
  situation: z.string(),
  steps: z.string(),
  resumeBefore: day.nullable(),
  resumeDue: day,
  reason: z.string().nullable(),
  actorName: z.string(),
});

export const PauseView = z.object({
  id: z.uuid(),
  kind: z.enum(haltStages),
  /** Null: an import said only that the project rests; the reason is still owed. */
  reasonCode: z.enum(pauseReasons).nullable(),
  reason: z.string().nullable(),
  steps: z.string().nullable(),
  fromOn: day,
  /** 原预计复工: kept for ever. */
  resumePlanned: day.nullable(),
  resumeDue: day.nullable(),
  resumedOn: day.nullable(),
  endedOn: day.nullable(),
  days: z.int(),
  /** Null once it is over. */
  duty: UpdateDuty.nullable(),
  updates: z.array(PauseUpdateView),
});
export type PauseView = z.infer<typeof PauseView>;

export const LifeEvent = z.object({
  id: z.uuid(),
  stage: z.enum(lifeStages),
  kind: z.enum(['passed', 'amended', 'revoked', 'paused', 'updated', 'resumed', 'ended', 'path']),
  on: day.nullable(),
  source: z.enum(['gate', 'register', 'implied']),
  documents: z.array(GivenDocument),
  reason: z.string().nullable(),
  approver: z.string().nullable(),
  actorName: z.string(),
  at: z.iso.datetime(),
});
export type LifeEvent = z.infer<typeof LifeEvent>;

export const lifeActs = ['move', 'amend', 'revoke', 'path', 'pause', 'update', 'resume', 'end'] as const;
export const LifeView = z.object({
  projectId: z.uuid(),
  stage: z.enum(lifeStages),
  path: PathCode,
  isPathChosen: z.boolean(),
  gates: z.array(GateView),
  /** The pause that runs, with its updates; earlier ones in `pauses`. */
  pause: PauseView.nullable(),
  pauses: z.array(PauseView),
  ended: z
    .object({
      stage: z.enum(endStages),
      on: day.nullable(),
      reason: z.string().nullable(),
      approver: z.string().nullable(),
    })
    .nullable(),
  /** Newest first. */
  events: z.array(LifeEvent),
  haltAsks: z.array(DocumentKind),
  resumeAsks: z.array(DocumentKind),
  endAsks: z.array(DocumentKind),
  /** Buttons are drawn from this and nothing else. */
  allowed: z.array(z.enum(lifeActs)),
});
export type LifeView = z.infer<typeof LifeView>;

const Place = z.object({
  projectId: z.uuid(),
  serial: z.int(),
  name: z.string(),
  board: z.string().nullable(),
  countyName: z.string().nullable(),
  leadName: z.string().nullable(),
  totalYuan: z.int().nullable(),
  demo: z.boolean(),
});

export const PauseRow = Place.extend({
  pause: PauseView.omit({ updates: true }),
  /** How often the estimate has moved. */
  moves: z.int(),
  canUpdate: z.boolean(),
});
export type PauseRow = z.infer<typeof PauseRow>;

export const ReserveRow = Place.extend({
  kind: z.string(),
  enteredOn: day,
  poolYear: z.int(),
  maturity: z.int(),
  done: z.array(z.object({ item: z.string(), doneOn: day, document: z.string().nullable() })),
  /** lapsed: of an earlier year, neither carried over nor withdrawn (上年度未结转). */
  state: z.enum(['member', 'lapsed', 'started', 'withdrawn', 'terminated']),
  leftOn: day.nullable(),
  stage: z.enum(lifeStages),
  startPlanned: day.nullable(),
  allowed: z.array(z.enum(['item', 'carry', 'withdraw'])),
});
export type ReserveRow = z.infer<typeof ReserveRow>;

/** A project that has not begun and is not in the pool. */
export const CandidateRow = Place.extend({
  stage: z.enum(lifeStages),
  /** Code of the kind its board proposes. */
  proposed: z.string().nullable(),
  /** Why it does not enter as that kind. */
  refusal: words.nullable(),
  canEnter: z.boolean(),
});
export type CandidateRow = z.infer<typeof CandidateRow>;

/** 个 and 项: a package counts once, and as its items. */
export const Both = z.object({ projects: z.int(), items: z.int() });
export const ConversionYear = z.object({ year: z.int(), entered: Both, started: Both, withdrawn: Both, open: Both });
export type ConversionYear = z.infer<typeof ConversionYear>;

export const funnelSteps = ['signed', 'performed', 'started', 'producing', 'fullCapacity'] as const;
export type FunnelStep = (typeof funnelSteps)[number];
export const FunnelYear = z.object({
  year: z.int(),
  steps: z.record(z.enum(funnelSteps), Both.extend({ yuan: z.int() })),
});
export type FunnelYear = z.infer<typeof FunnelYear>;

export const CohortMember = Place.extend({
  /** The day of entering or signing, and the day of the step where it is reached. */
  from: day.nullable(),
  on: day.nullable(),
  days: z.int().nullable(),
  stage: z.enum(lifeStages),
});
export type CohortMember = z.infer<typeof CohortMember>;

export const RulesView = z.object({
  /** 0: as shipped. */
  version: z.int(),
  rules: ReserveRules,
  reason: z.string().nullable(),
  actorName: z.string().nullable(),
  at: z.iso.datetime().nullable(),
});
export type RulesView = z.infer<typeof RulesView>;
