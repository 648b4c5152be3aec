import { hashOf } from '#core/server/audit.ts';
import type { Scope } from '#core/server/scope.ts';
import type { Day } from '#core/shared/day.ts';
import { type Ratio, ratioOf } from '#core/shared/rate.ts';
import { type Facts, isEnded } from '../flow.ts';
import { meetsTarget, progressOf, ratioFrom } from '../progress.ts';
import { rewardFault } from '../reward.ts';
import type { BaselineView } from '../shapes.ts';
import type { ExactValue, ReviewConclusion } from '../terms.ts';
import type { SupportRow, Whole } from './load.ts';
import type { PledgeTable, RulingTable, ValueTable } from './tables.ts';

/** What a baseline ruling holds. */
export type BaselinePayload = ExactValue & {
  snapshotId: string;
  snapshotHash: string;
  reason: string | null;
  /** Read by the platform: read again, and restated when its data were corrected. */
  isRead: boolean;
};

export const baselineOf = (ruling: RulingTable): BaselineView => {
  const { n, d, snapshotId, snapshotHash, reason } = ruling.payload as BaselinePayload;
  return {
    n,
    d,
    snapshotId,
    hash: snapshotHash,
    on: ruling.onDay,
    document: ruling.basis ?? '',
    reason,
    recordedOn: ruling.at.toISOString().slice(0, 10),
    byName: ruling.byName,
  };
};
export const baselinesOf = ({ rulings }: Whole): BaselineView[] =>
  rulings.filter((one) => one.kind === 'baseline').map(baselineOf);

export const isSigned = (pledge: PledgeTable): boolean =>
  pledge.publisherSignedOn !== null && pledge.takerSignedOn !== null;
/** The pledge in force: the newest that both have signed. */
export const pledgeInForce = ({ pledges }: Whole): PledgeTable | undefined => pledges.findLast(isSigned);

/** What the progress is measured by: the pledge once there is one, before it what is published. A restatement alone changes nothing. */
export function measureOf(whole: Whole): { baseline: ExactValue | null; target: string | null; dueOn: Day | null } {
  const pledge = pledgeInForce(whole);
  if (pledge) {
    const { baseline, target, dueOn } = pledge.content;
    return { baseline: { n: baseline.n, d: baseline.d }, target, dueOn };
  }
  const { terms } = whole.row;
  const last = baselinesOf(whole).at(-1);
  return { baseline: last ? { n: last.n, d: last.d } : null, target: terms.target, dueOn: terms.dueOn };
}

/** The newest value that stands: of one day an accepted one before a typed one, and the later before the earlier. */
export function newestValue(values: readonly ValueTable[], day?: Day): ValueTable | undefined {
  const standing = values.filter((one) => one.state !== 'returned' && (day === undefined || one.asOf <= day));
  const asOf = standing.at(-1)?.asOf;
  const ofDay = standing.filter((one) => one.asOf === asOf);
  return ofDay.findLast((one) => one.state === 'accepted') ?? ofDay.at(-1);
}

/** The signed baseline is no longer the newest one: both are shown, and an adjustment is asked for. */
export function needsAdjustment(whole: Whole): boolean {
  const signed = pledgeInForce(whole)?.content.baseline;
  const last = baselinesOf(whole).at(-1);
  return (
    signed !== undefined &&
    last !== undefined &&
    !isEnded(whole.row.state) &&
    whole.row.state !== 'verified' &&
    (signed.n !== last.n || signed.d !== last.d)
  );
}

export const isSupportLate = (support: SupportRow, day: Day): boolean => {
  if (support.matterId === null || support.matterState === 'void') return false;
  const due = support.matterDueOn ?? support.dueOn;
  const isClosed = support.matterClosedOn !== null && support.matterClosedOn <= day;
  return !isClosed && due < day;
};

export const openMilestones = (whole: Whole): number => {
  const pledge = pledgeInForce(whole);
  if (!pledge) return 0;
  const reached = new Set(whole.milestones.map((one) => one.position));
  return pledge.content.milestones.filter((_, i) => !reached.has(i)).length;
};

export interface Standing {
  baseline: ExactValue | null;
  target: string | null;
  dueOn: Day | null;
  value: ValueTable | undefined;
  progress: Ratio | null;
  isTargetMet: boolean;
}
export function standingOf(whole: Whole, day?: Day): Standing {
  const { baseline, target, dueOn } = measureOf(whole);
  const value = newestValue(whole.values, day);
  if (!baseline || target === null || !value)
    return { baseline, target, dueOn, value, progress: null, isTargetMet: false };
  const [from, to, now] = [ratioFrom(baseline), ratioOf(target), ratioFrom(value)];
  return {
    baseline,
    target,
    dueOn,
    value,
    progress: progressOf(from, to, now),
    isTargetMet: meetsTarget(from, to, now),
  };
}

/** What the guard of the flow looks at. */
export function factsOf(scope: Scope, whole: Whole): Facts {
  const { row, bids, objections, pledges, rulings } = whole;
  const baseline = baselinesOf(whole).at(-1);
  const review = rulings.findLast((one) => one.kind === 'review');
  const standing = standingOf(whole);
  const latest = pledges.at(-1);
  const verification = rulings.findLast((one) => one.kind === 'verification');
  const { terms } = row;
  return {
    state: row.state,
    today: scope.today,
    terms,
    hasVerifier: row.verifierUnitId !== null,
    isVerifierApart: row.verifierUnitId !== row.ownerUnitId && row.verifierUnitId !== row.publisherUnitId,
    hasBaseline: baseline !== undefined,
    hasWay:
      baseline === undefined ||
      terms.target === null ||
      progressOf(ratioFrom(baseline), ratioOf(terms.target), ratioOf(terms.target)) !== null,
    review: review
      ? {
          conclusion: review.payload.conclusion as ReviewConclusion,
          isOfTheseTerms: review.payload.termsHash === hashOf(terms),
        }
      : null,
    formulaFault: terms.reward ? rewardFault(terms.reward.formula) : null,
    bids: bids.filter((bid) => bid.state === 'submitted').length,
    publicityUntil: row.publicityUntil,
    openObjections: objections.filter((one) => one.state === 'open').length,
    pledge: latest ? { isSigned: isSigned(latest), milestones: latest.content.milestones.length } : null,
    openMilestones: openMilestones(whole),
    value: !standing.value ? 'none' : standing.value.state === 'accepted' ? 'backed' : 'selfReported',
    isTargetMet: standing.isTargetMet,
    needsAdjustment: needsAdjustment(whole),
    isRewardFrozen: verification?.payload.result === 'pass',
  };
}
