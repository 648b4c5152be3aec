import { Link } from 'react-router';
import { yearOf } from '#core/shared/day.ts';
import { useLanguage, useText } from '#core/web/text.ts';
import { count, points, rate, roundedQuotient, yi } from '#core/web/ui/format.ts';
import { Light, lightOrder } from '#core/web/ui/Light.tsx';
import type { Summary } from '../contract.ts';
import { listLink } from './list-link.ts';
import * as text from './text.ts';

/** The five figures and the five lights of the whole. Each light opens its projects. */
export function SummaryFigures({ summary: { total, clock, year }, today }: { summary: Summary; today: string }) {
  const t = useText(text);
  const language = useLanguage();
  const gap = total.gapPoints;
  const due = Number(roundedQuotient(total.planYuan * clock.n, clock.d, 0).replaceAll(',', ''));
  return (
    <section className="card dispatch-figures">
      <div className="figures">
        <Figure value={rate(total.doneYuan, total.planYuan)} label={t.figures.rate} />
        <Figure value={points(gap)} label={t.figures.gap} tone={gap !== null && gap < 0 ? 'warn' : undefined} />
        <Figure value={yi(total.doneYuan, language)} label={`${t.figures.done}${t.comma}${t.yi}`} />
        <Figure value={yi(due, language)} label={`${t.figures.due}${t.comma}${t.yi}`} />
        <Figure value={yi(total.planYuan, language)} label={`${t.figures.plan}${t.comma}${t.yi}`} />
      </div>
      <div className="figures">
        {lightOrder.map((light) => (
          <Link key={light} className="figure" to={listLink(year, yearOf(today), { light })}>
            <Light value={light} />
            <b className="num">{count(total.lights[light] ?? 0)}</b>
          </Link>
        ))}
      </div>
    </section>
  );
}

function Figure({ value, label, tone }: { value: string; label: string; tone?: string | undefined }) {
  return (
    <div className="figure">
      <b className={tone ? `num ${tone}` : 'num'}>{value}</b>
      <span>{label}</span>
    </div>
  );
}
