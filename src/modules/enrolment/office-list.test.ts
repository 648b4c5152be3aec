import { expect, test } from 'vitest';
import type { Cell, Sheet } from '#core/shared/sheet.ts';
import { matcher, readOfficeList } from './office-list.ts';

const cell = (value: string | number | null): Cell =>
  value === null ? { value, kind: 'empty' } : { value, kind: typeof value === 'number' ? 'number' : 'text' };
const sheet = (rows: (string | number | null)[][]): Sheet => ({
  name: '入库项目',
  hidden: false,
  rows: rows.map((row) => row.map(cell)),
  merges: [],
});

test('a list with title, unit line and a heading in two rows is read to whole yuan; totals are passed over', () => {
  const list = readOfficeList(
    [
      sheet([
        ['2021年8月固定资产投资项目名单（示例）'],
        [null, null, null, '单位：万元'],
        ['序号', '项目名称', '项目代码', '投资'],
        [null, null, null, '自年初累计完成'],
        [null, '合计', null, 12_345.6],
        [1, '市中心医院项目', '2103-430602-84-01-777777', 12_000],
        [2, '西环线', null, '345.6'],
        [3, '南湖广场', null, '—'],
        [4, '城陵矶码头', null, '约3000'],
      ]),
    ],
    null,
  )!;
  expect(list).toMatchObject({ unit: '万元', amountHeading: '投资 自年初累计完成' });
  expect(list.lines.map((l) => [l.row, l.name, l.code, l.yuan])).toEqual([
    [6, '市中心医院项目', '2103-430602-84-01-777777', 120_000_000],
    [7, '西环线', null, 3_456_000],
    [8, '南湖广场', null, null],
    [9, '城陵矶码头', null, null],
  ]);
  expect(list.lines[3]!.issue?.zh).toBe('“约3000”不是金额，请在表中改正');
});

test('a unit that nothing states is asked, never guessed', () => {
  const rows = [
    ['项目名称', '本年累计完成投资'],
    ['西环线', 345],
  ];
  expect(readOfficeList([sheet(rows)], null)).toMatchObject({
    unit: null,
    lines: [{ yuan: null, issue: { zh: '没有写明金额单位，请在上方选择' } }],
  });
  expect(readOfficeList([sheet(rows)], '万元')!.lines[0]!.yuan).toBe(3_450_000);
});

test('a sheet without names and amounts is no such list', () => {
  expect(readOfficeList([sheet([['通知'], ['请各单位按时报送']])], null)).toBeUndefined();
});

test('a line means a project by its code first, then by its name, then by a name alike; two of a kind decide nothing', () => {
  const match = matcher([
    { id: 'a', name: '市中心医院项目', code: '2103-430602-84-01-777777', enrolledCode: null },
    { id: 'b', name: '西环线（一期）', code: null, enrolledCode: '430600123' },
    { id: 'c', name: '标准厂房', code: null, enrolledCode: null },
    { id: 'd', name: '标准厂房', code: null, enrolledCode: null },
  ]);
  const of = (name: string, code: string | null = null) => match({ row: 1, name, code, yuan: 1, issue: null });
  expect(of('医院', '2103—430602—84—01—777777')).toEqual({ id: 'a', by: 'code' });
  expect(of('别的名字', '430600123')).toEqual({ id: 'b', by: 'code' });
  expect(of('市中心医院项目', '无此代码')).toEqual({ id: 'a', by: 'name' });
  expect(of('西环线 (一期)')).toEqual({ id: 'b', by: 'alike' });
  expect(of('标准厂房')).toBeUndefined();
});
