import { type Day, daysBetween } from '#core/shared/day.ts';
import { CalendarMissing, type DayAxis } from './day-axis.ts';
import { type Activity, earliest, indexOf, morning } from './network.ts';
import { activitiesOf } from './plan.ts';
import type { Content, PlannedDates, Progress } from './shapes.ts';

export interface TaskForecast {
  start: Day;
  finish: Day;
}

/** What a task's dates say on a day. */
export type TaskState = 'done' | 'running' | 'late' | 'waiting' | 'overdue';

/**
 * Where the schedule ends if from today on everything goes by plan: what is finished stays, what has begun needs its
 * remaining share of days from today on, what has not begun starts neither before today nor before its planned day.
 * Null where a year has no calendar: a forecast is an offer and no reason to refuse the page.
 */
export function forecastOf(
  content: Content,
  planned: readonly Pick<PlannedDates, 'uid' | 'start' | 'finish'>[],
  progress: ReadonlyMap<number, Progress>,
  today: Day,
  axis: DayAxis,
): { tasks: Map<number, TaskForecast>; finish: Day } | null {
  try {
    const { sorted } = activitiesOf(content.tasks, axis);
    const startOf = new Map(planned.map((dates) => [dates.uid, dates.start]));
    const now = axis.indexFrom(today);
    const moving = sorted.map(({ uid, days, links }): Activity => {
      const done = progress.get(uid);
      const plannedStart = startOf.get(uid);
      if (done?.actualFinish) {
        const to = axis.indexUpTo(done.actualFinish);
        const from = done.actualStart ? Math.min(axis.indexFrom(done.actualStart), to) : to - Math.max(days, 1) + 1;
        return { uid, days: days === 0 ? 0 : to - from + 1, links: [], pinned: morning(days === 0 ? to : from) };
      }
      if (done?.actualStart && days > 0) {
        const from = axis.indexFrom(done.actualStart);
        const left = Math.ceil((days * (100 - done.percent)) / 100);
        return { uid, days: Math.max(1, Math.max(now, from) + left - from), links: [], pinned: morning(from) };
      }
      const startMin = Math.max(now, plannedStart ? axis.indexFrom(plannedStart) : now);
      return { uid, days, links, startMin: morning(startMin) };
    });
    const spans = earliest(moving, morning(0));
    const tasks = new Map<number, TaskForecast>();
    let last = Number.NEGATIVE_INFINITY;
    for (const [uid, span] of spans) {
      const done = progress.get(uid);
      last = Math.max(last, span.finish);
      tasks.set(uid, {
        start: done?.actualStart ?? axis.dayAt(indexOf(span.start)),
        finish: done?.actualFinish ?? axis.dayAt(indexOf(span.finish)),
      });
    }
    return { tasks, finish: axis.dayAt(indexOf(last)) };
  } catch (error) {
    if (error instanceof CalendarMissing) return null;
    throw error;
  }
}

/** Calendar days by which a task ended, or is expected to end, after `planned`; negative: before. */
export const slipOf = (planned: Day, expected: Day): number => daysBetween(planned, expected);

/** Done; begun; begun and past its day; not due; due to begin (or to be reached) and not begun. */
export function stateOf(planned: { start: Day; finish: Day }, progress: Progress | undefined, today: Day): TaskState {
  if (progress?.actualFinish) return 'done';
  if (progress?.actualStart) return planned.finish < today ? 'late' : 'running';
  return planned.finish < today ? 'late' : planned.start < today ? 'overdue' : 'waiting';
}

/**
 * Share of the work (durations of the tasks that are no summaries) that is done, and that should be done by the end of
 * `today` when each task goes on evenly; null without any duration.
 */
export function shareOf(
  tasks: readonly { uid: number; days: number; start: Day; finish: Day }[],
  progress: ReadonlyMap<number, Progress>,
  today: Day,
): { done: number; due: number } | null {
  const all = tasks.reduce((sum, task) => sum + task.days, 0);
  if (all === 0) return null;
  let [done, due] = [0, 0];
  for (const { uid, days, start, finish } of tasks) {
    const one = progress.get(uid);
    done += days * (one?.actualFinish ? 1 : (one?.percent ?? 0) / 100);
    const span = daysBetween(start, finish) + 1;
    due += days * Math.min(1, Math.max(0, daysBetween(start, today) + 1) / span);
  }
  return { done: done / all, due: due / all };
}
