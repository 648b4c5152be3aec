import { newestMarks } from '#core/server/export-mark.ts';
import { type FileReply, fileReply } from '#core/server/files.ts';
import type { Scope } from '#core/server/scope.ts';
import { type ExcelCell, type ExcelColumn, streamWorkbook, writeWorkbook } from '#core/server/spreadsheet/write.ts';
import type { Language } from '#core/shared/words.ts';
import {
  causeWords,
  columnWords,
  filingStateWords,
  lightWords,
  planKindWords,
  serialText,
  stageWords,
} from '../column-words.ts';
import { type ColumnKey, columnKeys, columns } from '../columns.ts';
import { enrolmentOf } from '../enrolment.ts';
import type { ProjectRow, Totals } from '../list-shapes.ts';
import { type ListInput, listRows, totalsOf } from './list.ts';

const shownAtFirst: readonly ColumnKey[] = [
  'light',
  'serial',
  'name',
  'tiers',
  'board',
  'region',
  'stage',
  'lead',
  'responsible',
  'total',
  'plan',
  'done',
  'rate',
  'gap',
  'enrolled',
  'filedOn',
];
/** Above this the sheet is streamed, without title and borders, instead of built in memory. */
const styledRows = 10_000;

/** An Excel file with the columns, rows, order and totals that the list shows under the same query. */
export async function exportList(scope: Scope, input: ListInput, language: Language): Promise<FileReply> {
  const keys = input.columns?.filter((key): key is ColumnKey => (columnKeys as string[]).includes(key)) ?? [];
  const shown = keys.length > 0 ? keys : [...shownAtFirst];
  const rows = await listRows(scope, { ...input, columns: shown }, 0, null);
  const totals = await totalsOf(scope, input);
  const head = shown.map((key) => columnOf(key, language));
  const body = rows.map((row) => shown.map((key) => cellOf(row, key, scope.today, language)));
  const zh = language === 'zh';
  const title = zh ? `重点项目清单（${input.year}年）` : `Key projects ${input.year}`;
  const name = `${title} ${scope.today}.xlsx`;
  const type = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
  const marks = await newestMarks(scope, input.year, language);
  if (rows.length > styledRows)
    return fileReply({
      name,
      type,
      body: streamWorkbook({ sheet: title, columns: head, rows: withMarks(body, marks), frozenColumns: 3 }),
    });
  const counts = zh
    ? `${totals.projects} 个 / ${totals.items} 项`
    : `${totals.projects} projects / ${totals.items} items`;
  const bytes = await writeWorkbook([
    {
      sheet: title,
      title,
      note: zh
        ? `截至 ${scope.today}　金额单位：亿元　只计已审核填报`
        : `As of ${scope.today}; amounts in CNY million; accepted filings only`,
      columns: head,
      rows: body,
      totals: [shown.map((key, i) => totalOf(key, i, counts, totals, language))],
      footnotes: [
        ...(rows.some((row) => row.demo)
          ? [zh ? '标“示例”的项目为演示虚构数据。' : 'Projects marked “sample” are invented for demonstration.']
          : []),
        ...marks,
      ],
      frozenColumns: Math.min(3, shown.length),
    },
  ]);
  return fileReply({ name, type, body: bytes as Uint8Array<ArrayBuffer> });
}

/** A streamed sheet has no foot: what it rests on stands below its last row, after an empty one. */
export function* withMarks(rows: Iterable<ExcelCell[]>, marks: readonly string[]): Generator<ExcelCell[]> {
  yield* rows;
  if (marks.length > 0) yield [];
  for (const mark of marks) yield [mark];
}

const widths: Partial<Record<ColumnKey, number>> = {
  name: 40,
  content: 60,
  goal: 40,
  funds: 30,
  address: 24,
  source: 30,
  remark: 30,
  lead: 20,
  owner: 20,
  command: 20,
  code: 26,
};

function columnOf(key: ColumnKey, language: Language): ExcelColumn {
  const header = columnWords[key][language];
  const width = widths[key] ?? 11;
  if (key === 'rate') return { header, width, kind: 'number', numFmt: '0.0%' };
  if (key === 'gap')
    return {
      header: language === 'zh' ? '时序差（百分点）' : 'Gap (points)',
      width,
      kind: 'number',
      numFmt: '+0.0;-0.0;0.0',
    };
  switch (columns[key]) {
    case 'money':
      return { header, width, kind: 'number', numFmt: language === 'zh' ? '#,##0.00' : '#,##0' };
    case 'day':
      return { header, width, kind: 'date' };
    case 'number':
      return { header, width, kind: key === 'serial' ? 'text' : 'number' };
    default:
      return { header, width, wrap: columns[key] === 'long' };
  }
}

/** Yuan in the unit of the sheet; Excel rounds at display, the cell keeps the figure. */
const money = (yuan: number | null, language: Language): ExcelCell =>
  yuan === null ? null : yuan / (language === 'zh' ? 1e8 : 1e6);

function cellOf(row: ProjectRow, key: ColumnKey, today: string, language: Language): ExcelCell {
  switch (key) {
    case 'light':
      return row.light && (row.level?.words ?? lightWords[row.light])[language];
    case 'serial':
      return serialText(row.serial);
    case 'name':
      return row.demo ? `${row.name}${language === 'zh' ? '（示例）' : ' (sample)'}` : row.name;
    case 'tiers':
      return row.tiers.join(language === 'zh' ? '、' : ', ');
    case 'planKind':
      return row.planKind && planKindWords[row.planKind][language];
    case 'region':
      return row.regionName ?? row.regionCode;
    case 'stage':
      return stageWords[row.stage][language];
    case 'owner':
      return row.ownerName;
    case 'lead':
      return row.leadName;
    case 'responsible':
      return row.responsibleName;
    case 'leader':
      return row.leaderName;
    case 'command':
      return row.commandName;
    case 'county':
      return row.countyName;
    case 'total':
      return money(row.totalYuan, language);
    case 'doneBefore':
      return money(row.doneBeforeYuan, language);
    case 'plan':
      return money(row.planYuan, language);
    case 'done':
      return money(row.doneYuan, language);
    case 'rate':
      return row.planYuan && row.doneYuan !== null ? row.doneYuan / row.planYuan : null;
    case 'gap':
      return row.gapPoints;
    case 'enrolled': {
      const state = enrolmentOf(row, today);
      if (state.state === 'enrolled') return language === 'zh' ? '已入' : 'Yes';
      if (state.state === 'notDue') return language === 'zh' ? '未到期' : 'Not due';
      return language === 'zh' ? `未入 ${state.days} 天` : `Missing ${state.days} d`;
    }
    case 'filingState':
      return row.filingState && (filingStateWords[row.filingState]?.[language] ?? row.filingState);
    case 'cause':
      return row.cause && (causeWords[row.cause]?.[language] ?? row.cause);
    case 'demo':
      return row.demo ? (language === 'zh' ? '示例' : 'Sample') : null;
    default:
      return row[key];
  }
}

function totalOf(key: ColumnKey, index: number, counts: string, totals: Totals, language: Language): ExcelCell {
  if (index === 0) return language === 'zh' ? '合计' : 'Total';
  if (key === 'name') return counts;
  if (key === 'total') return money(totals.totalYuan, language);
  if (key === 'plan') return money(totals.planYuan, language);
  if (key === 'done') return money(totals.doneYuan, language);
  if (key === 'rate') return totals.planYuan > 0 ? totals.doneOfPlannedYuan / totals.planYuan : null;
  return null;
}
