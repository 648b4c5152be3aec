import type { Day } from '#core/shared/day.ts';
import { defineFlow } from '#core/shared/flow.ts';
import type { Words } from '#core/shared/words.ts';
import { type ChallengeTerms, needsReview, type ReviewConclusion } from './terms.ts';

export const challengeStates = [
  'draft',
  'published',
  'publicity',
  'awarded',
  'signed',
  'claimed',
  'verified',
  'rewarded',
  'failed',
  'excused',
  'exited',
  'withdrawn',
  'lapsed',
] as const;
export type ChallengeState = (typeof challengeStates)[number];

export const stateWords: Record<ChallengeState, Words> = {
  draft: { zh: '拟榜', en: 'Draft' },
  published: { zh: '揭榜中', en: 'Open' },
  publicity: { zh: '公示中', en: 'In publicity' },
  awarded: { zh: '待签状', en: 'Awarded, to sign' },
  signed: { zh: '攻坚中', en: 'Under way' },
  claimed: { zh: '待验收', en: 'To be verified' },
  verified: { zh: '验收通过', en: 'Verified' },
  rewarded: { zh: '已兑现', en: 'Rewarded' },
  failed: { zh: '未达标', en: 'Not reached' },
  excused: { zh: '容错免责', en: 'Honest failure' },
  exited: { zh: '已退榜', en: 'Exited' },
  withdrawn: { zh: '已撤榜', en: 'Withdrawn' },
  lapsed: { zh: '流榜', en: 'No taker' },
};

export const challengeMoves = [
  'publish',
  'select',
  'reselect',
  'award',
  'sign',
  'claim',
  'return',
  'pass',
  'fail',
  'reward',
  'exit',
  'excuse',
  'withdraw',
  'lapse',
] as const;
export type ChallengeMove = (typeof challengeMoves)[number];

export const moveWords: Record<ChallengeMove, Words> = {
  publish: { zh: '发榜', en: 'Publish' },
  select: { zh: '定榜公示', en: 'Select and announce' },
  reselect: { zh: '重新评选', en: 'Select again' },
  award: { zh: '公示期满定榜', en: 'Award' },
  sign: { zh: '签订军令状', en: 'Sign the pledge' },
  claim: { zh: '申请验收', en: 'Ask for verification' },
  return: { zh: '退回补正', en: 'Return' },
  pass: { zh: '验收通过', en: 'Pass' },
  fail: { zh: '验收未达标', en: 'Fail' },
  reward: { zh: '兑现奖励', en: 'Reward' },
  exit: { zh: '退榜', en: 'Exit' },
  excuse: { zh: '容错免责', en: 'Excuse as honest failure' },
  withdraw: { zh: '撤榜', en: 'Withdraw' },
  lapse: { zh: '流榜', en: 'Close without taker' },
};

/** 发榜 → 揭榜 → 定榜公示 → 签状 → 攻坚 → 评榜 → 奖榜 / 退榜 (dispatch.md §2.12). Nothing leads out of the table: no row is ever deleted. */
export const challengeFlow = defineFlow<ChallengeState, ChallengeMove>({
  draft: { publish: 'published', withdraw: 'withdrawn' },
  published: { select: 'publicity', withdraw: 'withdrawn', lapse: 'lapsed' },
  publicity: { reselect: 'published', award: 'awarded', withdraw: 'withdrawn' },
  awarded: { sign: 'signed', exit: 'exited' },
  signed: { claim: 'claimed', fail: 'failed', exit: 'exited', excuse: 'excused' },
  claimed: { return: 'signed', pass: 'verified', fail: 'failed', exit: 'exited' },
  verified: { reward: 'rewarded' },
  rewarded: {},
  failed: { exit: 'exited', excuse: 'excused' },
  excused: {},
  exited: {},
  withdrawn: {},
  lapsed: {},
});

