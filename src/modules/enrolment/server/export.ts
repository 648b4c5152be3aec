import { newestMarks } from '#core/server/export-mark.ts';
import { type FileReply, fileReply } from '#core/server/files.ts';
import type { Scope } from '#core/server/scope.ts';
import { type ExcelColumn, writeWorkbook } from '#core/server/spreadsheet/write.ts';
import { percent } from '#core/shared/rate.ts';
import type { Language, Words } from '#core/shared/words.ts';
import { documents } from '../checklist.ts';
import { stateWords } from '../flow.ts';
import { gapCauseWords } from '../gap.ts';
import { enrolmentRate } from '../position.ts';
import { startDefinition } from '../rules.ts';
import { gapsOf } from './gaps.ts';
import { overviewOf } from './overview.ts';

/** Stands under every table that leaves the platform: it is no statistical return, and must not be taken for one. */
export const notice: Words = {
  zh: '本表供调度内部使用，不是统计报表；平台不报送统计数据，也不替代联网直报。',
  en: 'For the headquarters’ own use. This is no statistical return; the platform reports nothing to the statistics.',
};
const lampWords = {
  late: { zh: '红 ■', en: 'Red ■' },
  warn: { zh: '黄 ▲', en: 'Yellow ▲' },
  normal: { zh: '绿 ●', en: 'Green ●' },
};

/** Two tables, as the page shows them: begun and not enrolled, and the two figures of a month. */
export async function exportOverview(scope: Scope, period: string | undefined, language: Language): Promise<FileReply> {
  const say = (zh: string, en: string) => (language === 'zh' ? zh : en);
  const overview = await overviewOf(scope);
  const gaps = await gapsOf(scope, period);
  const wan = (yuan: number | null) => (yuan === null ? null : yuan / 10_000);
  const money = (zh: string, en: string, group?: string): ExcelColumn => ({
    header: say(zh, en),
    kind: 'number',
    numFmt: '#,##0.00',
    width: 14,
    ...(group && { group }),
  });
  const text = (zh: string, en: string, width = 12, wrap = false): ExcelColumn => ({
    header: say(zh, en),
    width,
    wrap,
  });
  const date = (zh: string, en: string): ExcelColumn => ({ header: say(zh, en), kind: 'date', width: 12 });
  const named = (row: { name: string; demo: boolean }) =>
    row.demo ? `${row.name}${say('（示例）', ' (sample)')}` : row.name;
  const shownRate = percent(enrolmentRate(overview.projects), 1, 'half-up');
  const marks = await newestMarks(scope, Number(scope.today.slice(0, 4)), language);
  const bytes = await writeWorkbook([
    {
      sheet: say('已开工未入统', 'Not enrolled'),
      title: say('已开工未入统项目', 'Begun and not enrolled'),
      note: say(
        `截至 ${scope.today}　入统率 ${overview.projects.enrolled}/${overview.projects.due}${shownRate ? `（${shownRate}%）` : ''}　单位：万元`,
        `As of ${scope.today}; enrolled ${overview.projects.enrolled}/${overview.projects.due}; amounts in 10,000 yuan`,
      ),
      columns: [
        text('编号', 'No.', 8),
        text('项目名称', 'Project', 40, true),
        text('属地', 'County'),
        text('责任单位', 'Responsible unit', 22),
        money('总投资', 'Total'),
        date('开工日期', 'Start'),
        { header: say('开工天数', 'Days'), kind: 'number', width: 9 },
        text('入统状态', 'State', 16),
        text('亮灯', 'Lamp', 8),
        text('缺少材料', 'Documents missing', 14),
        { header: say('材料不一致', 'Comparisons that differ'), kind: 'number', width: 11 },
      ],
      rows: overview.rows.map((row) => [
        String(row.serial).padStart(4, '0'),
        named(row),
        row.countyName,
        row.leadName,
        wan(row.totalYuan),
        row.startedOn,
        row.days,
        stateWords[row.state][language],
        row.lamp && lampWords[row.lamp][language],
        row.missing.map((kind) => documents[kind].mark).join(''),
        row.hits,
      ]),
      footnotes: [startDefinition[language], notice[language], ...marks],
      frozenColumns: 2,
      landscape: true,
    },
    {
      sheet: say('口径对照', 'Two figures'),
      title: say('统计口径与调度口径对照', 'Statistics beside dispatch'),
      note: say(`${gaps.period ?? ''}　本年累计　单位：万元`, `${gaps.period ?? ''}; from January; 10,000 yuan`),
      columns: [
        text('编号', 'No.', 8),
        text('项目名称', 'Project', 40, true),
        text('属地', 'County'),
        date('入统日期', 'Enrolled on'),
        money('统计口径', 'Statistics'),
        money('调度口径', 'Dispatch'),
        money('差额', 'Gap'),
        { header: say('差额%', 'Gap %'), kind: 'number', numFmt: '0.0%', width: 9 },
        text('原因', 'Cause', 22, true),
        text('说明', 'Explanation', 36, true),
        text('来源文件', 'Source', 30, true),
      ],
      rows: gaps.rows.map((row) => [
        String(row.serial).padStart(4, '0'),
        named(row),
        row.countyName,
        row.enrolledOn,
        wan(row.statisticsYuan),
        wan(row.dispatchYuan),
        wan(row.gapYuan),
        row.gapYuan !== null && row.statisticsYuan ? row.gapYuan / row.statisticsYuan : null,
        row.explanation && gapCauseWords[row.explanation.cause][language],
        row.explanation?.text ?? (row.needsExplanation ? say('待说明', 'to be explained') : null),
        row.source && `${row.source.document}（${row.source.issuedOn}）`,
      ]),
      totals: [
        [
          say('合计', 'Total'),
          say(`两个口径都有的 ${gaps.both.projects} 个`, `${gaps.both.projects} with both figures`),
          null,
          null,
          wan(gaps.both.statisticsYuan),
          wan(gaps.both.dispatchYuan),
          wan(gaps.both.dispatchYuan - gaps.both.statisticsYuan),
          gaps.both.statisticsYuan > 0
            ? (gaps.both.dispatchYuan - gaps.both.statisticsYuan) / gaps.both.statisticsYuan
            : null,
        ],
      ],
      footnotes: [
        say(
          '统计口径为统计部门公布数，原样录入；调度口径为平台审核通过的填报数。',
          'Statistics: as published, entered unchanged. Dispatch: accepted filings of the platform.',
        ),
        notice[language],
      ],
      frozenColumns: 2,
      landscape: true,
    },
  ]);
  return fileReply({
    name: say(`入库入统情况 ${scope.today}.xlsx`, `Enrolment ${scope.today}.xlsx`),
    type: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
    body: bytes as Uint8Array<ArrayBuffer>,
  });
}
