import { useMemo } from 'react';
import { daysBetween } from '#core/shared/day.ts';
import { LineChart } from '#core/web/charts/LineChart.tsx';
import { useText } from '#core/web/text.ts';
import { ScrollX } from '#core/web/ui/ScrollX.tsx';
import { showExact } from '../progress.ts';
import type { ChallengeView } from '../shapes.ts';
import type { ExactValue } from '../terms.ts';
import { BasisTag } from './Bar.tsx';
import { FileLink } from './FileLink.tsx';
import { figureOf } from './show.ts';
import * as text from './text.ts';

const numberOf = (value: ExactValue): number => Number(showExact(value, 6));

/** Values over time against the straight line from the baseline to the target; what is self-reported is drawn apart. */
export function TrackCard({ challenge: c }: { challenge: ChallengeView }) {
  const t = useText(text);
  const { labels, series } = useMemo(() => linesOf(c, t), [c, t]);
  const { decimals } = c.metric;
  return (
    <section className="card">
      <h2>
        {t.tracking} <small>{c.metric.unit}</small>
      </h2>
      {labels.length > 2 && (
        <LineChart
          label={t.chart}
          labels={labels}
          series={series}
          format={(value) => value.toFixed(decimals)}
          height={220}
        />
      )}
      {c.values.length === 0 ? (
        <p className="muted">{t.noValues}</p>
      ) : (
        <ScrollX label={t.tracking}>
          <table className="plain">
            <thead>
              <tr>
                <th>{t.valueHeads.asOf}</th>
                <th className="num">{t.valueHeads.value}</th>
                <th>{t.valueHeads.basis}</th>
                <th>{t.valueHeads.document}</th>
                <th>{t.valueHeads.by}</th>
                <th>{t.valueHeads.decided}</th>
              </tr>
            </thead>
            <tbody>
              {c.values.toReversed().map((value) => (
                <tr key={value.id}>
                  <td className="nowrap">{value.asOf}</td>
                  <td className="num nowrap">{figureOf(c, value.value)}</td>
                  <td className="nowrap">
                    <BasisTag basis={value.basis} />
                  </td>
                  <td>
                    {value.document ?? value.note ?? '—'} <FileLink id={c.id} file={value.file} />
                  </td>
                  <td>{value.enteredByName}</td>
                  <td>
                    {t.valueStates[value.state]}
                    {value.decidedByName && (
                      <small className="muted">
                        {' '}
                        {value.decidedByName} {value.decidedOn} {value.decidedNote}
                      </small>
                    )}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </ScrollX>
      )}
    </section>
  );
}

function linesOf(c: ChallengeView, t: typeof text.zh | typeof text.en) {
  const from = c.signedOn ?? c.publishedOn;
  if (!from || !c.dueOn || !c.baseline || c.target === null) return { labels: [], series: [] };
  const whole = Math.max(1, daysBetween(from, c.dueOn));
  const values = c.values.filter((one) => one.state !== 'returned' && one.asOf >= from);
  const days = [...new Set([from, ...values.map((one) => one.asOf), c.dueOn])].sort();
  const [start, end] = [numberOf(c.baseline), Number(c.target)];
  const at = (day: string, isTyped: boolean) => {
    const found = values.findLast((one) => one.asOf === day && (one.basis === 'selfReported') === isTyped);
    return found ? numberOf(found.value) : null;
  };
  const typed = days.map((day) => at(day, true));
  return {
    labels: days,
    series: [
      {
        key: 'clock',
        name: t.planLine,
        kind: 'clock' as const,
        values: days.map((day) => start + ((end - start) * Math.min(whole, daysBetween(from, day))) / whole),
      },
      {
        key: 'actual',
        name: t.actualLine,
        kind: 'actual' as const,
        values: days.map((day, i) => (i === 0 ? start : at(day, false))),
      },
      ...(typed.some((value) => value !== null)
        ? [{ key: 'typed', name: t.typedLine, kind: 'plan' as const, values: typed }]
        : []),
    ],
  };
}
