import { useText, useWords } from '#core/web/text.ts';
import type { RuleGap, RuleSet } from '../light-rule.ts';
import * as text from './text.ts';

/** What the set leaves open or says twice, in words; the same report while editing and after saving. */
export function GapReport({ gaps, set }: { gaps: readonly RuleGap[]; set: RuleSet }) {
  const t = useText(text).rules;
  const words = useWords();
  if (gaps.length === 0) return <p className="gap-report none">{t.noGaps}</p>;
  const line = (gap: RuleGap): string => {
    const rule = set.rules.find((r) => r.code === gap.rule);
    const end = (value: string | null, isIncluded: boolean) =>
      value === null ? null : `${value.replace('-', '−')}${isIncluded ? t.included : t.excluded}`;
    const range = (rule?.kind === 'progress' ? t.range.points : t.range.percent)(
      end(gap.from, gap.fromIncluded),
      end(gap.to, gap.toIncluded),
    );
    const name = rule ? words(rule.name) : gap.rule;
    return gap.kind === 'gap' ? t.gap(name, range) : t.overlap(name, range);
  };
  return (
    <div className="gap-report" role="status">
      <b>{t.gapsTitle}</b>
      <ul>
        {gaps.map((gap) => (
          <li key={`${gap.rule}${gap.kind}${gap.from}${gap.to}`}>{line(gap)}</li>
        ))}
      </ul>
    </div>
  );
}
