import { addMonths, type Day, isEndOfMonth, monthOf, monthsBetween } from '#core/shared/day.ts';
import { compare, gapInPoints, multiply, type Ratio, ratio, showRatio } from '#core/shared/rate.ts';
import type { Words } from '#core/shared/words.ts';
import { type Band, bandAt } from './band.ts';
import { type Clock, clockAt } from './clock.ts';
import { completionRate } from './completion.ts';
import type { BandRule, LightRule, RuleSet } from './light-rule.ts';
import { bandWords, conditionsOf } from './light-words.ts';
import { isFinished, isStarted, type ProjectFacts } from './project-facts.ts';

export type RuleLight = Band['light'];

/** One figure a rule looked at. `as` says how to show it; yuan are whole, points and percent already rounded texts. */
export interface CheckInput {
  label: Words;
  as: 'yuan' | 'day' | 'points' | 'percent' | 'months' | 'text';
  value: number | string | Words | null;
}

/**
 * decided: by a stated band. open: the rule is silent here, so no warning is given, and that is said.
 * notApplicable: not this kind of project. noData: a figure is missing. exempt: excused until a day.
 */
export const checkStates = ['decided', 'open', 'notApplicable', 'noData', 'exempt'] as const;
export type CheckState = (typeof checkStates)[number];

export interface Check {
  rule: string;
  kind: LightRule['kind'];
  name: Words;
  /** What the rule says; null when it says nothing about this project. */
  light: RuleLight | null;
  state: CheckState;
  /** What the light would be without the exemption. */
  withoutExemption: RuleLight | null;
  exemption: { reason: string; approver: string; until: Day } | null;
  inputs: CheckInput[];
  conditions: { normal: Words | null; warn: Words | null; late: Words | null };
  result: Words;
  note: Words | null;
}

type Verdict = Pick<Check, 'light' | 'state' | 'inputs' | 'result'>;

/** Month ends on which something due on `planned` stood undone; the running month counts only at its end. */
export const monthEndsSince = (planned: Day, day: Day): number =>
  day <= planned && !(day === planned && isEndOfMonth(day))
    ? 0
    : monthsBetween(planned, day) + (isEndOfMonth(day) ? 1 : 0);

const skipped = (state: 'notApplicable' | 'noData', zh: string, en: string, inputs: CheckInput[] = []): Verdict => ({
  light: null,
  state,
  inputs,
  result: { zh, en },
});

const labels = {
  startPlanned: { zh: '计划开工', en: 'planned start' },
  startActual: { zh: '实际开工', en: 'actual start' },
  enrolledOn: { zh: '入统日期', en: 'enrolled on' },
  done: { zh: '累计完成', en: 'done this year' },
  plan: { zh: '年度计划', en: 'plan of the year' },
  clock: { zh: '时序', en: 'clock' },
  gap: { zh: '时序差', en: 'gap to the clock' },
  share: { zh: '完成率÷时序', en: 'rate ÷ clock' },
  paid: { zh: '已支付', en: 'paid' },
  toPay: { zh: '计划支付', en: 'planned payment' },
  month: { zh: '月份', en: 'month' },
  task: { zh: '月任务', en: "month's task" },
  months: { zh: '已满月数', en: 'months passed' },
} satisfies Record<string, Words>;

export function judge(set: RuleSet, rule: LightRule, facts: ProjectFacts, day: Day): Check {
  const verdict = verdictOf(set, rule, facts, day);
  const exemption =
    verdict.light === 'warn' || verdict.light === 'late'
      ? facts.exemptions.find(
          (e) => (e.ruleCode === null || e.ruleCode === rule.code) && e.from <= day && day <= e.until,
        )
      : undefined;
  return {
    rule: rule.code,
    kind: rule.kind,
    name: rule.name,
    ...verdict,
    ...(exemption && { light: 'normal' as const, state: 'exempt' as const }),
    withoutExemption: verdict.light,
    exemption: exemption ? { reason: exemption.reason, approver: exemption.approver, until: exemption.until } : null,
    conditions: conditionsOf(rule),
    note: rule.note,
  };
}

