import { expect, test } from 'vitest';
import type { Cell, Sheet } from '#core/shared/sheet.ts';
import { type ReadForm, readForm } from './read-form.ts';

const id = '01890000-0000-7000-8000-000000000001';
type Plain = string | number | boolean | null | Cell;
const cellOf = (value: Plain): Cell =>
  value === null
    ? { value: null, kind: 'empty' }
    : typeof value === 'object'
      ? value
      : {
          value,
          kind: typeof value as 'text' | 'number' | 'boolean',
          ...(typeof value === 'string' && { kind: 'text' as const }),
        };
const sheetOf = (rows: Plain[][]): Sheet => ({
  name: '填报表',
  hidden: false,
  rows: rows.map((row) => row.map(cellOf)),
  merges: [],
});
const heading = (unit: string): Plain[][] => [
  ['项目名称', `本月填报（${unit}）`, null, null, null, '系统用，请勿改动', null],
  [null, '本月完成投资', '主因', '实际开工', '本月无变化', '填报编号', '版本'],
];
const form = (row: Plain[], unit = '万元') => readForm(sheetOf([...heading(unit), row])) as ReadForm;
const only = (row: Plain[], unit?: string) => form(row, unit).rows[0]!;

test.each<[Plain, string, number]>([
  [3_100.5, '万元', 31_005_000],
  [0.1 + 0.2, '万元', 3_000],
  ['３，１００', '万元', 31_000_000],
  ['1.2亿元', '万元', 120_000_000],
  [0, '万元', 0],
  [31_005_000, '元', 31_005_000],
])('the amount %s under %s is %i yuan', (value, unit, yuan) => {
  expect(only(['市中心医院', value, null, null, null, id, 3], unit).said.monthYuan).toBe(yuan);
});

test.each<[string, Plain, RegExp]>([
  ['a word', '一千二', /“一千二”不是金额/],
  ['a dash', '—', /“—”不是数字；没有完成请填 0/],
  ['finer than a yuan', 3.100_000_1, /最多四位小数/],
  [
    'another unit in the number format',
    { value: 0.31, kind: 'number', numFmt: '0.00"亿元"' },
    /格式写的是亿元，表头写的是万元/,
  ],
  ['an error', { value: null, kind: 'error', error: '#REF!' }, /公式出错（#REF!）/],
  [
    'a formula without its result',
    { value: null, kind: 'empty', formulaWithoutValue: true },
    /请在 WPS 或 Excel 中打开、保存一次/,
  ],
])('%s in the amount is refused at its cell', (_, value, sentence) => {
  const [issue] = only(['市中心医院', value, null, null, null, id, 3]).issues;
  expect(issue).toMatchObject({ cell: 'B3', words: { zh: expect.stringMatching(sentence) } });
});

test.each<[Plain, string | null]>([
  ['2021-3-6', '2021-03-06'],
  ['2021年3月16日', '2021-03-16'],
  [{ value: 44_271, kind: 'date', date: '2021-03-16' }, '2021-03-16'],
  [44_271, '2021-03-16'],
  [null, null],
])('the day %s is %s', (value, day) => {
  expect(only(['市中心医院', 1, null, value, null, id, 3]).said.startedOn).toBe(day);
});

test('a day that there is not is refused, and so is half a date', () => {
  for (const text of ['2021-02-30', '2021年3月', '去年'])
    expect(only(['市中心医院', 1, null, text, null, id, 3]).issues).toMatchObject([{ cell: 'D3' }]);
});

test('columns are known by their headings, wherever they stand, and one that is missing leaves its field alone', () => {
  const [top, below] = heading('万元') as [Plain[], Plain[]];
  const moved = readForm(
    sheetOf([
      ['填报表'],
      ['我的列', ...top].toReversed(),
      [null, ...below].toReversed(),
      ['我的话', '市中心医院', 12, '资金', null, '是', id.toUpperCase(), 3].toReversed(),
    ]),
  ) as ReadForm;
  expect(moved.rows[0]).toMatchObject({
    row: 4,
    cells: { monthYuan: 'F4' },
    said: { monthYuan: 120_000, unchanged: true },
  });
  const row = only(['市中心医院', 12, '资金', null, '是', id.toUpperCase(), 3]);
  expect(row).toMatchObject({
    row: 3,
    filingId: id,
    draftVersion: 3,
    said: { monthYuan: 120_000, cause: 'funding', unchanged: true },
    cells: { monthYuan: 'B3', filingId: 'F3' },
  });
  expect(row.said).not.toHaveProperty('imageProgress');
  expect(row.said).not.toHaveProperty('cumulativeYuan');
});

test('remarks and empty rows are no filings, an added row is told, and the same project twice is refused', () => {
  const read = readForm(
    sheetOf([
      ...heading('万元'),
      ['市中心医院', 1, null, null, null, id, 0],
      [null],
      ['市中心医院', 2, null, null, null, id, 0],
      ['新项目', 5, null, null, null, null, null],
      ['填好后上传'],
    ]),
  ) as ReadForm;
  expect(read.rows.map((row) => [row.row, row.issues.length])).toEqual([
    [3, 0],
    [5, 1],
    [6, 1],
  ]);
  expect(read.rows[1]!.issues[0]!.words.zh).toBe('与第 3 行是同一个项目，请只保留一行');
});

test('a file without the hidden numbers is no form, and says what to do', () => {
  expect(
    readForm(
      sheetOf([
        ['项目名称', '本月完成投资（万元）'],
        ['市中心医院', 3],
      ]),
    ),
  ).toMatchObject({
    problem: 'noForm',
    words: { zh: expect.stringContaining('请重新下载填报表') },
  });
});

test('a form whose heading states no unit of the amounts is asked, never guessed', () => {
  expect(form(['市中心医院', 3, null, null, null, id, 0], '')).toMatchObject({ problem: 'noUnit' });
});
