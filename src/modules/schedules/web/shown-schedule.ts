import { useMemo } from 'react';
import type { FixedVersion, Schedule } from '../contract.ts';
import { axisFor, type DayAxis } from '../day-axis.ts';
import { forecastOf, shareOf } from '../forecast.ts';
import { type GanttRow, ganttRows } from '../gantt-rows.ts';
import { type Plan, type PlanProblem, planOf } from '../plan.ts';
import type { Content, PlannedDates } from '../shapes.ts';

export interface ShownSchedule {
  content: Content;
  axis: DayAxis;
  plan: Plan | null;
  problem: PlanProblem | null;
  rows: GanttRow[];
  /** First and last planned day; null while it cannot be planned. */
  span: { start: string; finish: string } | null;
  expected: string | null;
  share: { done: number; due: number } | null;
}

/**
 * What the picture shows: of a fixed version the dates as they were frozen, of a draft those it has now. Baseline, actual
 * dates and forecast are the same for both.
 */
export function shownSchedule(schedule: Schedule, source: Content | FixedVersion, today: string): ShownSchedule {
  const isFixed = 'dates' in source;
  const content = isFixed ? source.content : source;
  const axis = axisFor(content, schedule.city);
  const { plan = null, problem = null } = planOf(content, axis);
  const frozen = isFixed ? source.dates : [...(plan?.tasks.values() ?? [])];
  const dates = new Map<number, Pick<PlannedDates, 'uid' | 'start' | 'finish' | 'isCritical'>>(
    frozen.map((one) => [one.uid, one]),
  );
  const progress = new Map(schedule.progress.map((one) => [one.uid, one]));
  const forecast = dates.size > 0 ? forecastOf(content, [...dates.values()], progress, today, axis) : null;
  const rows = ganttRows({
    content,
    dates,
    baseline: new Map((schedule.baseline?.dates ?? []).map((one) => [one.uid, one])),
    progress,
    forecast: forecast?.tasks ?? null,
    today,
  });
  const starts = rows.map((row) => row.start).sort();
  const finishes = rows.map((row) => row.finish).sort();
  return {
    content,
    axis,
    plan,
    problem: isFixed ? null : problem,
    rows,
    span: starts[0] ? { start: starts[0], finish: finishes.at(-1)! } : null,
    expected: forecast?.finish ?? null,
    share: shareOf(
      rows.filter((row) => !row.isSummary),
      progress,
      today,
    ),
  };
}

export const useShownSchedule = (
  schedule: Schedule,
  source: Content | FixedVersion | null,
  today: string,
): ShownSchedule | null =>
  useMemo(() => (source ? shownSchedule(schedule, source, today) : null), [schedule, source, today]);