function verdictOf(set: RuleSet, rule: LightRule, facts: ProjectFacts, day: Day): Verdict {
  if (rule.subject !== 'project') return skipped('notApplicable', '只用于县区', 'for counties only');
  if (facts.stage === 'terminated') return skipped('notApplicable', '项目已终止', 'terminated');
  if (facts.stage === 'withdrawn') return skipped('notApplicable', '项目已退库', 'withdrawn');
  if (rule.leastPlanYuan !== null && (facts.planYuan ?? 0) < rule.leastPlanYuan)
    return skipped('notApplicable', '年度计划低于本规则的起点', 'the plan is below the floor of this rule');
  if (rule.kind === 'start') return start(rule, facts, day);
  if (rule.kind === 'enrolment') return enrolment(rule, facts, day);
  if (rule.kind === 'payment') return payment(rule, facts);
  if (rule.kind === 'monthTask') return monthTask(rule, facts, day);
  return againstClock(set, rule, facts, day);
}

function start(rule: Extract<LightRule, { kind: 'start' }>, facts: ProjectFacts, day: Day): Verdict {
  const inputs: CheckInput[] = [
    { label: labels.startActual, as: 'day', value: facts.startActual },
    { label: labels.startPlanned, as: 'day', value: facts.startPlanned },
  ];
  if (facts.startActual !== null && facts.startActual <= day)
    return { light: 'normal', state: 'decided', inputs, result: { zh: '已开工', en: 'begun' } };
  if (isStarted(facts, day))
    return {
      light: 'normal',
      state: 'decided',
      inputs,
      result: { zh: '已开工，日期未登记', en: 'begun, date not recorded' },
    };
  if (facts.planKind === 'reserve') return skipped('notApplicable', '预备项目', 'a reserve project', inputs);
  if (facts.startPlanned === null) return skipped('noData', '未登记计划开工日期', 'no planned start recorded', inputs);
  if (day <= facts.startPlanned)
    return { light: 'normal', state: 'decided', inputs, result: { zh: '未到计划开工日', en: 'not yet due to begin' } };
  const months = monthEndsSince(facts.startPlanned, day);
  inputs.push({ label: labels.months, as: 'months', value: months });
  return {
    light: months >= rule.lateMonths ? 'late' : 'warn',
    state: 'decided',
    inputs,
    result: {
      zh: months > 1 ? `连续 ${months} 个月应开未开` : '应开未开',
      en: months > 1 ? `not begun for ${months} months running` : 'should have begun',
    },
  };
}

function enrolment(rule: Extract<LightRule, { kind: 'enrolment' }>, facts: ProjectFacts, day: Day): Verdict {
  const inputs: CheckInput[] = [
    { label: labels.startActual, as: 'day', value: facts.startActual },
    { label: labels.enrolledOn, as: 'day', value: facts.enrolledOn },
  ];
  if (facts.enrolled && (facts.enrolledOn === null || facts.enrolledOn <= day))
    return { light: 'normal', state: 'decided', inputs, result: { zh: '已入统', en: 'enrolled' } };
  if (rule.leastTotalYuan !== null && facts.totalYuan !== null && facts.totalYuan < rule.leastTotalYuan)
    return skipped('notApplicable', '总投资低于入统标准', 'too small to be enrolled', inputs);
  if (!isStarted(facts, day)) return skipped('notApplicable', '未开工', 'not begun', inputs);
  if (facts.startActual === null) return skipped('noData', '未登记实际开工日期', 'no actual start recorded', inputs);
  const light =
    day > addMonths(facts.startActual, rule.lateMonths)
      ? 'late'
      : day >= addMonths(facts.startActual, rule.warnMonths)
        ? 'warn'
        : 'normal';
  return {
    light,
    state: 'decided',
    inputs,
    result:
      light === 'normal'
        ? { zh: '未到入统期限', en: 'not yet due' }
        : { zh: '开工后未入统', en: 'begun and not enrolled' },
  };
}

/** A value in bands. In a stretch the rule leaves open no warning is given: a light without a rule would be made up. */
function banded(rule: BandRule, value: Ratio, inputs: CheckInput[]): Verdict {
  const found = bandAt(rule.bands, value);
  if (found) return { light: found.light, state: 'decided', inputs, result: bandWords(rule, found) };
  return {
    light: 'normal',
    state: 'open',
    inputs,
    result: { zh: '规则未规定这一段，暂不亮黄灯、红灯', en: 'the rule is silent here, so no warning is given' },
  };
}

