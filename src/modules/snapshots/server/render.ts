import { type ExcelTable, writeWorkbook } from '#core/server/spreadsheet/write.ts';
import { formatMoney } from '#core/shared/money.ts';
import { percent, rate, ratio } from '#core/shared/rate.ts';
import type { Language } from '#core/shared/words.ts';
import { add, emptySums, ranked, type Sums } from '#modules/dispatch/server/public.ts';
import type { SnapshotRow } from '../body.ts';
import { type SnapshotHead, shortHash } from '../head.ts';
import { columns, inTableOrder, totalOf } from '../table.ts';
import { lightWords } from '../table-words.ts';

/** What is rendered: a snapshot, or the same cells as of a moment without one. */
export interface Rendered {
  head: Pick<SnapshotHead, 'city' | 'period' | 'asOf' | 'clock' | 'ruleSet'>;
  rows: readonly SnapshotRow[];
  /** Null for a table as of a moment, which is no snapshot and says so. */
  snapshot: { id: string; version: number; hash: string; prevHash: string } | null;
}

/** '2021-08-31 18:00' in Beijing, whatever the zone of the server. */
export const beijing = (iso: string): string =>
  new Date(Date.parse(iso) + 8 * 3_600_000).toISOString().slice(0, 16).replace('T', ' ');

const titleOf = ({ head }: Rendered, language: Language): string => {
  const [year, month] = head.period.split('-').map(Number);
  return language === 'zh'
    ? `${head.city}${year}年${month}月重点项目调度表`
    : `${head.city}: key projects, ${head.period}`;
};
const noteOf = ({ head }: Rendered, language: Language): string =>
  language === 'zh'
    ? `截至 ${beijing(head.asOf)}　时序 ${head.clock.shown}　单位：万元　只计已审核填报`
    : `As of ${beijing(head.asOf)} (Beijing); clock ${head.clock.shown}; 10,000 yuan; accepted filings only`;

/** The marks by which a printed table is traced to its snapshot. */
export function marksOf({ head, snapshot, rows }: Rendered, language: Language): string[] {
  const zh = language === 'zh';
  const marks = snapshot
    ? [
        zh
          ? `快照 ${snapshot.id}　第 ${snapshot.version} 版　哈希 ${shortHash(snapshot.hash)}　上一快照 ${shortHash(snapshot.prevHash)}`
          : `Snapshot ${snapshot.id}, version ${snapshot.version}, hash ${shortHash(snapshot.hash)}, after ${shortHash(snapshot.prevHash)}`,
      ]
    : [zh ? '按截至时间回看，不是冻结快照。' : 'As of the moment shown; not a frozen snapshot.'];
  marks.push(
    zh
      ? `亮灯规则：${head.ruleSet.zh} 第 ${head.ruleSet.version} 版`
      : `Light rules: ${head.ruleSet.en}, version ${head.ruleSet.version}`,
  );
  if (rows.some((row) => row.demo))
    marks.push(zh ? '标“示例”的项目为演示虚构数据。' : 'Projects marked “sample” are invented for demonstration.');
  return marks;
}

/** The month's dispatch table and its summary by county, as a workbook. The same cells are the same bytes at any time. */
export async function workbookOf(what: Rendered, language: Language): Promise<Uint8Array> {
  const rows = inTableOrder(what.rows);
  const main: ExcelTable = {
    sheet: language === 'zh' ? '调度表' : 'Dispatch table',
    title: titleOf(what, language),
    note: noteOf(what, language),
    columns: columns.map((c) => ({
      header: c.header[language],
      width: c.width,
      kind: c.kind,
      ...(c.group && { group: c.group[language] }),
      ...(c.numFmt && { numFmt: c.numFmt }),
      ...(c.wrap && { wrap: true }),
    })),
    rows: rows.map((row, i) => columns.map((c) => c.cell(row, i, language))),
    totals: [
      columns.map((c) => {
        if (c.key === 'name') return countsOf(rows, language);
        const total = c.isSum ? totalOf(c, rows) : null;
        return total === null ? null : total / 10_000;
      }),
    ],
    footnotes: marksOf(what, language),
    frozenColumns: 2,
  };
  return writeWorkbook([main, summarySheet(what, language)], { modified: new Date(what.head.asOf) });
}

