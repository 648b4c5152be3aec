import { daysBetween } from '#core/shared/day.ts';
import type { Stage } from './stages.ts';

/** 入统 as the list shows it: enrolled, not yet due, or started for so many days without being enrolled. */
export type Enrolment = { state: 'enrolled' } | { state: 'notDue' } | { state: 'missing'; days: number };

export interface EnrolmentFacts {
  enrolled: boolean;
  startActual: string | null;
  stage: Stage;
  totalYuan: number | null;
}

/** Only projects of 5 million yuan and more enter the statistics of fixed investment (统计口径, “先入库，后有数”). */
export const enrolmentFloorYuan = 5_000_000;
/** A month to gather the documents; after it a started project that is not enrolled is named (银川 2025). */
export const enrolmentGraceDays = 30;

/** Civil days as YYYY-MM-DD; `today` decides. */
export function enrolmentOf({ enrolled, startActual, stage, totalYuan }: EnrolmentFacts, today: string): Enrolment {
  if (enrolled) return { state: 'enrolled' };
  if (startActual === null || stage === 'terminated' || stage === 'withdrawn') return { state: 'notDue' };
  if (totalYuan !== null && totalYuan < enrolmentFloorYuan) return { state: 'notDue' };
  const days = daysBetween(startActual, today);
  return days > enrolmentGraceDays ? { state: 'missing', days } : { state: 'notDue' };
}
