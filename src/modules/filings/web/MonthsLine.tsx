import { useText } from '#core/web/text.ts';
import type { Filing } from '../contract.ts';
import { addMonths, monthOf } from '../period.ts';
import { sum } from './show.ts';
import * as text from './text.ts';

/** The accepted months before and the one that waits, as bars: a jump is seen before it is read. */
export function MonthsLine({ facts, monthYuan }: { facts: Filing['facts']; monthYuan: number | null }) {
  const t = useText(text);
  const before = [...facts.recentMonthYuans].reverse();
  if (before.length === 0 || monthYuan === null) return null;
  const bars = [...before, monthYuan];
  const top = Math.max(...bars, facts.planMonthYuan ?? 0, 1);
  return (
    <div>
      <h3>
        {t.review.months}
        <small>{t.unit}</small>
      </h3>
      <ol className="fr-months">
        {bars.map((yuan, index) => {
          const label = monthOf(addMonths(facts.period, index - before.length));
          return (
            <li key={label} className={index === before.length ? 'now' : undefined}>
              <small>{sum(yuan)}</small>
              <i style={{ height: `${Math.max(2, (Math.max(0, yuan) / top) * 56)}px` }} />
              <span>{label}</span>
            </li>
          );
        })}
      </ol>
    </div>
  );
}
