import type { Day } from '#core/shared/day.ts';
import { slipOf, stateOf, type TaskForecast, type TaskState } from './forecast.ts';
import { outlineOf } from './outline.ts';
import type { Content, Link, PlannedDates, Progress } from './shapes.ts';

/** One line of the picture: what was planned, what was promised first, what happened. */
export interface GanttRow {
  uid: number;
  number: string;
  name: string;
  depth: number;
  isSummary: boolean;
  isMilestone: boolean;
  isCritical: boolean;
  days: number;
  start: Day;
  finish: Day;
  baseline: { start: Day; finish: Day } | null;
  actualStart: Day | null;
  actualFinish: Day | null;
  /** Of a summary: the mean of its parts by their durations. */
  percent: number;
  state: TaskState;
  /** Calendar days after the baseline; of open tasks by the forecast. Null without a baseline. */
  slip: number | null;
  expected: Day | null;
  unit: string | null;
  links: readonly Link[];
}

export function ganttRows({
  content,
  dates,
  baseline,
  progress,
  forecast,
  today,
}: {
  content: Content;
  dates: ReadonlyMap<number, Pick<PlannedDates, 'start' | 'finish' | 'isCritical'>>;
  baseline: ReadonlyMap<number, { start: Day; finish: Day }>;
  progress: ReadonlyMap<number, Progress>;
  forecast: ReadonlyMap<number, TaskForecast> | null;
  today: Day;
}): GanttRow[] {
  const placed = outlineOf(content.tasks);
  const rows: GanttRow[] = [];
  for (const { task, number, isSummary, leaves } of placed) {
    const planned = dates.get(task.uid);
    if (!planned) continue;
    const done = isSummary
      ? summed(
          leaves.map((leaf) => placed[leaf]!.task),
          progress,
        )
      : progress.get(task.uid);
    const base = baseline.get(task.uid) ?? null;
    const expected =
      done?.actualFinish ??
      (isSummary
        ? latestOf(
            leaves.map((leaf) => placed[leaf]!.task.uid),
            progress,
            forecast,
          )
        : forecast?.get(task.uid)?.finish) ??
      null;
    rows.push({
      uid: task.uid,
      number,
      name: task.name,
      depth: number.split('.').length - 1,
      isSummary,
      isMilestone: !isSummary && task.days === 0,
      isCritical: planned.isCritical,
      days: task.days,
      start: planned.start,
      finish: planned.finish,
      baseline: base && { start: base.start, finish: base.finish },
      actualStart: done?.actualStart ?? null,
      actualFinish: done?.actualFinish ?? null,
      percent: done?.percent ?? 0,
      state: stateOf(planned, done, today),
      slip: base && expected ? slipOf(base.finish, expected) : null,
      expected,
      unit: task.unit,
      links: task.links,
    });
  }
  return rows;
}

/** A summary has begun with its first part, is finished with its last, and is as far as its parts are by their durations. */
function summed(
  parts: readonly { uid: number; days: number }[],
  progress: ReadonlyMap<number, Progress>,
): Progress | undefined {
  const all = parts.map((part) => ({ days: part.days, done: progress.get(part.uid) }));
  const starts = all.flatMap(({ done }) => done?.actualStart ?? []).sort();
  if (!starts[0]) return undefined;
  const finishes = all.flatMap(({ done }) => done?.actualFinish ?? []).sort();
  const days = all.reduce((sum, part) => sum + part.days, 0);
  const percent = all.reduce((sum, { days: d, done }) => sum + d * (done?.percent ?? 0), 0) / (days || 1);
  const isDone = finishes.length === parts.length;
  return {
    uid: 0,
    actualStart: starts[0],
    actualFinish: isDone ? finishes.at(-1)! : null,
    percent: isDone ? 100 : Math.min(99, Math.floor(percent)),
  };
}

const latestOf = (
  uids: readonly number[],
  progress: ReadonlyMap<number, Progress>,
  forecast: ReadonlyMap<number, TaskForecast> | null,
): Day | undefined =>
  uids
    .flatMap((uid) => progress.get(uid)?.actualFinish ?? forecast?.get(uid)?.finish ?? [])
    .sort()
    .at(-1);
