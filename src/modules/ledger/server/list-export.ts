import { documentReply } from '#core/server/document/reply.ts';
import { type FileReply, fileReply } from '#core/server/files.ts';
import type { Scope } from '#core/server/scope.ts';
import { type ExcelCell, type ExcelColumn, streamWorkbook, writeWorkbook } from '#core/server/spreadsheet/write.ts';
import { tableDocument } from '#core/shared/table-document.ts';
import type { Language } from '#core/shared/words.ts';
import { stateWords } from '../flow.ts';
import { categories, kindWords, levelWords, sourceWords, trackWords } from '../kinds.ts';
import { matterLightWords } from '../light-words.ts';
import type { MatterQuery } from '../list-contract.ts';
import { listWords } from '../lists.ts';
import type { MatterRow } from '../shapes.ts';
import { listPage } from './list.ts';

/** Above this the sheet is streamed, without title and borders, instead of built in memory. */
const styledRows = 10_000;
/** A document of more pages is read by nobody; the sheet takes any number. */
const mostInDocument = 3_000;

type Column = ExcelColumn & { of: (row: MatterRow) => ExcelCell; isSheetOnly?: boolean };

function columnsIn(language: Language): Column[] {
  const zh = language === 'zh';
  const say = (words: Readonly<Record<string, { zh: string; en: string }>>, key: string | null) =>
    key === null ? null : (words[key]?.[language] ?? key);
  return [
    { header: zh ? '编号' : 'No.', width: 20, of: (row) => row.no },
    {
      header: zh ? '事项' : 'Matter',
      width: 44,
      wrap: true,
      of: (row) => (row.demo ? `${row.title}${zh ? '（示例）' : ' (sample)'}` : row.title),
    },
    { header: zh ? '类型' : 'Kind', width: 10, of: (row) => say(kindWords, row.kind) },
    { header: zh ? '办理方式' : 'Track', width: 10, of: (row) => say(trackWords, row.track) },
    { header: zh ? '类别' : 'Category', width: 10, isSheetOnly: true, of: (row) => say(categories, row.category) },
    { header: zh ? '来源' : 'Source', width: 8, isSheetOnly: true, of: (row) => say(sourceWords, row.sourceKind) },
    { header: zh ? '项目' : 'Project', width: 24, wrap: true, isSheetOnly: true, of: (row) => row.projectName },
    { header: zh ? '层级' : 'Level', width: 11, isSheetOnly: true, of: (row) => say(levelWords, row.level) },
    { header: zh ? '牵头单位' : 'Lead unit', width: 18, wrap: true, of: (row) => row.leadUnitName },
    { header: zh ? '牵头领导' : 'Lead leader', width: 9, of: (row) => row.leadLeaderName },
    { header: zh ? '状态' : 'State', width: 9, of: (row) => say(stateWords, row.state) },
    { header: zh ? '亮灯' : 'Light', width: 7, of: (row) => say(matterLightWords, row.light) },
    { header: zh ? '登记日期' : 'Raised', width: 11, kind: 'date', of: (row) => row.raisedOn },
    { header: zh ? '原定时限' : 'Original limit', width: 11, kind: 'date', of: (row) => row.dueOriginal },
    { header: zh ? '现定时限' : 'Limit', width: 11, kind: 'date', of: (row) => row.dueCurrent },
    { header: zh ? '申请销号' : 'Claimed', width: 11, kind: 'date', isSheetOnly: true, of: (row) => row.claimedOn },
    { header: zh ? '销号日期' : 'Closed', width: 11, kind: 'date', of: (row) => row.closedOn },
    { header: zh ? '退回' : 'Returns', width: 6, kind: 'number', isSheetOnly: true, of: (row) => row.returns },
    { header: zh ? '延期' : 'Extensions', width: 6, kind: 'number', isSheetOnly: true, of: (row) => row.extensions },
  ];
}

/** The list as the page shows it under the same query, in its order. */
export async function exportMatters(
  scope: Scope,
  { format, language, ...query }: MatterQuery & { format: 'xlsx' | 'docx' | 'pdf'; language: Language },
): Promise<FileReply> {
  const zh = language === 'zh';
  const rows = await listPage(scope, query, format === 'xlsx' ? null : mostInDocument);
  // A page across holds a dozen columns; the sheet has them all.
  const shown = columnsIn(language).filter((column) => format === 'xlsx' || !column.isSheetOnly);
  const columns = shown.map(({ of: _, isSheetOnly: __, ...column }) => column);
  const body = rows.map((row) => shown.map((column) => column.of(row)));
  const list = query.list && query.list !== 'all' ? listWords[query.list][language] : null;
  const title = zh ? `事项台账${list ? `（${list}）` : ''}` : `Ledger of matters${list ? ` (${list})` : ''}`;
  const name = `${title} ${scope.today}`;
  const note = zh ? `截至 ${scope.today}　共 ${rows.length} 件` : `As of ${scope.today}; ${rows.length} matters`;
  const footnotes = [
    ...(rows.some((row) => row.demo)
      ? [zh ? '标“示例”的事项为演示虚构数据。' : 'Matters marked “sample” are invented for demonstration.']
      : []),
    ...(format !== 'xlsx' && rows.length === mostInDocument
      ? [
          zh
            ? `文档最多列 ${mostInDocument} 件，全部请导出 Excel。`
            : `A document lists ${mostInDocument} at most; export Excel for all.`,
        ]
      : []),
  ];
  if (format !== 'xlsx')
    return documentReply(scope, tableDocument({ title, note, columns, rows: body, footnotes, language }), format, name);
  const type = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
  if (rows.length > styledRows)
    return fileReply({
      name: `${name}.xlsx`,
      type,
      body: streamWorkbook({ sheet: title, columns, rows: body, frozenColumns: 2 }),
    });
  const bytes = await writeWorkbook([
    { sheet: title, title, note, columns, rows: body, footnotes, frozenColumns: 2, landscape: true },
  ]);
  return fileReply({ name: `${name}.xlsx`, type, body: bytes as Uint8Array<ArrayBuffer> });
}
