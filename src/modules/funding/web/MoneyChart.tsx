import { lazy, Suspense } from 'react';
import { useLanguage, useText } from '#core/web/text.ts';
import { yi } from '#core/web/ui/format.ts';
import type { ProjectFunding } from '../shapes.ts';
import * as text from './text.ts';

const LineChart = lazy(async () => ({ default: (await import('#core/web/charts/LineChart.tsx')).LineChart }));

/** Cumulative sums of the year month by month; null from the month on that has not begun. */
function cumulative(
  months: ProjectFunding['months'],
  of: 'arrivedYuan' | 'paidYuan' | 'reportedYuan',
  today: string,
): (number | null)[] {
  const last = months.findLastIndex((m) => m[of] !== null);
  let sum = 0;
  return months.map((m, i) => {
    sum += m[of] ?? 0;
    // Money is known to this month; a filing is known only once it is accepted.
    const isKnown = of === 'reportedYuan' ? i <= last : m.period <= today.slice(0, 7);
    return isKnown && last >= 0 ? sum : null;
  });
}

/** Arrived and paid against what was reported as done, cumulative over the year. */
export function MoneyChart({ money, today }: { money: ProjectFunding; today: string }) {
  const t = useText(text);
  const language = useLanguage();
  const hasMoney = money.months.some((m) => m.arrivedYuan !== null || m.paidYuan !== null);
  if (!hasMoney) return null;
  return (
    <Suspense fallback={<div style={{ height: 200 }} />}>
      <LineChart
        label={t.chart.label(money.year)}
        labels={money.months.map((_, i) => t.chart.month(i + 1))}
        height={200}
        format={(value) => yi(value, language)}
        series={[
          {
            key: 'arrived',
            name: t.chart.arrived,
            kind: 'plan',
            values: cumulative(money.months, 'arrivedYuan', today),
          },
          { key: 'paid', name: t.chart.paid, kind: 'actual', values: cumulative(money.months, 'paidYuan', today) },
          {
            key: 'reported',
            name: t.chart.reported,
            kind: 'clock',
            values: cumulative(money.months, 'reportedYuan', today),
          },
        ]}
        footer={<figcaption className="muted">{t.chart.note}</figcaption>}
      />
    </Suspense>
  );
}
