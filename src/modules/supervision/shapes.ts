import { z } from 'zod';
import { conclusionKinds, objectionStates } from './objection.ts';
import { ruleSetCodes, sheetColours } from './rule-sets.ts';

const day = z.iso.date();
const words = z.object({ zh: z.string(), en: z.string() });
const unit = z.object({ id: z.uuid(), name: z.string() });

/** What is printed on a sheet, kept as it was when issued. */
export const SheetContent = z.object({
  no: z.string(),
  colour: z.enum(sheetColours),
  ruleSet: z.enum(ruleSetCodes),
  title: z.string(),
  measure: z.string(),
  matterNo: z.string(),
  matterTitle: z.string(),
  source: z.string(),
  leadUnit: z.string(),
  leadLeader: z.string().nullable(),
  coUnits: z.array(z.string()),
  matterIssuedOn: day,
  dueOriginal: day,
  dueCurrent: day,
  why: z.string(),
  demand: z.string(),
  limitOn: day,
  former: z.string().nullable(),
  approver: z.object({ name: z.string(), on: day }).nullable(),
  issuer: z.string(),
  issuedOn: day,
  /** Of the matter's page, in the QR code. */
  address: z.string(),
  demo: z.boolean(),
});
export type SheetContent = z.infer<typeof SheetContent>;

/** The matter a sheet, a proposal or an objection is about. */
export const MatterRef = z.object({
  id: z.uuid(),
  no: z.string(),
  title: z.string(),
  urgency: z.enum(['urgent', 'normal', 'hard']),
  dueCurrent: day.nullable(),
  leadUnit: unit.nullable(),
  demo: z.boolean(),
});
export type MatterRef = z.infer<typeof MatterRef>;

export const Approval = z.object({ leaderName: z.string(), on: day });

export const ProposalRow = z.object({
  matter: MatterRef,
  colour: z.enum(sheetColours),
  rule: z.string(),
  ruleSet: z.enum(ruleSetCodes),
  since: day,
  why: words,
  limitOn: day.nullable(),
  choices: z.array(z.enum(sheetColours)),
  /** Of a red sheet, when a leader has agreed. */
  approval: Approval.nullable(),
});
export type ProposalRow = z.infer<typeof ProposalRow>;

export const sheetStates = ['unanswered', 'late', 'answered', 'revoked'] as const;
export const SheetRow = z.object({
  id: z.uuid(),
  no: z.string(),
  colour: z.enum(sheetColours),
  title: z.string(),
  measure: z.string(),
  matter: MatterRef,
  why: z.string(),
  demand: z.string(),
  issuedOn: day,
  issuedByName: z.string(),
  approval: Approval.nullable(),
  limitOn: day,
  /** `late`: its own limit has passed without an answer. Computed, never stored. */
  state: z.enum(sheetStates),
  answer: z.string().nullable(),
  answeredOn: day.nullable(),
  answeredByName: z.string().nullable(),
  isAnsweredLate: z.boolean(),
  revokedOn: day.nullable(),
  demo: z.boolean(),
  allowed: z.array(z.enum(['answer', 'object'])),
});
export type SheetRow = z.infer<typeof SheetRow>;

export const Excuse = z.object({
  id: z.uuid(),
  reason: z.string(),
  approverName: z.string(),
  fromOn: day,
  untilOn: day,
  recordedByName: z.string(),
});

/** Something that a unit may object to. */
export const Conclusion = z.object({
  about: z.enum(conclusionKinds),
  aboutId: z.uuid(),
  title: z.string(),
  concludedOn: day,
  byName: z.string(),
  lastDay: day,
});
export type Conclusion = z.infer<typeof Conclusion>;

export const ObjectionRow = z.object({
  id: z.uuid(),
  matter: MatterRef,
  unit,
  about: z.enum(conclusionKinds),
  aboutId: z.uuid(),
  title: z.string(),
  concludedOn: day,
  concludedByName: z.string(),
  reason: z.string(),
  filedOn: day,
  filedByName: z.string(),
  decideBy: day,
  daysLeft: z.int(),
  state: z.enum(objectionStates),
  decision: z.string().nullable(),
  decidedOn: day.nullable(),
  decidedByName: z.string().nullable(),
  demo: z.boolean(),
  /** Why this person may not decide, when that is so. */
  recusal: words.nullable(),
  allowed: z.array(z.literal('decide')),
});
export type ObjectionRow = z.infer<typeof ObjectionRow>;

export const FrequencyRow = z.object({
  unit: unit.nullable(),
  reminders: z.int(),
  sheets: z.object({ blue: z.int(), yellow: z.int(), orange: z.int(), red: z.int() }),
  total: z.int(),
  by: z.array(z.object({ name: z.string(), n: z.int() })),
  /** Matters that were urged more than once in the month. */
  repeated: z.int(),
});
export type FrequencyRow = z.infer<typeof FrequencyRow>;

const turn = z.object({ on: day, why: z.string() }).nullable();
/** A template worked out for a matter issued on a day. */
export const Example = z.object({
  dueOn: day.nullable(),
  stages: z.array(z.object({ title: z.string(), dueOn: day })),
  blue: turn,
  yellow: turn,
  red: turn,
});
export type Example = z.infer<typeof Example>;
