import type { Scope } from '#core/server/scope.ts';
import { type ExcelCell, writeWorkbook } from '#core/server/spreadsheet/write.ts';
import { formatMoney } from '#core/shared/money.ts';
import type { FilingContent } from '../content.ts';
import type { FilingState } from '../flow.ts';
import { monthOf, type Period } from '../period.ts';
import { causeNames, type FormKey, formColumns, yes } from '../sheet/form-columns.ts';
import { isFirstOfYear } from '../validation.ts';
import type { FilingFacts } from '../validation-rule.ts';
import { listSurroundings } from './facts.ts';
import { prefilled } from './present.ts';
import { listFilings, type PlacedFiling } from './store.ts';

/** States in which a filing may be filled in. */
export const fillable: readonly FilingState[] = ['opened', 'draft', 'checked', 'returned'];

/** 31_000_001 yuan → 3100.0001 (万元), exact to the yuan. */
const inTenThousand = (yuan: number | null): number | null =>
  yuan === null ? null : Number(formatMoney(yuan, '万元', 4, 'half-up'));

/** What the explanations of a filing say, in one cell. */
export const explanationText = (content: FilingContent): string =>
  [...new Set(Object.values(content.explanations).filter((said) => said.trim() !== ''))].join('；');

/** The cumulative as last month and this one give it; null where the filer must state it. */
export const expectedCumulative = (content: FilingContent, facts: FilingFacts): number | null =>
  content.monthYuan === null || isFirstOfYear(facts) ? null : facts.lastCumulativeYuan + content.monthYuan;

function cellsOf(
  number: number,
  filing: PlacedFiling,
  content: FilingContent,
  facts: FilingFacts,
  lastMonth: number | null,
) {
  const isPlain = content.cumulativeYuan === expectedCumulative(content, facts);
  const cells: Record<FormKey, ExcelCell> = {
    number,
    projectName: filing.projectName,
    unitName: filing.unitName,
    lastMonth: inTenThousand(lastMonth),
    lastCumulative: inTenThousand(facts.lastCumulativeYuan),
    planYear: inTenThousand(facts.planYuan),
    planMonth: inTenThousand(facts.planMonthYuan),
    unchanged: content.unchanged ? yes : null,
    monthYuan: inTenThousand(content.monthYuan),
    // What follows from the month is left to be worked out, so that a changed month needs one cell and not two.
    cumulativeYuan: isPlain ? null : inTenThousand(content.cumulativeYuan),
    cause: content.cause && causeNames[content.cause],
    explanation: explanationText(content),
    imageProgress: content.imageProgress,
    nextSteps: content.nextSteps,
    startedOn: facts.startedOn ?? content.startedOn,
    problems: content.problems,
    note: content.note,
    filingId: filing.id,
    draftVersion: filing.draftVersion,
    period: filing.period,
  };
  return formColumns.map((column) => cells[column.key]);
}

/** The caller's open filings of a month as a form to fill in; `count: 0` when nothing is open. */
export async function writeForm(
  scope: Scope,
  period: Period,
  dueAt: Date,
): Promise<{ bytes: Uint8Array<ArrayBuffer>; count: number }> {
  const filings = await listFilings(scope, 'filings.file', { period, states: fillable });
  const around = await listSurroundings(scope, filings);
  const rows = filings.map((filing, i) => {
    const near = around.get(filing.id)!;
    return cellsOf(i + 1, filing, filing.draft ?? prefilled(near), near.facts, near.last?.monthYuan ?? null);
  });
  const month = `${period.slice(0, 4)}年${monthOf(period)}月`;
  const due = new Date(dueAt.getTime() + 8 * 3_600_000).toISOString().slice(0, 16).replace('T', ' ');
  const isSample = filings.some((filing) => filing.demo);
  const bytes = await writeWorkbook([
    {
      sheet: `${month}填报表`,
      title: `${month}重点项目填报表${isSample ? '（示例数据）' : ''}`,
      note: `单位：万元　　${due} 截止　　只填白色格，灰色格为已知数据`,
      isForm: true,
      frozenColumns: 2,
      columns: formColumns.map(({ header, group, kind, width, isInput, isHidden, list, hint }) => ({
        header,
        kind,
        width,
        wrap: kind === 'text' && width > 12,
        ...(group !== undefined && { group }),
        ...(kind === 'number' && header !== '序号' && !isHidden && { numFmt: '#,##0.00##' }),
        ...(isInput && { isInput }),
        ...(isHidden && { isHidden }),
        ...(list && { list }),
        ...(hint !== undefined && { hint }),
      })),
      rows,
      footnotes: [
        '填好后在“用表格填报”页上传；上传后先显示与现有数据的差异，确认后才写入。照片和节点在填报页上补充。',
        '可以排序、插入列、用 WPS 保存；请不要删除隐藏的列，也不要改动表头的金额单位。',
      ],
    },
  ]);
  return { bytes: new Uint8Array(bytes), count: filings.length };
}
