import { z } from 'zod';
import { evidenceKinds } from './evidence.ts';
import { matterMoves, matterStates } from './flow.ts';
import { isCategory, matterKinds, matterLevels, partyRoles, sourceKinds, tracks, urgencies } from './kinds.ts';
import { matterLights } from './light.ts';

export const day = z.iso.date();
export const moment = z.iso.datetime();
export const text = (max: number, min = 1) => z.string().trim().min(min).max(max);
export const fileId = z.string().regex(/^[0-9a-f]{64}$/);
const unit = z.object({ id: z.uuid(), name: z.string() });

/** What only one kind has. `kind` stands in it too, so that the shape is checked with the matter it belongs to. */
export const Details = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('problem'), foundOn: day, place: text(200).nullable(), measures: text(2000).nullable() }),
  z.object({
    kind: z.literal('task'),
    target: text(1000).nullable(),
    quantity: z.number().nullable(),
    quantityUnit: text(20).nullable(),
  }),
  z.object({
    kind: z.literal('instruction'),
    leaderName: text(60),
    givenOn: day,
    words: text(2000),
    documentNo: text(100).nullable(),
  }),
  z.object({
    kind: z.literal('decision'),
    meeting: text(200),
    heldOn: day,
    itemNo: z.int().min(1).max(999).nullable(),
  }),
  z.object({
    kind: z.literal('finding'),
    foundOn: day,
    inspection: text(200),
    groupName: text(100).nullable(),
    objectName: text(200),
    objectCode: text(40).nullable(),
    measures: text(2000).nullable(),
  }),
  z.object({
    kind: z.literal('commitment'),
    promisedBy: text(200),
    promisedOn: day,
    what: z.enum(['start', 'complete', 'produce', 'pay', 'other']),
    amountYuan: z.int().nullable(),
  }),
]);
export type Details = z.infer<typeof Details>;

export const MatterSource = z.object({
  kind: z.enum(sourceKinds),
  title: text(200).nullish(),
  ref: text(200).nullish(),
  on: day.nullish(),
});

const uuids = z.array(z.uuid()).max(50).default([]);

/** What a person enters. Everything but a title and a kind may wait until the matter is issued. */
export const MatterInput = z.object({
  kind: z.enum(matterKinds),
  track: z.enum(tracks).default('assigned'),
  title: text(300, 2),
  body: z.string().trim().max(10_000).default(''),
  category: z.string().refine(isCategory).default('other'),
  urgency: z.enum(urgencies).default('normal'),
  source: MatterSource,
  projectId: z.uuid().nullable().default(null),
  leadUnitId: z.uuid().nullable().default(null),
  leadLeaderId: z.uuid().nullable().default(null),
  handlerName: text(60).nullable().default(null),
  coUnitIds: uuids,
  watchUnitIds: uuids,
  firmUnitIds: uuids,
  verifierUnitId: z.uuid().nullable().default(null),
  level: z.enum(matterLevels).optional(),
  template: z.string().max(40).default('plain'),
  /** Null: the template's limit, counted from the day of issuing. */
  dueOn: day.nullable().default(null),
  details: Details.nullable().default(null),
});
export type MatterInput = z.infer<typeof MatterInput>;

export const EvidenceInput = z.object({
  kind: z.enum(evidenceKinds),
  fileId: fileId.optional(),
  words: text(2000).optional(),
  amount: z.number().optional(),
});
export type EvidenceInput = z.infer<typeof EvidenceInput>;

/** One line of every list. */
export const MatterRow = z.object({
  id: z.uuid(),
  no: z.string(),
  kind: z.enum(matterKinds),
  track: z.enum(tracks),
  title: z.string(),
  category: z.string(),
  urgency: z.enum(urgencies),
  sourceKind: z.enum(sourceKinds),
  projectId: z.uuid().nullable(),
  projectName: z.string().nullable(),
  level: z.enum(matterLevels),
  leadUnitId: z.uuid().nullable(),
  leadUnitName: z.string().nullable(),
  leadLeaderName: z.string().nullable(),
  state: z.enum(matterStates),
  light: z.enum(matterLights),
  lightWhy: z.string().nullable(),
  raisedOn: day,
  issuedOn: day.nullable(),
  signedOn: day.nullable(),
  dueOriginal: day.nullable(),
  dueCurrent: day.nullable(),
  claimedOn: day.nullable(),
  closedOn: day.nullable(),
  progressOn: day.nullable(),
  returns: z.int(),
  extensions: z.int(),
  reopens: z.int(),
  demo: z.boolean(),
});
export type MatterRow = z.infer<typeof MatterRow>;

