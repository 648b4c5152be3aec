import { type Day, daysBetween } from '#core/shared/day.ts';
import { CalendarMissing, type DayAxis } from './day-axis.ts';
import {
  type Activity,
  earliest,
  evening,
  indexOf,
  inOrder,
  Loop,
  latest,
  type Moment,
  morning,
  type Span,
} from './network.ts';
import { isAbove, outlineOf, type Placed } from './outline.ts';
import type { Content, Link, Task } from './shapes.ts';

export interface TaskPlan {
  uid: number;
  start: Day;
  finish: Day;
  earlyStart: Day;
  earlyFinish: Day;
  lateStart: Day;
  lateFinish: Day;
  /** Total float 总时差 in days of the schedule's calendar; below zero: its dates contradict each other by so many days. */
  float: number;
  isCritical: boolean;
  isSummary: boolean;
  isMilestone: boolean;
}

export interface Plan {
  tasks: ReadonlyMap<number, TaskPlan>;
  start: Day;
  finish: Day;
  /** Days of the schedule's calendar from the first to the last, both counted. */
  days: number;
  /** By the promise: the last day on which the first task must begin. Null without a promise. */
  mustBeginBy: Day | null;
  /** Days of the schedule's calendar between the plan's finish and the promise; negative: later than promised. */
  margin: number | null;
}

/** Why a schedule cannot be worked out. Uids name the tasks; `problem-words.ts` makes the sentence. */
export type PlanProblem =
  | { code: 'empty' | 'noStart' | 'noPromise' }
  | { code: 'twice' | 'unknown' | 'self' | 'summaryLink' | 'insideLink'; uids: number[] }
  | { code: 'loop'; uids: number[] }
  | { code: 'calendar'; year: number };

export type PlanResult = { plan: Plan; problem?: never } | { problem: PlanProblem; plan?: never };

/** Faults of the network alone, whatever the dates: a schedule with one of them is not even kept as a draft. */
export function faultOf(tasks: readonly Task[]): PlanProblem | null {
  const at = new Map<number, number>();
  for (const [i, task] of tasks.entries()) {
    if (at.has(task.uid)) return { code: 'twice', uids: [task.uid] };
    at.set(task.uid, i);
  }
  const placed = outlineOf(tasks);
  for (const [i, { task, isSummary }] of placed.entries())
    for (const { from, kind } of task.links) {
      const before = at.get(from);
      if (before === undefined) return { code: 'unknown', uids: [task.uid] };
      if (before === i) return { code: 'self', uids: [task.uid] };
      if (isAbove(placed, before, i) || isAbove(placed, i, before))
        return { code: 'insideLink', uids: [from, task.uid] };
      // A summary begins with its first and ends with its last: these ends alone can be said of each task below it.
      if ((placed[before]!.isSummary && kind[0] === 'S') || (isSummary && kind[1] === 'F'))
        return { code: 'summaryLink', uids: [from, task.uid] };
    }
  try {
    inOrder(leafActivities(placed, at));
  } catch (error) {
    if (error instanceof Loop) return { code: 'loop', uids: [...error.uids] };
    throw error;
  }
  return null;
}

/** Tasks without their summaries; links of a summary stand on each task below it. */
function leafActivities(
  placed: readonly Placed[],
  at: ReadonlyMap<number, number>,
): Pick<Activity, 'uid' | 'days' | 'links'>[] {
  return placed.flatMap((one) => {
    if (one.isSummary) return [];
    const links: Link[] = [];
    for (let up: Placed | undefined = one; up; up = up.parent === null ? undefined : placed[up.parent])
      for (const link of up.task.links)
        for (const leaf of placed[at.get(link.from)!]!.leaves) links.push({ ...link, from: placed[leaf]!.task.uid });
    return [{ uid: one.task.uid, days: one.task.days, links }];
  });
}

/** What a date set on a task means for its ends; of a summary it holds for each task below. */
function boundsOf(one: Placed, placed: readonly Placed[], axis: DayAxis): Partial<Activity> {
  const { days } = one.task;
  const bounds: { -readonly [K in 'startMin' | 'startMax' | 'finishMin' | 'finishMax']?: Moment } = {};
  const raise = (key: 'startMin' | 'finishMin', to: Moment) => {
    bounds[key] = Math.max(bounds[key] ?? to, to);
  };
  const lower = (key: 'startMax' | 'finishMax', to: Moment) => {
    bounds[key] = Math.min(bounds[key] ?? to, to);
  };
  for (let up: Placed | undefined = one; up; up = up.parent === null ? undefined : placed[up.parent]) {
    const { constraint, deadline } = up.task;
    if (deadline) lower('finishMax', evening(axis.indexUpTo(deadline)));
    if (!constraint) continue;
    const { kind, day } = constraint;
    if (kind === 'startNoEarlier' || kind === 'mustStart') raise('startMin', morning(axis.indexFrom(day)));
    if (kind === 'startNoLater' || kind === 'mustStart')
      lower('startMax', days === 0 ? evening(axis.indexUpTo(day)) : morning(axis.indexUpTo(day)));
    // A milestone that must not be reached before a day may be reached in its morning.
    if (kind === 'finishNoEarlier' || kind === 'mustFinish')
      raise('finishMin', days === 0 ? morning(axis.indexFrom(day)) : evening(axis.indexFrom(day)));
    if (kind === 'finishNoLater' || kind === 'mustFinish') lower('finishMax', evening(axis.indexUpTo(day)));
  }
  return bounds;
}

