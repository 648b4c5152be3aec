import type { EChartsCoreOption } from './echarts.ts';
import type { LineChartProps } from './LineChart.tsx';

/** The ECharts option of a LineChart, in the page's colours. The last point of a line carries its name and value. */
export function lineOption(
  {
    labels,
    series,
    format,
    today,
  }: Pick<LineChartProps, 'labels' | 'series' | 'format'> & { today: LineChartProps['today'] },
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
    series: series.map((line, index) => {
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
  };
}
