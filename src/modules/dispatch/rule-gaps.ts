import type { Words } from '#core/shared/words.ts';
import { type BandFault, bandFaults, reachedIn } from './band.ts';
import {
  type GrowthMeets,
  type GrowthSign,
  growthMeets,
  growthSigns,
  isBandRule,
  type LightRule,
  lineOf,
  type RuleSet,
} from './light-rule.ts';
import { growthWords } from './light-words.ts';

/**
 * gap, overlap: a stretch of a rule's line that no band covers, or two do; of growth, `words` say which case.
 * unreached: a level that the set declares and none of its rules can give; or, with a rule, a streak that never begins.
 */
export interface RuleGap extends Omit<BandFault, 'kind'> {
  rule: string;
  kind: BandFault['kind'] | 'unreached';
  words: Words | null;
  level: string | null;
}

const nowhere = { from: null, fromIncluded: false, to: null, toIncluded: false };

/** Nine stretches of a plane instead of a line: what a growth rule leaves open or says twice, one row a sign and meaning. */
function growthFaults(rule: Extract<LightRule, { kind: 'growth' }>): RuleGap[] {
  const timesSaid = (sign: GrowthSign, meets: GrowthMeets) =>
    rule.cases.filter((c) => c.growth.includes(sign) && c.meets.includes(meets)).length;
  return growthSigns.flatMap((sign) =>
    (['gap', 'overlap'] as const).flatMap((kind) => {
      const cells = growthMeets.filter((meets) =>
        kind === 'gap' ? timesSaid(sign, meets) === 0 : timesSaid(sign, meets) > 1,
      );
      return cells.length === 0
        ? []
        : [{ ...nowhere, rule: rule.code, kind, level: null, words: growthWords([sign], cells) }];
    }),
  );
}

/** The levels a rule really gives, streaks included; those a streak starts from must be among them. */
function reachedBy(rule: LightRule): Set<string> {
  const found = isBandRule(rule)
    ? reachedIn(rule.bands, lineOf(rule))
    : new Set(
        rule.kind === 'growth'
          ? rule.cases.map((c) => c.light)
          : rule.kind === 'start'
            ? ['normal', rule.light]
            : ['normal', rule.warnLight, rule.lateLight],
      );
  for (const s of rule.streaks) if (found.has(s.light)) found.add(s.becomes);
  return found;
}

/**
 * What a rule set leaves open or says twice. Published rules do: 银川 2025 is silent on 0–10 points below the clock.
 * Reported when a set is saved, so that the city decides it instead of the program.
 */
export function gapsOf(set: RuleSet): RuleGap[] {
  const reached = new Set([
    'normal',
    ...(set.aheadPoints === null ? [] : ['ahead']),
    ...set.rules.flatMap((rule) => [...reachedBy(rule)]),
  ]);
  return [
    ...set.rules.flatMap((rule) =>
      isBandRule(rule)
        ? bandFaults(rule.bands, lineOf(rule)).map(
            (f): RuleGap => ({ ...f, rule: rule.code, words: null, level: null }),
          )
        : rule.kind === 'growth'
          ? growthFaults(rule)
          : [],
    ),
    ...set.rules.flatMap((rule) =>
      rule.streaks
        .filter((s) => !reachedBy(rule).has(s.light))
        .map((s): RuleGap => ({ ...nowhere, rule: rule.code, kind: 'unreached', words: null, level: s.light })),
    ),
    ...set.levels
      .filter((level) => !reached.has(level.code))
      .map((level): RuleGap => ({ ...nowhere, rule: '', kind: 'unreached', words: null, level: level.code })),
  ];
}