export const sides = ['publisher', 'taker', 'verifier', 'decider'] as const;
export type Side = (typeof sides)[number];
export const sideWords: Record<Side | 'other', Words> = {
  publisher: { zh: '发榜方', en: 'Publisher' },
  taker: { zh: '揭榜方', en: 'Taker' },
  verifier: { zh: '核验方', en: 'Verifier' },
  decider: { zh: '决定方', en: 'Decision' },
  other: { zh: '其他', en: 'Other' },
};

/** Who makes each move; buttons and the server's guard read the same line. The pledge is signed by both, the taker's hand is the last. */
export const moveSides: Record<ChallengeMove, readonly Side[]> = {
  publish: ['publisher'],
  select: ['publisher'],
  reselect: ['publisher'],
  award: ['publisher'],
  sign: ['publisher', 'taker'],
  claim: ['taker'],
  return: ['verifier'],
  pass: ['verifier'],
  fail: ['verifier'],
  reward: ['decider'],
  exit: ['decider'],
  excuse: ['decider'],
  withdraw: ['decider'],
  lapse: ['publisher'],
};

/** The taker is bound: an award in one of these counts against a second one of the same batch. */
export const isOpenAward = (state: ChallengeState): boolean =>
  state === 'publicity' || state === 'awarded' || state === 'signed' || state === 'claimed' || state === 'verified';
export const isEnded = (state: ChallengeState): boolean => Object.keys(challengeFlow[state]).length === 0;
export const isPublic = (state: ChallengeState): boolean => state !== 'draft';

/** What the guard looks at, read from the rows in one go. */
export interface Facts {
  state: ChallengeState;
  today: Day;
  terms: ChallengeTerms;
  hasVerifier: boolean;
  isVerifierApart: boolean;
  hasBaseline: boolean;
  /** Baseline and target are different numbers. */
  hasWay: boolean;
  review: { conclusion: ReviewConclusion; isOfTheseTerms: boolean } | null;
  /** Of the reward formula, when it cannot be read. */
  formulaFault: Words | null;
  bids: number;
  publicityUntil: Day | null;
  openObjections: number;
  pledge: { isSigned: boolean; milestones: number } | null;
  openMilestones: number;
  /** The newest value counts, or is a number that the taker typed. */
  value: 'none' | 'selfReported' | 'backed';
  isTargetMet: boolean;
  needsAdjustment: boolean;
  isRewardFrozen: boolean;
}

const lacks = (zh: string, en: string): Words => ({ zh, en });

/**
 * What is missing for a move, one sentence each; empty when it may be made, and null when the state knows no such move.
 * Pure: the page lists the same sentences before anybody presses the button.
 */
export function missingFor(move: ChallengeMove, f: Facts): Words[] | null {
  if (challengeFlow[f.state][move] === undefined) return null;
  return checks[move]?.(f).filter((one) => one !== null) ?? [];
}

const unless = (isThere: boolean, zh: string, en: string): Words | null => (isThere ? null : lacks(zh, en));

