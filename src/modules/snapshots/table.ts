import { formatMoney } from '#core/shared/money.ts';
import { percent, rate, ratio, showRatio } from '#core/shared/rate.ts';
import type { Language, Words } from '#core/shared/words.ts';
import type { CellValue, SnapshotRow } from './body.ts';
import { filingWords, inLanguage, lightWords, planKindWords } from './table-words.ts';

/** One column of the monthly dispatch table (调度表, dispatch.md §2.8), read from a frozen row and nothing else. */
export interface TableColumn {
  key: string;
  header: Words;
  group?: Words;
  width: number;
  kind: 'text' | 'number' | 'date';
  numFmt?: string;
  wrap?: boolean;
  /** What Excel gets: numbers as they are. */
  cell: (row: SnapshotRow, index: number, language: Language) => CellValue;
  /** What text gets: rounded once. */
  text?: (row: SnapshotRow) => string;
  /** Added up in the last line, packages with their items counted once. */
  isSum?: boolean;
}

const number = (value: CellValue | undefined): number | null => (typeof value === 'number' ? value : null);
const text = (key: string, zh: string, en: string, width: number, more: Partial<TableColumn> = {}): TableColumn => ({
  key,
  header: { zh, en },
  width,
  kind: 'text',
  cell: (row) => row[key] ?? null,
  ...more,
});
const money = (key: string, zh: string, en: string, more: Partial<TableColumn> = {}): TableColumn => ({
  key,
  header: { zh, en },
  width: 12,
  kind: 'number',
  numFmt: '#,##0.00',
  isSum: true,
  cell: (row) => {
    const yuan = number(row[key]);
    return yuan === null ? null : yuan / 10_000;
  },
  text: (row) => {
    const yuan = number(row[key]);
    return yuan === null ? '' : formatMoney(yuan, '万元', 2);
  },
  ...more,
});
const day = (key: string, zh: string, en: string, group: Words): TableColumn => ({
  key,
  header: { zh, en },
  group,
  width: 11,
  kind: 'date',
  cell: (row) => row[key] ?? null,
});

/** Done since the start: what was done before the year and in it. */
const sinceStart = (row: SnapshotRow): number | null =>
  number(row.doneBeforeYuan) === null && number(row.yearDoneYuan) === null
    ? null
    : (number(row.doneBeforeYuan) ?? 0) + (number(row.yearDoneYuan) ?? 0);

const share = (
  key: string,
  zh: string,
  en: string,
  part: (row: SnapshotRow) => number | null,
  whole: string,
  group: Words,
) => ({
  key,
  header: { zh, en },
  group,
  width: 9,
  kind: 'number' as const,
  numFmt: '0.0%',
  cell: (row: SnapshotRow) => {
    const [n, d] = [part(row), number(row[whole])];
    return n === null || !d ? null : n / d;
  },
  text: (row: SnapshotRow) => {
    const shown = percent(rate(part(row), number(row[whole])), 1, 'half-up');
    return shown === null ? '' : `${shown}%`;
  },
});

const building: Words = { zh: '开竣工', en: 'Start and finish' };
const plan: Words = { zh: '年度计划', en: 'Plan of the year' };
const done: Words = { zh: '完成投资', en: 'Investment done' };
const who: Words = { zh: '责任', en: 'Responsible' };

