import { type Rate, rate } from '#core/shared/rate.ts';

export const revisionTracks = ['total', 'agreement'] as const;
export type RevisionTrack = (typeof revisionTracks)[number];

/** What a figure rests on. `registered`: as it stood in the register without a document of its own. */
export const revisionKinds = ['registered', 'estimate', 'budget', 'adjusted', 'settled', 'agreement'] as const;
export type RevisionKind = (typeof revisionKinds)[number];

/** Kinds that a person may enter on each track. */
export const kindsOf: Record<RevisionTrack, readonly RevisionKind[]> = {
  total: ['estimate', 'budget', 'adjusted', 'settled'],
  agreement: ['agreement'],
};

export interface InvestmentChange {
  firstYuan: number;
  currentYuan: number;
  changeYuan: number;
  /** Change ÷ first value, exact. */
  rate: Rate;
}

/** Newest value against the first one that was ever known; null when there is none. `revisions` in order of `seq`. */
export function changeAgainstFirst(revisions: readonly { yuan: number }[]): InvestmentChange | null {
  const [first, last] = [revisions[0], revisions.at(-1)];
  if (!first || !last) return null;
  const changeYuan = last.yuan - first.yuan;
  return { firstYuan: first.yuan, currentYuan: last.yuan, changeYuan, rate: rate(changeYuan, first.yuan) };
}
