import type { EChartsCoreOption } from './echarts.ts';
import type { LineBand, LineChartProps } from './LineChart.tsx';

/** The ECharts option of a LineChart, in the page's colours. The last point of a line carries its name and value. */
export function lineOption(
  {
    labels,
    series,
    format,
    today,
    bands = [],
  }: Pick<LineChartProps, 'labels' | 'series' | 'format'> & {
    today: LineChartProps['today'];
    bands?: LineChartProps['bands'];
  },
  style: Pick<CSSStyleDeclaration, 'getPropertyValue' | 'fontFamily'>,
): EChartsCoreOption {
  const color = (name: string) => style.getPropertyValue(name).trim();
  const words = { fontFamily: style.fontFamily, fontSize: 12, color: color('--text-3') };
  const looks = {
    plan: { color: color('--chart-plan'), width: 3, type: 'solid', symbol: 'none', text: color('--text-2') },
    actual: {
      color: color('--chart-actual'),
      width: 2.5,
      type: 'solid',
      symbol: 'circle',
      text: color('--chart-actual'),
    },
    clock: { color: color('--line-strong'), width: 1, type: 'dashed', symbol: 'none', text: color('--text-3') },
  } as const;
  return {
    animation: false,
    textStyle: words,
    grid: { left: 8, right: 96, top: 28, bottom: 4, containLabel: true },
    // Rich text, because the strict CSP forbids the style attributes of an HTML tooltip.
    tooltip: {
      trigger: 'axis',
      renderMode: 'richText',
      textStyle: { ...words, color: color('--text') },
      valueFormatter: (value: unknown) => (typeof value === 'number' ? format(value) : '—'),
      // A band is drawn as a height upon its lower edge: said are its two edges, not the height.
      ...(bands.length > 0 && {
        formatter: (points: readonly { dataIndex: number }[]) => {
          const at = points[0]?.dataIndex ?? 0;
          const said = [
            ...series.map(({ name, values }) => [name, shown(values[at], format)]),
            ...bands.map((band) => [band.name, bandWords(band, at, format)]),
          ];
          return [labels[at], ...said.flatMap(([name, value]) => (value === '—' ? [] : `${name}　${value}`))].join(
            '\n',
          );
        },
      }),
    },
    xAxis: {
      type: 'category',
      data: [...labels],
      boundaryGap: false,
      axisTick: { show: false },
      axisLine: { lineStyle: { color: color('--line-strong') } },
      axisLabel: words,
    },
    yAxis: {
      type: 'value',
      axisLabel: { ...words, formatter: (value: number) => format(value) },
      splitLine: { lineStyle: { color: color('--chart-grid') } },
      splitNumber: 4,
    },
    series: [
      ...bands.flatMap((band) => bandSeries(band, color('--chart-actual'))),
      ...series.map((line, index) => {
        const look = looks[line.kind];
        return {
          name: line.name,
          type: 'line',
          data: [...line.values],
          symbol: look.symbol,
          symbolSize: 5,
          lineStyle: { color: look.color, width: look.width, type: look.type },
          itemStyle: { color: look.color },
          z: line.kind === 'actual' ? 4 : 2,
          endLabel: {
            ...words,
            show: line.kind !== 'clock',
            color: look.text,
            fontWeight: line.kind === 'actual' ? 'bold' : 'normal',
            formatter: ({ value }: { value: unknown }) =>
              typeof value === 'number' ? `${line.name} ${format(value)}` : line.name,
          },
          ...(index === 0 &&
            today && {
              markLine: {
                silent: true,
                symbol: 'none',
                lineStyle: { color: color('--chart-clock'), width: 1.5, type: 'solid' },
                label: { ...words, color: color('--text'), formatter: today.words, position: 'end' },
                data: [{ xAxis: today.at }],
              },
            }),
        };
      }),
    ],
  };
}

const shown = (value: number | null | undefined, format: (value: number) => string): string =>
  value === null || value === undefined ? '—' : format(value);

/** Both edges of a band at a label, `12.80—15.10`; a dash where there is none. */
export function bandWords({ low, high }: LineBand, at: number, format: (value: number) => string): string {
  const [from, to] = [low[at], high[at]];
  if (from === null || from === undefined || to === null || to === undefined) return '—';
  return from === to ? format(from) : `${format(from)}—${format(to)}`;
}

/** A clear line along the lower edge, and upon it the height of the band as a filled area. */
function bandSeries({ key, name, low, high }: LineBand, color: string): object[] {
  const line = {
    name,
    type: 'line',
    stack: key,
    silent: true,
    symbol: 'none',
    lineStyle: { opacity: 0 },
    itemStyle: { color },
    z: 1,
  };
  const heights = low.map((from, i) => (from === null || high[i] === null ? null : high[i]! - from));
  return [
    { ...line, data: [...low] },
    { ...line, data: heights, areaStyle: { color, opacity: 0.16 } },
  ];
}
