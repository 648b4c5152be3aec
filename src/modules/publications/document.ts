import type { Annex, Block as DocumentBlock, DocumentTable, OfficialDocument } from '#core/shared/official-document.ts';
import type { EditionBody } from '#modules/editions/contract.ts';
import { showReference } from './answer.ts';
import { type Content, type Run, type TableCode, wordsOf } from './draft.ts';
import { type EditionTable, tableOf } from './tables.ts';

/** What changed against the edition before: the note that a second edition has to carry. */
export interface Correction {
  /** Number of the edition that is put right. */
  of: number;
  note: string;
  changes: { place: string; field: string; old: string | null; new: string | null }[];
}

/** Everything a product says besides the edition and the text. Frozen with the release. */
export interface Imprint {
  number: string | null;
  issuer: string;
  /** YYYY-MM-DD: 成文日期. */
  day: string;
  editionVersion: number;
  editionHash: string;
  correction: Correction | null;
}

const numerals = '一二三四五六七八九十';
/** 一 to 九十九: sections are numbered when they are printed, so that a moved one is right again. */
export function chineseNumber(n: number): string {
  if (n <= 10) return numerals[n - 1]!;
  const [tens, ones] = [Math.floor(n / 10), n % 10];
  return `${tens > 1 ? numerals[tens - 1] : ''}十${ones > 0 ? numerals[ones - 1] : ''}`;
}

export const plainWords = (body: EditionBody, runs: readonly Run[]): string =>
  wordsOf(runs, (ref) => showReference(body, ref));

/** Columns that fit the width of a letter; an annex lies across and has them all. */
const narrow = new Set([
  'rank',
  'name',
  'projects',
  'plan',
  'done',
  'rate',
  'gap',
  'late',
  'index',
  'county',
  'lead',
  'startPlanned',
  'no',
  'title',
  'unit',
  'dueOn',
  'light',
  'count',
  'board',
  'figure',
  'why',
  'total',
  'takers',
  'progress',
  'state',
  'group',
]);

/** On paper a unit stands under its heading and a word under its lamp: a narrow column breaks nothing in the middle. */
const brokenHeader = (header: string): string =>
  header.replace(/(?<=.{3})（(?=[^（）]+）$)/, '\n（').replace(/([◆●▲■○])(?=.)/, '$1\n');

export function documentTable(
  table: EditionTable,
  { caption, isNarrow = false }: { caption?: string; isNarrow?: boolean },
): DocumentTable {
  const kept = table.columns.map((_, i) => i).filter((i) => !isNarrow || narrow.has(table.columns[i]!.key));
  const row = (cells: EditionTable['rows'][number]) => kept.map((i) => cells[i]!.text);
  return {
    kind: 'table',
    ...(caption !== undefined && { caption }),
    ...(table.note !== null && { note: table.note }),
    columns: kept.map((i) => {
      const { header, group, width, kind, align } = table.columns[i]!;
      return {
        header: brokenHeader(header),
        width,
        kind,
        ...(group !== undefined && !isNarrow && { group }),
        ...(align && { align }),
      };
    }),
    rows: table.rows.map(row),
    ...(table.totals && { totals: [row(table.totals)] }),
    size: table.code === 'projects' ? (table.columns.length > 18 ? 7 : 7.5) : kept.length > 7 ? 9 : 10.5,
    footnotes: table.footnotes,
  };
}

const isDemo = (body: EditionBody): boolean => body.projects.some((p) => p.demo);

/** Small lines on every page: which edition the figures are of, and that a demonstration is one. */
export const marksOf = (body: EditionBody, imprint: Imprint): string[] => [
  `数据：${body.period} 月度调度第${imprint.editionVersion}版　哈希 ${imprint.editionHash.slice(0, 12)}　截至 ${body.day}`,
  ...(isDemo(body) ? ['标“示例”的项目为演示虚构数据'] : []),
];

function correctionBlocks({ of, note, changes }: Correction): DocumentBlock[] {
  const shown = changes.slice(0, 40);
  return [
    { kind: 'heading', level: 1, text: '更正说明' },
    {
      kind: 'paragraph',
      text: `本通报替代第${chineseNumber(of)}版。更正原因：${note.replace(/。$/, '')}。更正内容见下表，原版仍可查阅。`,
    },
    {
      kind: 'table',
      caption: '更正情况',
      columns: [
        { header: '位置', width: 24 },
        { header: '项目', width: 12 },
        { header: '原数', width: 14 },
        { header: '更正数', width: 14 },
      ],
      rows: shown.map((each) => [each.place, each.field, each.old ?? '—', each.new ?? '—']),
      size: 10.5,
      footnotes: changes.length > shown.length ? [`共更正${changes.length}处，其余见调度表。`] : [],
    },
  ];
}

