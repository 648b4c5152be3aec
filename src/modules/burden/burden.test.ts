import { describe, expect, test } from 'vitest';
import { effortSeconds, minutesOf, openingSeconds, secondsOf, secondsOfRequest } from './effort.ts';
import { duplicateOf, knownFields } from './known-fields.ts';

describe('a field that is asked for again', () => {
  test.each([
    ['本年累计完成投资（万元）', 'cumulativeYuan'],
    ['截至目前累计完成投资', 'cumulativeYuan'],
    ['项目总投资额', 'totalYuan'],
    ['形象进度', 'imageProgress'],
    ['联系电话', 'contact'],
    ['是否入统', 'enrolled'],
    ['已到位资金(亿元)', 'arrivedYuan'],
    ['建设单位', 'owner'],
    ['开工时间', 'startDate'],
    ['现场照片', 'photos'],
  ])('%s is known', (asked, code) => expect(duplicateOf(asked)?.code).toBe(code));

  test.each(['工地食堂就餐人数', '塔吊数量', '夜间施工时段', '党员突击队人数', '投资', '备注', ''])(
    '%s is new',
    (asked) => expect(duplicateOf(asked)).toBeNull(),
  );

  test('every known field finds itself by each of its names', () => {
    for (const known of knownFields)
      for (const alias of [known.words.zh, ...known.aliases]) expect(duplicateOf(alias)?.code, alias).toBe(known.code);
  });
});

test('what a form costs grows with its fields, in whole minutes', () => {
  expect(secondsOf([])).toBe(openingSeconds);
  expect(secondsOf(['monthYuan', 'imageProgress'])).toBe(openingSeconds + 20 + 60);
  expect(secondsOf(['something new'])).toBe(openingSeconds + effortSeconds.text);
  expect(secondsOfRequest(['number', 'number'])).toBe(openingSeconds + 40);
  expect([0, 1, 60, 61].map(minutesOf)).toEqual([0, 1, 1, 2]);
});
