import type { Day } from '#core/shared/day.ts';
import { type Rate, rate } from '#core/shared/rate.ts';
import type { EnrolmentState } from './flow.ts';
import type { EnrolmentRules } from './rules.ts';

/** What decides where a project stands: its own facts, and how far its papers have come. Whole yuan. */
export interface PositionFacts {
  /** The register's word on it; the papers never overrule it. */
  enrolled: boolean;
  stage: string;
  startActual: Day | null;
  totalYuan: number | null;
  /** State of the papers: none while nobody has begun. */
  papers: 'preparing' | 'submitted' | 'returned' | null;
}

const startedStages: ReadonlySet<string> = new Set([
  'started',
  'enrolled',
  'building',
  'completed',
  'producing',
  'fullCapacity',
]);

/** 终止、退库: whatever was begun, nothing is to be enrolled any more. */
const endedStages: ReadonlySet<string> = new Set(['terminated', 'withdrawn']);

export const isStarted = ({ startActual, stage }: Pick<PositionFacts, 'startActual' | 'stage'>): boolean =>
  startActual !== null || startedStages.has(stage);

/** Below the floor a project never enters the statistics; one whose total is unknown has to be looked at. */
export const isTooSmall = (totalYuan: number | null, rules: Pick<EnrolmentRules, 'floorYuan'>): boolean =>
  totalYuan !== null && totalYuan < rules.floorYuan;

export function stateOf(facts: PositionFacts, rules: Pick<EnrolmentRules, 'floorYuan'>): EnrolmentState {
  if (facts.enrolled) return 'enrolled';
  if (isTooSmall(facts.totalYuan, rules) || endedStages.has(facts.stage)) return 'notRequired';
  if (facts.papers) return facts.papers;
  return isStarted(facts) ? 'preparing' : 'notDue';
}

/** 应入统: work has begun and the project is large enough, or it is enrolled already. */
export const isDue = (facts: PositionFacts, rules: Pick<EnrolmentRules, 'floorYuan'>): boolean =>
  facts.enrolled || (isStarted(facts) && !endedStages.has(facts.stage) && !isTooSmall(facts.totalYuan, rules));

export interface EnrolmentCount {
  enrolled: number;
  due: number;
}

/** Counts 已入统 and 应入统 of projects of at least `fromYuan` (500 万 or 5000 万). A total that is unknown counts at the lower floor only. */
export function countEnrolled(
  projects: readonly PositionFacts[],
  rules: EnrolmentRules,
  fromYuan: number = rules.floorYuan,
): EnrolmentCount {
  const due = projects.filter(
    (facts) => isDue(facts, rules) && (fromYuan <= rules.floorYuan || (facts.totalYuan ?? 0) >= fromYuan),
  );
  return { enrolled: due.filter((facts) => facts.enrolled).length, due: due.length };
}

/** 入统率 = 已入统 ÷ 应入统, exact (百大项目: 10/18). */
export const enrolmentRate = ({ enrolled, due }: EnrolmentCount): Rate => rate(enrolled, due);
