import type {
  ClockRule,
  DoubtRule,
  IncidentClass,
  IncidentRules,
  Level,
  Route,
  Sign,
  ToldLevel,
} from './incident-rules.ts';

const minute = 60_000;

export interface ClockStart {
  code: string;
  minutes: number;
  dueAt: Date;
}
/** A clock of an incident as it stands. */
export interface Clock {
  code: string;
  report: 'phone' | 'written' | 'next';
  dueAt: Date;
  metAt: Date | null;
}

/**
 * The level whose rules hold: what was judged, or, while that is not known, what the first fitting rule of doubt says
 * (L16 art. 4 for the environment). Without one it counts as ordinary.
 */
export function treatedLevel(
  level: ToldLevel,
  kind: IncidentClass,
  signs: readonly Sign[],
  doubts: readonly DoubtRule[],
): { level: Level; basis: string | null } {
  if (level !== 'unknown') return { level, basis: null };
  const rule = doubts.find(
    (doubt) =>
      (doubt.class === null || doubt.class === kind) &&
      (doubt.signs.length === 0 || doubt.signs.some((sign) => signs.includes(sign))),
  );
  return { level: rule?.as ?? 'ordinary', basis: rule?.basis ?? null };
}

export const clockRulesFor = (rules: IncidentRules, kind: IncidentClass, level: Level): ClockRule[] =>
  rules.clocks.filter(
    (rule) => rule.isActive && (rule.class === null || rule.class === kind) && rule.levels.includes(level),
  );

export const routeFor = (rules: IncidentRules, level: Level): Route =>
  rules.routes.find((route) => route.level === level)!;

/** The clocks of a new incident: measured from the moment it was learned of, whenever it is entered (REQ-D5). */
export const startClocks = (rules: readonly ClockRule[], learnedAt: Date): (ClockStart & { rule: ClockRule })[] =>
  rules.map((rule) => ({
    rule,
    code: rule.code,
    minutes: rule.minutes,
    dueAt: new Date(learnedAt.getTime() + rule.minutes * minute),
  }));

/**
 * What a change of level does to the clocks (REQ-D6). One that is met or has passed stands as it is: nothing starts again.
 * One that still runs may only become shorter: due after the minutes of the new level since it was learned of, yet not
 * before the moment of the change, for nobody can report before the level is known. Clocks that only the new level has
 * are added by the same rule. A clock that the new level does not have runs on to its end.
 */
export function clocksAfterChange(
  clocks: readonly Clock[],
  rules: readonly ClockRule[],
  learnedAt: Date,
  changedAt: Date,
): { sooner: { code: string; dueAt: Date; rule: ClockRule }[]; added: (ClockStart & { rule: ClockRule })[] } {
  const dueOf = (rule: ClockRule) =>
    new Date(Math.max(learnedAt.getTime() + rule.minutes * minute, changedAt.getTime()));
  const known = new Map(clocks.map((clock) => [clock.code, clock]));
  const sooner = [];
  const added = [];
  for (const rule of rules) {
    const clock = known.get(rule.code);
    const dueAt = dueOf(rule);
    // What was told already need not be told again because the level rose: the follow-up says so.
    const isTold = clocks.some((one) => one.report === rule.report && one.metAt !== null);
    if (!clock) {
      if (!isTold) added.push({ rule, code: rule.code, minutes: rule.minutes, dueAt });
    } else if (clock.metAt === null && clock.dueAt > changedAt && dueAt < clock.dueAt)
      sooner.push({ code: rule.code, dueAt, rule });
  }
  return { sooner, added };
}

export const reportKinds = ['phone', 'first', 'continuing', 'final'] as const;
export type ReportKind = (typeof reportKinds)[number];

/** The clocks that a report stops: the phone clock by whatever tells first, the written one by the written first report. */
export const isMetBy = (clock: Pick<Clock, 'report'>, kind: ReportKind): boolean =>
  clock.report === 'phone'
    ? kind === 'phone' || kind === 'first'
    : clock.report === 'written'
      ? kind === 'first'
      : kind === 'continuing' || kind === 'final';

/** The reports that may come next. A phone report once, before the written one; the final one closes the chain. */
export function nextReports(made: readonly ReportKind[]): ReportKind[] {
  if (made.includes('final')) return [];
  if (!made.includes('first')) return made.includes('phone') ? ['first'] : ['phone', 'first'];
  return ['continuing', 'final'];
}

/** Whole minutes over the due moment, counted up; 0 in time. A report at the very second is in time. */
export const lateMinutes = (dueAt: Date, at: Date): number =>
  Math.max(0, Math.ceil((at.getTime() - dueAt.getTime()) / minute));

export type ClockState = 'running' | 'near' | 'late' | 'met' | 'metLate';
/** Near: ten minutes or less are left. */
export function clockState(clock: Pick<Clock, 'dueAt' | 'metAt'>, now: Date): ClockState {
  if (clock.metAt !== null) return lateMinutes(clock.dueAt, clock.metAt) > 0 ? 'metLate' : 'met';
  const left = clock.dueAt.getTime() - now.getTime();
  return left < 0 ? 'late' : left <= 10 * minute ? 'near' : 'running';
}
