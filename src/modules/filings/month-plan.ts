import { monthOf, type Period } from './period.ts';

/** An annual plan as far as filings need it, whole yuan. `curve`: cumulative at the end of each of twelve months. */
export interface YearPlan {
  yuan: number;
  curve: readonly number[] | null;
}

/**
 * Yuan planned from January to the end of the period. A plan without a curve is linear by months (dispatch.md §2.4),
 * rounded on the cumulative, so that twelve months make exactly the plan.
 */
export const planToEndOf = (plan: YearPlan, period: Period): number => planToMonth(plan, monthOf(period));

/** Yuan planned for the one month. */
export const planOfMonth = (plan: YearPlan, period: Period): number =>
  planToMonth(plan, monthOf(period)) - planToMonth(plan, monthOf(period) - 1);

function planToMonth(plan: YearPlan, month: number): number {
  if (month === 0) return 0;
  return plan.curve?.[month - 1] ?? Math.round((plan.yuan * month) / 12);
}
