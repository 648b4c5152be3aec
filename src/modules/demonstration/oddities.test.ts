import { expect, test } from 'vitest';
import type { PastMonth } from './history.ts';
import { withOddities } from './oddities.ts';

const months: PastMonth[] = Array.from(
  { length: 20 },
  (_, m) => `${m < 12 ? 2020 : 2021}-${String((m % 12) + 1).padStart(2, '0')}`,
).flatMap((period, m) =>
  Array.from({ length: 48 }, (_, p) => ({
    name: `项目${String(p).padStart(2, '0')}`,
    period,
    monthYuan: 8_000_000 + p * 1_000 + m * 1_234_567,
    cumulativeYuan: 0,
    progress: `${period} 层`,
    problem: '',
    state: 'accepted' as const,
  })),
);
const sums = new Map<string, number>();
for (const m of months) {
  const sum = (m.period.endsWith('-01') ? 0 : (sums.get(m.name) ?? 0)) + m.monthYuan;
  sums.set(m.name, sum);
  m.cumulativeYuan = sum;
}

test('a few projects are equal, round or without words, and every month still adds up', () => {
  const odd = withOddities(months);
  expect(odd.map((m) => [m.name, m.period])).toEqual(months.map((m) => [m.name, m.period]));
  const newest = (name: string) => odd.filter((m) => m.name === name).slice(-6);
  expect(new Set(newest('项目07').map((m) => m.monthYuan)).size).toBe(1);
  expect(newest('项目19').every((m) => m.monthYuan % 10_000_000 === 0)).toBe(true);
  expect(new Set(newest('项目31').map((m) => m.progress))).toEqual(new Set(['主体施工']));
  expect(newest('项目00')).toEqual(months.filter((m) => m.name === '项目00').slice(-6));
  for (const [, own] of Map.groupBy(odd, (m) => m.name)) {
    let sum = 0;
    for (const m of own) {
      sum = (m.period.endsWith('-01') ? 0 : sum) + m.monthYuan;
      expect(m.cumulativeYuan).toBe(sum);
    }
  }
});
