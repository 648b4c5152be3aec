import { documentReply } from '#core/server/document/reply.ts';
import { newestMarks } from '#core/server/export-mark.ts';
import { type FileReply, fileReply } from '#core/server/files.ts';
import type { Scope } from '#core/server/scope.ts';
import { type ExcelCell, type ExcelColumn, writeWorkbook } from '#core/server/spreadsheet/write.ts';
import { yearOf } from '#core/shared/day.ts';
import { tableDocument } from '#core/shared/table-document.ts';
import type { Language } from '#core/shared/words.ts';
import { dimensions } from '../dimensions.ts';
import { measureOf } from '../measures.ts';
import { sizeOf } from '../roll.ts';
import type { Pivot, Table, Value } from '../shapes.ts';
import { showKey, showValue, unitOf } from '../show.ts';
import { tableOf } from './read.ts';

/** Numbers that Excel can go on with: 亿元 of yuan, a share as a share. Rounded only by the format. */
function excelValue(value: Value, kind: string): ExcelCell {
  const size = sizeOf(value);
  return size === null ? null : kind === 'yuan' ? size / 100_000_000 : size;
}
const formats: Record<string, string> = { yuan: '#,##0.00', count: '#,##0', rate: '0.0%', points: '+0.0;-0.0;0.0' };

export async function exportTable(
  scope: Scope,
  { pivot, title, format, lang }: { pivot: Pivot; title: string; format: 'xlsx' | 'docx' | 'pdf'; lang: Language },
): Promise<FileReply> {
  const zh = lang === 'zh';
  const table = await tableOf(scope, pivot);
  const dims = pivot.rows.map((d) => dimensions[d].words[lang]);
  const columns: ExcelColumn[] = [
    ...(dims.length > 0 ? dims : [zh ? '项目范围' : 'Projects']).map((header) => ({ header, width: 22, wrap: true })),
    ...table.columns.flatMap((head) =>
      pivot.measures.map((measure): ExcelColumn => {
        const { words, kind } = measureOf(measure);
        const unit = kind === 'rate' ? '' : kind === 'yuan' ? '亿元' : unitOf(measure, lang);
        const name = `${words[lang]}${unit ? (zh ? `（${unit}）` : ` (${kind === 'yuan' ? 'CNY 100 mn' : unit})`) : ''}`;
        return {
          header: name,
          width: 13,
          ...(pivot.columns.length > 0 && { group: groupOf(pivot, head, table, lang) }),
          ...(format === 'xlsx' ? { kind: 'number' as const, numFmt: formats[kind]! } : { kind: 'number' as const }),
        };
      }),
    ),
  ];
  const label = (head: Table['rows'][number]): ExcelCell[] => {
    const wide = Math.max(1, dims.length);
    return Array.from({ length: wide }, (_, i) =>
      head.length === 0
        ? i === 0
          ? zh
            ? '合计'
            : 'Total'
          : ''
        : i < head.length
          ? showKey(pivot.rows[i]!, head[i]!, table.names, lang)
          : i === head.length
            ? zh
              ? '小计'
              : 'Subtotal'
            : '',
    );
  };
  const body = table.rows.map((head, r) => [
    ...label(head),
    ...table.columns.flatMap((_, c) =>
      pivot.measures.map((measure, m): ExcelCell => {
        const value = table.cells[r]![c]![m]!;
        return format === 'xlsx'
          ? excelValue(value, measureOf(measure).kind)
          : `${showValue(value, measure, 'zh')}${measureOf(measure).kind === 'rate' && value !== null ? '%' : ''}`;
      }),
    ),
  ]);
  const name = title || (zh ? '自助分析' : 'Pivot');
  const note = zh
    ? `${table.from} 至 ${table.to}，截至 ${table.day}；${pivot.level === 'projects' ? '打捆项目计一个' : '按子项'}`
    : `${table.from} to ${table.to}, as of ${table.day}; ${pivot.level === 'projects' ? 'a package counts once' : 'by items'}`;
  const footnotes = [
    zh
      ? '金额只计已审核的填报；比率由各组合计重新计算，不取平均；范围为导出人可见的项目。'
      : 'Accepted filings only; rates are worked out from the sums of each group; of the projects the exporter may see.',
    ...(table.hasDemo ? [zh ? '含示例数据。' : 'Contains sample data.'] : []),
    ...(await newestMarks(scope, yearOf(scope.today), lang)),
  ];
  if (format !== 'xlsx')
    return documentReply(
      scope,
      tableDocument({ title: name, note, columns, rows: body, footnotes, language: lang }),
      format,
      `${name} ${table.day}`,
    );
  const bytes = await writeWorkbook([
    {
      sheet: name.slice(0, 31),
      title: name,
      note,
      columns,
      rows: body,
      footnotes,
      frozenColumns: Math.max(1, dims.length),
      landscape: true,
    },
  ]);
  return fileReply({
    name: `${name} ${table.day}.xlsx`,
    type: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
    body: bytes as Uint8Array<ArrayBuffer>,
  });
}

function groupOf(pivot: Pivot, head: Table['columns'][number], table: Table, lang: Language): string {
  if (head.length === 0) return lang === 'zh' ? '合计' : 'Total';
  const said = head.map((key, i) => showKey(pivot.columns[i]!, key, table.names, lang)).join(' · ');
  return head.length < pivot.columns.length ? `${said} ${lang === 'zh' ? '小计' : 'subtotal'}` : said;
}
