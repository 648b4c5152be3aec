import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { causeOf, History, monthsOf } from './history.ts';
import { milestonesOf } from './milestones.ts';

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
  test('a month below plan names its cause as its words do', () => {
    expect(causeOf('用地范围内剩余房屋未交付')).toBe('land');
    expect(causeOf('施工图审查未完成')).toBe('permits');
    expect(causeOf('')).toBeNull();
  });
});

describe('nodes of a demonstration project', () => {
  test('a published promise stands with its own words, and is not called kept', () => {
    const road = milestonesOf(
      { name: 'G353机场快速路项目', serial: 1, start: '2019-11-18', finish: '2021-12-31' },
      '2021-09-26',
    );
    expect(road.find((m) => m.name === '主线通车')).toEqual({
      name: '主线通车',
      due: '2021-07-01',
      text: '7月1日前',
      actual: null,
    });
  });
  test('the usual four lie between start and finish, and only the past is done', () => {
    const nodes = milestonesOf({ name: 'x', serial: 4, start: '2021-01-10', finish: '2022-12-31' }, '2021-09-26');
    expect(nodes.map((m) => m.name)).toEqual(['基础完工', '主体完工', '设备安装完成', '竣工验收']);
    expect(nodes.map((m) => m.actual !== null)).toEqual([true, false, false, false]);
    expect(milestonesOf({ name: 'x', serial: 4, start: null, finish: null }, '2021-09-26')).toEqual([]);
  });
});
