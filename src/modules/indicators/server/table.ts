import { newestMarks } from '#core/server/export-mark.ts';
import { type FileReply, fileReply } from '#core/server/files.ts';
import type { Scope } from '#core/server/scope.ts';
import { writeWorkbook } from '#core/server/spreadsheet/write.ts';
import type { ParsedOf } from '#core/shared/contract.ts';
import { yearOf } from '#core/shared/day.ts';
import type { Figure, indicators } from '../contract.ts';
import { showFigure } from '../show.ts';
import { readFigures } from './figures.ts';
import { listDefinitions } from './store.ts';

/** Every indicator for the whole and for each group, with its formula and caliber in sight. */
export async function indicatorTable(
  scope: Scope,
  { by, lang, ...at }: ParsedOf<(typeof indicators)['endpoints']['table']>,
): Promise<FileReply> {
  const definitions = (await listDefinitions(scope)).map((c) => c.definition);
  const reading = await readFigures(scope, definitions, at);
  const zh = lang === 'zh';
  const columns = new Map<string | null, Map<string, Figure>>();
  const names = new Map<string | null, string>();
  for (const d of definitions)
    for (const group of await reading.groups(d.code, by)) {
      names.set(group.key, group.name ?? (zh ? '未归口' : 'none'));
      columns.set(group.key, (columns.get(group.key) ?? new Map()).set(d.code, group.figure));
    }
  const { day } = reading.at;
  const title = zh ? `指标表（截至 ${day}）` : `Indicators as of ${day}`;
  const bytes = await writeWorkbook([
    {
      sheet: zh ? '指标' : 'Indicators',
      title,
      note: zh
        ? `${at.basis === 'adjusted' ? '调整后' : '年初'}计划口径，${at.level === 'projects' ? '打捆项目计 1 个' : '打捆项目按子项计'}；比率由各组合计重新计算，不取平均`
        : `${at.basis} plan, packages counted as ${at.level}; ratios are worked out from the sums of each group`,
      columns: [
        { header: zh ? '指标' : 'Indicator', width: 24, kind: 'text' },
        { header: zh ? '公式' : 'Formula', width: 48, kind: 'text' },
        { header: zh ? '口径' : 'Caliber', width: 40, kind: 'text' },
        { header: zh ? '全部' : 'All', width: 14, kind: 'text' },
        ...[...columns.keys()].map((key) => ({ header: names.get(key)!, width: 14, kind: 'text' as const })),
      ],
      rows: definitions.map((d) => [
        zh ? d.name.zh : d.name.en || d.name.zh,
        d.formula,
        zh ? d.caliber.zh : d.caliber.en,
        showFigure(reading.whole(d.code), d, lang),
        ...[...columns.values()].map((column) => showFigure(column.get(d.code)!, d, lang)),
      ]),
      footnotes: await newestMarks(scope, yearOf(day), lang),
      frozenColumns: 1,
    },
  ]);
  return fileReply({
    name: `${title}.xlsx`,
    type: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
    body: bytes as Uint8Array<ArrayBuffer>,
  });
}
