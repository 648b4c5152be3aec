import { type ReactNode, useEffect, useRef } from 'react';
import { useLanguage, useText } from '../text.ts';
import * as text from '../ui/text.ts';
import { type EChartsType, init } from './echarts.ts';
import { bandWords, lineOption } from './line-option.ts';

export interface LineSeries {
  key: string;
  name: string;
  /** `plan` thick and pale, `actual` dark with points, `clock` dashed and thin. */
  kind: 'plan' | 'actual' | 'clock';
  /** One value per label; null leaves a gap (months to come). */
  values: readonly (number | null)[];
}

/** What lies between two lines: an interval. Where several lie upon each other the inner ones are darker. */
export interface LineBand {
  key: string;
  name: string;
  /** One value per label each, low ≤ high; null where there is no interval. */
  low: readonly (number | null)[];
  high: readonly (number | null)[];
}

export interface LineChartProps {
  /** What the chart shows, for screen readers and as caption of the table behind it. */
  label: string;
  /** Names of the points of the x axis: months, days. */
  labels: readonly string[];
  series: readonly LineSeries[];
  bands?: readonly LineBand[];
  /** A value as its axis and tooltip say it: `12.80`. */
  format: (value: number) => string;
  /** Position of today between the labels (8.6 = six tenths of the way from the 9th to the 10th), with its words. */
  today?: { at: number; words: string };
  height?: number;
  footer?: ReactNode;
}

const noBands: readonly LineBand[] = [];

/** Plan, clock (时序) and actual in one picture, with the same figures as a table for those who cannot see it. */
export function LineChart({
  label,
  labels,
  series,
  bands = noBands,
  format,
  today,
  height = 260,
  footer,
}: LineChartProps) {
  const t = useText(text);
  const language = useLanguage();
  const place = useRef<HTMLDivElement>(null);
  const chart = useRef<EChartsType | null>(null);

  useEffect(() => {
    const node = place.current!;
    const drawn = init(node, null, { renderer: 'canvas' });
    chart.current = drawn;
    const observer = new ResizeObserver(() => drawn.resize());
    observer.observe(node);
    return () => {
      observer.disconnect();
      drawn.dispose();
      chart.current = null;
    };
  }, []);

  // biome-ignore lint/correctness/useExhaustiveDependencies: the words inside change with the language
  useEffect(() => {
    const node = place.current;
    if (!node || !chart.current) return;
    const draw = () =>
      chart.current?.setOption(lineOption({ labels, series, bands, format, today }, getComputedStyle(node)), {
        notMerge: true,
      });
    draw();
    // Canvas text measured before the web font arrived keeps the wrong face until drawn again.
    void document.fonts?.ready.then(draw);
  }, [labels, series, bands, format, today, language]);

  return (
    <figure className="chart">
      <div ref={place} role="img" aria-label={label} style={{ height }} />
      <details>
        <summary>{t.chart.table}</summary>
        <table className="plain">
          <caption className="only-aloud">{label}</caption>
          <thead>
            <tr>
              <td />
              {series.map((line) => (
                <th key={line.key} scope="col" className="num">
                  {line.name}
                </th>
              ))}
              {bands.map((band) => (
                <th key={band.key} scope="col" className="num">
                  {band.name}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {labels.map((name, index) => (
              <tr key={name}>
                <th scope="row">{name}</th>
                {series.map((line) => {
                  const value = line.values[index];
                  return (
                    <td key={line.key} className="num">
                      {value === null || value === undefined ? '—' : format(value)}
                    </td>
                  );
                })}
                {bands.map((band) => (
                  <td key={band.key} className="num">
                    {bandWords(band, index, format)}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </details>
      {footer}
    </figure>
  );
}
