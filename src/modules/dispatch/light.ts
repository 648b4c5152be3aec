import {
  addMonths,
  type Day,
  daysBetween,
  endOfMonth,
  isEndOfMonth,
  monthOf,
  startOfMonth,
  yearOf,
} from '#core/shared/day.ts';
import { compare, multiply, type Ratio, ratio, ratioOf, toNumber } from '#core/shared/rate.ts';
import type { Words } from '#core/shared/words.ts';
import { bandAt, greenFrom } from './band.ts';
import type { Check } from './check.ts';
import type { ClockKind } from './clock.ts';
import { completionRate, gapToClock, leastWhole, yuanForGap } from './completion.ts';
import { type LevelMark, markOf } from './level.ts';
import { clockOf, judge, overdueOf } from './light-check.ts';
import { type BandRule, type Light, type LightRule, levelOf, type RuleSet } from './light-rule.ts';
import { isFinished, isStarted, type MonthTask, type ProjectFacts } from './project-facts.ts';
import { afterStreaks, type PastMonth } from './streak.ts';

/** What would turn a rule green: an amount to have been accepted by a day, or a record to be made. */
export type Need =
  | {
      rule: string;
      kind: 'amount';
      /** Since the beginning of the year, in the month of `on` alone, or the same months that are judged. */
      of: 'year' | 'month' | 'judged';
      on: Day;
      yuan: number;
      shortYuan: number;
    }
  | { rule: string; kind: 'record'; words: Words };

/** What the rules say of a project or of a county. */
export interface Judgement {
  light: Light;
  /** The set's own colour of that light; null where no rule gave one (finished, not begun, without a plan). */
  level: LevelMark | null;
  /** Code of the rule that decided a warning or a delay; 'noPlan', 'notStarted', 'finished', 'ahead' or null otherwise. */
  cause: string | null;
  day: Day;
  checks: Check[];
  /** Every level of the set, in its order: the checks name them by code. */
  levels: LevelMark[];
  turnsGreen: Need[];
  consequences: Words[];
}
export interface Evaluation extends Judgement {
  /** 完成率 − 时序 in points, exact as a double can be; null without a plan. */
  gapPoints: number | null;
  clock: { shown: string | null; kind: ClockKind; share: number };
}
/** The light itself, without what would turn it green and what follows from it. */
export type Decision = Omit<Evaluation, 'levels' | 'turnsGreen' | 'consequences'>;

/** The heaviest of what the rules say; among equals the rule that stands first. */
export function heaviest(set: RuleSet, checks: readonly Check[]): Check | null {
  const weightOf = (check: Check) => levelOf(set, check.level!).severity;
  return checks.reduce<Check | null>(
    (found, check) => (check.level !== null && (found === null || weightOf(check) > weightOf(found)) ? check : found),
    null,
  );
}

type PastMonths = readonly PastMonth<ProjectFacts>[];

/**
 * The light of a project on a day: the worst of what the rules say. Every figure it used is in the answer. `past` are the
 * month ends before the day for rules that ask how long something has lasted (monthsToLookBack says how many); without them
 * nothing has lasted.
 */
export function evaluate(set: RuleSet, facts: ProjectFacts, day: Day, past: PastMonths = []): Evaluation {
  const { decision, follows } = decided(set, facts, day, past);
  return {
    ...decision,
    levels: set.levels.map(markOf),
    turnsGreen: rulesOf(set).flatMap((rule, i) => needsOf(set, rule, decision.checks[i]!, facts, day)),
    consequences: follows,
  };
}

/** The same for a whole city, where nobody asks what would turn each green. */
export const decide = (set: RuleSet, facts: ProjectFacts, day: Day, past: PastMonths = []): Decision =>
  decided(set, facts, day, past).decision;

const rulesOf = (set: RuleSet): LightRule[] => set.rules.filter((rule) => rule.subject === 'project');

function decided(
  set: RuleSet,
  facts: ProjectFacts,
  day: Day,
  past: PastMonths,
): { decision: Decision; follows: Words[] } {
  const found = rulesOf(set).map((rule) =>
    afterStreaks(set, rule, judge(set, rule, facts, day), day, past, (then, on) => judge(set, rule, then, on).level),
  );
  const checks = found.map((f) => f.check);
  const worst = heaviest(set, checks);
  const clock = clockOf(set, facts, day);
  const gap = gapToClock(facts.doneYuan, facts.planYuan, clock.ratio);
  const weighed = worst && levelOf(set, worst.level!);
  const isDecisive = weighed !== null && weighed.severity > 0;
  const { light, cause } = isDecisive ? { light: weighed.base, cause: worst!.rule } : calm(set, facts, day, gap);
  const own = isDecisive ? weighed : set.levels.find((l) => l.code === light && l.base === light);
  return {
    decision: {
      light,
      level: own ? markOf(own) : null,
      cause,
      day,
      checks,
      gapPoints: gap === null ? null : toNumber(gap),
      clock: { shown: clock.shown, kind: clock.kind, share: toNumber(clock.ratio) },
    },
    follows: found.flatMap((f) => f.follows),
  };
}

