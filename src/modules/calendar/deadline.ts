import { z } from 'zod';
import { addDays, type Day } from '#core/shared/day.ts';
import type { Words } from '#core/shared/words.ts';
import type { WorkCalendar } from './work-calendar.ts';

export const deadlineUnits = ['CALENDAR', 'WORKDAY'] as const;
/** What happens to a day that is not worked. NEXT_IF_STATUTORY: a statutory holiday moves it, a plain weekend does not. */
export const deadlineRolls = ['NONE', 'NEXT', 'PREV', 'NEXT_IF_STATUTORY'] as const;

/** `n` days after the starting day, which itself is not counted. "The 15th of next month" starts on the last day of this one. */
export const deadlineRule = z.object({
  code: z.string().min(1).max(60),
  unit: z.enum(deadlineUnits),
  n: z.int().min(1).max(3660),
  roll: z.enum(deadlineRolls),
  /** Time of the day in Asia/Shanghai, HH:MM; 24:00 is the end of the day. */
  atTime: z.string().regex(/^(([01]\d|2[0-3]):[0-5]\d|24:00)$/),
  /** The law, standard or document that says so. */
  basis: z.string().max(300),
});
export type DeadlineRule = z.infer<typeof deadlineRule>;

export interface NamedDeadlineRule extends DeadlineRule {
  name: Words;
  /** Which day the count starts from. */
  startsFrom: Words;
  /** A worked example: the starting day to show. */
  example: Day;
}

const workdayCount = z.object({
  kind: z.literal('counted'),
  unit: z.enum(deadlineUnits),
  n: z.number(),
  day: z.string(),
  /** Holidays passed over and weekend days that counted, inside a count of workdays. */
  skipped: z.array(z.object({ day: z.string(), name: z.string() })),
  makeUp: z.array(z.object({ day: z.string(), name: z.string() })),
});
export const deadlineStep = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('start'), day: z.string() }),
  workdayCount,
  z.object({
    kind: z.literal('kept'),
    day: z.string(),
    because: z.enum(['roll-none', 'workday', 'weekend-stays']),
  }),
  z.object({
    kind: z.literal('moved'),
    from: z.string(),
    day: z.string(),
    because: z.enum(['off', 'weekend']),
    name: z.string().nullable(),
    roll: z.enum(deadlineRolls),
  }),
]);
export type DeadlineStep = z.infer<typeof deadlineStep>;

export interface Deadline {
  day: Day;
  /** The last moment, as an ISO time with the offset of Shanghai. 24:00 is written as 00:00 of the next day. */
  at: string;
  /** How it was found, in order: what a screen shows when someone asks "why this day?". */
  steps: DeadlineStep[];
}

const moment = (day: Day, atTime: string): string =>
  atTime === '24:00' ? `${addDays(day, 1)}T00:00:00+08:00` : `${day}T${atTime}:00+08:00`;

function count(rule: DeadlineRule, start: Day, calendar: WorkCalendar): Extract<DeadlineStep, { kind: 'counted' }> {
  const day = rule.unit === 'CALENDAR' ? addDays(start, rule.n) : calendar.addWorkdays(start, rule.n);
  const [skipped, makeUp]: { day: Day; name: string }[][] = [[], []];
  if (rule.unit === 'WORKDAY')
    for (let d = addDays(start, 1); d <= day; d = addDays(d, 1)) {
      const kind = calendar.kindOf(d);
      if (kind === 'off') skipped!.push({ day: d, name: calendar.nameOf(d) ?? '' });
      if (kind === 'makeUp') makeUp!.push({ day: d, name: calendar.nameOf(d) ?? '' });
    }
  return { kind: 'counted', unit: rule.unit, n: rule.n, day, skipped: skipped!, makeUp: makeUp! };
}

function roll(
  rule: DeadlineRule,
  day: Day,
  calendar: WorkCalendar,
): Exclude<DeadlineStep, { kind: 'start' | 'counted' }> {
  // First of all, so that a fixed day needs no calendar: the flash report of January 2018 is due on 8 February.
  if (rule.roll === 'NONE') return { kind: 'kept', day, because: 'roll-none' };
  const kind = calendar.kindOf(day);
  if (kind === 'workday' || kind === 'makeUp') return { kind: 'kept', day, because: 'workday' };
  if (rule.roll === 'NEXT_IF_STATUTORY' && kind === 'weekend') return { kind: 'kept', day, because: 'weekend-stays' };
  const moved = rule.roll === 'PREV' ? calendar.previousWorkday(day) : calendar.nextWorkday(day);
  return { kind: 'moved', from: day, day: moved, because: kind, name: calendar.nameOf(day), roll: rule.roll };
}

/**
 * The deadline that a rule gives from a starting day. Compute it once, store it and publish it: a later edit of the
 * calendar does not move it. Throws CalendarNotPublished when the rule needs a year that has no calendar.
 */
export function deadlineOf(rule: DeadlineRule, start: Day, calendar: WorkCalendar): Deadline {
  const counted = count(rule, start, calendar);
  const settled = roll(rule, counted.day, calendar);
  return {
    day: settled.day,
    at: moment(settled.day, rule.atTime),
    steps: [{ kind: 'start', day: start }, counted, settled],
  };
}
