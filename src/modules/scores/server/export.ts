import { documentReply } from '#core/server/document/reply.ts';
import { conflict } from '#core/server/errors.ts';
import { type FileReply, fileReply } from '#core/server/files.ts';
import type { Scope } from '#core/server/scope.ts';
import {
  type ExcelColumn,
  type ExcelTable,
  type ExcelTableCell,
  writeWorkbook,
} from '#core/server/spreadsheet/write.ts';
import type { Block, OfficialDocument } from '#core/shared/official-document.ts';
import { showRatio, toDecimal } from '#core/shared/rate.ts';
import { columnLetters } from '#core/shared/sheet.ts';
import type { Language } from '#core/shared/words.ts';
import { stateWords } from '../course.ts';
import { exactOf, unwire } from '../exact.ts';
import type { SchemeBody } from '../scheme.ts';
import type { ResultUnit } from '../shapes.ts';
import { type ShownResult, shownResult } from './present.ts';

interface Wanted {
  id: string;
  version?: number | undefined;
  lang: Language;
}

const number = (points: { n: string; d: string }): number => Number(toDecimal(unwire(points)).toFixed(8));
const named = (words: { zh: string; en: string }, lang: Language): string =>
  lang === 'zh' ? words.zh : words.en || words.zh;

/** @throws Problem 404; 409 nothing_computed when there is no row to print */
async function wantedResult(scope: Scope, { id, version }: Wanted): Promise<ShownResult> {
  const shown = await shownResult(scope, id, version);
  if (shown.units.length === 0)
    throw conflict('nothing_computed', {
      zh: '考核分尚未计算，没有可导出的内容',
      en: 'No points are computed yet: there is nothing to export',
    });
  return shown;
}

/** Where the figures come from, for the foot of every sheet and page. */
function marksOf({ head, day, scheme }: ShownResult, lang: Language): string[] {
  const zh = lang === 'zh';
  const state = stateWords[scheme.state];
  const lines = head
    ? [
        zh
          ? `第 ${head.version} 版，数据截至 ${day}，${state.zh}；SHA-256 ${head.hash}`
          : `Version ${head.version}, figures as of ${day}, ${state.en}; SHA-256 ${head.hash}`,
        ...(head.version > 1 && head.note !== '' ? [`${zh ? '说明：' : 'Note: '}${head.note}`] : []),
      ]
    : [zh ? `截至 ${day} 的试算，未冻结` : `Points so far as of ${day}, not frozen`];
  return scheme.demo ? [...lines, zh ? '示例数据' : 'Invented sample data'] : lines;
}

