import type { Day } from '#core/shared/day.ts';
import type { SupervisionSettings } from './settings.ts';
import { isUrged, type SheetFacts, type WorkDays } from './sheet.ts';

export type Level = 'project' | 'county' | 'command' | 'headquarters';

export interface StandingStill {
  state: SheetFacts['state'];
  level: Level;
  levelSince: Day;
  issuedOn: Day;
  progressOn: Day | null;
}

export interface Escalation {
  /** The last day on which anything moved: a report, the issuing, or the last rise of the level. */
  since: Day;
  workdays: number;
  after: number;
}

/**
 * 提级研究 by time: so many workdays of the city's calendar without progress, counted from whatever came last of issuing, a
 * report and the last rise. A rise begins a new count, so one run never skips a level. Null: not yet, at the top, by hand
 * only, or the calendar of a year in between is not published.
 */
export function escalationDue(
  m: StandingStill,
  after: SupervisionSettings['escalateAfter'],
  today: Day,
  calendar: WorkDays,
): Escalation | null {
  if (!isUrged(m.state) || m.level === 'headquarters') return null;
  const n = after[m.level];
  if (n === null) return null;
  const since = [m.issuedOn, m.levelSince, m.progressOn ?? m.issuedOn].reduce((last, day) => (day > last ? day : last));
  if (since >= today) return null;
  try {
    const workdays = calendar.workdaysBetween(since, today);
    return workdays >= n ? { since, workdays, after: n } : null;
  } catch (error) {
    if (error instanceof Error && error.message.includes('CALENDAR_NOT_PUBLISHED')) return null;
    throw error;
  }
}
