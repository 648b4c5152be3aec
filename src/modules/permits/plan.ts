import type { Day } from '#core/shared/day.ts';
import type { Phase, StepState } from './flow.ts';
import { addLimit, daysUsed, dueOn, type StepTimes, type Workdays } from './step-clock.ts';
import { type LimitUnit, permitCode } from './templates.ts';

export interface PlanStep extends StepTimes {
  code: string;
  phase: Phase;
  after: readonly string[];
}

export type StepLight = 'late' | 'warn' | 'normal' | 'idle';
/** This many days before the limit a step turns yellow. */
export const nearDays = 3;

const isThrough = (step: PlanStep | undefined): boolean =>
  step === undefined || step.phase === 'done' || step.phase === 'skipped';

/**
 * Prerequisites of a step that hold it up now. One that is not needed stands for those before it: skipping a step does
 * not let its successors run ahead of what it waited for.
 */
export function blockersOf(steps: ReadonlyMap<string, PlanStep>, step: PlanStep): string[] {
  const found = new Set<string>();
  const visit = (codes: readonly string[]): void => {
    for (const code of codes) {
      const before = steps.get(code);
      if (before?.phase === 'skipped') visit(before.after);
      else if (!isThrough(before)) found.add(code);
    }
  };
  visit(step.after);
  return [...found];
}

export const byCode = <S extends PlanStep>(steps: readonly S[]): ReadonlyMap<string, S> =>
  new Map(steps.map((step) => [step.code, step]));

export function stateOf(
  steps: ReadonlyMap<string, PlanStep>,
  step: PlanStep,
  today: Day,
  calendar: Workdays,
): StepState {
  if (step.phase === 'waiting') return blockersOf(steps, step).length > 0 ? 'blocked' : 'ready';
  if (step.phase !== 'running') return step.phase;
  // By the due day, not by the days left: on the Saturday after it no further workday is over, but the limit is.
  const due = dueOn(step, calendar);
  return due !== null && today > due ? 'overdue' : 'running';
}

/** Green on time, yellow near the limit or while something must be added, red over it; grey before it begins. */
export function lightOf(state: StepState, left: number | null): StepLight {
  if (state === 'overdue') return 'late';
  if (state === 'suspended') return 'warn';
  if (state === 'running') return left !== null && left <= nearDays ? 'warn' : 'normal';
  return state === 'done' ? 'normal' : 'idle';
}

export interface ChainLink {
  code: string;
  /** Days of the limit still to go, in its unit; 0 for one without a limit or over it. */
  remaining: number;
  unit: LimitUnit;
  from: Day;
  to: Day;
}

export interface Earliest {
  /** The earliest possible day of the construction permit, or the day it was given. */
  day: Day;
  isDone: boolean;
  /** What decides it, in order: each begins when the one before it ends. */
  chain: ChainLink[];
}

/**
 * If everything that can begin begins today and every authority takes its whole limit: when the construction permit
 * can be there. A step over its limit, or without one, is taken as done today. A step that waits for 补正 goes on today.
 * Null when the plan has no such step. Throws CalendarNotPublished when the count runs into a year without a calendar.
 */
export function earliestPermit(plan: readonly PlanStep[], today: Day, calendar: Workdays): Earliest | null {
  const steps = byCode(plan);
  const target = steps.get(permitCode);
  if (!target || target.phase === 'skipped') return null;
  if (target.phase === 'done') return { day: target.doneOn!, isDone: true, chain: [] };
  const known = new Map<string, ChainLink & { previous: string | null }>();
  const visit = (code: string): ChainLink & { previous: string | null } => {
    const found = known.get(code);
    if (found) return found;
    const step = steps.get(code)!;
    let from = today;
    let previous: string | null = null;
    // One that is under way no longer waits for anything.
    if (step.phase === 'waiting')
      for (const before of blockersOf(steps, step)) {
        const link = visit(before);
        if (link.to > from || (previous === null && link.to >= from)) [from, previous] = [link.to, before];
      }
    const used = daysUsed(step, today, calendar) ?? 0;
    const remaining = step.limitDays === null ? 0 : Math.max(0, step.limitDays - used);
    const link = {
      code,
      remaining,
      unit: step.limitUnit,
      from,
      to: addLimit(step.limitUnit, from, remaining, calendar),
      previous,
    };
    known.set(code, link);
    return link;
  };
  const chain: ChainLink[] = [];
  for (let code: string | null = permitCode; code !== null; ) {
    const { previous, ...link } = visit(code);
    chain.unshift(link);
    code = previous;
  }
  return { day: known.get(permitCode)!.to, isDone: false, chain };
}
