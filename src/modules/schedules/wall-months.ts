import { addMonths, startOfMonth } from '#core/shared/day.ts';
import type { TaskState } from './forecast.ts';

/** Months from the first to the last day, as YYYY-MM; at most `limit`, because a sheet of paper ends somewhere. */
export function monthsFrom(first: string, last: string, limit = 48): string[] {
  const months: string[] = [];
  for (let at = startOfMonth(first); at <= last && months.length < limit; at = addMonths(at, 1))
    months.push(at.slice(0, 7));
  return months;
}

/**
 * What stands in a month's column of the wall table (倒排工期): the work as a bar, a milestone as ◆, and in the month in
 * which the task was due its flag: 红旗 for what is finished, 黑旗 for what is overdue (as 莱西 pins them on its map).
 */
export function monthMark(
  task: { start: string; finish: string; isMilestone: boolean; isSummary: boolean },
  state: TaskState,
  month: string,
): string {
  const [from, to] = [task.start.slice(0, 7), task.finish.slice(0, 7)];
  if (month < from || month > to) return '';
  const body = task.isMilestone ? '◆' : task.isSummary ? '━' : '■';
  if (month !== to) return body;
  return state === 'done'
    ? `${body} 红旗`
    : state === 'late' || (state === 'overdue' && task.isMilestone)
      ? `${body} 黑旗`
      : body;
}
