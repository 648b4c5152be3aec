import { LineChart } from '#core/web/charts/LineChart.tsx';
import { useText } from '#core/web/text.ts';
import { month } from '#core/web/ui/format.ts';
import type { TrendMonth } from '../statistics-contract.ts';
import * as text from './list-text.ts';

/** Two pictures, because the two tracks are never added up. */
export function TrendCharts({ months }: { months: readonly TrendMonth[] }) {
  const t = useText(text).stats;
  const labels = months.map((one) => month(one.month));
  const chart = (track: 'onSpot' | 'assigned', raised: keyof TrendMonth, closed: keyof TrendMonth) => (
    <div>
      <h3 className="soft">{t[track]}</h3>
      <LineChart
        label={`${t[track]} ${t.trend}`}
        labels={labels}
        series={[
          { key: 'raised', name: t.trendRaised, kind: 'plan', values: months.map((one) => Number(one[raised])) },
          { key: 'closed', name: t.trendClosed, kind: 'actual', values: months.map((one) => Number(one[closed])) },
        ]}
        format={(value) => String(Math.round(value))}
        height={220}
      />
    </div>
  );
  return (
    <div className="ml-two">
      {chart('onSpot', 'raisedOnSpot', 'closedOnSpot')}
      {chart('assigned', 'raisedAssigned', 'closedAssigned')}
    </div>
  );
}
