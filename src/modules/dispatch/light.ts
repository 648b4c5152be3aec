import { addMonths, type Day, daysBetween, endOfMonth, startOfMonth, yearOf } from '#core/shared/day.ts';
import { compare, multiply, type Ratio, ratio, ratioOf, toDecimal } from '#core/shared/rate.ts';
import type { Words } from '#core/shared/words.ts';
import { greenFrom } from './band.ts';
import type { ClockKind } from './clock.ts';
import { completionRate, gapToClock, leastWhole, yuanForGap } from './completion.ts';
import { type Check, clockOf, judge, monthEndsSince, type RuleLight } from './light-check.ts';
import type { Light, LightRule, RuleSet } from './light-rule.ts';
import { isFinished, isStarted, type ProjectFacts } from './project-facts.ts';

/** What would turn a rule green: an amount to have been accepted by a day, or a record to be made. */
export type Need =
  | { rule: string; kind: 'amount'; on: Day; yuan: number; shortYuan: number }
  | { rule: string; kind: 'record'; words: Words };

export interface Evaluation {
  light: Light;
  /** Code of the rule that decided a warning or a delay; 'noPlan', 'notStarted', 'finished', 'ahead' or null otherwise. */
  cause: string | null;
  day: Day;
  checks: Check[];
  turnsGreen: Need[];
  consequences: Words[];
  /** 完成率 − 时序 in points, exact as a double can be; null without a plan. */
  gapPoints: number | null;
  clock: { shown: string | null; kind: ClockKind; share: number };
}

const severity: Record<RuleLight, number> = { normal: 0, warn: 1, late: 2 };

/** The light of a project on a day: the worst of what the rules say. Every figure it used is in the answer. */
export function evaluate(set: RuleSet, facts: ProjectFacts, day: Day): Evaluation {
  const checks = set.rules.map((rule) => judge(set, rule, facts, day));
  const worst = checks.reduce<Check | null>(
    (found, check) =>
      check.light !== null && (found === null || severity[check.light] > severity[found.light!]) ? check : found,
    null,
  );
  const clock = clockOf(set, facts, day);
  const gap = gapToClock(facts.doneYuan, facts.planYuan, clock.ratio);
  const { light, cause } =
    worst?.light === 'late' || worst?.light === 'warn'
      ? { light: worst.light, cause: worst.rule }
      : calm(set, facts, day, gap);
  return {
    light,
    cause,
    day,
    checks,
    turnsGreen: set.rules.flatMap((rule, i) => needsOf(set, rule, checks[i]!, facts, day)),
    consequences: consequencesOf(set, checks, light, facts, day),
    gapPoints: gap === null ? null : toDecimal(gap).toNumber(),
    clock: { shown: clock.shown, kind: clock.kind, share: toDecimal(clock.ratio).toNumber() },
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

const records: Partial<Record<LightRule['kind'], Words>> = {
  start: { zh: '办理开工并登记实际开工日期', en: 'Begin work and record the actual start' },
  enrolment: { zh: '完成入统并登记入统日期', en: 'Be enrolled in the statistics and record the day' },
};

function needsOf(set: RuleSet, rule: LightRule, check: Check, facts: ProjectFacts, day: Day): Need[] {
  const judged = check.withoutExemption;
  if (judged !== 'warn' && judged !== 'late') return [];
  const record = records[rule.kind];
  if (record) return [{ rule: rule.code, kind: 'record', words: record }];
  const amount = (on: Day, yuan: number, doneYuan: number): Need => ({
    rule: rule.code,
    kind: 'amount',
    on,
    yuan,
    shortYuan: Math.max(0, yuan - doneYuan),
  });
  if (rule.kind === 'progress' || rule.kind === 'share') {
    const green = greenFrom(rule.bands);
    if (!green || !facts.planYuan) return [];
    const needOn = (on: Day): number => {
      const clock = clockOf(set, facts, on).ratio;
      if (rule.kind === 'progress') return yuanForGap(facts.planYuan!, clock, green.value, green.strictly);
      const share = multiply(clock, multiply(green.value, ratio(1, 100)));
      return Number(leastWhole(share.n * BigInt(facts.planYuan!), share.d, green.strictly));
    };
    return [day, nextMonthEnd(day)].map((on) => amount(on, needOn(on), facts.doneYuan ?? 0));
  }
  if (rule.kind === 'payment') {
    const green = greenFrom(rule.bands);
    if (!green || !facts.toPayYuan) return [];
    const need = leastWhole(green.value.n * BigInt(facts.toPayYuan), green.value.d * 100n, green.strictly);
    return [amount(day, Number(need), facts.paidYuan ?? 0)];
  }
  return [
    { rule: rule.code, kind: 'record', words: { zh: '完成下一个月任务', en: "Do the next month's task in full" } },
  ];
}

/** What the rules say follows now; a streak counts the month ends through which the light has lasted. */
function consequencesOf(set: RuleSet, checks: Check[], light: Light, { previous }: ProjectFacts, day: Day): Words[] {
  const lasted = previous?.light === light ? Math.max(1, monthEndsSince(previous.since, day)) : 1;
  return set.rules.flatMap((rule, i) =>
    rule.consequences
      .filter((c) => c.light === checks[i]!.light && c.light !== 'normal' && c.months <= lasted)
      .map((c) => c.text),
  );
}
