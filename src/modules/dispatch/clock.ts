import {
  type Day,
  dayOfMonth,
  dayOfYear,
  daysInMonth,
  daysInYear,
  isEndOfMonth,
  monthOf,
  yearOf,
} from '#core/shared/day.ts';
import { type Ratio, ratio } from '#core/shared/rate.ts';

/**
 * 时序: the share of the year's plan that should be done by a day.
 * linearMonth: m/12 of the months that have ended (as bulletins compute it). linearDay: day of the year / 365 or 366.
 * curve: the plan's own cumulative yuan at each month end, straight between them; linearDay where a plan has no curve.
 */
export const clockKinds = ['linearMonth', 'linearDay', 'curve'] as const;
export type ClockKind = (typeof clockKinds)[number];

export interface Clock {
  ratio: Ratio;
  /** The fraction as people write it, not in lowest terms: '269/365', '8/12'. Null for a curve. */
  shown: string | null;
  /** What was used: linearDay when a curve was asked for and there is none. */
  kind: ClockKind;
}

export interface ClockPlan {
  planYuan: number | null;
  /** Cumulative yuan at the end of each of the twelve months. */
  curve: readonly number[] | null;
}

export function clockAt(kind: ClockKind, day: Day, plan: ClockPlan = { planYuan: null, curve: null }): Clock {
  const { planYuan, curve } = plan;
  if (kind === 'curve' && curve?.length === 12 && planYuan)
    return { ratio: onCurve(curve, planYuan, day), shown: null, kind };
  // The same for every plan, and asked for 20,000 of them.
  const key = `${kind} ${day}`;
  const clock = straight.get(key) ?? straightClock(kind, day);
  if (straight.size >= 1_000) straight.clear();
  straight.set(key, clock);
  return clock;
}

const straight = new Map<string, Clock>();
function straightClock(kind: ClockKind, day: Day): Clock {
  if (kind === 'linearMonth') {
    const months = isEndOfMonth(day) ? monthOf(day) : monthOf(day) - 1;
    return { ratio: ratio(months, 12), shown: `${months}/12`, kind };
  }
  const days = dayOfYear(day);
  const all = daysInYear(yearOf(day));
  return { ratio: ratio(days, all), shown: `${days}/${all}`, kind: 'linearDay' };
}

function onCurve(curve: readonly number[], planYuan: number, day: Day): Ratio {
  const month = monthOf(day);
  const [before, after] = [month === 1 ? 0 : curve[month - 2]!, curve[month - 1]!];
  const [passed, length] = [dayOfMonth(day), daysInMonth(yearOf(day), month)];
  return ratio(
    BigInt(before) * BigInt(length - passed) + BigInt(after) * BigInt(passed),
    BigInt(length) * BigInt(planYuan),
  );
}
