import { daysBetween } from '#core/shared/day.ts';
import type { BusinessDate, Milestone } from '../contract.ts';

/** How a promised day and what happened compare. Against the original date, because that was the promise. */
export type Deviation =
  | { kind: 'early' | 'late' | 'expectedLate' | 'overdue'; days: number }
  | { kind: 'onTime' }
  | { kind: 'none' };

export function deviationOf(
  promised: BusinessDate | null,
  due: BusinessDate | null,
  actual: BusinessDate | null,
  today: string,
): Deviation {
  const from = promised ?? due;
  if (from === null) return { kind: 'none' };
  if (actual !== null) {
    const days = daysBetween(from.day, actual.day);
    return days === 0 ? { kind: 'onTime' } : { kind: days > 0 ? 'late' : 'early', days: Math.abs(days) };
  }
  const now = due ?? from;
  if (now.day < today) return { kind: 'overdue', days: daysBetween(now.day, today) };
  const moved = daysBetween(from.day, now.day);
  return moved > 0 ? { kind: 'expectedLate', days: moved } : { kind: 'none' };
}

export const milestoneDeviation = (m: Milestone, today: string): Deviation =>
  deviationOf(m.planned, m.due, m.actual, today);
