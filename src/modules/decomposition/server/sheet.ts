import { documentReply } from '#core/server/document/reply.ts';
import { type FileReply, fileReply } from '#core/server/files.ts';
import type { Scope } from '#core/server/scope.ts';
import { type ExcelColumn, writeWorkbook } from '#core/server/spreadsheet/write.ts';
import { tableDocument } from '#core/shared/table-document.ts';
import type { DocumentView, Row } from '../contract.ts';
import { matterLightWords, matterStateWords } from '../matter-words.ts';
import { documentView } from './view.ts';

/** The layout of a task table, dispatch.md §2.10. */
const columns: readonly ExcelColumn[] = [
  { header: '序号', width: 6, kind: 'number' },
  { header: '工作任务', width: 34, wrap: true },
  { header: '目标（量化）', width: 32, wrap: true },
  { header: '牵头领导', width: 10, wrap: true },
  { header: '牵头单位', width: 18, wrap: true },
  { header: '责任（配合）单位', width: 24, wrap: true },
  { header: '责任人', width: 10, wrap: true },
  { header: '完成时限', width: 13, kind: 'date' },
  { header: '一季度', group: '每季度形象进度', width: 16, wrap: true },
  { header: '二季度', group: '每季度形象进度', width: 16, wrap: true },
  { header: '三季度', group: '每季度形象进度', width: 16, wrap: true },
  { header: '四季度', group: '每季度形象进度', width: 16, wrap: true },
  { header: '进展', width: 24, wrap: true },
  { header: '存在问题', width: 14, wrap: true },
  { header: '下步', width: 14, wrap: true },
  { header: '状态灯', width: 9 },
  // So that the sheet can be read in again and every line finds its row.
  { header: '行标识', width: 6, isHidden: true },
  { header: '行版本', width: 6, kind: 'number', isHidden: true },
];

/** The cells that people may change in the sheet, as they are written. The sheet that comes back is compared with these. */
export const cellsOfRow = (row: Row) => ({
  title: row.title,
  target: row.target ?? '',
  leader: row.leaderName ?? row.leaderText ?? '',
  lead: row.leadName ?? row.leadText ?? '',
  co: row.co.map((party) => party.name ?? party.text).join('、'),
  handler: row.handlerText ?? '',
  due: row.dueOn ?? '',
  Q1: goalOf(row, 'Q1'),
  Q2: goalOf(row, 'Q2'),
  Q3: goalOf(row, 'Q3'),
  Q4: goalOf(row, 'Q4'),
});
export type RowCells = ReturnType<typeof cellsOfRow>;

const goalOf = (row: Row, code: string): string => row.goals.find((goal) => goal.code === code)?.title ?? '';

function lineOf(row: Row) {
  const cells = cellsOfRow(row);
  const { matter } = row;
  const light = matter ? (matterLightWords[matter.light]?.zh ?? '') : '';
  const state = matter ? (matterStateWords[matter.state]?.zh ?? '') : '';
  return [
    row.n,
    cells.title,
    cells.target,
    cells.leader,
    cells.lead,
    cells.co,
    cells.handler,
    cells.due || (row.dueWords ?? ''),
    cells.Q1,
    cells.Q2,
    cells.Q3,
    cells.Q4,
    matter?.progress ?? state,
    '',
    '',
    light,
    row.id,
    row.version,
  ];
}

/** Rows that were not rejected, in the layout of the field; after issuing with progress, state and light of each matter. */
export async function exportTable(
  scope: Scope,
  { id, format }: { id: string; format: 'xlsx' | 'docx' | 'pdf' },
): Promise<FileReply> {
  const view = await documentView(scope, id);
  const rows = view.rows.filter((row) => row.state !== 'rejected').map(lineOf);
  const title = titleOf(view);
  const note = `${view.sourceRef ? `${view.sourceRef}　` : ''}截至 ${scope.today}　共 ${rows.length} 项`;
  const footnotes = view.demo ? ['标“示例”的内容为演示虚构数据。'] : [];
  if (format !== 'xlsx')
    return documentReply(scope, tableDocument({ title, note, columns, rows, footnotes }), format, title);
  const bytes = await writeWorkbook([
    { sheet: '任务分解表', title, note, columns, rows, footnotes, frozenColumns: 2, landscape: true },
  ]);
  return fileReply({
    name: `${title}.xlsx`,
    type: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
    body: bytes as Uint8Array<ArrayBuffer>,
  });
}

const titleOf = ({ title }: DocumentView): string =>
  /分解表$/.test(title) ? title : `${title}任务分解表`.replace(/任务分解任务分解表$/, '任务分解表');
