import { documentReply } from '#core/server/document/reply.ts';
import { notFound } from '#core/server/errors.ts';
import { exportMarks } from '#core/server/export-mark.ts';
import { type FileReply, fileReply } from '#core/server/files.ts';
import type { Scope } from '#core/server/scope.ts';
import { writeWorkbook } from '#core/server/spreadsheet/write.ts';
import type { ParsedOf } from '#core/shared/contract.ts';
import { tableDocument } from '#core/shared/table-document.ts';
import type { rankings } from '../contract.ts';
import type { MonthRanking } from '../month.ts';
import { riseOf } from '../ranking.ts';
import { showCompleteness, showFigure, unrankedWords } from '../show.ts';
import { findMonth } from './month.ts';

const headers = {
  zh: ['分组', '名次', '单位', '数值', '位次变化', '项目数', '填报率', '备注'],
  en: ['Group', 'Place', 'Unit', 'Figure', 'Change', 'Projects', 'Filed', 'Remark'],
} as const;
const widths = [18, 8, 24, 18, 10, 9, 9, 26];

function rowsOf(ranking: MonthRanking, lang: 'zh' | 'en', isWhole: boolean): (string | number | null)[][] {
  const zh = lang === 'zh';
  return ranking.groups.flatMap((group) =>
    group.rows.map((row) => {
      const rise = riseOf(row);
      const remark = row.unranked
        ? unrankedWords[row.unranked][lang]
        : row.isSmall
          ? zh
            ? '项目少，供参考'
            : 'few projects'
          : !isWhole && row.rank === null
            ? zh
              ? '名次未公布'
              : 'not published'
            : null;
      return [
        group.name[lang] || group.name.zh,
        row.rank,
        row.name,
        showFigure(row.figure, ranking, lang),
        rise === null ? null : rise > 0 ? `↑${rise}` : rise < 0 ? `↓${-rise}` : '—',
        row.members,
        showCompleteness(row.completeness),
        remark,
      ];
    }),
  );
}

/** One ranking of a month with all its groups, as Excel, Word or PDF. @throws Problem 404 */
export async function rankingTable(
  scope: Scope,
  { period, ranking: code, format, lang, live }: ParsedOf<(typeof rankings)['endpoints']['table']>,
): Promise<FileReply> {
  const { result, settled, isWhole } = await findMonth(scope, { period, live });
  const ranking = result.rankings.find((one) => one.code === code);
  if (!ranking) throw notFound({ zh: '排名', en: 'ranking' });
  const zh = lang === 'zh';
  const name = zh ? ranking.name.zh : ranking.name.en || ranking.name.zh;
  const title = zh ? `${period} ${name}排名` : `${name}, ranking of ${period}`;
  const isPublished = settled !== null && !live;
  const note = zh
    ? `截至 ${result.day}${isPublished ? `，第 ${settled.version} 版` : '，未公布'}`
    : `as of ${result.day}${isPublished ? `, version ${settled.version}` : ', not published'}`;
  const columns = headers[lang].map((header, i) => ({ header, width: widths[i]!, kind: 'text' as const }));
  const footnotes = [
    ...ranking.external.map((one) =>
      zh
        ? `外部位次：${one.subject} ${one.scope}第 ${one.rank}${one.of ? `（共 ${one.of}）` : ''}${one.value ? `，${one.value}` : ''}，${one.publisher} ${one.publishedOn}${one.demo ? '（示例）' : ''}`
        : `Given by others: ${one.subject}, place ${one.rank}${one.of ? ` of ${one.of}` : ''} (${one.scope})${one.value ? `, ${one.value}` : ''}, ${one.publisher} ${one.publishedOn}${one.demo ? ' (sample)' : ''}`,
    ),
    ...(await exportMarks(scope, period)).map((mark) => mark[lang]),
  ];
  const rows = rowsOf(ranking, lang, isWhole);
  if (format !== 'xlsx')
    return documentReply(
      scope,
      tableDocument({ title, note, columns, rows, footnotes, language: lang, landscape: true }),
      format,
      title,
    );
  const bytes = await writeWorkbook([
    { sheet: name.slice(0, 30), title, note, columns, rows, footnotes, frozenColumns: 3 },
  ]);
  return fileReply({
    name: `${title}.xlsx`,
    type: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
    body: bytes as Uint8Array<ArrayBuffer>,
  });
}
