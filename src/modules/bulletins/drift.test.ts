import { describe, expect, test } from 'vitest';
import { driftOf, type ToldPledge } from './drift.ts';
import { readBulletin } from './reading.ts';

const told = (documentDate: string, by: string | null, hedge: string | null = '力争'): ToldPledge => ({
  documentId: documentDate,
  documentDate,
  what: 'open',
  by,
  amountYuan: null,
  hedge,
});

describe('promises', () => {
  test('are read with project, day, hedge and place', () => {
    const text =
      '示例大道项目征拆进度明显加快，力争在7月1日前实现主线通车。示例医院项目预计2021年3月16日正式开工建设。';
    const { promises } = readBulletin(text, { documentDate: '2021-02-20' });
    expect(promises.map(({ project, what, hedge }) => ({ project, what, hedge }))).toEqual([
      { project: '示例大道项目', what: 'open', hedge: '力争' },
      { project: '示例医院项目', what: 'start', hedge: '预计' },
    ]);
    expect(promises[1]!.by).toBe('2021-03-16');
  });

  test('move, break and are kept, in days against the first and the last', () => {
    const [line] = driftOf([
      told('2021-06-20', '2021-09-30'),
      told('2021-02-20', '2021-07-01'),
      told('2021-03-20', '2021-07-01'),
      told('2021-10-15', '2021-12-31'),
      told('2022-01-10', '2021-12-28', '已'),
    ]);
    expect(line!.steps.map(({ kind, fromFirst, fromLast }) => [kind, fromFirst, fromLast])).toEqual([
      ['first', null, null],
      ['restated', 0, 0],
      ['moved', 91, 91],
      ['broken', 183, 92],
      ['kept', 180, -3],
    ]);
    expect(line!.state).toBe('kept');
  });

  test('a day that has passed without news is overdue, one still to come is open', () => {
    expect(driftOf([told('2021-02-20', '2021-07-01')], '2021-07-02')[0]!.state).toBe('overdue');
    expect(driftOf([told('2021-02-20', '2021-07-01')], '2021-07-01')[0]!.state).toBe('open');
  });
});
