import { expect, test } from 'vitest';
import { bandWords, lineOption } from './line-option.ts';

const style = { getPropertyValue: () => '#14559e', fontFamily: 'sans' };
const format = (value: number) => value.toFixed(2);
const band = { key: 'outer', name: '八成区间', low: [null, 5, 6], high: [null, 5, 9] };

test('a band is drawn from its lower edge as high as its upper one, and leaves a gap where there is none', () => {
  const series = [{ key: 'done', name: '已完成', kind: 'actual' as const, values: [3, 5, null] }];
  const option = lineOption({ labels: ['7月', '8月', '9月'], series, bands: [band], format, today: undefined }, style);
  const [edge, area, line] = option.series as { data: (number | null)[]; stack?: string; areaStyle?: object }[];
  expect([edge!.data, area!.data]).toEqual([
    [null, 5, 6],
    [null, 0, 3],
  ]);
  expect([edge!.stack, area!.stack, line!.stack]).toEqual(['outer', 'outer', undefined]);
  expect([edge!.areaStyle === undefined, area!.areaStyle === undefined]).toEqual([true, false]);
  // What is said is both edges, never the height between them.
  const { formatter } = option.tooltip as { formatter: (points: { dataIndex: number }[]) => string };
  expect(formatter([{ dataIndex: 2 }])).toBe('9月\n八成区间　6.00—9.00');
  expect(formatter([{ dataIndex: 1 }])).toBe('8月\n已完成　5.00\n八成区间　5.00');
  expect([0, 1, 2].map((at) => bandWords(band, at, format))).toEqual(['—', '5.00', '6.00—9.00']);
});

test('without a band a chart keeps its own tooltip', () => {
  const option = lineOption({ labels: ['7月'], series: [], format, today: undefined }, style);
  expect(option.tooltip).not.toHaveProperty('formatter');
});
