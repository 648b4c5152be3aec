import { useText, useWords } from '#core/web/text.ts';
import { isBandRule, levelOf, type RuleSet } from '../light-rule.ts';
import { bandWords } from '../light-words.ts';
import type { RuleGap } from '../rule-gaps.ts';
import * as text from './text.ts';

/** What the set leaves open or says twice, in words; the same report while editing and after saving. */
export function GapReport({ gaps, set }: { gaps: readonly RuleGap[]; set: RuleSet }) {
  const t = useText(text).rules;
  const words = useWords();
  if (gaps.length === 0) return <p className="gap-report none">{t.noGaps}</p>;
  const line = (gap: RuleGap): string => {
    const rule = set.rules.find((r) => r.code === gap.rule);
    const name = rule ? words(rule.name) : gap.rule;
    if (gap.kind === 'unreached') {
      const level = gap.level ? words(levelOf(set, gap.level).words) : '';
      return rule ? t.neverBegins(name, level) : t.neverReached(level);
    }
    const range = gap.words
      ? words(gap.words)
      : rule && isBandRule(rule)
        ? words(bandWords(rule, { ...gap, light: 'normal', basis: 'city' }))
        : '';
    return gap.kind === 'gap' ? t.gap(name, range) : t.overlap(name, range);
  };
  return (
    <div className="gap-report" role="status">
      <b>{t.gapsTitle}</b>
      <ul>
        {gaps.map((gap) => (
          <li key={`${gap.rule}${gap.kind}${gap.from}${gap.to}${gap.level}${gap.words?.zh}`}>{line(gap)}</li>
        ))}
      </ul>
    </div>
  );
}
