import { useText } from '#core/web/text.ts';
import * as text from './text.ts';

/** What the bars mean, in form and not in colour alone. */
export function GanttLegend({
  today,
  promised,
  hasBaseline,
}: {
  today: string;
  promised: string | null;
  hasBaseline: boolean;
}) {
  const t = useText(text);
  return (
    <div className="gantt-legend">
      <span className="l-plan">{t.legend.plan}</span>
      <span className="l-critical">{t.legend.critical}</span>
      <span className="l-actual">{t.legend.actual}</span>
      {hasBaseline && <span className="l-baseline">{t.legend.baseline}</span>}
      <span className="l-milestone">{t.legend.milestone}</span>
      <span className="l-today">{t.legend.today(today.slice(5))}</span>
      {promised && <span className="l-promised">{t.legend.promised(promised)}</span>}
    </div>
  );
}
