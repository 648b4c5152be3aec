import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { History, monthsOf } from './history.ts';

const file = History.parse(JSON.parse(readFileSync(new URL('../../../demo/filings.json', import.meta.url), 'utf8')));
const one = (months: number[], september: History['projects'][number]['september'] = null): History => ({
  first: '2020-11',
  projects: [{ name: 'x', months, september, progress: '封顶', problem: '' }],
});

describe('what the demonstration has filed', () => {
  test('starts with the first month that has money, and adds up within each year', () => {
    const months = monthsOf(one([0, 10, 20, 0.5]), '2021-03');
    expect(months.map((m) => [m.period, m.monthYuan, m.cumulativeYuan])).toEqual([
      ['2020-12', 100_000, 100_000],
      ['2021-01', 200_000, 200_000],
      ['2021-02', 5_000, 205_000],
    ]);
  });
  test('the month under way waits for review unless it was accepted, and a draft is not filed', () => {
    expect(monthsOf(one([10], { wan: 1, progress: '装饰', state: 'returned' }), '2020-12').at(-1)).toMatchObject({
      state: 'submitted',
      cumulativeYuan: 110_000,
    });
    expect(monthsOf(one([10], { wan: 1, progress: '装饰', state: 'draft' }), '2020-12')).toHaveLength(1);
  });
  test('the shipped file covers two years and hundreds of projects', () => {
    const months = monthsOf(file, '2021-09');
    expect(new Set(months.map((m) => m.period)).size).toBe(21);
    expect(file.projects.length).toBeGreaterThan(500);
    expect(months.every((m) => Number.isSafeInteger(m.cumulativeYuan) && m.cumulativeYuan >= 0)).toBe(true);
  });
});
