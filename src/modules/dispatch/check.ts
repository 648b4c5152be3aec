import { type Day, isEndOfMonth, monthOf } from '#core/shared/day.ts';
import { type Ratio, ratio } from '#core/shared/rate.ts';
import type { Words } from '#core/shared/words.ts';
import { bandAt } from './band.ts';
import { type BandRule, type Light, type LightRule, levelOf, type RuleSet } from './light-rule.ts';
import { bandWords, conditionsOf } from './light-words.ts';
import type { MonthTask } from './project-facts.ts';

/** One figure a rule looked at. `as` says how to show it; yuan are whole, points and percent already rounded texts. */
export interface CheckInput {
  label: Words;
  as: 'yuan' | 'day' | 'days' | 'points' | 'percent' | 'months' | 'place' | 'text';
  value: number | string | Words | null;
}

/**
 * decided: by a stated band. open: the rule is silent here, so no warning is given, and that is said.
 * notApplicable: not this kind of project. noData: a figure is missing. exempt: excused until a day.
 */
export const checkStates = ['decided', 'open', 'notApplicable', 'noData', 'exempt'] as const;
export type CheckState = (typeof checkStates)[number];

/** Month ends running at a level or a heavier one, and what they made of it. */
export interface StreakRun {
  light: string;
  /** 'YYYY-MM', oldest first. */
  months: string[];
  /** The level the streak led to; null while it is too short. */
  becomes: string | null;
}

export interface Check {
  rule: string;
  kind: LightRule['kind'];
  name: Words;
  /** To which of the five lights the level counts; null when the rule says nothing about this one. */
  light: Light | null;
  /** Code of the level of the set. */
  level: string | null;
  state: CheckState;
  /** What they would be without the exemption. */
  withoutExemption: Light | null;
  levelWithoutExemption: string | null;
  exemption: { reason: string; approver: string; until: Day } | null;
  inputs: CheckInput[];
  /** By level of the set. */
  conditions: Record<string, Words | null>;
  result: Words;
  streak: StreakRun | null;
  note: Words | null;
}

export type Verdict = Pick<Check, 'level' | 'state' | 'inputs' | 'result'>;

export const skipped = (
  state: 'notApplicable' | 'noData',
  zh: string,
  en: string,
  inputs: CheckInput[] = [],
): Verdict => ({ level: null, state, inputs, result: { zh, en } });

export const decided = (level: string, zh: string, en: string, inputs: CheckInput[]): Verdict => ({
  level,
  state: 'decided',
  inputs,
  result: { zh, en },
});

/** In a stretch the rule leaves open no warning is given: a light without a rule would be made up. */
export const leftOpen = (inputs: CheckInput[]): Verdict => ({
  level: 'normal',
  state: 'open',
  inputs,
  result: { zh: '规则未规定这一段，暂不亮灯', en: 'the rule is silent here, so no light is given' },
});

export function banded(rule: BandRule, value: Ratio, inputs: CheckInput[]): Verdict {
  const found = bandAt(rule.bands, value);
  return found ? { level: found.light, state: 'decided', inputs, result: bandWords(rule, found) } : leftOpen(inputs);
}

export const percentOf = (part: number, whole: number): Ratio => ratio(BigInt(part) * 100n, whole);

/** The last month that is over at the end of the day; 0 in January. */
export const lastFullMonth = (day: Day): number => (isEndOfMonth(day) ? monthOf(day) : monthOf(day) - 1);

const labels = {
  month: { zh: '月份', en: 'month' },
  done: { zh: '当月完成', en: 'done in the month' },
  task: { zh: '月任务', en: "month's task" },
} satisfies Record<string, Words>;

/** 月任务 of a project or of a county. */
export function monthTask(
  rule: Extract<LightRule, { kind: 'monthTask' }>,
  months: readonly MonthTask[],
  day: Day,
): Verdict {
  const last = lastFullMonth(day);
  const task = months[last - 1] ?? null;
  if (!task?.planYuan) return skipped('noData', '上个整月没有月任务', 'no task for the last full month');
  return banded(rule, percentOf(task.doneYuan, task.planYuan), [
    { label: labels.month, as: 'text', value: { zh: `${last} 月`, en: `month ${last}` } },
    { label: labels.done, as: 'yuan', value: task.doneYuan },
    { label: labels.task, as: 'yuan', value: task.planYuan },
  ]);
}

const baseOf = (set: RuleSet, level: string | null): Light | null => (level === null ? null : levelOf(set, level).base);

/** The verdict as it is shown, with the exemption that takes its warning away. */
export function checkOf(
  set: RuleSet,
  rule: LightRule,
  verdict: Verdict,
  exemption: { reason: string; approver: string; until: Day } | undefined,
): Check {
  const base = baseOf(set, verdict.level);
  const isExcused = exemption !== undefined && (base === 'warn' || base === 'late');
  return {
    rule: rule.code,
    kind: rule.kind,
    name: rule.name,
    ...verdict,
    light: base,
    ...(isExcused && { level: 'normal', light: 'normal' as const, state: 'exempt' as const }),
    withoutExemption: base,
    levelWithoutExemption: verdict.level,
    exemption: isExcused ? { reason: exemption.reason, approver: exemption.approver, until: exemption.until } : null,
    conditions: conditionsOf(set, rule),
    streak: null,
    note: rule.note,
  };
}
