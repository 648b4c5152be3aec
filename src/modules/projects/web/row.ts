import { daysBetween, daysInYear, yearOf } from '#core/shared/day.ts';
import type { LightValue } from '#core/web/ui/Light.tsx';
import type { ColumnKey } from '../columns.ts';
import type { ProjectRow } from '../list-shapes.ts';

/** The share of the year that has passed, day by day: 269/365 on 26 September. 0 before the year, 1 after it. */
export function clockOf(year: number, today: string): { share: number; day: number; days: number } {
  const days = daysInYear(year);
  const day = Math.min(days, Math.max(0, daysBetween(`${year}-01-01`, today) + 1));
  return yearOf(today) < year ? { share: 0, day: 0, days } : { share: day / days, day, days };
}

/** The clock of one project: what dispatch compared the rate with (a curve may differ from the year's share). */
export function clockShare(
  row: Pick<ProjectRow, 'planYuan' | 'doneYuan' | 'gapPoints'>,
  year: number,
  today: string,
): number {
  if (row.planYuan && row.doneYuan !== null && row.gapPoints !== null)
    return row.doneYuan / row.planYuan - row.gapPoints / 100;
  return clockOf(year, today).share;
}

/** The column that carries the tint: the one that decided a yellow or red light. */
const causeColumns: Record<string, ColumnKey> = {
  start: 'stage',
  progress: 'gap',
  payment: 'done',
  'month-task': 'gap',
  enrolment: 'enrolled',
  finish: 'stage',
  filing: 'filedOn',
};
export function tintOf(row: Pick<ProjectRow, 'light' | 'cause'>, column: ColumnKey): LightValue | undefined {
  const isAlarm = row.light === 'warn' || row.light === 'late';
  return isAlarm && row.cause !== null && causeColumns[row.cause] === column ? row.light! : undefined;
}

/** Whole months by which a planned start is overdue, null when it is not: 应开未开. */
export function startOverdueMonths(
  row: Pick<ProjectRow, 'startPlanned' | 'startActual' | 'stage'>,
  today: string,
): number | null {
  const hasNotBegun = row.startActual === null && isBeforeStart(row.stage);
  if (!hasNotBegun || row.startPlanned === null || row.startPlanned > today) return null;
  const [y1, m1] = row.startPlanned.split('-').map(Number);
  const [y2, m2] = today.split('-').map(Number);
  return (y2! - y1!) * 12 + m2! - m1!;
}

/** The gap to the clock, for projects that have begun: before that there is nothing to compare with the clock. */
export const gapShown = (row: Pick<ProjectRow, 'gapPoints' | 'stage'> & { startActual: unknown }): number | null =>
  row.startActual === null && isBeforeStart(row.stage) ? null : row.gapPoints;

const isBeforeStart = (stage: ProjectRow['stage']): boolean => ['reserve', 'signed', 'preparation'].includes(stage);