function blocksOf(body: EditionBody, content: Content): DocumentBlock[] {
  const at = { section: 0, part: 0, table: 0 };
  return content.blocks.flatMap((block): DocumentBlock[] => {
    if (block.kind === 'table') {
      at.table += 1;
      const table = tableOf(body, block.table, { group: block.group });
      return table.rows.length === 0
        ? []
        : [documentTable(table, { caption: `表${at.table}　${block.caption || table.title}`, isNarrow: true })];
    }
    const words = block.sentences.map(({ runs }) => plainWords(body, runs));
    if (block.kind === 'heading') {
      const isSection = block.level === 1;
      at.section += isSection ? 1 : 0;
      at.part = isSection ? 0 : at.part + 1;
      const mark = isSection ? `${chineseNumber(at.section)}、` : `（${chineseNumber(at.part)}）`;
      return [{ kind: 'heading', level: block.level, text: mark + words.join('') }];
    }
    if (block.kind === 'paragraph') return words.join('') === '' ? [] : [{ kind: 'paragraph', text: words.join('') }];
    return words.map((text, i) => ({ kind: 'paragraph', text: `（${chineseNumber(i + 1)}）${text}` }));
  });
}

const annexTitle = (body: EditionBody, code: TableCode): string => tableOf(body, code).title;

/** 通报 in the layout of GB/T 9704-2012, its annexes lying across. The same arguments give the same description. */
export function bulletinDocument(body: EditionBody, content: Content, imprint: Imprint): OfficialDocument {
  const title = plainWords(body, content.title);
  return {
    header: { issuers: [imprint.issuer], ...(imprint.number && { number: imprint.number }), isCompact: true },
    title,
    ...(imprint.correction && { subtitle: `（第${chineseNumber(imprint.correction.of + 1)}版　更正）` }),
    recipients: content.recipients,
    body: [...(imprint.correction ? correctionBlocks(imprint.correction) : []), ...blocksOf(body, content)],
    attachments: content.annexes.map((code) => annexTitle(body, code)),
    signature: { issuers: [imprint.issuer], date: imprint.day },
    ...(content.annotation !== '' && { annotation: content.annotation }),
    annexes: content.annexes.map((code): Annex => {
      const table = tableOf(body, code);
      return { title: table.title, landscape: true, body: [documentTable(table, {})] };
    }),
    colophon: {
      ...(content.copyTo.length > 0 && { copyTo: content.copyTo }),
      printedBy: imprint.issuer,
      printedOn: imprint.day,
    },
    marks: marksOf(body, imprint),
  };
}

/** 调度表 with every column, for printing and posting, on A3 as offices hang it. */
export function dispatchTable(body: EditionBody, imprint: Imprint): OfficialDocument {
  const table = tableOf(body, 'projects', { isFull: true });
  return {
    layout: 'list',
    landscape: true,
    paper: 'A3',
    title: table.title,
    body: [documentTable(table, {})],
    marks: marksOf(body, imprint),
  };
}

/** The bulletin as lines of text, tables as cells between bars: what the bulletin desk reads. */
export function textOf(document: OfficialDocument): string {
  const plain = (value: unknown): string =>
    typeof value === 'string' || typeof value === 'number'
      ? `${value}`
      : Array.isArray(value)
        ? value.map(plain).join('')
        : typeof value === 'object' && value !== null && 'text' in value
          ? plain(value.text)
          : '';
  const lines = (blocks: readonly DocumentBlock[]): string[] =>
    blocks.flatMap((block): string[] => {
      if (block.kind === 'heading' || block.kind === 'paragraph') return [plain(block.text)];
      if (block.kind !== 'table') return [];
      // An empty first cell would move all others for who reads the line.
      const bar = (cells: readonly unknown[]) => `${cells.map((cell) => plain(cell) || '—').join(' | ')} |`;
      const header = block.columns.map(({ header, group }) =>
        (group ? `${group}${header}` : header).replaceAll('\n', ''),
      );
      return [
        ...(block.caption ? [block.caption] : []),
        ...(block.note ? [block.note] : []),
        bar(header),
        ...block.rows.map(bar),
        ...(block.totals ?? []).map(bar),
        ...(block.footnotes ?? []),
      ];
    });
  return [
    document.title.replaceAll('\n', ''),
    `${(document.recipients ?? []).join('，')}：`,
    ...lines(document.body),
    ...(document.annexes ?? []).flatMap((annex) => [annex.title ?? '', ...lines(annex.body)]),
  ].join('\n');
}