/** No rule warns: finished, not begun, without a plan, ahead, or simply normal. */
function calm(set: RuleSet, facts: ProjectFacts, day: Day, gap: Ratio | null): { light: Light; cause: string | null } {
  if (facts.stage === 'terminated' || facts.stage === 'withdrawn') return { light: 'idle', cause: facts.stage };
  if (isFinished(facts, day)) return { light: set.aheadPoints === null ? 'normal' : 'ahead', cause: 'finished' };
  if (!isStarted(facts, day)) return { light: 'idle', cause: 'notStarted' };
  if (completionRate(facts.doneYuan, facts.planYuan).ratio === null) return { light: 'idle', cause: 'noPlan' };
  if (set.aheadPoints !== null && gap !== null && compare(gap, ratioOf(set.aheadPoints)) >= 0)
    return { light: 'ahead', cause: 'ahead' };
  return { light: 'normal', cause: null };
}

/** The month end that can still be worked for: this one, or the next when less than a week is left. Inside the year. */
export function nextMonthEnd(day: Day): Day {
  const end = endOfMonth(day);
  if (daysBetween(day, end) >= 7) return end;
  const next = endOfMonth(addMonths(startOfMonth(day), 1));
  return yearOf(next) === yearOf(day) ? next : end;
}

/** A level that asks nothing of anybody. */
export const isGreen = (set: RuleSet, level: string | null): boolean => {
  const base = level === null ? 'normal' : levelOf(set, level).base;
  return base !== 'warn' && base !== 'late';
};

const records: Partial<Record<LightRule['kind'], Words>> = {
  start: { zh: '办理开工并登记实际开工日期', en: 'Begin work and record the actual start' },
  enrolment: { zh: '完成入统并登记入统日期', en: 'Be enrolled in the statistics and record the day' },
};

export const amount = (
  rule: LightRule,
  of: 'year' | 'month' | 'judged',
  on: Day,
  yuan: number,
  doneYuan: number,
): Need => ({
  rule: rule.code,
  kind: 'amount',
  of,
  on,
  yuan,
  shortYuan: Math.max(0, yuan - doneYuan),
});

/** The share of a whole from which a rule is green, as whole yuan; null when nothing is. */
export function yuanForShare(set: RuleSet, rule: BandRule, whole: Ratio): number | null {
  const green = greenFrom(rule.bands, (level) => isGreen(set, level));
  if (!green) return null;
  const share = multiply(whole, multiply(green.value, ratio(1, 100)));
  return Number(leastWhole(share.n, share.d, green.strictly));
}

/** The month under way can still be done; on its last day only the next one can, whose task is next month's matter. */
export function monthNeeds(
  set: RuleSet,
  rule: Extract<LightRule, { kind: 'monthTask' }>,
  months: readonly MonthTask[],
  day: Day,
): Need[] {
  const task = isEndOfMonth(day) ? null : (months[monthOf(day) - 1] ?? null);
  const yuan = task?.planYuan ? yuanForShare(set, rule, ratio(task.planYuan, 1)) : null;
  if (yuan !== null) return [amount(rule, 'month', endOfMonth(day), yuan, task!.doneYuan)];
  return [
    { rule: rule.code, kind: 'record', words: { zh: '完成下一个月任务', en: "Do the next month's task in full" } },
  ];
}

/** Amounts against the clock for the day and for the month end that can still be met. */
export function clockNeeds(
  set: RuleSet,
  rule: Extract<LightRule, { kind: 'progress' | 'share' }>,
  { planYuan, doneYuan }: { planYuan: number | null; doneYuan: number | null },
  clockOn: (on: Day) => Ratio,
  day: Day,
): Need[] {
  const green = greenFrom(rule.bands, (level) => isGreen(set, level));
  if (!green || !planYuan) return [];
  return [day, nextMonthEnd(day)].map((on) => {
    const clock = clockOn(on);
    const yuan =
      rule.kind === 'progress'
        ? yuanForGap(planYuan, clock, green.value, green.strictly)
        : yuanForShare(set, rule, multiply(clock, ratio(planYuan, 1)))!;
    return amount(rule, 'year', on, yuan, doneYuan ?? 0);
  });
}

function needsOf(set: RuleSet, rule: LightRule, check: Check, facts: ProjectFacts, day: Day): Need[] {
  if (isGreen(set, check.levelWithoutExemption)) return [];
  const record = records[rule.kind];
  if (record) return [{ rule: rule.code, kind: 'record', words: record }];
  switch (rule.kind) {
    case 'progress':
    case 'share':
      return clockNeeds(set, rule, facts, (on) => clockOf(set, facts, on).ratio, day);
    case 'payment': {
      const yuan = facts.toPayYuan ? yuanForShare(set, rule, ratio(facts.toPayYuan, 1)) : null;
      return yuan === null ? [] : [amount(rule, 'year', day, yuan, facts.paidYuan ?? 0)];
    }
    case 'monthTask':
      return monthNeeds(set, rule, facts.months, day);
    case 'daysLate':
      return lateNeeds(set, rule, facts, day);
    default:
      return [];
  }
}

/** Every node that alone would keep the light: making up only the earliest would bring the next one forward. */
function lateNeeds(
  set: RuleSet,
  rule: Extract<LightRule, { kind: 'daysLate' }>,
  facts: ProjectFacts,
  day: Day,
): Need[] {
  return overdueOf(rule, facts, day)
    .filter(({ days }) => !isGreen(set, bandAt(rule.bands, ratio(days, 1))?.light ?? null))
    .map(({ name, due, days }) => ({
      rule: rule.code,
      kind: 'record',
      words: {
        zh: `补完“${name.zh}”（应于 ${due} 完成，已超 ${days} 天）并登记完成日期`,
        en: `Make up “${name.en}” (due ${due}, ${days} days late) and record the day`,
      },
    }));
}