export const columns: readonly TableColumn[] = [
  { ...text('index', '序号', 'No.', 6), kind: 'number', cell: (_row, index) => index + 1 },
  text('name', '项目名称', 'Project', 36, {
    wrap: true,
    cell: (row, _index, language) =>
      row.demo ? `${row.name}${language === 'zh' ? '（示例）' : ' (sample)'}` : (row.name ?? null),
  }),
  text('code', '项目代码', 'Code', 26),
  text('board', '板块', 'Board', 12),
  text('nature', '建设性质', 'Nature', 9),
  text('tiers', '项目类别', 'Tier', 14),
  text('planKind', '计划类型', 'Plan', 10, {
    cell: (row, _index, language) => inLanguage(planKindWords, row.planKind, language),
  }),
  text('place', '建设地点', 'Place', 12, { cell: (row) => row.countyName ?? row.regionName ?? null }),
  text('content', '主要建设内容及规模', 'Content and scale', 48, { wrap: true }),
  day('startPlanned', '计划开工', 'Start planned', building),
  day('startActual', '实际开工', 'Started', building),
  day('finishPlanned', '计划竣工', 'Finish planned', building),
  day('finishActual', '实际竣工', 'Finished', building),
  money('totalYuan', '总投资', 'Total'),
  money('doneBeforeYuan', '至上年底累计', 'Before the year'),
  money('yearPlanYuan', '年度计划投资', 'Planned', { group: plan }),
  text('goal', '年度目标', 'Goal', 30, { group: plan, wrap: true }),
  money('monthYuan', '本月完成', 'This month', { group: done }),
  money('yearDoneYuan', '本年累计', 'This year', { group: done }),
  share('rate', '占年度计划', 'Of the plan', (row) => number(row.yearDoneYuan), 'yearPlanYuan', done),
  {
    key: 'gapPoints',
    header: { zh: '时序差（百分点）', en: 'Gap (points)' },
    group: done,
    width: 10,
    kind: 'number',
    numFmt: '+0.0;-0.0;0.0',
    cell: (row) => row.gapPoints ?? null,
    text: (row) => {
      const gap = number(row.gapPoints);
      // Tenths of a point as an exact ratio: a double's own rounding decides nothing.
      return gap === null ? '' : showRatio(ratio(Math.round(gap * 1e6), 1e6), 1, 'half-up');
    },
  },
  money('sinceStart', '开工累计', 'Since the start', {
    group: done,
    cell: (row) => {
      const yuan = sinceStart(row);
      return yuan === null ? null : yuan / 10_000;
    },
    text: (row) => {
      const yuan = sinceStart(row);
      return yuan === null ? '' : formatMoney(yuan, '万元', 2);
    },
  }),
  share('sinceStartRate', '占总投资', 'Of the total', sinceStart, 'totalYuan', done),
  text('light', '亮灯', 'Light', 11, { cell: (row, _index, language) => inLanguage(lightWords, row.light, language) }),
  text('enrolled', '是否入统', 'Enrolled', 9, {
    cell: (row, _index, language) =>
      row.enrolled ? (language === 'zh' ? '已入' : 'Yes') : language === 'zh' ? '未入' : 'No',
  }),
  text('imageProgress', '形象进度', 'Image progress', 40, { wrap: true }),
  text('problems', '存在问题', 'Problems', 34, { wrap: true }),
  text('nextSteps', '下步计划', 'Next steps', 30, { wrap: true }),
  text('ownerName', '业主单位', 'Owner', 20, { group: who }),
  text('leadName', '责任单位', 'Lead unit', 20, { group: who }),
  text('responsibleName', '责任人', 'Person', 10, { group: who }),
  text('leaderName', '包联领导', 'Leader', 10, { group: who }),
  text('filingState', '填报', 'Filing', 8, {
    cell: (row, _index, language) => inLanguage(filingWords, row.filingState, language),
  }),
  text('filedBy', '填报人', 'Filed by', 10),
  text('source', '备注', 'Remark', 24, { wrap: true }),
];

/** In the order of the register's numbers; an item stands after its package. */
export function inTableOrder(rows: readonly SnapshotRow[]): SnapshotRow[] {
  const serialOf = new Map(rows.map((row) => [row.id, Number(row.serial)]));
  const place = (row: SnapshotRow): [number, number] =>
    typeof row.parentId === 'string' && serialOf.has(row.parentId)
      ? [serialOf.get(row.parentId)!, Number(row.serial)]
      : [Number(row.serial), -1];
  return rows
    .map((row) => ({ row, at: place(row) }))
    .sort((a, b) => a.at[0] - b.at[0] || a.at[1] - b.at[1])
    .map(({ row }) => row);
}

/** Yuan of a column over the projects; an item counts in its package. Null when nothing is known. */
export function totalOf(column: TableColumn, rows: readonly SnapshotRow[]): number | null {
  const ids = new Set(rows.map((row) => row.id));
  const counted = rows.filter((row) => typeof row.parentId !== 'string' || !ids.has(row.parentId));
  let sum: number | null = null;
  for (const row of column.key === 'monthYuan' ? rows : counted) {
    const yuan = column.key === 'sinceStart' ? sinceStart(row) : number(row[column.key]);
    if (yuan !== null) sum = (sum ?? 0) + yuan;
  }
  return sum;
}