const percentOf = (part: number, whole: number): Ratio => ratio(BigInt(part) * 100n, whole);

function payment(rule: Extract<LightRule, { kind: 'payment' }>, { paidYuan, toPayYuan }: ProjectFacts): Verdict {
  const inputs: CheckInput[] = [
    { label: labels.paid, as: 'yuan', value: paidYuan },
    { label: labels.toPay, as: 'yuan', value: toPayYuan },
  ];
  if (paidYuan === null || !toPayYuan)
    return skipped('noData', '未登记支付计划', 'no planned payment recorded', inputs);
  return banded(rule, percentOf(paidYuan, toPayYuan), inputs);
}

function monthTask(rule: Extract<LightRule, { kind: 'monthTask' }>, { months }: ProjectFacts, day: Day): Verdict {
  const last = isEndOfMonth(day) ? monthOf(day) : monthOf(day) - 1;
  const taskOf = (month: number) => months[month - 1] ?? null;
  const task = taskOf(last);
  if (!task?.planYuan) return skipped('noData', '上个整月没有月任务', 'no task for the last full month');
  const inputs: CheckInput[] = [
    { label: labels.month, as: 'text', value: { zh: `${last} 月`, en: `month ${last}` } },
    { label: labels.done, as: 'yuan', value: task.doneYuan },
    { label: labels.task, as: 'yuan', value: task.planYuan },
  ];
  const verdict = banded(rule, percentOf(task.doneYuan, task.planYuan), inputs);
  if (verdict.light !== 'warn' || rule.lateMonths === null) return verdict;
  let run = 1;
  for (let month = last - 1; month >= 1; month--, run++) {
    const before = taskOf(month);
    if (!before?.planYuan || bandAt(rule.bands, percentOf(before.doneYuan, before.planYuan))?.light === 'normal') break;
  }
  if (run < rule.lateMonths) return verdict;
  return {
    ...verdict,
    light: 'late',
    result: { zh: `连续 ${run} 个月未完成`, en: `not done for ${run} months running` },
  };
}

export const clockOf = (set: RuleSet, facts: ProjectFacts, day: Day): Clock => clockAt(set.clock, day, facts);

function againstClock(
  set: RuleSet,
  rule: Extract<LightRule, { kind: 'progress' | 'share' }>,
  facts: ProjectFacts,
  day: Day,
): Verdict {
  const clock = clockOf(set, facts, day);
  const inputs: CheckInput[] = [
    { label: labels.done, as: 'yuan', value: facts.doneYuan },
    { label: labels.plan, as: 'yuan', value: facts.planYuan },
    {
      label: labels.clock,
      as: clock.shown === null ? 'percent' : 'text',
      value: clock.shown ?? showRatio(multiply(clock.ratio, ratio(100, 1)), 1, 'half-up'),
    },
  ];
  const rate = completionRate(facts.doneYuan, facts.planYuan);
  if (rate.ratio === null) return skipped('noData', '没有年度计划', 'no plan of the year', inputs);
  if (isFinished(facts, day)) return skipped('notApplicable', '已竣工', 'finished', inputs);
  if (rule.applies === 'started' && !isStarted(facts, day))
    return skipped('notApplicable', '未开工，按开工规则', 'not begun: see the start rule', inputs);
  if (rule.kind === 'progress') {
    const gap = gapInPoints(rate, clock.ratio)!;
    inputs.push({ label: labels.gap, as: 'points', value: showRatio(gap, 1, 'half-up') });
    return banded(rule, gap, inputs);
  }
  if (compare(clock.ratio, ratio(0, 1)) === 0)
    return skipped('notApplicable', '时序为零', 'the clock stands at zero', inputs);
  const share = ratio(rate.ratio.n * clock.ratio.d * 100n, rate.ratio.d * clock.ratio.n);
  inputs.push({ label: labels.share, as: 'percent', value: showRatio(share, 1, 'half-up') });
  return banded(rule, share, inputs);
}
