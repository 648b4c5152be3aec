import { z } from 'zod';
import { challengeMoves, challengeStates, sides } from './flow.ts';
import { ChallengeTerms, ExactValue, PledgeContent, reviewConclusions, takerKinds } from './terms.ts';

const day = z.iso.date();
const words = z.object({ zh: z.string(), en: z.string() });
const unit = z.object({ id: z.uuid(), name: z.string() });
const file = z.object({ id: z.string(), name: z.string() });

export const audiences = ['city', 'unit'] as const;

export const BatchView = z.object({
  id: z.uuid(),
  title: z.string(),
  year: z.int(),
  publisher: unit,
  isSingleAward: z.boolean(),
  audience: z.enum(audiences),
  publicityDays: z.int(),
  rules: z.string(),
  source: z.string().nullable(),
  version: z.int(),
  demo: z.boolean(),
  canPublish: z.boolean(),
});
export type BatchView = z.infer<typeof BatchView>;

/** What the reader is to a challenge: it decides how much of it there is. */
export const relations = ['inside', 'taker', 'support', 'bidder', 'public'] as const;
export type Relation = (typeof relations)[number];

export const SupportView = z.object({
  title: z.string(),
  unit,
  dueOn: day,
  /** The state of its matter in the ledger; null before the signing. */
  matter: z.object({ id: z.uuid(), no: z.string(), state: z.string(), dueOn: day.nullable() }).nullable(),
  isLate: z.boolean(),
});
export type SupportView = z.infer<typeof SupportView>;

export const ChallengeCard = z.object({
  id: z.uuid(),
  no: z.string(),
  batchId: z.uuid(),
  batchTitle: z.string(),
  title: z.string(),
  state: z.enum(challengeStates),
  owner: unit,
  verifier: unit.nullable(),
  metric: z.object({ name: z.string(), unit: z.string(), decimals: z.int() }),
  baseline: ExactValue.nullable(),
  target: z.string().nullable(),
  openOn: day.nullable(),
  closeOn: day.nullable(),
  dueOn: day.nullable(),
  /** From the publicity on: who took it is public. */
  takers: z.array(z.string()),
  relation: z.enum(relations),
  /** For parties only: the public sees no number on the way. */
  value: ExactValue.nullable(),
  valueBasis: z.enum(['indicator', 'filing', 'selfReported']).nullable(),
  valueOn: day.nullable(),
  progress: ExactValue.nullable(),
  time: ExactValue.nullable(),
  isLagging: z.boolean(),
  supports: z.int(),
  lateSupport: z.int(),
  needsAdjustment: z.boolean(),
  demo: z.boolean(),
});
export type ChallengeCard = z.infer<typeof ChallengeCard>;

export const TakerInput = z.object({
  kind: z.enum(takerKinds),
  name: z.string().trim().min(2).max(100),
  unitId: z.uuid().nullable().default(null),
  creditCode: z
    .string()
    .regex(/^[0-9A-Z]{18}$/)
    .nullable()
    .default(null),
});
export type TakerInput = z.infer<typeof TakerInput>;

export const BidView = z.object({
  id: z.uuid(),
  leadUnit: unit,
  takers: z.array(z.object({ kind: z.enum(takerKinds), name: z.string(), creditCode: z.string().nullable() })),
  promise: z.string(),
  plan: z.string(),
  contact: z.string(),
  file: file.nullable(),
  state: z.enum(['submitted', 'withdrawn', 'chosen', 'notChosen']),
  score: z.string().nullable(),
  reason: z.string().nullable(),
  submittedOn: day,
  submittedByName: z.string(),
  isOwn: z.boolean(),
});
export type BidView = z.infer<typeof BidView>;

export const ObjectionView = z.object({
  id: z.uuid(),
  text: z.string(),
  filedOn: day,
  filedByName: z.string(),
  state: z.enum(['open', 'upheld', 'rejected']),
  answer: z.string().nullable(),
  decidedOn: day.nullable(),
  decidedByName: z.string().nullable(),
});

export const PledgeView = z.object({
  seq: z.int(),
  content: PledgeContent,
  hash: z.string(),
  reason: z.string().nullable(),
  draftedOn: day,
  draftedByName: z.string(),
  publisherSignedOn: day.nullable(),
  publisherSigner: z.string().nullable(),
  takerSignedOn: day.nullable(),
  takerSigner: z.string().nullable(),
  isInForce: z.boolean(),
});
export type PledgeView = z.infer<typeof PledgeView>;

