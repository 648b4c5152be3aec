import { read } from '@e965/xlsx';
import { expect, test } from 'vitest';
import { defaultLimits } from './limits.ts';
import { readWorkbook } from './read.ts';
import { streamWorkbook, writeWorkbook } from './write.ts';
import { openZip } from './zip.ts';

const columns = [
  { header: '项目名称', width: 30, wrap: true },
  { header: '投资', group: '2021年计划', kind: 'number', numFmt: '#,##0.00' },
  { header: '目标', group: '2021年计划' },
  { header: '开工', kind: 'date' },
] as const;

test('a table with title, two-row header, totals and footnote comes back as written, in both readers', async () => {
  const bytes = await writeWorkbook([
    {
      sheet: '进度',
      title: '重点项目进度表',
      note: '单位：万元',
      columns,
      rows: [
        ['市中心医院', 8500.5, '主体封顶', '2021-03-16'],
        ['=1+1', null, '', null],
      ],
      totals: [['合计', 8500.5, null, null]],
      footnotes: ['注：示例'],
      frozenColumns: 1,
    },
  ]);
  const sheet = (await readWorkbook(bytes)).sheets[0]!;
  expect(sheet.name).toBe('进度');
  expect(sheet.rows.map((r) => r.map((c) => c.date ?? c.value))).toEqual([
    ['重点项目进度表'],
    ['单位：万元'],
    ['项目名称', '2021年计划', null, '开工'],
    [null, '投资', '目标'],
    ['市中心医院', 8500.5, '主体封顶', '2021-03-16'],
    ['=1+1'],
    ['合计', 8500.5],
    ['注：示例'],
  ]);
  expect(sheet.rows[4]![1]!.numFmt).toBe('#,##0.00');
  expect(sheet.merges).toContainEqual({ top: 2, left: 1, bottom: 2, right: 2 });
  expect(sheet.merges).toContainEqual({ top: 2, left: 0, bottom: 3, right: 0 });
  const other = read(bytes, { cellNF: true }).Sheets.进度!;
  expect([other.A5!.v, other.B5!.v, other.D5!.v, other.D5!.z, other.A6!.f]).toEqual([
    '市中心医院',
    8500.5,
    44271,
    'yyyy-mm-dd',
    undefined,
  ]);
});

test('a streamed workbook of 30,000 rows comes back whole', async () => {
  async function* rows() {
    for (let i = 0; i < 30_000; i += 1) yield [`项目${i}`, i / 4, null, '2021-09-26'];
  }
  const stream = streamWorkbook({ sheet: '导出', columns, rows: rows() });
  const bytes = new Uint8Array(await new Response(stream).arrayBuffer());
  const sheet = (await readWorkbook(bytes)).sheets[0]!;
  expect(sheet.rows).toHaveLength(30_001);
  expect(sheet.rows[0]!.map((c) => c.value)).toEqual(['项目名称', '2021年计划·投资', '2021年计划·目标', '开工']);
  expect(sheet.rows[30_000]!.map((c) => c.date ?? c.value)).toEqual(['项目29999', 7499.75, null, '2021-09-26']);
});

test('a form has locked cells, open ones, drop-downs, hints and hidden columns, as Excel and WPS keep them', async () => {
  const bytes = await writeWorkbook([
    {
      sheet: '填报表',
      note: '单位：万元',
      isForm: true,
      columns: [
        { header: '项目名称' },
        { header: '本月完成', group: '本月填报', kind: 'number', isInput: true, hint: '没有完成填 0' },
        { header: '主因', group: '本月填报', isInput: true, list: ['征拆', '资金'] },
        { header: '编号', isHidden: true },
      ],
      rows: [
        ['市中心医院', 3100.5, '资金', 'a'],
        ['智慧公积金', null, null, 'b'],
      ],
    },
  ]);
  const zip = await openZip(bytes, defaultLimits);
  const xml = await zip.text('xl/worksheets/sheet1.xml');
  const styles = await zip.text('xl/styles.xml');
  zip.close();
  expect(xml).toMatch(/<sheetProtection [^>]*sheet="1"/);
  expect(xml).not.toMatch(/<sheetProtection [^>]*(password|hashValue)=/);
  expect(xml).toMatch(/<col min="4" [^>]*hidden="true"/);
  expect(xml).toMatch(/<dataValidation type="list"[^>]*sqref="C4:C5"[^>]*>.*?征拆,资金/s);
  expect(xml).toMatch(/<dataValidation type="decimal"[^>]*sqref="B4:B5"/);
  expect(xml).toContain('没有完成填 0');
  // The cell of the project is locked, those of the amounts are not.
  const xfs = /<cellXfs[^>]*>(.*?)<\/cellXfs>/s.exec(styles)![1]!.split('<xf ').slice(1);
  const styleOf = (cell: string) => xfs[Number(new RegExp(`<c r="${cell}"[^>]* s="(\\d+)"`).exec(xml)![1])]!;
  expect(styleOf('B5')).toMatch(/locked="(0|false)"/);
  expect(styleOf('C4')).toMatch(/locked="(0|false)"/);
  expect(styleOf('A4')).not.toMatch(/locked="(0|false)"/);
});

test('a formula knows its place, and comes with what it comes to', async () => {
  const sum = (column: number, value: number) => ({
    value,
    formula: ({ first, last, letters }: { first: number; last: number; letters: (column: number) => string }) =>
      `SUM(${letters(column)}${first}:${letters(column)}${last})`,
  });
  const bytes = await writeWorkbook([
    {
      sheet: '表',
      title: '标题',
      columns: [{ header: '计划' }, { header: '完成' }, { header: '完成率', kind: 'number', numFmt: '0.0%' }],
      rows: [
        [10, 5, { value: 0.5, formula: ({ row }) => `IF(A${row}=0,"",B${row}/A${row})` }],
        [20, 15, { value: 0.75, formula: ({ row }) => `IF(A${row}=0,"",B${row}/A${row})` }],
      ],
      totals: [[sum(0, 30), sum(1, 20), null]],
    },
  ]);
  const sheet = read(bytes).Sheets.表!;
  expect([sheet.C3!.f, sheet.C3!.v, sheet.C4!.f, sheet.A5!.f, sheet.A5!.v, sheet.B5!.v]).toEqual([
    'IF(A3=0,"",B3/A3)',
    0.5,
    'IF(A4=0,"",B4/A4)',
    'SUM(A3:A4)',
    30,
    20,
  ]);
});
