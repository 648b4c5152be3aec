import { expect, test } from 'vitest';
import { planOf, sheetOf } from './testing/plan-of.ts';

const read = (code: string | null, industry: string | null, region: string | number | null) => {
  const plan = planOf(
    sheetOf([
      ['序号', '项目名称', '项目代码', '行业', '所在县区', '总投资（万元）'],
      [1, '市中心医院', code, industry, region, 86_000],
      [2, '岳阳楼区学校', '2109-430602-83-01-123456', '8331', '岳阳楼区', 9000],
    ]),
  )!;
  const row = plan.rows[0]!;
  return { fields: row.fields, warnings: row.warnings.map((w) => [w.column, w.code, w.words.zh]), errors: row.errors };
};

test('a code of the old form and an unknown division are told at their cells, and written', () => {
  const { fields, warnings, errors } = read('2019-430602-84-01-001134', '9984', '430602');
  expect(errors).toEqual([]);
  expect(warnings).toEqual([
    [2, 'code_unusual', expect.stringContaining('老式代码，可以保留')],
    [3, 'industry_unusual', expect.stringContaining('没有大类“99”')],
  ]);
  expect(fields).toMatchObject({ code: '2019-430602-84-01-001134', industry: '9984', regionCode: '430602' });
});

test('a region may be written as its code, with six digits or the twelve of the statistics', () => {
  expect(read(null, null, 430602).fields.regionCode).toBe('430602');
  expect(read(null, null, '430602001002').fields.regionCode).toBe('430602');
});

test('a region code that cannot be one or is not in the table is told and not written', () => {
  const short = read(null, null, '43062');
  expect(short.fields.regionCode).toBeUndefined();
  expect(short.warnings).toEqual([[4, 'region_unknown', expect.stringContaining('现为 5 位')]]);
  expect(read(null, null, '430699').warnings).toEqual([
    [4, 'region_unknown', expect.stringContaining('区划表中没有 430699')],
  ]);
});