export const MilestoneView = z.object({
  position: z.int(),
  title: z.string(),
  dueOn: day,
  evidence: z.string(),
  reachedOn: day.nullable(),
  note: z.string().nullable(),
  file: file.nullable(),
  byName: z.string().nullable(),
  isLate: z.boolean(),
});
export type MilestoneView = z.infer<typeof MilestoneView>;

export const ValueView = z.object({
  id: z.uuid(),
  period: z.string(),
  asOf: day,
  value: ExactValue,
  basis: z.enum(['indicator', 'filing', 'selfReported']),
  state: z.enum(['open', 'accepted', 'returned']),
  note: z.string().nullable(),
  file: file.nullable(),
  document: z.string().nullable(),
  enteredByName: z.string(),
  decidedByName: z.string().nullable(),
  decidedOn: day.nullable(),
  decidedNote: z.string().nullable(),
});
export type ValueView = z.infer<typeof ValueView>;

export const BaselineView = ExactValue.extend({
  snapshotId: z.uuid(),
  hash: z.string(),
  on: day,
  document: z.string(),
  reason: z.string().nullable(),
  recordedOn: day,
  byName: z.string(),
});
export type BaselineView = z.infer<typeof BaselineView>;

export const RulingView = z.object({
  id: z.uuid(),
  kind: z.enum(['baseline', 'review', 'selection', 'verification', 'reward', 'exit', 'excuse', 'withdraw', 'lapse']),
  on: day,
  text: z.string(),
  basis: z.string().nullable(),
  conclusion: z.string().nullable(),
  hash: z.string(),
  file: file.nullable(),
  byName: z.string(),
});
export type RulingView = z.infer<typeof RulingView>;

export const RewardView = z.object({
  cents: z.int(),
  /** Computed again from the frozen inputs at this very moment. */
  again: z.int().nullable(),
  formula: z.string(),
  capYuan: z.int().nullable(),
  baseline: ExactValue,
  target: ExactValue,
  value: ExactValue,
  hash: z.string(),
  isPaid: z.boolean(),
});

export const acts = [
  'edit',
  'baseline',
  'review',
  'bid',
  'withdrawBid',
  'object',
  'decideObjection',
  'draftPledge',
  'signPublisher',
  'signTaker',
  'report',
  'accept',
  'refresh',
  'milestone',
] as const;

export const ChallengeView = ChallengeCard.extend({
  version: z.int(),
  batch: BatchView,
  terms: ChallengeTerms,
  projectNames: z.array(z.object({ id: z.uuid(), name: z.string() })),
  supportItems: z.array(SupportView),
  publishedOn: day.nullable(),
  publicityFrom: day.nullable(),
  publicityUntil: day.nullable(),
  signedOn: day.nullable(),
  endedOn: day.nullable(),
  /** How many have bid; their bids only when they may be read. */
  bidCount: z.int().nullable(),
  areBidsSealed: z.boolean(),
  bids: z.array(BidView),
  objections: z.array(ObjectionView),
  review: z
    .object({
      conclusion: z.enum(reviewConclusions),
      basis: z.string(),
      on: day,
      by: z.string(),
      isOfTheseTerms: z.boolean(),
      file: file.nullable(),
    })
    .nullable(),
  baselines: z.array(BaselineView),
  pledges: z.array(PledgeView),
  milestones: z.array(MilestoneView),
  values: z.array(ValueView),
  rulings: z.array(RulingView),
  reward: RewardView.nullable(),
  events: z.array(
    z.object({
      id: z.uuid(),
      act: z.string(),
      fromState: z.enum(challengeStates).nullable(),
      toState: z.enum(challengeStates),
      text: z.string().nullable(),
      side: z.enum([...sides, 'other']),
      actorName: z.string(),
      on: day,
    }),
  ),
  /** Moves of this reader's side, each with what it still lacks. */
  moves: z.array(z.object({ move: z.enum(challengeMoves), missing: z.array(words) })),
  /** Other things this reader may do now. */
  allowed: z.array(z.enum(acts)),
});
export type ChallengeView = z.infer<typeof ChallengeView>;
