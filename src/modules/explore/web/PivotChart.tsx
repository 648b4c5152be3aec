import { Select } from 'antd';
import { BarChart } from 'echarts/charts';
import { LegendComponent } from 'echarts/components';
import { use } from 'echarts/core';
import { useEffect, useRef, useState } from 'react';
import { type EChartsCoreOption, type EChartsType, init } from '#core/web/charts/echarts.ts';
import { useLanguage, useText, useWords } from '#core/web/text.ts';
import { FormField } from '#core/web/ui/FormField.tsx';
import { isTime } from '../dimensions.ts';
import { type MeasureCode, measureOf } from '../measures.ts';
import { sizeOf } from '../roll.ts';
import type { ChartKind, Pivot, Table } from '../shapes.ts';
import { unitOf } from '../show.ts';
import { useHeads } from './PivotTable.tsx';
import * as text from './text.ts';

use([BarChart, LegendComponent]);

const mostPoints = 40;
const mostSeries = 10;
const colours = ['--chart-1', '--chart-3', '--chart-2', '--chart-4', '--chart-5', '--chart-6'];

/** One measure as a picture. The table below it has the same figures, so that nothing is only in the picture. */
export function PivotChart({
  pivot,
  table,
  kind,
}: {
  pivot: Pivot;
  table: Table;
  kind: Exclude<ChartKind, 'none' | 'heat'>;
}) {
  const t = useText(text);
  const words = useWords();
  const language = useLanguage();
  const label = useHeads(pivot, table);
  const [chosen, setChosen] = useState<MeasureCode | null>(null);
  const measure = chosen !== null && pivot.measures.includes(chosen) ? chosen : pivot.measures[0]!;
  const m = pivot.measures.indexOf(measure);
  const place = useRef<HTMLDivElement>(null);
  const chart = useRef<EChartsType | null>(null);

  const leafRows = leaves(table.rows, pivot.rows.length);
  const leafColumns = leaves(table.columns, pivot.columns.length);
  // Time runs along the axis; else the rows do.
  const isAcross = pivot.columns.some(isTime) || (pivot.rows.length === 0 && pivot.columns.length > 0);
  const points = (isAcross ? leafColumns : leafRows).slice(0, mostPoints);
  const series = (isAcross ? leafRows : leafColumns).slice(0, mostSeries);
  const isCut =
    (isAcross ? leafColumns : leafRows).length > mostPoints || (isAcross ? leafRows : leafColumns).length > mostSeries;
  const divisor =
    measureOf(measure).kind === 'yuan'
      ? language === 'zh'
        ? 1e8
        : 1e6
      : measureOf(measure).kind === 'rate'
        ? 0.01
        : 1;
  const at = (point: number, line: number): number | null => {
    const [r, c] = isAcross ? [line, point] : [point, line];
    const size = sizeOf(table.cells[r]![c]![m]!);
    return size === null ? null : Math.round((size / divisor) * 100) / 100;
  };
  const hasData = pivot.rows.length + pivot.columns.length > 0 && points.length > 0;
  const lines = series.map((line) => ({
    name: isAcross ? label.rowPath(table.rows[line]!) : label.column(table.columns[line]!),
    values: points.map((point) => at(point, line)),
  }));
  const names = points.map((point) =>
    isAcross ? label.column(table.columns[point]!) : label.rowPath(table.rows[point]!),
  );
  const drawn = JSON.stringify({ kind, lines, names, unit: unitOf(measure, language) });

  useEffect(() => {
    const node = place.current;
    if (!node) return;
    const made = init(node, null, { renderer: 'canvas' });
    chart.current = made;
    const observer = new ResizeObserver(() => made.resize());
    observer.observe(node);
    return () => {
      observer.disconnect();
      made.dispose();
      chart.current = null;
    };
  }, []);
  useEffect(() => {
    const node = place.current;
    if (!node || !chart.current) return;
    chart.current.setOption(optionOf(JSON.parse(drawn) as Drawn, getComputedStyle(node)), { notMerge: true });
  }, [drawn]);

  return (
    <figure className="chart explore-chart">
      {pivot.measures.length > 1 && (
        <FormField label={t.chartMeasure}>
          {(id) => (
            <Select
              id={id}
              value={measure}
              options={pivot.measures.map((value) => ({ value, label: words(measureOf(value).words) }))}
              onChange={setChosen}
            />
          )}
        </FormField>
      )}
      <div
        ref={place}
        role="img"
        aria-label={`${words(measureOf(measure).words)} ${t.charts[kind]}`}
        style={{ height: 320 }}
        hidden={!hasData}
      />
      {!hasData && <p className="muted">{t.noChart}</p>}
      {isCut && <figcaption className="muted">{t.chartLimit(String(mostPoints), String(mostSeries))}</figcaption>}
    </figure>
  );
}

const leaves = (heads: readonly (readonly unknown[])[], depth: number): number[] =>
  heads.flatMap((head, i) => (head.length === depth ? [i] : []));

interface Drawn {
  kind: 'bar' | 'stacked' | 'line';
  lines: { name: string; values: (number | null)[] }[];
  names: string[];
  unit: string;
}

function optionOf({ kind, lines, names, unit }: Drawn, style: CSSStyleDeclaration): EChartsCoreOption {
  const colour = (name: string) => style.getPropertyValue(name).trim();
  const words = { fontFamily: style.fontFamily, fontSize: 12, color: colour('--text-2') };
  const isMany = lines.length > 1;
  return {
    animation: false,
    textStyle: words,
    color: colours.map(colour),
    aria: { enabled: true, decal: { show: isMany } },
    grid: { left: 8, right: 16, top: isMany ? 44 : 28, bottom: 4, containLabel: true },
    ...(isMany && { legend: { type: 'scroll', top: 0, textStyle: words } }),
    // Rich text, because the strict CSP forbids the style attributes of an HTML tooltip.
    tooltip: { trigger: 'axis', renderMode: 'richText', textStyle: { ...words, color: colour('--text') } },
    xAxis: {
      type: 'category',
      data: names,
      axisTick: { show: false },
      axisLine: { lineStyle: { color: colour('--line-strong') } },
      axisLabel: { ...words, interval: names.length > 14 ? 'auto' : 0, width: 80, overflow: 'break' },
    },
    yAxis: {
      type: 'value',
      name: unit,
      nameTextStyle: words,
      axisLabel: words,
      splitLine: { lineStyle: { color: colour('--chart-grid') } },
    },
    series: lines.map(({ name, values }, i) => ({
      name,
      type: kind === 'line' ? 'line' : 'bar',
      data: values,
      symbolSize: 6,
      // Colours come round again after six: shape and stroke tell the rest apart.
      symbol: ['circle', 'rect', 'triangle', 'diamond'][i % 4],
      ...(kind === 'line' && { lineStyle: { type: i < colours.length ? 'solid' : 'dashed' } }),
      barMaxWidth: 32,
      ...(kind === 'stacked' && { stack: 'all' }),
    })),
  };
}
