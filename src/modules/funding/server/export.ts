import { newestMarks } from '#core/server/export-mark.ts';
import { type FileReply, fileReply } from '#core/server/files.ts';
import type { Scope } from '#core/server/scope.ts';
import { type ExcelCell, type ExcelColumn, streamWorkbook, writeWorkbook } from '#core/server/spreadsheet/write.ts';
import type { Language } from '#core/shared/words.ts';
import { columnWords, type FundingColumn, fundingColumns, lampWords } from '../column-words.ts';
import type { FundingRow, ListTotals } from '../shapes.ts';
import { type ListInput, listRows, totalsOf } from './list.ts';

/** Above this the sheet is streamed, without title and borders, instead of built in memory. */
const styledRows = 10_000;

/** An Excel file with the columns, rows, order and totals that the list shows under the same query. */
export async function exportList(
  scope: Scope,
  input: ListInput,
  { columns, language }: { columns?: readonly string[] | undefined; language: Language },
): Promise<FileReply> {
  const asked = fundingColumns.filter((key) => columns?.includes(key));
  const shown = asked.length > 0 ? asked : fundingColumns;
  const rows = await listRows(scope, input, 0, null);
  const totals = await totalsOf(scope, input);
  const zh = language === 'zh';
  const title = zh ? `项目资金（${input.year}年）` : `Funding ${input.year}`;
  const name = `${title} ${scope.today}.xlsx`;
  const type = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
  const head = shown.map((key) => columnOf(key, language));
  const body = rows.map((row) => shown.map((key) => cellOf(row, key, language)));
  if (rows.length > styledRows)
    return fileReply({
      name,
      type,
      body: streamWorkbook({ sheet: title, columns: head, rows: body, frozenColumns: 2 }),
    });
  const bytes = await writeWorkbook([
    {
      sheet: title,
      title,
      note: zh
        ? `截至 ${scope.today}　金额单位：亿元　上报投资只计已审核填报`
        : `As of ${scope.today}; amounts in CNY million; reported investment from accepted filings only`,
      columns: head,
      rows: body,
      totals: [shown.map((key, i) => totalOf(key, i, totals, language))],
      footnotes: [
        zh
          ? '到位率·项目口径 = 本年到位 ÷ 年度投资计划；到位率·招商口径 = 累计到位 ÷ 合同（协议）投资总额。'
          : 'Arrival rate, plan = arrived in the year ÷ annual plan; agreement = all arrived ÷ contracted investment.',
        ...(rows.some((row) => row.demo)
          ? [zh ? '标“示例”的项目为演示虚构数据。' : 'Projects marked “sample” are invented for demonstration.']
          : []),
        ...(await newestMarks(scope, input.year, language)),
      ],
      frozenColumns: Math.min(2, shown.length),
    },
  ]);
  return fileReply({ name, type, body: bytes as Uint8Array<ArrayBuffer> });
}

const isRate = (key: FundingColumn) => key === 'planRate' || key === 'agreementRate';
const isMoney = (key: FundingColumn) => !isRate(key) && !['serial', 'name', 'owner', 'bond', 'queries'].includes(key);

function columnOf(key: FundingColumn, language: Language): ExcelColumn {
  const header = columnWords[key][language];
  if (isRate(key)) return { header, width: 12, kind: 'number', numFmt: '0.0%' };
  if (isMoney(key)) return { header, width: 12, kind: 'number', numFmt: language === 'zh' ? '#,##0.00' : '#,##0' };
  if (key === 'queries') return { header, width: 8, kind: 'number' };
  return { header, width: key === 'name' ? 40 : key === 'owner' ? 22 : 10 };
}

/** Yuan in the unit of the sheet; Excel rounds at display, the cell keeps the figure. */
const money = (yuan: number | null, language: Language): ExcelCell =>
  yuan === null ? null : yuan / (language === 'zh' ? 1e8 : 1e6);
const share = (n: number | null, d: number | null): ExcelCell => (n !== null && d ? n / d : null);

function cellOf(row: FundingRow, key: FundingColumn, language: Language): ExcelCell {
  switch (key) {
    case 'serial':
      return String(row.serial).padStart(4, '0');
    case 'name':
      return row.demo ? `${row.name}${language === 'zh' ? '（示例）' : ' (sample)'}` : row.name;
    case 'owner':
      return row.ownerName;
    case 'planRate':
      return share(row.arrivedYuan, row.planYuan);
    case 'agreementRate':
      return share(row.arrivedToDateYuan, row.agreementYuan);
    case 'bond':
      return row.bondLight && lampWords[row.bondLight][language];
    case 'queries':
      return row.openQueries || null;
    default:
      return money(row[`${key}Yuan`], language);
  }
}

function totalOf(key: FundingColumn, index: number, totals: ListTotals, language: Language): ExcelCell {
  if (index === 0) return language === 'zh' ? '合计' : 'Total';
  switch (key) {
    case 'name':
      return language === 'zh'
        ? `${totals.rows} 个 / ${totals.items} 项`
        : `${totals.rows} projects / ${totals.items} items`;
    case 'planRate':
      return share(totals.arrivedOfPlanYuan, totals.planYuan);
    case 'agreementRate':
      return share(totals.arrivedOfAgreementYuan, totals.agreementYuan);
    case 'total':
    case 'agreement':
    case 'plan':
    case 'planned':
    case 'arrived':
    case 'paid':
    case 'reported':
      return money(totals[`${key}Yuan`], language);
    default:
      return null;
  }
}
