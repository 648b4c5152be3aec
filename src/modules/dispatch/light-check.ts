import { addMonths, type Day, daysBetween, isEndOfMonth, monthsBetween } from '#core/shared/day.ts';
import { compare, gapInPoints, multiply, type Ratio, ratio, showRatio } from '#core/shared/rate.ts';
import type { Words } from '#core/shared/words.ts';
import {
  banded,
  type Check,
  type CheckInput,
  checkOf,
  decided,
  monthTask,
  percentOf,
  skipped,
  type Verdict,
} from './check.ts';
import { type Clock, clockAt } from './clock.ts';
import { completionRate } from './completion.ts';
import type { LightRule, RuleSet } from './light-rule.ts';
import { isFinished, isStarted, type ProjectFacts } from './project-facts.ts';

/** Month ends on which something due on `planned` stood undone; the running month counts only at its end. */
export const monthEndsSince = (planned: Day, day: Day): number =>
  day <= planned && !(day === planned && isEndOfMonth(day))
    ? 0
    : monthsBetween(planned, day) + (isEndOfMonth(day) ? 1 : 0);

const labels = {
  startPlanned: { zh: '计划开工', en: 'planned start' },
  startActual: { zh: '实际开工', en: 'actual start' },
  finishPlanned: { zh: '计划竣工', en: 'planned completion' },
  node: { zh: '未完成节点', en: 'node not done' },
  due: { zh: '节点到期', en: 'node due' },
  days: { zh: '超期', en: 'days late' },
  enrolledOn: { zh: '入统日期', en: 'enrolled on' },
  done: { zh: '累计完成', en: 'done this year' },
  plan: { zh: '年度计划', en: 'plan of the year' },
  clock: { zh: '时序', en: 'clock' },
  gap: { zh: '时序差', en: 'gap to the clock' },
  share: { zh: '完成率÷时序', en: 'rate ÷ clock' },
  paid: { zh: '已支付', en: 'paid' },
  toPay: { zh: '计划支付', en: 'planned payment' },
  months: { zh: '已满月数', en: 'months passed' },
} satisfies Record<string, Words>;

/** What one rule says of a project, its exemption considered and its streaks not yet. */
export function judge(set: RuleSet, rule: LightRule, facts: ProjectFacts, day: Day): Check {
  const exemption = facts.exemptions.find(
    (e) => (e.ruleCode === null || e.ruleCode === rule.code) && e.from <= day && day <= e.until,
  );
  return checkOf(set, rule, verdictOf(set, rule, facts, day), exemption);
}

function verdictOf(set: RuleSet, rule: LightRule, facts: ProjectFacts, day: Day): Verdict {
  if (facts.stage === 'terminated') return skipped('notApplicable', '项目已终止', 'terminated');
  if (facts.stage === 'withdrawn') return skipped('notApplicable', '项目已退库', 'withdrawn');
  if (rule.leastPlanYuan !== null && (facts.planYuan ?? 0) < rule.leastPlanYuan)
    return skipped('notApplicable', '年度计划低于本规则的起点', 'the plan is below the floor of this rule');
  switch (rule.kind) {
    case 'start':
      return start(rule, facts, day);
    case 'enrolment':
      return enrolment(rule, facts, day);
    case 'payment':
      return payment(rule, facts);
    case 'monthTask':
      return monthTask(rule, facts.months, day);
    case 'daysLate':
      return daysLate(rule, facts, day);
    case 'progress':
    case 'share':
      return againstClock(set, rule, facts, day);
    default:
      return skipped('notApplicable', '只用于县区', 'for counties only');
  }
}

function start(rule: Extract<LightRule, { kind: 'start' }>, facts: ProjectFacts, day: Day): Verdict {
  const inputs: CheckInput[] = [
    { label: labels.startActual, as: 'day', value: facts.startActual },
    { label: labels.startPlanned, as: 'day', value: facts.startPlanned },
  ];
  if (facts.startActual !== null && facts.startActual <= day) return decided('normal', '已开工', 'begun', inputs);
  if (isStarted(facts, day)) return decided('normal', '已开工，日期未登记', 'begun, date not recorded', inputs);
  if (facts.planKind === 'reserve') return skipped('notApplicable', '预备项目', 'a reserve project', inputs);
  if (facts.startPlanned === null) return skipped('noData', '未登记计划开工日期', 'no planned start recorded', inputs);
  if (day <= facts.startPlanned) return decided('normal', '未到计划开工日', 'not yet due to begin', inputs);
  inputs.push({ label: labels.months, as: 'months', value: monthEndsSince(facts.startPlanned, day) });
  return decided(rule.light, '应开未开', 'should have begun', inputs);
}

function enrolment(rule: Extract<LightRule, { kind: 'enrolment' }>, facts: ProjectFacts, day: Day): Verdict {
  const inputs: CheckInput[] = [
    { label: labels.startActual, as: 'day', value: facts.startActual },
    { label: labels.enrolledOn, as: 'day', value: facts.enrolledOn },
  ];
  if (facts.enrolled && (facts.enrolledOn === null || facts.enrolledOn <= day))
    return decided('normal', '已入统', 'enrolled', inputs);
  if (rule.leastTotalYuan !== null && facts.totalYuan !== null && facts.totalYuan < rule.leastTotalYuan)
    return skipped('notApplicable', '总投资低于入统标准', 'too small to be enrolled', inputs);
  if (!isStarted(facts, day)) return skipped('notApplicable', '未开工', 'not begun', inputs);
  if (facts.startActual === null) return skipped('noData', '未登记实际开工日期', 'no actual start recorded', inputs);
  if (day < addMonths(facts.startActual, rule.warnMonths))
    return decided('normal', '未到入统期限', 'not yet due', inputs);
  const isLate = day > addMonths(facts.startActual, rule.lateMonths);
  return decided(isLate ? rule.lateLight : rule.warnLight, '开工后未入统', 'begun and not enrolled', inputs);
}