const checks: Partial<Record<ChallengeMove, (f: Facts) => (Words | null)[]>> = {
  publish: ({ terms, ...f }) => [
    unless(terms.metric.name !== '', '指标名称', 'the metric'),
    unless(terms.metric.unit !== '', '计量单位', 'its unit'),
    unless(terms.metric.caliber !== '', '统计口径', 'its caliber'),
    unless(f.hasBaseline, '基线（数值及快照编号）', 'the baseline (value and snapshot)'),
    unless(terms.target !== null, '目标值', 'the target'),
    unless(
      terms.target === null || !f.hasBaseline || f.hasWay,
      '与基线不同的目标值',
      'a target other than the baseline',
    ),
    unless(terms.dueOn !== null, '完成时限', 'the due date'),
    unless(f.hasVerifier, '核验单位', 'the verifier'),
    unless(!f.hasVerifier || f.isVerifierApart, '与发榜方无关的核验单位', 'a verifier other than the publisher'),
    unless(terms.openOn !== null && terms.closeOn !== null, '揭榜起止日期', 'the days of opening and closing'),
    unless(
      terms.openOn === null || terms.closeOn === null || terms.openOn <= terms.closeOn,
      '不早于开始日的截止日期',
      'a closing day not before the opening',
    ),
    unless(
      terms.closeOn === null || terms.dueOn === null || terms.closeOn < terms.dueOn,
      '晚于揭榜截止日的完成时限',
      'a due date after the closing day',
    ),
    unless(
      terms.closeOn === null || terms.closeOn >= f.today,
      '今天或以后的揭榜截止日期',
      'a closing day not in the past',
    ),
    unless(terms.takerKinds.length > 0, '揭榜对象', 'who may take it'),
    f.formulaFault &&
      lacks(
        `能够计算的奖励公式（${f.formulaFault.zh}）`,
        `a reward formula that can be computed (${f.formulaFault.en})`,
      ),
    ...(needsReview(terms)
      ? [
          unless(
            f.review !== null,
            '公平竞争审查记录（结论、法律依据、日期）',
            'the fair-competition review (conclusion, legal basis, date)',
          ),
          unless(
            f.review === null || f.review.isOfTheseTerms,
            '对现有条款的公平竞争审查（审查之后条款有改动）',
            'a review of the terms as they are now (they were changed after it)',
          ),
          unless(
            f.review === null || f.review.conclusion !== 'unfair',
            '通过的公平竞争审查（现有结论为不予出台）',
            'a review that passed (the present one forbids it)',
          ),
        ]
      : []),
  ],
  select: (f) => [
    unless(f.terms.closeOn !== null && f.terms.closeOn < f.today, '揭榜截止日已过', 'that the closing day has passed'),
    unless(f.bids > 0, '揭榜申请', 'a bid'),
  ],
  lapse: (f) => [
    unless(f.terms.closeOn !== null && f.terms.closeOn < f.today, '揭榜截止日已过', 'that the closing day has passed'),
    unless(f.bids === 0, '无人揭榜（已有揭榜申请，请评选）', 'that nobody has bid (there are bids: select)'),
  ],
  award: (f) => [
    unless(
      f.publicityUntil !== null && f.publicityUntil < f.today,
      `公示期满（公示至 ${f.publicityUntil ?? '—'}）`,
      `the end of publicity (${f.publicityUntil ?? '—'})`,
    ),
    unless(f.openObjections === 0, '对公示异议的答复', 'answers to the objections'),
  ],
  sign: (f) => [
    unless(f.pledge !== null, '军令状文本', 'the text of the pledge'),
    unless(f.pledge === null || f.pledge.milestones > 0, '节点计划', 'milestones'),
  ],
  claim: (f) => [
    unless(f.value !== 'none', '实绩数值', 'a value'),
    unless(
      f.openMilestones === 0,
      `节点证据（还有 ${f.openMilestones} 个节点未完成）`,
      `evidence of ${f.openMilestones} milestones`,
    ),
  ],
  pass: (f) => [
    unless(
      f.value === 'backed',
      '经指标或核定报送得出的实绩（现有数值为自报）',
      'a value from an indicator or an accepted submission (the present one is self-reported)',
    ),
    unless(f.value !== 'backed' || f.isTargetMet, '达到目标的实绩', 'a value that reaches the target'),
    unless(
      f.openMilestones === 0,
      `节点证据（还有 ${f.openMilestones} 个节点未完成）`,
      `evidence of ${f.openMilestones} milestones`,
    ),
    unless(!f.needsAdjustment, '双方签字的基线调整书（基线已重述）', 'a signed adjustment (the baseline was restated)'),
  ],
  fail: (f) => [
    unless(
      f.state === 'claimed' || (f.terms.dueOn !== null && f.terms.dueOn < f.today),
      '验收申请，或完成时限已过',
      'a request for verification, or that the due date has passed',
    ),
  ],
  reward: (f) => [
    unless(f.terms.reward !== null, '奖励条款', 'a reward in the terms'),
    unless(f.isRewardFrozen, '验收时封存的数值', 'the values frozen at the verification'),
  ],
};
