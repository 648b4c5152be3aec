import { addMonths, type Day, daysBetween } from '#core/shared/day.ts';
import type { EnrolmentState } from './flow.ts';
import type { EnrolmentRules } from './rules.ts';

export type Lamp = 'normal' | 'warn' | 'late';

export interface LampFacts {
  state: EnrolmentState;
  startedOn: Day | null;
}

/** Last day without a warning, and last day before it is late; null without a start. */
export const lampDays = (
  startedOn: Day | null,
  rules: Pick<EnrolmentRules, 'warnMonths' | 'lateMonths'>,
): { warnOn: Day; lateAfter: Day } | null =>
  startedOn === null
    ? null
    : { warnOn: addMonths(startedOn, rules.warnMonths), lateAfter: addMonths(startedOn, rules.lateMonths) };

/**
 * 入库 lamp (银川 2025): green when enrolled; yellow when a month after the start it is not, red when more than two months
 * are over. The same day limits as the rule set that colours the project. Null: nothing is due.
 */
export function lampOf({ state, startedOn }: LampFacts, rules: EnrolmentRules, today: Day): Lamp | null {
  if (state === 'enrolled') return 'normal';
  if (state === 'notRequired') return null;
  const days = lampDays(startedOn, rules);
  if (!days || startedOn! > today) return null;
  return today > days.lateAfter ? 'late' : today >= days.warnOn ? 'warn' : 'normal';
}

/** Days since work began; null before. */
export const daysSinceStart = (startedOn: Day | null, today: Day): number | null =>
  startedOn === null || startedOn > today ? null : daysBetween(startedOn, today);
