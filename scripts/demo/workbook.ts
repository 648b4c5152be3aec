import { type CellStyle, type CellValue, type MergeRange, type WriteSheet, writeXlsx } from 'hucre/xlsx';
import { elsewhere } from './facts.ts';
import type { Random } from './random.ts';
import type { DemoProject } from './shape.ts';

// A ledger as an office really keeps it: two heading rows, three ways to say a unit, dates as text, group titles with
// counts, subtotals between the rows, packages with their parts below, notes under the table.

const thin = { style: 'thin' as const, color: { rgb: '808080' } };
const border = { top: thin, bottom: thin, left: thin, right: thin };
const heading: CellStyle = {
  font: { name: '宋体', size: 10, bold: true },
  border,
  alignment: { horizontal: 'center', vertical: 'center', wrapText: true },
};
const body: CellStyle = { font: { name: '宋体', size: 10 }, border, alignment: { vertical: 'center', wrapText: true } };
const bold: CellStyle = { ...body, font: { name: '宋体', size: 10, bold: true } };

const headings: readonly (readonly [group: string, sub?: string])[] = [
  ['序号'],
  ['项目名称'],
  ['所属板块'],
  ['项目级别'],
  ['计划类型'],
  ['建设性质'],
  ['建设地点\n（县区）'],
  ['主要建设内容及规模'],
  ['建设起止年限', '开工'],
  ['建设起止年限', '竣工'],
  ['总投资\n（亿元）'],
  ['至2020年底累计完成投资'],
  ['2020年计划', '投资'],
  ['2021年计划', '投资'],
  ['2021年计划', '建设目标'],
  ['实际开工'],
  ['实际竣工'],
  ['是否入统'],
  ['业主单位'],
  ['责任单位'],
  ['责任人'],
  ['包联领导'],
  ['协调指挥部'],
  ['联系人'],
  ['联系电话'],
  ['经度\n（WGS-84）'],
  ['纬度\n（WGS-84）'],
  ['来源'],
  ['数据性质'],
  ['备注'],
];
const last = headings.length - 1;

export async function writeLedger(random: Random, projects: readonly DemoProject[]): Promise<Uint8Array> {
  const note: WriteSheet = {
    name: '填表说明',
    rows: [
      ['示例台账。除“来源”栏注明出处的事实外，项目、金额、人员均为虚构，标为“示例”。'],
      ['金额单位以表头、单位行或单元格注明的为准。'],
    ],
  };
  return (await writeXlsx({
    sheets: [ledger(random, projects), note],
    defaultFont: { name: '宋体', size: 10 },
  })) as Uint8Array;
}

function ledger(random: Random, projects: readonly DemoProject[]): WriteSheet {
  const rows: CellValue[][] = [];
  const cells = new Map<string, { value: CellValue; style: CellStyle }>();
  const merges: MergeRange[] = [];
  const put = (row: number, column: number, value: CellValue, style: CellStyle) => {
    rows[row] ??= new Array<CellValue>(last + 1).fill(null);
    rows[row][column] = value;
    cells.set(`${row},${column}`, { value, style });
  };
  const span = (row: number, text: string, style: CellStyle) => {
    put(row, 0, text, style);
    merges.push({ startRow: row, startCol: 0, endRow: row, endCol: last });
  };

  span(0, '2021年岳阳市重点项目台账（示例）', {
    font: { name: '宋体', size: 18, bold: true },
    alignment: { horizontal: 'center' },
  });
  span(1, '填报单位：市重点项目建设总指挥部办公室　　　　　　　　　　　　　　　　　　　　　　单位：万元', {
    ...body,
    alignment: { horizontal: 'right' },
  });
  for (const [column, [group, sub]] of headings.entries()) {
    const continues = sub !== undefined && headings[column - 1]?.[0] === group;
    put(2, column, continues ? null : group, heading);
    put(3, column, sub ?? null, heading);
    if (sub === undefined) merges.push({ startRow: 2, startCol: column, endRow: 3, endCol: column });
    else if (!continues) {
      let end = column;
      while (headings[end + 1]?.[0] === group) end++;
      if (end > column) merges.push({ startRow: 2, startCol: column, endRow: 2, endCol: end });
    }
  }

  let row = 4;
  const write = (values: readonly { value: CellValue; style?: CellStyle }[], style = body) => {
    for (const [column, cell] of values.entries()) put(row, column, cell.value, cell.style ?? style);
    row++;
  };
  let serial = 0;
  const boards = ['产业', '基础设施', '社会民生', '生态'] as const;
  for (const [index, board] of boards.entries()) {
    const group = projects.filter((p) => p.board === board);
    span(row++, `${'一二三四'[index]}、${board}项目（${group.length}个）`, bold);
    for (const project of group) {
      serial++;
      write(
        cellsOf(random, project, serial, project.children.length > 0 ? `（打捆${project.children.length}个）` : ''),
      );
      for (const [i, child] of project.children.entries()) write(cellsOf(random, child, `${serial}.${i + 1}`, ''));
    }
    write(subtotal('小计', group), bold);
  }
  write(subtotal('合计', projects), bold);
  span(row++, '五、外市对标项目（不下达本市投资计划）', bold);
  for (const fact of elsewhere) {
    serial++;
    const values: CellValue[] = new Array<CellValue>(last + 1).fill(null);
    Object.assign(values, {
      0: serial,
      1: fact.name,
      2: fact.board,
      3: '对标',
      6: fact.region ?? null,
      7: fact.content ?? null,
      15: fact.startedOn ?? null,
      27: fact.source,
      29: fact.remark,
    });
    write(values.map((value) => ({ value })));
  }
  span(
    row++,
    '注：1.总投资单位为亿元，其余金额为万元，单元格内另注单位的从其注。2.“打捆”项目下列子项，合计只计一次。3.标“示例”的行为虚构。',
    body,
  );
  span(row++, '　　4.计划开工写“6月底前”的，均指当年。', body);
  return {
    name: '2021年台账',
    rows,
    cells,
    merges,
    columns: headings.map(([, sub], i) => ({ width: [5, 34, 10, 14, 9, 9, 14, 40][i] ?? (sub ? 12 : 14) })),
  };
}

