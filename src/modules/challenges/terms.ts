import { z } from 'zod';

const day = z.iso.date();
const text = (max: number, min = 0) => z.string().trim().min(min).max(max);
/** A number as people write it; read exactly, never through a float. */
export const decimal = z.string().regex(/^-?\d{1,15}(\.\d{1,6})?$/);

/** Finer than a number of people: one yuan is 0.00000001 亿元. */
const factor = z.string().regex(/^-?\d{1,15}(\.\d{1,12})?$/);

/** An exact fraction in lowest terms, as text. */
export const ExactValue = z.object({ n: z.string(), d: z.string() });
export type ExactValue = z.infer<typeof ExactValue>;

export const groupings = ['county', 'command', 'lead', 'board'] as const;
/** Where the number comes from. `factor` turns the platform's unit (yuan, a share) into the metric's: 0.00000001 for 亿元, 100 for %. */
export const MetricSource = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('indicator'),
    code: text(40, 1),
    by: z.enum(groupings).nullable(),
    key: text(100, 1).nullable(),
    factor,
  }),
  z.object({ kind: z.literal('filings'), projectIds: z.array(z.uuid()).min(1).max(200), factor }),
  /** Reported by the taker month by month, and counted once somebody else has accepted it against a document. */
  z.object({ kind: z.literal('submission') }),
]);
export type MetricSource = z.infer<typeof MetricSource>;

export const Metric = z.object({
  name: text(60),
  unit: text(20),
  decimals: z.int().min(0).max(4),
  /** 口径: what is counted and how, and who counts. */
  caliber: text(1000),
  source: MetricSource,
});
export type Metric = z.infer<typeof Metric>;

export const takerKinds = ['unit', 'firm', 'person'] as const;
export type TakerKind = (typeof takerKinds)[number];

export const Reward = z.object({
  /** In yuan, over 基线 目标 实绩 增量 完成率, in the formula language of indicators. */
  formula: text(500, 1),
  capYuan: z.int().min(0).max(100_000_000_000).nullable(),
  payer: text(100, 1),
  words: text(500),
});
export type Reward = z.infer<typeof Reward>;

/** All that is published of a challenge. In a draft anything may still be missing. */
export const ChallengeTerms = z.object({
  title: text(120, 2),
  problem: text(4000),
  metric: Metric,
  target: decimal.nullable(),
  openOn: day.nullable(),
  closeOn: day.nullable(),
  dueOn: day.nullable(),
  takerKinds: z.array(z.enum(takerKinds)).max(3),
  allowsConsortia: z.boolean(),
  eligibility: text(2000),
  reward: Reward.nullable(),
  penalty: text(2000),
  change: text(2000),
  /** 容错: when an honest failure is excused. */
  tolerance: text(2000),
});
export type ChallengeTerms = z.infer<typeof ChallengeTerms>;

/** A reward that firms may win: not to be published without a fair-competition review (公平竞争审查条例 art. 8–12, 18). */
export const needsReview = (terms: ChallengeTerms): boolean =>
  terms.reward !== null && terms.takerKinds.includes('firm');

export const reviewConclusions = ['fair', 'fairAfterChange', 'exempt', 'unfair'] as const;
export type ReviewConclusion = (typeof reviewConclusions)[number];

export const noTerms: ChallengeTerms = {
  title: '',
  problem: '',
  metric: { name: '', unit: '', decimals: 0, caliber: '', source: { kind: 'submission' } },
  target: null,
  openOn: null,
  closeOn: null,
  dueOn: null,
  takerKinds: ['unit', 'firm', 'person'],
  allowsConsortia: true,
  eligibility: '',
  reward: null,
  penalty: '',
  change: '',
  tolerance: '',
};

/** What both sign: frozen as drafted, hashed, printed from nothing else. */
export const PledgeContent = z.object({
  no: z.string(),
  title: z.string(),
  batch: z.string(),
  publisher: z.string(),
  verifier: z.string(),
  takers: z.array(z.string()),
  metric: z.object({ name: z.string(), unit: z.string(), decimals: z.int(), caliber: z.string() }),
  baseline: ExactValue.extend({ on: day, snapshotId: z.uuid(), document: z.string() }),
  target: decimal,
  dueOn: day,
  promise: z.string(),
  milestones: z.array(z.object({ title: text(200, 1), dueOn: day, evidence: text(200, 1) })),
  supports: z.array(z.object({ title: z.string(), unit: z.string(), dueOn: day })),
  reward: Reward.nullable(),
  penalty: z.string(),
  change: z.string(),
  tolerance: z.string(),
  demo: z.boolean(),
});
export type PledgeContent = z.infer<typeof PledgeContent>;
