import { Problem } from '#core/server/errors.ts';
import type { Scope } from '#core/server/scope.ts';
import type { Day } from '#core/shared/day.ts';
import { type Deadline, type DeadlineRule, deadlineOf } from '../deadline.ts';
import { deadlineRules } from '../deadline-rules.ts';
import { CalendarNotPublished, type WorkCalendar, workCalendar } from '../work-calendar.ts';
import { listYears } from './store.ts';

export type { Deadline, DeadlineRule } from '../deadline.ts';
export type { DayKind, WorkCalendar } from '../work-calendar.ts';

/**
 * The city's working calendar as a pure object (isWorkday, addWorkdays, workdaysBetween, …): one query, then no more.
 * Its functions throw CalendarNotPublished in a year without a calendar; wrap calls that answer a person in `published`.
 */
export const calendarOf = async (scope: Scope): Promise<WorkCalendar> => workCalendar(await listYears(scope));

/** Runs `work` and turns “this year has no calendar” into the Problem CALENDAR_NOT_PUBLISHED (422). */
export function published<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof CalendarNotPublished)) throw error;
    throw new Problem(
      422,
      'CALENDAR_NOT_PUBLISHED',
      {
        zh: `${error.year} 年的放假安排尚未发布，不能计算工作日期限。请先在“日历”中按国务院办公厅通知发布该年`,
        en: `The working calendar of ${error.year} is not published, so a working-day deadline cannot be computed. Publish the year under Calendar first`,
      },
      { details: { year: error.year } },
    );
  }
}

/** A shipped rule by its code. Throws for a code that does not exist: that is a mistake in the program. */
export function ruleOf(code: string): DeadlineRule {
  const rule = deadlineRules.find((r) => r.code === code);
  if (!rule) throw new Error(`No deadline rule ${code}`);
  return rule;
}

/**
 * The deadline of a rule counted from `start` (not counted itself; “the 25th” starts on the last day of the month
 * before). Store the answer: later edits of the calendar must not move what was published.
 */
export const deadlineFor = async (scope: Scope, rule: DeadlineRule | string, start: Day): Promise<Deadline> => {
  const found = typeof rule === 'string' ? ruleOf(rule) : rule;
  const calendar = await calendarOf(scope);
  return published(() => deadlineOf(found, start, calendar));
};
