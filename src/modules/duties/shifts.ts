import { z } from 'zod';
import { addDays, type Day, daysBetween, toEpochDay } from '#core/shared/day.ts';
import type { Words } from '#core/shared/words.ts';
import type { Span } from './roster.ts';

const Time = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/);

/**
 * How a day of duty is cut. It begins at the hand-over hour and ends at the same hour of the next day; the other times
 * are those at which one duty officer relieves another. The leader on call and the deputy stay for the whole day.
 */
export const Pattern = z.object({
  handover: Time,
  /** Further hand-overs on workdays and on days off, in order after the first. */
  workday: z.array(Time).max(5),
  restDay: z.array(Time).max(5),
});
export type Pattern = z.infer<typeof Pattern>;

export const shippedPatterns = {
  /** One officer for 24 hours. */
  whole: { handover: '08:30', workday: [], restDay: [] },
  /** The office is manned in working hours; the night is one turn, a day off two of twelve hours. */
  split: { handover: '08:30', workday: ['17:30'], restDay: ['20:30'] },
} satisfies Record<string, Pattern>;

/** What a day counts as when duty is shared out fairly. A make-up workday is a workday (REQ-D2). */
export const dayClasses = ['workday', 'rest', 'holiday'] as const;
export type DayClass = (typeof dayClasses)[number];
export const dayClassWords: Record<DayClass, Words> = {
  workday: { zh: '工作日', en: 'Workdays' },
  rest: { zh: '休息日', en: 'Rest days' },
  holiday: { zh: '节假日', en: 'Holidays' },
};
export const dayClassOf = (kind: 'workday' | 'makeUp' | 'weekend' | 'off'): DayClass =>
  kind === 'off' ? 'holiday' : kind === 'weekend' ? 'rest' : 'workday';

const minutesOf = (time: string): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3));
/** Beijing is eight hours ahead, all the year. */
const beijing = 480;

/** The minute (since 1970, UTC) at which the clock in Beijing shows this. */
export const minuteAt = (day: Day, time: string): number => toEpochDay(day) * 1440 + minutesOf(time) - beijing;

/** The covered period of the days `from` to `to`, both included: from hand-over to hand-over. */
export const periodOf = (from: Day, to: Day, handover: string): Span => ({
  from: minuteAt(from, handover),
  to: minuteAt(addDays(to, 1), handover),
});

export const dutyDays = (from: Day, to: Day): Day[] =>
  Array.from({ length: daysBetween(from, to) + 1 }, (_, i) => addDays(from, i));

/** The turns of a duty officer on one day, first to last; together exactly the 24 hours from hand-over to hand-over. */
export function officerSpans(pattern: Pattern, day: Day, dayClass: DayClass): Span[] {
  const start = minuteAt(day, pattern.handover);
  const times = dayClass === 'workday' ? pattern.workday : pattern.restDay;
  // A time before the hand-over hour is after midnight.
  const later = times.map((time) => {
    const at = minuteAt(day, time);
    return at <= start ? at + 1440 : at;
  });
  const marks = [start, ...new Set(later.filter((at) => at < start + 1440).sort((a, b) => a - b)), start + 1440];
  return marks.slice(0, -1).map((from, i) => ({ from, to: marks[i + 1]! }));
}