/** The network of a schedule whose `faultOf` is null, in order, with the dates that people set. */
export function activitiesOf(tasks: readonly Task[], axis: DayAxis): { placed: Placed[]; sorted: Activity[] } {
  const placed = outlineOf(tasks);
  const at = new Map(tasks.map((task, i) => [task.uid, i]));
  const activities = leafActivities(placed, at).map((activity) => ({
    ...activity,
    ...boundsOf(placed[at.get(activity.uid)!]!, placed, axis),
  }));
  return { placed, sorted: inOrder(activities) };
}

const firstOf = (spans: Iterable<Span>): Moment =>
  [...spans].reduce((a, s) => Math.min(a, s.start), Number.POSITIVE_INFINITY);
const lastOf = (spans: Iterable<Span>): Moment =>
  [...spans].reduce((a, s) => Math.max(a, s.finish), Number.NEGATIVE_INFINITY);

/**
 * Works out every date of a schedule. Forward: early dates from `start`. Backward (倒排): late dates from `promised`, so
 * that the first start is the day on which one must begin. Float is measured inside the plan: against its own finish.
 */
export function planOf(content: Content, axis: DayAxis): PlanResult {
  const { tasks, direction, start, promised } = content;
  if (tasks.length === 0) return { problem: { code: 'empty' } };
  const fault = faultOf(tasks);
  if (fault) return { problem: fault };
  if (direction === 'forward' && !start) return { problem: { code: 'noStart' } };
  if (direction === 'backward' && !promised) return { problem: { code: 'noPromise' } };
  try {
    const { placed, sorted } = activitiesOf(tasks, axis);
    const byPromise = promised ? latest(sorted, evening(axis.indexUpTo(promised))) : null;
    let early: Map<number, Span>;
    let late: Map<number, Span>;
    if (direction === 'forward') {
      early = earliest(sorted, morning(axis.indexFrom(start!)));
      late = latest(sorted, lastOf(early.values()) | 1);
    } else {
      late = byPromise!;
      early = earliest(sorted, firstOf(late.values()) & ~1);
    }
    const planned = direction === 'forward' ? early : late;
    const dayOf = (moment: Moment): Day => axis.dayAt(indexOf(moment));
    const plans = new Map<number, TaskPlan>();
    for (const { task, isSummary, leaves } of placed) {
      const uids = leaves.map((leaf) => placed[leaf]!.task.uid);
      const spanOf = (spans: ReadonlyMap<number, Span>): Span => {
        const own = uids.map((uid) => spans.get(uid)!);
        return { start: firstOf(own), finish: lastOf(own) };
      };
      const [e, l, p] = [spanOf(early), spanOf(late), spanOf(planned)];
      const float = isSummary
        ? Math.min(...uids.map((uid) => floatOf(early.get(uid)!, late.get(uid)!)))
        : floatOf(e, l);
      plans.set(task.uid, {
        uid: task.uid,
        start: dayOf(p.start),
        finish: dayOf(p.finish),
        earlyStart: dayOf(e.start),
        earlyFinish: dayOf(e.finish),
        lateStart: dayOf(l.start),
        lateFinish: dayOf(l.finish),
        float,
        isCritical: float <= 0,
        isSummary,
        isMilestone: !isSummary && task.days === 0,
      });
    }
    const [first, last] = [firstOf(planned.values()), lastOf(planned.values())];
    return {
      plan: {
        tasks: plans,
        start: dayOf(first),
        finish: dayOf(last),
        days: indexOf(last) - indexOf(first) + 1,
        mustBeginBy: byPromise ? dayOf(firstOf(byPromise.values())) : null,
        margin: promised ? axis.indexUpTo(promised) - indexOf(last) : null,
      },
    };
  } catch (error) {
    if (error instanceof CalendarMissing) return { problem: { code: 'calendar', year: error.year } };
    throw error;
  }
}

/** Whole days only: between the evening of a day and the next morning nothing can be done. */
const floatOf = (early: Span, late: Span): number => Math.trunc((late.start - early.start) / 2);

/**
 * How many calendar days too late it is to begin today if the promise is to be kept: 0 while there is still time.
 * Only asked of a schedule in which nothing has begun.
 */
export const daysShort = (mustBeginBy: Day | null, today: Day): number =>
  mustBeginBy === null ? 0 : Math.max(0, daysBetween(mustBeginBy, today));
