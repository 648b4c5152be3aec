import { addMonths, type Day, endOfMonth, isEndOfMonth, startOfMonth } from '#core/shared/day.ts';
import type { Check } from './check.ts';
import { clockAt } from './clock.ts';
import { type CountyFacts, judgeCounty, yuanForGrowth, yuanForPlace } from './county-check.ts';
import { markOf } from './level.ts';
import { amount, clockNeeds, heaviest, isGreen, type Judgement, monthNeeds, type Need } from './light.ts';
import { type LightRule, levelOf, type RuleSet } from './light-rule.ts';
import { afterStreaks, type PastMonth } from './streak.ts';

export const countyRulesOf = (set: RuleSet): LightRule[] => set.rules.filter((rule) => rule.subject === 'county');

/** The lamp of a county on a day, from the rules that judge counties. Null when the set has none. */
export function evaluateCounty(
  set: RuleSet,
  facts: CountyFacts,
  day: Day,
  past: readonly PastMonth<CountyFacts>[] = [],
): Judgement | null {
  const rules = countyRulesOf(set);
  if (rules.length === 0) return null;
  const found = rules.map((rule) =>
    afterStreaks(
      set,
      rule,
      judgeCounty(set, rule, facts, day),
      day,
      past,
      (then, on) => judgeCounty(set, rule, then, on).level,
    ),
  );
  const checks = found.map((f) => f.check);
  const worst = heaviest(set, checks);
  const level = worst && levelOf(set, worst.level!);
  return {
    light: level?.base ?? 'idle',
    level: level && markOf(level),
    cause: level && level.severity > 0 ? worst!.rule : null,
    day,
    checks,
    levels: set.levels.map(markOf),
    turnsGreen: rules.flatMap((rule, i) => needsOf(set, rule, checks[i]!, facts, day)),
    consequences: found.flatMap((f) => f.follows),
  };
}

/** The end of the months that growth and places are judged by. */
export const judgedEnd = (day: Day): Day => (isEndOfMonth(day) ? day : endOfMonth(addMonths(startOfMonth(day), -1)));

function needsOf(set: RuleSet, rule: LightRule, check: Check, facts: CountyFacts, day: Day): Need[] {
  if (isGreen(set, check.levelWithoutExemption)) return [];
  switch (rule.kind) {
    case 'growth': {
      const yuan = yuanForGrowth(facts);
      return yuan === null ? [] : [amount(rule, 'judged', judgedEnd(day), yuan, facts.throughYuan ?? 0)];
    }
    case 'place': {
      const yuan = yuanForPlace(rule, facts, (level) => isGreen(set, level));
      return yuan === null ? [] : [amount(rule, 'judged', judgedEnd(day), yuan, facts.plannedThroughYuan)];
    }
    case 'monthTask':
      return monthNeeds(set, rule, facts.months, day);
    case 'progress':
    case 'share': {
      const kind = set.clock === 'curve' ? 'linearDay' : set.clock;
      return clockNeeds(set, rule, facts, (on) => clockAt(kind, on).ratio, day);
    }
    default:
      return [];
  }
}
