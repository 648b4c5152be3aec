import { useMemo } from 'react';
import { LineChart } from '#core/web/charts/LineChart.tsx';
import { useText } from '#core/web/text.ts';
import { yi } from '#core/web/ui/format.ts';
import type { ProjectFigures } from '../shapes.ts';
import * as text from './text.ts';

const labels = Array.from({ length: 12 }, (_, i) => String(i + 1));

/** Money done since January beside what twelve equal months of the plan would have brought. */
export function TrendChart({ figures }: { figures: ProjectFigures }) {
  const t = useText(text);
  const { months, planYuan } = figures;
  const series = useMemo(() => {
    const byMonth = new Map(months.map((m) => [Number(m.period.slice(5)), m.cumulativeYuan]));
    return [
      {
        key: 'actual',
        name: t.actual,
        kind: 'actual' as const,
        values: labels.map((m) => byMonth.get(Number(m)) ?? null),
      },
      ...(planYuan
        ? [
            {
              key: 'clock',
              name: t.clockLine,
              kind: 'clock' as const,
              values: labels.map((m) => (planYuan * Number(m)) / 12),
            },
          ]
        : []),
    ];
  }, [months, planYuan, t]);
  return (
    <div className="mtg-trend">
      <h2>{t.trend}</h2>
      <LineChart label={t.trend} labels={labels} series={series} format={formatYi} height={240} />
    </div>
  );
}

const formatYi = (value: number) => yi(Math.round(value));