const titleOf = ({ body, scheme, head, day }: ShownResult, lang: Language): string => {
  const so = head ? '' : lang === 'zh' ? `（截至 ${day} 试算）` : ` (so far, ${day})`;
  return lang === 'zh'
    ? `${scheme.year}年${body.name.zh}评分表${so}`
    : `${named(body.name, lang)} ${scheme.year}: points${so}`;
};
const nameOfSheet = (name: string, taken: Set<string>): string => {
  const plain =
    name
      .replace(/[[\]:*?/\\']/g, ' ')
      .slice(0, 28)
      .trim() || 'Sheet';
  let found = plain;
  for (let n = 2; taken.has(found); n += 1) found = `${plain} ${n}`;
  taken.add(found);
  return found;
};

/** One sheet a group with 自评 and 考核 of every item and totals that Excel adds up, and a sheet with the arithmetic. */
export async function workbook(scope: Scope, wanted: Wanted): Promise<FileReply> {
  const shown = await wantedResult(scope, wanted);
  const { lang } = wanted;
  const { body, units } = shown;
  const zh = lang === 'zh';
  const taken = new Set<string>();
  const title = titleOf(shown, lang);
  const sheets: ExcelTable[] = body.groups
    .filter((g) => units.some((u) => u.group === g.code))
    .map((group) => ({
      sheet: nameOfSheet(named(group.name, lang), taken),
      title,
      note: named(group.name, lang),
      columns: columnsOf(body, lang),
      rows: units.filter((u) => u.group === group.code).map((u) => rowOf(u, body, lang)),
      footnotes: marksOf(shown, lang),
      frozenColumns: 2,
    }));
  sheets.push({
    sheet: nameOfSheet(zh ? '计算依据' : 'Basis', taken),
    title: zh ? '计算依据' : 'How the points come about',
    columns: [
      { header: zh ? '单位' : 'Unit', width: 18, kind: 'text' },
      { header: zh ? '项目' : 'Item', width: 22, kind: 'text', wrap: true },
      { header: zh ? '分值' : 'Weight', width: 8, kind: 'number' },
      { header: zh ? '考核分' : 'Points', width: 10, kind: 'number', numFmt: formatOf(body) },
      { header: zh ? '计算依据' : 'Basis', width: 90, kind: 'text', wrap: true },
    ],
    rows: units.flatMap((u) =>
      u.items.map((item): ExcelTableCell[] => {
        const rule = body.items.find((i) => i.code === item.code)!;
        const basis = item.basis ? named(item.basis, lang) : zh ? '公示后可查看' : 'Shown with publicity';
        return [
          u.name,
          named(rule.name, lang),
          Number(toDecimal(exactOf(rule.weight)).toFixed(8)),
          number(item.points),
          basis,
        ];
      }),
    ),
    footnotes: marksOf(shown, lang),
  });
  return fileReply({
    name: `${title}.xlsx`,
    type: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
    body: (await writeWorkbook(sheets)) as Uint8Array<ArrayBuffer>,
  });
}

const formatOf = ({ decimals }: SchemeBody): string => (decimals === 0 ? '0' : `0.${'0'.repeat(decimals)}`);

/** 名次, 单位, then 自评 and 考核 of each item, then the total. */
function columnsOf(body: SchemeBody, lang: Language): ExcelColumn[] {
  const zh = lang === 'zh';
  const numFmt = formatOf(body);
  return [
    { header: zh ? '名次' : 'Rank', width: 6, kind: 'number' },
    { header: zh ? '单位' : 'Unit', width: 18, kind: 'text' },
    ...body.items.flatMap((item): ExcelColumn[] => {
      const group = `${named(item.name, lang)}（${item.weight}）`;
      return [
        { header: zh ? '自评' : 'Self', group, width: 9, kind: 'number', numFmt },
        { header: zh ? '考核' : 'Scored', group, width: 9, kind: 'number', numFmt },
      ];
    }),
    { header: zh ? '自评合计' : 'Self total', width: 10, kind: 'number', numFmt },
    { header: zh ? '考核总分' : 'Total', width: 10, kind: 'number', numFmt },
    { header: zh ? '备注' : 'Remark', width: 24, kind: 'text', wrap: true },
  ];
}

function rowOf(unit: ResultUnit, body: SchemeBody, lang: Language): ExcelTableCell[] {
  const cellsOf = (offset: 0 | 1, isWanted: (side: string) => boolean, row: number): string =>
    body.items
      .flatMap((item, i) => (isWanted(item.side) ? [`${columnLetters(2 + i * 2 + offset)}${row}`] : []))
      .join(',');
  const sum = (offset: 0 | 1, row: number): string => {
    const plain = cellsOf(offset, (side) => side !== 'bonus', row);
    const bonus = cellsOf(offset, (side) => side === 'bonus', row);
    const added = plain === '' ? '0' : `SUM(${plain})`;
    if (bonus === '') return `ROUND(${added},${body.decimals})`;
    const extra = body.bonusMost === null ? `SUM(${bonus})` : `MIN(SUM(${bonus}),${body.bonusMost})`;
    return `ROUND(${added}+${extra},${body.decimals})`;
  };
  const selves = unit.items.flatMap((i) => (i.selfPoints ? [number(i.selfPoints)] : []));
  return [
    unit.rank,
    unit.name,
    ...unit.items.flatMap((i): ExcelTableCell[] => [i.selfPoints ? number(i.selfPoints) : null, number(i.points)]),
    selves.length === 0
      ? null
      : { formula: ({ row }) => sum(0, row), value: Number(selves.reduce((a, b) => a + b, 0).toFixed(body.decimals)) },
    {
      formula: ({ row }) => sum(1, row),
      value: Number(showRatio(unwire(unit.total), body.decimals, 'half-up')),
    },
    unit.veto ? `${lang === 'zh' ? '一票否决：' : 'Veto: '}${named(unit.veto, lang)}` : null,
  ];
}

/** The result as a document: a table a group, then the arithmetic of every unit within reach. */
export async function document(scope: Scope, wanted: Wanted & { format: 'docx' | 'pdf' }): Promise<FileReply> {
  const shown = await wantedResult(scope, wanted);
  const title = titleOf(shown, wanted.lang);
  return documentReply(scope, documentOf(shown, title, wanted.lang), wanted.format, title);
}

function documentOf(shown: ShownResult, title: string, lang: Language): OfficialDocument {
  const { body, units } = shown;
  const zh = lang === 'zh';
  const points = (value: { n: string; d: string } | null): string =>
    value === null ? '—' : showRatio(unwire(value), body.decimals, 'half-up');
  const blocks: Block[] = [];
  for (const group of body.groups) {
    const rows = units.filter((u) => u.group === group.code);
    if (rows.length === 0) continue;
    blocks.push({
      kind: 'table',
      caption: named(group.name, lang),
      size: body.items.length > 8 ? 8 : 9,
      columns: [
        { header: zh ? '名次' : 'Rank', width: 5, align: 'center' },
        { header: zh ? '单位' : 'Unit', width: 14 },
        ...body.items.map((item) => ({
          header: `${named(item.name, lang)}（${item.weight}）`,
          width: 9,
          kind: 'number' as const,
        })),
        { header: zh ? '自评合计' : 'Self', width: 8, kind: 'number' },
        { header: zh ? '总分' : 'Total', width: 8, kind: 'number' },
      ],
      rows: rows.map((u) => {
        const selves = u.items.flatMap((i) => (i.selfPoints ? [number(i.selfPoints)] : []));
        return [
          u.rank === null ? '—' : String(u.rank),
          u.veto ? `${u.name}${zh ? '（一票否决）' : ' (veto)'}` : u.name,
          ...u.items.map((i) => points(i.points)),
          selves.length === 0 ? '—' : selves.reduce((a, b) => a + b, 0).toFixed(body.decimals),
          points(u.total),
        ];
      }),
    });
  }
  const basis: Block[] = units.flatMap((u): Block[] => [
    { kind: 'heading', level: 3, text: u.name },
    {
      kind: 'table',
      size: 9,
      columns: [
        { header: zh ? '项目' : 'Item', width: 14 },
        { header: zh ? '得分' : 'Points', width: 7, kind: 'number' },
        { header: zh ? '计算依据' : 'Basis', width: 60 },
      ],
      rows: u.items.map((item) => [
        named(body.items.find((i) => i.code === item.code)!.name, lang),
        points(item.points),
        item.basis ? named(item.basis, lang) : zh ? '公示后可查看' : 'Shown with publicity',
      ]),
    },
  ]);
  return {
    layout: 'list',
    language: lang,
    title,
    landscape: true,
    body: blocks,
    annexes: [{ title: zh ? '计算依据' : 'How the points come about', body: basis }],
    marks: marksOf(shown, lang),
  };
}