/** The same table as text, which is what the hash of the table is taken of. */
export function csvOf(what: Rendered, language: Language): string {
  const rows = inTableOrder(what.rows);
  const lines: (string | number)[][] = [
    [titleOf(what, language)],
    [noteOf(what, language)],
    columns.map((c) => c.header[language]),
    ...rows.map((row, i) => columns.map((c) => c.text?.(row) ?? String(c.cell(row, i, language) ?? ''))),
    columns.map((c) => {
      if (c.key === 'name') return countsOf(rows, language);
      const total = c.isSum ? totalOf(c, rows) : null;
      return total === null ? '' : formatMoney(total, '万元', 2);
    }),
    ...marksOf(what, language).map((mark) => [mark]),
  ];
  const quoted = (cell: string | number) =>
    /[",\r\n]/.test(`${cell}`) ? `"${`${cell}`.replaceAll('"', '""')}"` : `${cell}`;
  return `\uFEFF${lines.map((line) => line.map(quoted).join(',')).join('\r\n')}\r\n`;
}

/** 个 and 项: packages once, and split. */
function countsOf(rows: readonly SnapshotRow[], language: Language): string {
  const projects = rows.filter((row) => row.parentId === null);
  const items = projects.reduce((sum, row) => sum + Math.max(1, Number(row.childCount ?? 0)), 0);
  return language === 'zh'
    ? `合计 ${projects.length} 个 / ${items} 项`
    : `Total ${projects.length} projects / ${items} items`;
}

export interface GroupLine extends Sums {
  name: string | null;
  rank: number | null;
  gapPoints: number | null;
}

/** Sums, lights and ranks by county, and the whole: from the frozen cells alone. */
export function groupsOf({ head, rows }: Rendered): { counties: GroupLine[]; total: GroupLine } {
  const byCounty = new Map<string | null, Sums>();
  const names = new Map<string, string>();
  const whole = emptySums(null);
  for (const row of rows) {
    if (row.parentId !== null || row.light === null || row.stage === 'terminated' || row.stage === 'withdrawn')
      continue;
    const key = typeof row.countyUnitId === 'string' ? row.countyUnitId : null;
    if (key !== null) names.set(key, String(row.countyName ?? ''));
    const sums = byCounty.get(key) ?? emptySums(key);
    byCounty.set(key, sums);
    const one = {
      childCount: Number(row.childCount ?? 0),
      planYuan: row.yearPlanYuan as number | null,
      doneYuan: row.yearDoneYuan as number | null,
      light: row.light as keyof Sums['lights'],
    };
    add(sums, one);
    add(whole, one);
  }
  const clock = ratio(head.clock.n, head.clock.d);
  const counties = ranked([...byCounty.values()], (key) => names.get(key) ?? null, clock).sort(
    (a, b) => (a.rank ?? 1e9) - (b.rank ?? 1e9) || b.planYuan - a.planYuan || ((a.key ?? '') < (b.key ?? '') ? -1 : 1),
  );
  return { counties, total: ranked([whole], () => null, clock)[0]! };
}

function summarySheet(what: Rendered, language: Language): ExcelTable {
  const zh = language === 'zh';
  const { counties, total } = groupsOf(what);
  const line = (g: GroupLine, name: string): (string | number | null)[] => [
    g.rank,
    name,
    g.projects,
    g.items,
    g.planYuan / 10_000,
    g.doneYuan / 10_000,
    percent(rate(g.doneYuan, g.planYuan), 1, 'half-up') === null ? null : g.doneYuan / g.planYuan,
    g.gapPoints,
    ...(['normal', 'warn', 'late', 'idle', 'ahead'] as const).map((light) => g.lights[light]),
  ];
  const figure = (header: string, numFmt?: string, group?: string) => ({
    header,
    width: 11,
    kind: 'number' as const,
    ...(numFmt && { numFmt }),
    ...(group && { group }),
  });
  return {
    sheet: zh ? '汇总' : 'Summary',
    title: zh ? `${titleOf(what, language)}（分县区汇总）` : `${titleOf(what, language)}, by county`,
    note: noteOf(what, language),
    columns: [
      figure(zh ? '排名' : 'Rank'),
      { header: zh ? '县区' : 'County', width: 16 },
      figure(zh ? '项目（个）' : 'Projects'),
      figure(zh ? '子项（项）' : 'Items'),
      figure(zh ? '年度计划' : 'Planned', '#,##0.00'),
      figure(zh ? '本年累计' : 'Done', '#,##0.00'),
      figure(zh ? '完成率' : 'Rate', '0.0%'),
      figure(zh ? '时序差（百分点）' : 'Gap (points)', '+0.0;-0.0;0.0'),
      ...(['normal', 'warn', 'late', 'idle', 'ahead'] as const).map((light) =>
        figure(lightWords[light]![language], '0', zh ? '亮灯' : 'Lights'),
      ),
    ],
    rows: counties.map((g) => line(g, g.name ?? (zh ? '未定县区' : 'No county'))),
    totals: [line(total, zh ? '全市' : 'City')],
    footnotes: marksOf(what, language),
  };
}
