import { read } from '@e965/xlsx';
import { expect, test } from 'vitest';
import { readWorkbook } from './read.ts';
import { streamWorkbook, writeWorkbook } from './write.ts';

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