function payment(rule: Extract<LightRule, { kind: 'payment' }>, { paidYuan, toPayYuan }: ProjectFacts): Verdict {
  const inputs: CheckInput[] = [
    { label: labels.paid, as: 'yuan', value: paidYuan },
    { label: labels.toPay, as: 'yuan', value: toPayYuan },
  ];
  if (paidYuan === null || !toPayYuan)
    return skipped('noData', '未登记支付计划', 'no planned payment recorded', inputs);
  return banded(rule, percentOf(paidYuan, toPayYuan), inputs);
}

/** What is past its day and not done: nodes, the earliest first, and the completion. */
export function overdueOf(
  { of }: Extract<LightRule, { kind: 'daysLate' }>,
  facts: ProjectFacts,
  day: Day,
): { name: Words; due: Day; days: number }[] {
  const nodes =
    of === 'finish' ? [] : (facts.overdueNodes ?? []).map(({ name, due }) => ({ name: { zh: name, en: name }, due }));
  const finish =
    of !== 'node' && facts.finishPlanned !== null && facts.finishPlanned < day
      ? [{ name: { zh: '竣工', en: 'completion' }, due: facts.finishPlanned }]
      : [];
  return [...nodes, ...finish]
    .map((one) => ({ ...one, days: daysBetween(one.due, day) }))
    .filter((one) => one.days > 0)
    .sort((a, b) => b.days - a.days);
}

function daysLate(rule: Extract<LightRule, { kind: 'daysLate' }>, facts: ProjectFacts, day: Day): Verdict {
  if (isFinished(facts, day)) return skipped('notApplicable', '已竣工', 'finished');
  const hasNodes = rule.of !== 'finish' && facts.overdueNodes !== null;
  const hasFinish = rule.of !== 'node' && facts.finishPlanned !== null;
  if (!hasNodes && !hasFinish)
    return rule.of === 'finish'
      ? skipped('noData', '未登记计划竣工日期', 'no planned completion recorded')
      : skipped('noData', '未登记有日期的节点', 'no dated node recorded');
  const [worst] = overdueOf(rule, facts, day);
  if (!worst) return decided('normal', '没有超期', 'nothing is late', [{ label: labels.days, as: 'days', value: 0 }]);
  return banded(rule, ratio(worst.days, 1), [
    { label: labels.node, as: 'text', value: worst.name },
    { label: labels.due, as: 'day', value: worst.due },
    { label: labels.days, as: 'days', value: worst.days },
  ]);
}

export const clockOf = (
  set: RuleSet,
  facts: { planYuan: number | null; curve: readonly number[] | null },
  day: Day,
): Clock => clockAt(set.clock, day, facts);

/** 完成率 against 时序, as a difference or as a share; the same for a project and for a county. */
export function toClock(
  rule: Extract<LightRule, { kind: 'progress' | 'share' }>,
  { doneYuan, planYuan }: { doneYuan: number | null; planYuan: number | null },
  clock: Clock,
  unless: (inputs: CheckInput[]) => Verdict | null = () => null,
): Verdict {
  const inputs: CheckInput[] = [
    { label: labels.done, as: 'yuan', value: doneYuan },
    { label: labels.plan, as: 'yuan', value: planYuan },
    {
      label: labels.clock,
      as: clock.shown === null ? 'percent' : 'text',
      value: clock.shown ?? showRatio(multiply(clock.ratio, ratio(100, 1)), 1, 'half-up'),
    },
  ];
  const rate = completionRate(doneYuan, planYuan);
  if (rate.ratio === null) return skipped('noData', '没有年度计划', 'no plan of the year', inputs);
  const other = unless(inputs);
  if (other) return other;
  if (rule.kind === 'progress') {
    const gap = gapInPoints(rate, clock.ratio)!;
    inputs.push({ label: labels.gap, as: 'points', value: showRatio(gap, 1, 'half-up') });
    return banded(rule, gap, inputs);
  }
  if (compare(clock.ratio, ratio(0, 1)) === 0)
    return skipped('notApplicable', '时序为零', 'the clock stands at zero', inputs);
  const share: Ratio = ratio(rate.ratio.n * clock.ratio.d * 100n, rate.ratio.d * clock.ratio.n);
  inputs.push({ label: labels.share, as: 'percent', value: showRatio(share, 1, 'half-up') });
  return banded(rule, share, inputs);
}

const againstClock = (
  set: RuleSet,
  rule: Extract<LightRule, { kind: 'progress' | 'share' }>,
  facts: ProjectFacts,
  day: Day,
): Verdict =>
  toClock(rule, facts, clockOf(set, facts, day), (inputs) => {
    if (isFinished(facts, day)) return skipped('notApplicable', '已竣工', 'finished', inputs);
    if (rule.applies === 'started' && !isStarted(facts, day))
      return skipped('notApplicable', '未开工，按开工规则', 'not begun: see the start rule', inputs);
    return null;
  });
