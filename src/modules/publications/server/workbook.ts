import type { ExcelFormula, ExcelTable, ExcelTableCell } from '#core/server/spreadsheet/write.ts';
import type { EditionBody } from '#modules/editions/contract.ts';
import type { Imprint } from '../document.ts';
import type { TableCode } from '../draft.ts';
import { type EditionTable, type TableCell, tableOf } from '../tables.ts';
import { lightLegend, lightOrder } from '../words.ts';

/** Sheets in the order of the workbook; `group` is left to the tables themselves. */
const sheets: readonly [TableCode, string][] = [
  ['counties', '县区'],
  ['commands', '指挥部'],
  ['boards', '板块'],
  ['projects', '项目调度表'],
  ['ranking', '排名'],
  ['boardList', '红黑榜'],
  ['scores', '考核'],
  ['challenges', '揭榜'],
  ['matters', '逾期事项'],
];

const clockText = ({ clock }: EditionBody): string => `${clock.n}/${clock.d}`;

/** The division that people expect in a cell of a rate, with the value it comes to. */
function withFormulas(
  body: EditionBody,
  table: EditionTable,
  cells: readonly TableCell[],
  isTotal: boolean,
): ExcelTableCell[] {
  const at = (key: string): number => table.columns.findIndex((column) => column.key === key);
  return table.columns.map((column, c): ExcelTableCell => {
    const cell = cells[c]!;
    const quotient = column.rate ?? column.gap;
    if (quotient) {
      const [part, whole] = quotient.map(at) as [number, number];
      if (part < 0 || whole < 0) return cell.value;
      return {
        value: cell.value,
        formula: ({ row, letters }) => {
          const [p, w] = [`${letters(part)}${row}`, `${letters(whole)}${row}`];
          return column.rate ? `IF(N(${w})=0,"",${p}/${w})` : `IF(N(${w})=0,"",(${p}/${w}-${clockText(body)})*100)`;
        },
      } satisfies ExcelFormula;
    }
    if (isTotal && column.sum && addsUp(table, c, cell.value)) {
      return {
        value: cell.value,
        formula: ({ first, last, letters }) => `SUM(${letters(c)}${first}:${letters(c)}${last})`,
      } satisfies ExcelFormula;
    }
    return cell.value;
  });
}

/** The rows make the whole, to the yuan; else SUM would say something else than the edition does. */
function addsUp(table: EditionTable, column: number, total: string | number | null): boolean {
  if (typeof total !== 'number' || table.rows.length === 0) return false;
  const sum = table.rows.reduce((all, row) => all + Math.round(Number(row[column]!.value ?? 0) * 10_000), 0);
  return sum === Math.round(total * 10_000);
}

function sheetOf(body: EditionBody, code: TableCode, sheet: string, footnote: string): ExcelTable {
  // 万元 for the eye and whole yuan underneath: nothing is rounded in a cell.
  const table = tableOf(body, code, { unit: '万元', isFull: true });
  return {
    sheet,
    title: table.title,
    ...(table.note !== null && { note: table.note }),
    columns: table.columns.map(({ header, group, width, kind, numFmt }) => ({
      header,
      width: Math.max(width, header.length * 2 + 1, kind === 'number' ? 9 : 0),
      kind,
      wrap: kind === 'text' && width >= 18,
      ...(group !== undefined && { group }),
      ...(numFmt !== undefined && { numFmt }),
    })),
    rows: table.rows.map((row) => withFormulas(body, table, row, false)),
    ...(table.totals && { totals: [withFormulas(body, table, table.totals, true)] }),
    footnotes: [footnote],
    frozenColumns: code === 'projects' ? 2 : 1,
  };
}

/** Figures of the whole city on one sheet, with what each is worked out from. */
function summary(body: EditionBody, footnote: string): ExcelTable {
  const { total, previous } = body;
  const line = (name: string, value: ExcelTableCell, unit: string, from = ''): ExcelTableCell[] => [
    name,
    value,
    unit,
    from,
  ];
  const wan = (yuan: number | null): number | null => (yuan === null ? null : yuan / 10_000);
  // Rows of the sheet, so that a rate can point at its two sums.
  const rowAt = { plan: 2, month: 3, done: 4 } as const;
  const share = (part: keyof typeof rowAt, value: number | null): ExcelFormula => ({
    value: value === null ? null : value * 100,
    formula: ({ first }) => `IF(N(B${first + rowAt.plan})=0,"",B${first + rowAt[part]}/B${first + rowAt.plan}*100)`,
  });
  const rate = total.planYuan > 0 ? total.doneYuan / total.planYuan : null;
  return {
    sheet: '汇总',
    title: `${body.city}${body.year}年${body.month}月重点项目调度汇总`,
    note: `截至 ${body.day}`,
    columns: [
      { header: '指标', width: 26 },
      { header: '数值', width: 18, kind: 'number', numFmt: '#,##0.00' },
      { header: '单位', width: 10 },
      { header: '口径', width: 44, wrap: true },
    ],
    rows: [
      line('项目个数', total.projects, '个', '打捆项目计一个'),
      line('子项数', total.items, '项', '打捆项目按子项计'),
      line('年度计划投资', wan(total.planYuan), '万元'),
      line('本月完成投资', wan(total.monthYuan), '万元', '只计已审核填报'),
      line('本年累计完成投资', wan(total.doneYuan), '万元', '只计已审核填报'),
      line('投资完成率', share('done', rate), '%', '累计完成 ÷ 年度计划'),
      line(
        '../欠时序',
        {
          value: rate === null ? null : (rate - body.clock.n / body.clock.d) * 100,
          formula: ({ first }) =>
            `IF(N(B${first + rowAt.plan})=0,"",(B${first + rowAt.done}/B${first + rowAt.plan}-${clockText(body)})*100)`,
        },
        '百分点',
        `完成率 − 时序（${clockText(body)}），按未舍入的完成率计算`,
      ),
      line(
        '当月完成占年计划',
        share('month', total.planYuan > 0 ? total.monthYuan / total.planYuan : null),
        '%',
        '本月完成 ÷ 年度计划',
      ),
      line('总投资', wan(total.totalYuan), '万元'),
      line('上年同期完成投资', wan(total.lastYearYuan), '万元'),
      line('上月累计完成投资', wan(previous?.doneYuan ?? null), '万元'),
      ...lightOrder.map((light) => line(`${lightLegend[light]}项目`, total.lights[light], '个')),
      line('事项：在办', body.matters.open, '件'),
      line('事项：逾期', body.matters.overdue, '件'),
      line('应报', body.completeness.due, '个'),
      line('缺报', body.completeness.missing.length, '个'),
    ],
    footnotes: [footnote],
    landscape: false,
  };
}

/** The edition as a workbook, one sheet a table. Its bytes depend on nothing but the arguments: pass `modified` on. */
export function workbookTables(body: EditionBody, imprint: Imprint): ExcelTable[] {
  const footnote = `数据：${body.period} 月度调度第 ${imprint.editionVersion} 版，哈希 ${imprint.editionHash.slice(0, 12)}，截至 ${body.day}${
    body.projects.some((p) => p.demo) ? '；标“示例”的项目为演示虚构数据' : ''
  }`;
  return [
    summary(body, footnote),
    ...sheets
      .filter(([code]) => tableOf(body, code).rows.length > 0)
      .map(([code, sheet]) => sheetOf(body, code, sheet, footnote)),
  ];
}