export const matterActs = [
  ...matterMoves,
  'raise',
  'edit',
  'contribute',
  'askExtension',
  'grantExtension',
  'refuseExtension',
  'remind',
  'remark',
  'escalate',
  'mark',
  'link',
  'split',
  'merge',
  'note',
  'sheet',
  'sample',
] as const;
export type MatterAct = (typeof matterActs)[number];

export const MatterEvent = z.object({
  id: z.uuid(),
  seq: z.int(),
  act: z.string(),
  fromState: z.enum(matterStates).nullable(),
  toState: z.enum(matterStates),
  onDay: day,
  text: z.string().nullable(),
  payload: z.record(z.string(), z.unknown()),
  actorName: z.string(),
  unitName: z.string().nullable(),
  at: moment,
});
export type MatterEvent = z.infer<typeof MatterEvent>;

export const Evidence = z.object({
  id: z.uuid(),
  eventId: z.uuid(),
  kind: z.enum(evidenceKinds),
  fileId: z.string().nullable(),
  name: z.string(),
  words: z.string().nullable(),
  amount: z.number().nullable(),
  round: z.int(),
  /** Another matter that holds the same picture or file; its number only when the reader may see it. */
  alsoIn: z.object({ id: z.uuid().nullable(), no: z.string().nullable() }).nullable(),
  addedByName: z.string(),
  addedAt: moment,
});
export type Evidence = z.infer<typeof Evidence>;

export const Verification = z.object({
  id: z.uuid(),
  round: z.int(),
  method: z.enum(['onSite', 'document', 'photo', 'sample', 'parts']),
  result: z.enum(['passed', 'failed']),
  note: z.string(),
  verifierName: z.string(),
  unitName: z.string().nullable(),
  at: moment,
});

export const Extension = z.object({
  id: z.uuid(),
  dueBefore: day,
  dueAsked: day,
  reason: z.string(),
  state: z.enum(['asked', 'granted', 'refused']),
  askedOn: day,
  askedByName: z.string(),
  decidedOn: day.nullable(),
  decidedByName: z.string().nullable(),
  decidedNote: z.string().nullable(),
});

export const MatterNode = z.object({
  code: z.string(),
  title: z.string(),
  dueOn: day,
  doneOn: day.nullable(),
  report: z.string().nullable(),
  mark: z.enum(['excellent', 'good', 'passable', 'failed']).nullable(),
  markedByName: z.string().nullable(),
});
export type MatterNode = z.infer<typeof MatterNode>;

export const Party = z.object({
  unit,
  role: z.enum(partyRoles),
  contribution: z.string().nullable(),
  contributedOn: day.nullable(),
  contributedByName: z.string().nullable(),
});

export const MatterLink = z.object({
  rel: z.enum(['splitFrom', 'mergedInto', 'duplicateOf', 'supports', 'causedBy', 'blockedBy']),
  /** out: this matter points at the other one. */
  direction: z.enum(['out', 'in']),
  id: z.uuid(),
  no: z.string(),
  title: z.string(),
  state: z.enum(matterStates),
  light: z.enum(matterLights),
});

export const MatterView = MatterRow.extend({
  body: z.string(),
  source: z.object({
    kind: z.enum(sourceKinds),
    title: z.string().nullable(),
    ref: z.string().nullable(),
    on: day.nullable(),
  }),
  details: Details.nullable(),
  handlerName: z.string().nullable(),
  leadLeaderId: z.uuid().nullable(),
  verifierUnit: unit.nullable(),
  template: z.object({ code: z.string(), name: z.object({ zh: z.string(), en: z.string() }) }),
  levelSince: day,
  resumeOn: day.nullable(),
  blueOn: day.nullable(),
  yellowOn: day.nullable(),
  redOn: day.nullable(),
  raisedByName: z.string(),
  signedByName: z.string().nullable(),
  closeReason: z.string().nullable(),
  parent: z.object({ id: z.uuid(), no: z.string(), title: z.string() }).nullable(),
  children: z.array(MatterRow),
  parties: z.array(Party),
  events: z.array(MatterEvent),
  evidence: z.array(Evidence),
  verifications: z.array(Verification),
  extensions: z.int(),
  extensionList: z.array(Extension),
  nodes: z.array(MatterNode),
  links: z.array(MatterLink),
  /** What evidence would let it close, as a choice; null when there is enough. */
  evidenceMissing: z.object({ zh: z.string(), en: z.string() }).nullable(),
  extensionsLeft: z.int(),
  version: z.int(),
  /** What this person may do now. */
  allowed: z.array(z.string()),
});
export type MatterView = z.infer<typeof MatterView>;
