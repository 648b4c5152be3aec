import { addDays, type Day } from '#core/shared/day.ts';
import { isClaimed, isEnded, type MatterState } from './flow.ts';
import type { ColourRule, LimitTemplate, Span } from './templates.ts';

/** Never stored as a state and never set by hand: what a matter shows on a day follows from its days alone. */
export const matterLights = ['normal', 'blue', 'yellow', 'red', 'idle', 'done'] as const;
export type MatterLight = (typeof matterLights)[number];

/** What a working calendar must answer; the calendar module's WorkCalendar does. */
export interface WorkDays {
  hasYear(year: number): boolean;
  addWorkdays(day: Day, n: number): Day;
}

export interface LimitFacts {
  issuedOn: Day;
  signedOn: Day | null;
  dueCurrent: Day;
  extensions: number;
  returns: number;
  /** The days of the newest extension and of the newest return: from then on what they cause shows. */
  extendedOn: Day | null;
  returnedOn: Day | null;
  nodes: readonly { dueOn: Day; doneOn: Day | null }[];
}

/** From which day a colour shows, and the rule that says so (its `when`). */
export interface Turn {
  on: Day;
  why: ColourRule['when'];
}
export interface LightDays {
  blue: Turn | null;
  yellow: Turn | null;
  red: Turn | null;
}

/**
 * `span` after (`sign` 1) or before (-1) a day. Null when it needs workdays of a year whose calendar is not published: it is
 * not guessed, and the nightly run fills it in once the calendar is there (city-systems.md §4.4).
 */
export function shifted(calendar: WorkDays, day: Day, { n, unit }: Span, sign: 1 | -1 = 1): Day | null {
  if (n === 0) return day;
  if (unit === 'CALENDAR') return addDays(day, sign * n);
  try {
    return calendar.addWorkdays(day, sign * n);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'CALENDAR_NOT_PUBLISHED') return null;
    throw error;
  }
}

function turnOf(rule: ColourRule, facts: LimitFacts, calendar: WorkDays): Day | null {
  switch (rule.when) {
    case 'beforeDue':
      return shifted(calendar, facts.dueCurrent, rule.span, -1);
    case 'afterDue': {
      const over = shifted(calendar, facts.dueCurrent, rule.span);
      return over && addDays(over, 1);
    }
    case 'unsigned': {
      if (facts.signedOn !== null) return null;
      const over = shifted(calendar, facts.issuedOn, rule.span);
      return over && addDays(over, 1);
    }
    case 'unfinished': {
      const over = shifted(calendar, facts.issuedOn, rule.span);
      return over && addDays(over, 1);
    }
    case 'nodeMissed': {
      const missed = facts.nodes.filter((node) => node.doneOn === null).map((node) => addDays(node.dueOn, 1));
      return missed.length === 0 ? null : missed.reduce((first, day) => (day < first ? day : first));
    }
    case 'extensionsOver':
      return facts.extensions > rule.n ? (facts.extendedOn ?? facts.issuedOn) : null;
    case 'returnsFrom':
      return facts.returns >= rule.n ? (facts.returnedOn ?? facts.issuedOn) : null;
  }
}

/** The first day on which any rule of a colour holds. A colour never begins before the matter was issued. */
function firstTurn(rules: readonly ColourRule[], facts: LimitFacts, calendar: WorkDays): Turn | null {
  let first: Turn | null = null;
  for (const rule of rules) {
    const found = turnOf(rule, facts, calendar);
    if (found === null) continue;
    const on = found < facts.issuedOn ? facts.issuedOn : found;
    if (first === null || on < first.on) first = { on, why: rule.when };
  }
  return first;
}

/** From which days an issued matter shows blue, yellow and red, if nothing more happens to it. */
export const lightDays = (template: LimitTemplate, facts: LimitFacts, calendar: WorkDays): LightDays => ({
  blue: firstTurn(template.blue, facts, calendar),
  yellow: firstTurn(template.yellow, facts, calendar),
  red: firstTurn(template.red, facts, calendar),
});

export interface LightSource {
  state: MatterState;
  claimedOn: Day | null;
  blueOn: Day | null;
  yellowOn: Day | null;
  redOn: Day | null;
}

/**
 * The colour on a day. While a claim waits for its verifier the clock of the unit stands still: the colour is that of the day
 * of the claim. `server/light-sql.ts` says the same in SQL, and a test holds the two together.
 */
export function lightOn(day: Day, matter: LightSource): MatterLight {
  if (isEnded(matter.state)) return 'done';
  if (matter.state === 'draft' || matter.state === 'suspended') return 'idle';
  const at = isClaimed(matter.state) && matter.claimedOn !== null && matter.claimedOn < day ? matter.claimedOn : day;
  if (matter.redOn !== null && at >= matter.redOn) return 'red';
  if (matter.yellowOn !== null && at >= matter.yellowOn) return 'yellow';
  if (matter.blueOn !== null && at >= matter.blueOn) return 'blue';
  return 'normal';
}

/** Done in time: by the unit's own deed, its claim that held, never by the day on which somebody came to look. */
export const isInTime = (claimedOn: Day, due: Day): boolean => claimedOn <= due;
