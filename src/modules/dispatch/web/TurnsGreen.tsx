import type { z } from 'zod';
import { useLanguage, useText, useWords } from '#core/web/text.ts';
import { yi, yiUnit } from '#core/web/ui/format.ts';
import type { Check, Need } from '../contract.ts';
import * as text from './text.ts';

/** Rounded up to what is shown: a target rounded down would leave the light as it is. */
const upToShown = (yuan: number): number => Math.ceil(yuan / 1_000_000) * 1_000_000;

/** What must be reached or recorded for each rule that warns; amounts for today and the next month end. */
export function TurnsGreen({
  needs,
  checks,
  today,
}: {
  needs: readonly z.infer<typeof Need>[];
  checks: readonly z.infer<typeof Check>[];
  today: string;
}) {
  const t = useText(text);
  const words = useWords();
  const language = useLanguage();
  if (needs.length === 0) return <div className="green">{t.why.alreadyGreen}</div>;
  const ruleName = (code: string) => words(checks.find((c) => c.rule === code)?.name ?? { zh: code, en: code });
  const isSeveral = new Set(needs.map((n) => n.rule)).size > 1;
  const money = (yuan: number) => `${yi(upToShown(yuan), language)} ${yiUnit(language)}`;
  const line = (need: z.infer<typeof Need>): string => {
    if (need.kind === 'record') return words(need.words);
    const on = need.of === 'judged' ? t.why.judged(need.on) : need.on === today ? t.today : need.on;
    const says = need.of === 'month' ? t.why.inMonth : need.of === 'judged' ? t.why.byThen : t.why.total;
    const target = says(on, money(need.yuan));
    return need.shortYuan > 0 ? t.why.amount(target, yi(upToShown(need.shortYuan), language)) : t.why.reached(target);
  };
  return (
    <div className="green">
      {needs.map((need) => (
        <div key={`${need.rule}${need.kind === 'amount' ? need.on : need.words.zh}`}>
          {isSeveral && <b>{t.why.forRule(ruleName(need.rule))}</b>}
          {line(need)}
        </div>
      ))}
    </div>
  );
}
