import type { Words } from '#core/shared/words.ts';

/** One published challenge as it stands at the end of a month, fit to be frozen. */
export interface ChallengeStanding {
  id: string;
  no: string;
  title: string;
  list: string;
  state: string;
  stateWords: Words;
  /** 揭榜方. */
  takers: string[];
  unit: string;
  baseline: string;
  target: string;
  /** Latest value and where it came from; a self-reported one never earns a reward. */
  value: string | null;
  valueBasis: 'indicator' | 'filing' | 'selfReported' | null;
  dueOn: string;
  /** Share of the way from baseline to target, exact; null when there is no value yet. */
  progress: { n: string; d: string } | null;
  /** Support items promised by the publisher that are overdue. */
  lateSupport: number;
  demo: boolean;
}
