import { documentReply } from '#core/server/document/reply.ts';
import { type FileReply, fileReply } from '#core/server/files.ts';
import type { Scope } from '#core/server/scope.ts';
import { type ExcelCell, type ExcelColumn, writeWorkbook } from '#core/server/spreadsheet/write.ts';
import { multiply, ratio, showRatio } from '#core/shared/rate.ts';
import { tableDocument } from '#core/shared/table-document.ts';
import type { Language } from '#core/shared/words.ts';
import { stateWords } from '../flow.ts';
import { ratioFrom, showExact } from '../progress.ts';
import type { ChallengeCard } from '../shapes.ts';
import { basisWords } from '../words.ts';
import { type ListFilter, listCards } from './present.ts';

type Column = ExcelColumn & { of: (card: ChallengeCard) => ExcelCell };

function columnsIn(language: Language): Column[] {
  const zh = language === 'zh';
  const figure = (card: ChallengeCard, value: ChallengeCard['value']) =>
    value && Number(showExact(value, card.metric.decimals));
  return [
    { header: zh ? '编号' : 'No.', width: 16, of: (card) => card.no },
    {
      header: zh ? '榜题' : 'Challenge',
      width: 30,
      wrap: true,
      of: (card) => (card.demo ? `${card.title}${zh ? '（示例）' : ' (sample)'}` : card.title),
    },
    { header: zh ? '批次' : 'Batch', width: 24, wrap: true, of: (card) => card.batchTitle },
    { header: zh ? '发榜方' : 'Publisher', width: 18, wrap: true, of: (card) => card.owner.name },
    { header: zh ? '揭榜方' : 'Taker', width: 24, wrap: true, of: (card) => card.takers.join('、') || null },
    {
      header: zh ? '指标' : 'Metric',
      width: 18,
      wrap: true,
      of: (card) => `${card.metric.name}（${card.metric.unit}）`,
    },
    { header: zh ? '基线' : 'Baseline', width: 11, kind: 'number', of: (card) => figure(card, card.baseline) },
    { header: zh ? '目标' : 'Target', width: 11, kind: 'number', of: (card) => card.target && Number(card.target) },
    { header: zh ? '实绩' : 'Value', width: 11, kind: 'number', of: (card) => figure(card, card.value) },
    {
      header: zh ? '数据来源' : 'Source',
      width: 10,
      of: (card) => card.valueBasis && basisWords[card.valueBasis][language],
    },
    {
      header: zh ? '完成率' : 'Way gone',
      width: 9,
      of: (card) => card.progress && `${showRatio(multiply(ratioFrom(card.progress), ratio(100, 1)), 1, 'half-up')}%`,
    },
    { header: zh ? '完成时限' : 'Due', width: 11, kind: 'date', of: (card) => card.dueOn },
    { header: zh ? '状态' : 'State', width: 10, of: (card) => stateWords[card.state][language] },
    { header: zh ? '逾期支持事项' : 'Late support', width: 9, kind: 'number', of: (card) => card.lateSupport },
  ];
}

/** The list as the page shows it to this reader under the same filter. */
export async function exportList(
  scope: Scope,
  { format, lang, ...filter }: ListFilter & { format: 'xlsx' | 'docx' | 'pdf'; lang: Language },
): Promise<FileReply> {
  const zh = lang === 'zh';
  const cards = await listCards(scope, filter);
  const defined = columnsIn(lang);
  const columns = defined.map(({ of: _, ...column }) => column);
  const rows = cards.map((card) => defined.map((column) => column.of(card)));
  const title = zh ? '揭榜挂帅榜单' : 'Challenges';
  const name = `${title} ${scope.today}`;
  const note = zh ? `截至 ${scope.today}　共 ${rows.length} 个` : `As of ${scope.today}; ${rows.length}`;
  const footnotes = [
    zh
      ? '标“自报”的数值未经核定，不作为兑现依据。'
      : 'Self-reported values were not accepted by anybody and earn no reward.',
    ...(cards.some((card) => card.demo)
      ? [zh ? '标“示例”的榜为演示虚构数据。' : 'Challenges marked “sample” are invented for demonstration.']
      : []),
  ];
  if (format !== 'xlsx')
    return documentReply(scope, tableDocument({ title, note, columns, rows, footnotes, language: lang }), format, name);
  const bytes = await writeWorkbook([
    { sheet: title, title, note, columns, rows, footnotes, frozenColumns: 2, landscape: true },
  ]);
  return fileReply({
    name: `${name}.xlsx`,
    type: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
    body: bytes as Uint8Array<ArrayBuffer>,
  });
}