const wan = (yuan: number) => yuan / 10_000;
const money = (style: CellStyle, numFmt: string): CellStyle => ({
  ...style,
  numFmt,
  alignment: { horizontal: 'right', vertical: 'center' },
});

/** Mostly plain numbers in the column's unit; now and then as people type them: with the unit in the cell or in its format. */
function amount(random: Random, yuan: number, unit: '亿元' | '万元'): { value: CellValue; style: CellStyle } {
  if (yuan === 0) return { value: random.chance(0.5) ? null : '—', style: body };
  const odd = random.next();
  const inYi = yuan / 1e8;
  if (odd < 0.03 && Number.isInteger(yuan / 1e6)) return { value: `${inYi}亿`, style: body };
  if (odd < 0.05 && Number.isInteger(wan(yuan))) return { value: `${wan(yuan)}万元`, style: body };
  if (odd < 0.08 && Number.isInteger(wan(yuan))) return { value: wan(yuan), style: money(body, '0"万元"') };
  if (odd < 0.1) return { value: inYi, style: money(body, '0.00"亿元"') };
  return unit === '亿元'
    ? { value: inYi, style: money(body, '#,##0.00') }
    : { value: wan(yuan), style: money(body, '#,##0') };
}

/** A month of the plan, in one of the ways in which ledgers say it. */
function month(random: Random, index: number): { value: CellValue; style?: CellStyle } {
  const year = 2020 + Math.floor(index / 12);
  const m = (index % 12) + 1;
  const serialOf = (day: number) => (Date.UTC(year, m - 1, day) - Date.UTC(1899, 11, 30)) / 86_400_000;
  const ways: { value: CellValue; style?: CellStyle }[] = [
    { value: `${year}年${m}月` },
    { value: `${year}.${m}` },
    { value: serialOf(1), style: { ...body, numFmt: 'yyyy"年"m"月"' } },
    ...(m === 12 ? [{ value: `${year}年底` }, { value: `${year}年底前` }] : []),
    ...(m % 3 === 0 ? [{ value: `${year}年${'一二三四'[m / 3 - 1]}季度` }] : []),
    ...(year === 2021 ? [{ value: `${m}月底前` }] : []),
  ];
  return random.pick(ways);
}

function day(random: Random, text: string | null): { value: CellValue; style?: CellStyle } {
  if (text === null) return { value: null };
  const [y, m, d] = text.split('-').map(Number) as [number, number, number];
  const serial = (Date.UTC(y, m - 1, d) - Date.UTC(1899, 11, 30)) / 86_400_000;
  return random.pick([
    { value: `${y}.${m}.${d}` },
    { value: `${y}年${m}月${d}日` },
    { value: serial, style: { ...body, numFmt: 'yyyy"年"m"月"d"日"' } },
    { value: serial, style: { ...body, numFmt: 'yyyy/m/d' } },
  ]);
}

function cellsOf(
  random: Random,
  p: DemoProject,
  serial: number | string,
  suffix: string,
): { value: CellValue; style?: CellStyle }[] {
  const text = (value: CellValue) => ({ value });
  return [
    text(serial),
    text(p.name + suffix),
    text(p.board),
    text(p.tiers.join('、') || null),
    text(p.planKind),
    text(p.nature),
    text(p.region),
    text(p.content),
    month(random, p.startMonth),
    month(random, p.finishMonth),
    amount(random, p.totalYuan, '亿元'),
    amount(random, p.doneBeforeYuan, '万元'),
    amount(random, p.plan2020Yuan, '万元'),
    amount(random, p.plan2021Yuan, '万元'),
    text(p.goal),
    day(random, p.startedOn),
    day(random, p.finishedOn),
    text(p.enrolledOn ? '是' : '否'),
    text(p.owner),
    text(p.lead),
    text(p.responsible),
    text(p.leader),
    text(p.command),
    text(p.contact),
    text(p.phone),
    text(p.point?.[0] ?? null),
    text(p.point?.[1] ?? null),
    text(p.source ?? null),
    text('示例'),
    text(p.remark || null),
  ];
}

function subtotal(label: string, group: readonly DemoProject[]): { value: CellValue; style?: CellStyle }[] {
  const values: { value: CellValue; style?: CellStyle }[] = headings.map(() => ({ value: null }));
  const sum = (of: (p: DemoProject) => number) => group.reduce((total, p) => total + of(p), 0);
  values[1] = { value: label };
  values[10] = { value: sum((p) => p.totalYuan) / 1e8, style: money(bold, '#,##0.00') };
  values[11] = { value: wan(sum((p) => p.doneBeforeYuan)), style: money(bold, '#,##0') };
  values[12] = { value: wan(sum((p) => p.plan2020Yuan)), style: money(bold, '#,##0') };
  values[13] = { value: wan(sum((p) => p.plan2021Yuan)), style: money(bold, '#,##0') };
  return values;
}
