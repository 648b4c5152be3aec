import { addDays, type Day, daysBetween } from '#core/shared/day.ts';
import type { LimitUnit } from './templates.ts';

/** What counting days needs of the working calendar; its functions throw in a year that is not published. */
export interface Workdays {
  addWorkdays(day: Day, n: number): Day;
  workdaysBetween(from: Day, to: Day): number;
}

/** The clock stands still after `fromOn` and goes on after `resumedOn`: neither the days between nor the last of them count. */
export interface Suspension {
  fromOn: Day;
  resumedOn: Day | null;
}

export interface StepTimes {
  acceptedOn: Day | null;
  doneOn: Day | null;
  limitDays: number | null;
  limitUnit: LimitUnit;
  suspensions: readonly Suspension[];
}

/** Days after `from` up to and including `to`. */
const span = (unit: LimitUnit, from: Day, to: Day, calendar: Workdays): number =>
  to <= from ? 0 : unit === 'CALENDAR' ? daysBetween(from, to) : calendar.workdaysBetween(from, to);

export const addLimit = (unit: LimitUnit, from: Day, days: number, calendar: Workdays): Day =>
  days <= 0 ? from : unit === 'CALENDAR' ? addDays(from, days) : calendar.addWorkdays(from, days);

const stoodStill = (step: StepTimes, until: Day, calendar: Workdays): number =>
  step.suspensions.reduce((sum, { fromOn, resumedOn }) => {
    const end = resumedOn === null || resumedOn > until ? until : resumedOn;
    return sum + span(step.limitUnit, fromOn, end, calendar);
  }, 0);

/**
 * Days of the limit that are used up, in its unit: the day of acceptance is not counted (行政许可 counts from the day
 * after), days of 补正 are not either. Null before acceptance.
 */
export function daysUsed(step: StepTimes, today: Day, calendar: Workdays): number | null {
  if (step.acceptedOn === null) return null;
  const until = step.doneOn ?? today;
  return span(step.limitUnit, step.acceptedOn, until, calendar) - stoodStill(step, until, calendar);
}

/** The last day in time. Null before acceptance, without a limit, and while the clock stands still. */
export function dueOn(step: StepTimes, calendar: Workdays): Day | null {
  if (step.acceptedOn === null || step.limitDays === null) return null;
  if (step.suspensions.some((suspension) => suspension.resumedOn === null)) return null;
  const still = step.suspensions.reduce(
    (sum, { fromOn, resumedOn }) => sum + span(step.limitUnit, fromOn, resumedOn!, calendar),
    0,
  );
  return addLimit(step.limitUnit, step.acceptedOn, step.limitDays + still, calendar);
}

/** Days left of the limit; negative: over it. Null before acceptance or without a limit. */
export function daysLeft(step: StepTimes, today: Day, calendar: Workdays): number | null {
  const used = daysUsed(step, today, calendar);
  return used === null || step.limitDays === null ? null : step.limitDays - used;
}
