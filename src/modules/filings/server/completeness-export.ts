import { exportMarks } from '#core/server/export-mark.ts';
import { type FileReply, fileReply } from '#core/server/files.ts';
import type { Scope } from '#core/server/scope.ts';
import { type ExcelCell, type ExcelColumn, writeWorkbook } from '#core/server/spreadsheet/write.ts';
import type { Language } from '#core/shared/words.ts';
import type { CompletenessGroup, CompletenessRow } from '../cycle-contract.ts';
import { latenessWords } from '../lateness.ts';
import { levelWords } from '../levels.ts';
import { periodName } from '../period.ts';
import { listCompleteness, listCompletenessNames, totalOf } from './completeness-store.ts';
import type { CycleRow } from './tables.ts';
import { stateWords } from './words.ts';

const groupWords: Record<CompletenessGroup, { zh: string; en: string }> = {
  lead: { zh: '责任单位', en: 'Responsible unit' },
  owner: { zh: '业主单位', en: 'Owner' },
  command: { zh: '协调指挥部', en: 'Command post' },
  county: { zh: '属地', en: 'County' },
};

const heads = {
  zh: [
    '应报',
    '已报',
    '已审',
    '待责任单位审',
    '待指挥部审',
    '待办公室审',
    '退回',
    '未报',
    '迟报',
    '逾期未报',
    '免报',
    '最长迟延',
  ],
  en: [
    'Owed',
    'Filed',
    'Accepted',
    'At responsible unit',
    'At command post',
    'At office',
    'Returned',
    'Missing',
    'Filed late',
    'Overdue',
    'Exempt',
    'Longest delay',
  ],
};

const late = (seconds: number, language: Language): string => (seconds > 0 ? latenessWords(seconds)[language] : '');

const figuresOf = (row: CompletenessRow, language: Language): ExcelCell[] => [
  row.owed,
  row.filed,
  row.accepted,
  row.responsibleUnit,
  row.commandPost,
  row.office,
  row.returned,
  row.missing,
  row.late,
  row.overdue,
  row.exempt,
  late(row.mostLateSeconds, language),
];

/** The board by unit, and all names behind it, as the screen shows them. */
export async function exportCompleteness(
  scope: Scope,
  cycle: CycleRow,
  by: CompletenessGroup,
  language: Language,
): Promise<FileReply> {
  const zh = language === 'zh';
  const rows = await listCompleteness(scope, cycle.id, by);
  const named = [
    ...(await listCompletenessNames(scope, cycle.id, { by, state: 'owed' })),
    ...(await listCompletenessNames(scope, cycle.id, { by, state: 'exempt' })),
  ];
  const unit = groupWords[by][language];
  const none = zh ? '（未填单位）' : '(no unit)';
  const figures: ExcelColumn[] = heads[language].map((header) => ({ header, width: 9 }));
  const total = totalOf(rows);
  const title = `${periodName(cycle.period)[language]}${zh ? '填报报送情况' : ' completeness'}`;
  const note = zh ? `截至 ${scope.today}` : `as of ${scope.today}`;
  const marks = cycle.kind === 'monthly' ? await exportMarks(scope, cycle.period) : [];
  const body = await writeWorkbook([
    {
      sheet: zh ? '按单位' : 'By unit',
      title,
      footnotes: marks.map((mark) => mark[language]),
      note,
      columns: [{ header: unit, width: 24 }, ...figures],
      rows: rows.map((row) => [row.unitName ?? none, ...figuresOf(row, language)]),
      totals: [[zh ? '合计' : 'Total', ...figuresOf(total, language)]],
      frozenColumns: 1,
      landscape: true,
    },
    {
      sheet: zh ? '项目名单' : 'Projects',
      title,
      note,
      columns: [
        { header: unit, width: 20 },
        { header: zh ? '项目' : 'Project', width: 36 },
        { header: zh ? '状态' : 'State', width: 10 },
        { header: zh ? '在哪一级' : 'At level', width: 14 },
        { header: zh ? '填报人' : 'Filed by', width: 10 },
        { header: zh ? '迟延' : 'Late by', width: 12 },
        { header: zh ? '说明' : 'Remark', width: 30, wrap: true },
      ],
      rows: named.map((n) => [
        n.unitName ?? none,
        n.demo ? `${n.projectName}${zh ? '（示例）' : ' (sample)'}` : n.projectName,
        stateWords[n.state][language],
        n.level && levelWords[n.level][language],
        n.submittedBy,
        late(n.lateSeconds, language),
        n.exemptReason ?? (n.state === 'returned' ? n.returnReason : null),
      ]),
      frozenColumns: 2,
      landscape: true,
    },
  ]);
  const type = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
  return fileReply({ name: `${title} ${scope.today}.xlsx`, type, body: body as Uint8Array<ArrayBuffer> });
}
