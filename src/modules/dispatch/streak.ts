import { type Day, isEndOfMonth } from '#core/shared/day.ts';
import type { Words } from '#core/shared/words.ts';
import type { Check, StreakRun } from './check.ts';
import { type LightRule, levelOf, type RuleSet } from './light-rule.ts';

/** Facts as they were known at the end of a month. */
export interface PastMonth<F> {
  /** The last day of the month. */
  day: Day;
  facts: F;
}

const isCalm = (set: RuleSet, check: Check): boolean =>
  check.level === null || levelOf(set, check.level).severity === 0;

/**
 * How many month ends before `day` a rule has to look back on now: none while it is calm, or when nothing it says asks how
 * long something has lasted. So that history is read only for those for whom it can matter.
 */
export function monthsToLookBack(set: RuleSet, rule: LightRule, check: Check, day: Day): number {
  if (isCalm(set, check)) return 0;
  const weight = levelOf(set, check.level!).severity;
  const begun = rule.streaks.filter((s) => weight >= levelOf(set, s.light).severity);
  const asked = [
    ...begun.map((s) => s.months),
    ...rule.consequences
      .filter((c) => c.months > 1)
      .map((c) => {
        const led = begun.filter((s) => s.becomes === c.light).map((s) => s.months - 1);
        return c.months + Math.max(0, ...led);
      }),
  ];
  return Math.max(0, ...asked) - (isEndOfMonth(day) && asked.length > 0 ? 1 : 0);
}

/**
 * The check after its streaks, and what follows from it. A month counts by the level at its end, worked out by this rule
 * from what was known then; the month under way counts on its last day. A heavier level does not end a run, an exemption
 * does. `past` holds the month ends before `day` without a gap, the newest first; a run longer than it is cut there.
 */
export function afterStreaks<F>(
  set: RuleSet,
  rule: LightRule,
  check: Check,
  day: Day,
  past: readonly PastMonth<F>[],
  levelAt: (facts: F, day: Day) => string | null,
): { check: Check; follows: Words[] } {
  if (isCalm(set, check)) {
    // 绿灯加分: what follows from being calm, where a rule says so and has really decided it.
    const follows = check.state === 'decided' ? rule.consequences.filter((c) => c.light === check.level) : [];
    return { check, follows: follows.map((c) => c.text) };
  }
  const weightOf = (code: string | null): number => (code === null ? -1 : levelOf(set, code).severity);
  const seen: string[] = [];
  const levels: (string | null)[] = [];
  if (isEndOfMonth(day)) {
    seen.push(day.slice(0, 7));
    levels.push(check.level);
  }
  for (const month of past) {
    seen.push(month.day.slice(0, 7));
    levels.push(levelAt(month.facts, month.day));
  }
  const runOf = (code: string): string[] => {
    if (weightOf(check.level) < weightOf(code)) return [];
    const end = levels.findIndex((level) => weightOf(level) < weightOf(code));
    return seen.slice(0, end < 0 ? seen.length : end).reverse();
  };
  const runs = rule.streaks.map((streak) => ({ streak, run: runOf(streak.light) }));
  const led = runs
    .filter(({ streak, run }) => run.length >= streak.months && weightOf(streak.becomes) > weightOf(check.level))
    .sort((a, b) => weightOf(b.streak.becomes) - weightOf(a.streak.becomes))[0];
  const lasted = (code: string): number =>
    Math.max(
      runOf(code).length,
      ...runs.filter(({ streak }) => streak.becomes === code).map(({ streak, run }) => run.length - streak.months + 1),
    );
  const level = led ? led.streak.becomes : check.level!;
  const shown = led
    ? { light: led.streak.light, months: led.run, becomes: led.streak.becomes }
    : underWay(rule, check.level!, runs, runOf);
  const { base } = levelOf(set, level);
  const lines = led && {
    zh: `${check.result.zh}，连续 ${led.run.length} 个月`,
    en: `${check.result.en}, ${led.run.length} months running`,
  };
  return {
    check: {
      ...check,
      level,
      light: base,
      withoutExemption: base,
      levelWithoutExemption: level,
      streak: shown,
      ...(lines && { result: lines }),
    },
    follows: rule.consequences
      .filter((c) => c.light === level && (c.months === 1 || lasted(level) >= c.months))
      .map((c) => c.text),
  };
}

/** A run that has led to nothing yet is still worth saying, where the rule counts it. */
function underWay(
  rule: LightRule,
  level: string,
  runs: { streak: { light: string }; run: string[] }[],
  runOf: (code: string) => string[],
): StreakRun | null {
  const counted = runs[0] ?? null;
  const isCounted = counted !== null || rule.consequences.some((c) => c.months > 1 && c.light === level);
  const light = counted?.streak.light ?? level;
  const months = counted?.run ?? (isCounted ? runOf(level) : []);
  return months.length === 0 ? null : { light, months, becomes: null };
}
