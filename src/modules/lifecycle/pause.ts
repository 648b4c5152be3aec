import { addDays, type Day, monthsBetween } from '#core/shared/day.ts';
import type { Words } from '#core/shared/words.ts';
import type { Fault } from './life.ts';
import { endOfQuarter } from './life.ts';

/** Why a project rests: a closed list, so that causes can be counted. */
export const pauseReasons = [
  'funds',
  'land',
  'clearance',
  'permits',
  'market',
  'design',
  'environment',
  'dispute',
  'forceMajeure',
  'contractor',
  'planning',
  'other',
] as const;
export type PauseReason = (typeof pauseReasons)[number];
export const pauseReasonWords: Record<PauseReason, Words> = {
  funds: { zh: '资金', en: 'Funds' },
  land: { zh: '用地', en: 'Land' },
  clearance: { zh: '征拆', en: 'Clearance' },
  permits: { zh: '手续', en: 'Permits' },
  market: { zh: '市场', en: 'Market' },
  design: { zh: '设计变更', en: 'Change of design' },
  environment: { zh: '环保', en: 'Environment' },
  dispute: { zh: '纠纷', en: 'Dispute' },
  forceMajeure: { zh: '不可抗力', en: 'Force majeure' },
  contractor: { zh: '施工单位', en: 'Contractor' },
  planning: { zh: '规划调整', en: 'Change of planning' },
  other: { zh: '其他', en: 'Other' },
};

/** A quarter as people write it: 2021Q3. */
export const quarterOf = (day: Day): string => `${day.slice(0, 4)}Q${Math.ceil(Number(day.slice(5, 7)) / 3)}`;

export type UpdateState =
  /** This quarter's update is there (the registration counts as that of its quarter). */
  | 'current'
  /** Owed by the end of this quarter. */
  | 'owed'
  /** 季度更新逾期: a quarter has ended without one. */
  | 'overdue';

export interface UpdateDuty {
  state: UpdateState;
  /** The last day for the update that is owed next. */
  dueOn: Day;
  /** Quarters that ended without an update since the last one. */
  missed: number;
}

/**
 * The quarterly update of a resting project: one in each calendar quarter, by its last day; a late one is owed until it
 * is made. `lastOn` is the day of the newest update, or of the registration.
 */
export function updateDuty(lastOn: Day, today: Day): UpdateDuty {
  const quarters = monthsBetween(endOfQuarter(lastOn), endOfQuarter(today)) / 3;
  const missed = Math.max(0, quarters - 1);
  const dueOn = endOfQuarter(addDays(endOfQuarter(lastOn), 1));
  return { state: quarters <= 0 ? 'current' : missed > 0 ? 'overdue' : 'owed', dueOn, missed };
}

/** Why a pause, or a moved estimate, cannot be registered like this; null when it can. `since` is the day the pause began. */
export function estimateFault({ resumeDue, since, today }: { resumeDue: Day; since: Day; today: Day }): Fault | null {
  if (resumeDue > since && resumeDue >= today) return null;
  return {
    code: 'estimate_past',
    field: 'resumeDue',
    words: {
      zh: '预计复工日期不能早于今天，也不能早于停缓建日期',
      en: 'The estimated day of resuming lies before today or before the pause',
    },
  };
}

/** A moved estimate says why; the original one is kept beside it. */
export const movedFault = (before: Day | null, after: Day, reason: string | null): Fault | null =>
  before === null || before === after || reason
    ? null
    : {
        code: 'reason_needed',
        field: 'reason',
        words: { zh: '调整预计复工日期须写明原因', en: 'Say why the estimated day of resuming moves' },
      };
