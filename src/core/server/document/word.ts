import {
  AlignmentType,
  BorderStyle,
  Document,
  Footer,
  HeightRule,
  ImageRun,
  type IParagraphOptions,
  type ISectionOptions,
  LineRuleType,
  Packer,
  PageBreak,
  PageNumber,
  PageOrientation,
  Paragraph,
  RelativeHorizontalPosition,
  RelativeVerticalPosition,
  ShadingType,
  Tab,
  Table,
  TableAnchorType,
  TableCell,
  TableLayoutType,
  TableRow,
  TabStopType,
  TextRun,
  VerticalAlign,
  WidthType,
} from 'docx';
import type { OfficialDocument } from '../../shared/official-document.ts';
import { compose } from './compose.ts';
import { cellPadding } from './compose-table.ts';
import type { CellItem, Composed, Item, PictureItem, RuleItem, Section, TableItem, TextItem } from './items.ts';
import { bodySize, bodyTracking, colours, fieldWidth, linePitch, mm, wordFaces } from './layout.ts';
import { pngSize } from './png.ts';
import type { Piece } from './text.ts';

/** Word counts lengths in twentieths of a point, sizes of type in halves. */
const twips = (points: number): number => Math.round(points * 20);

const alignments = {
  left: AlignmentType.LEFT,
  center: AlignmentType.CENTER,
  right: AlignmentType.RIGHT,
  justify: AlignmentType.BOTH,
};

/**
 * The document as .docx. Fonts are named, not embedded: the PCs of offices have them.
 * @throws Error where the description is wrong (see `compose`)
 */
export async function writeWord(document: OfficialDocument): Promise<Uint8Array<ArrayBuffer>> {
  const composed = compose(document);
  const last = composed.sections.length - 1;
  const file = new Document({
    title: composed.title,
    creator: '',
    lastModifiedBy: '',
    evenAndOddHeaderAndFooters: true,
    styles: {
      default: {
        document: {
          // For what people type themselves afterwards.
          paragraph: { spacing: { line: twips(linePitch), lineRule: LineRuleType.EXACT } },
          run: { font: fontOf('fang'), size: bodySize * 2, language: { value: 'en-US', eastAsia: 'zh-CN' } },
        },
      },
    },
    sections: composed.sections.map((section, i) => sectionOf(section, composed, i === last)),
  });
  return new Uint8Array(await Packer.toArrayBuffer(file));
}

const fontOf = (face: Piece['face']) => ({
  ascii: 'Times New Roman',
  hAnsi: 'Times New Roman',
  cs: 'Times New Roman',
  eastAsia: wordFaces[face],
  hint: 'eastAsia',
});

function sectionOf(section: Section, composed: Composed, isLast: boolean): ISectionOptions {
  const { page } = section;
  const isAcross = page.width > page.height;
  const marksHeight = composed.marks.length * 12;
  return {
    properties: {
      page: {
        // The library turns the sides itself when the page lies across.
        size: {
          width: twips(Math.min(page.width, page.height)),
          height: twips(Math.max(page.width, page.height)),
          orientation: isAcross ? PageOrientation.LANDSCAPE : PageOrientation.PORTRAIT,
        },
        margin: {
          top: twips(page.top),
          bottom: twips(page.bottom),
          left: twips(page.left),
          right: twips(page.right),
          header: twips(mm(15)),
          // The number stands 7 mm below the field, in a line of 18 points; marks are under it.
          footer: twips(Math.max(page.bottom - mm(7) - 18 - marksHeight, mm(5))),
        },
      },
      // No grid of lines: every paragraph says its pitch exactly, and LibreOffice would push all others onto the grid.
    },
    footers: { default: footerOf(composed, 'right'), even: footerOf(composed, 'left') },
    children: [
      ...section.items.flatMap((item) => blockOf(item, fieldWidth(page))),
      ...(isLast && composed.foot.length > 0 ? [footTable(composed.foot, fieldWidth(page)), emptyLine(1)] : []),
    ],
  };
}

/** — 1 —, outside, one character from the edge; and the marks. */
function footerOf(composed: Composed, side: 'left' | 'right'): Footer {
  const number = { size: 28, font: fontOf('song') };
  const mark = { size: 18, font: fontOf('song'), color: colours.grey };
  return new Footer({
    children: [
      new Paragraph({
        alignment: alignments[side],
        indent: { [side]: twips(14) },
        spacing: { line: twips(18), lineRule: LineRuleType.EXACT },
        children: [new TextRun({ ...number, children: ['— ', PageNumber.CURRENT, ' —'] })],
      }),
      ...composed.marks.map(
        (text) =>
          new Paragraph({
            alignment: AlignmentType.CENTER,
            spacing: { line: twips(12), lineRule: LineRuleType.EXACT },
            children: [new TextRun({ ...mark, text })],
          }),
      ),
    ],
  });
}

const blockOf = (item: Item, width: number): (Paragraph | Table)[] => {
  switch (item.kind) {
    case 'text':
      return [textOf(item, width)];
    case 'table':
      return [tableOf(item)];
    case 'picture':
      return [pictureOf(item)];
    case 'rule':
      return [ruleOf(item)];
    case 'gap':
      return [emptyLine(item.height)];
    case 'break':
      return [new Paragraph({ children: [new PageBreak()] })];
  }
};

const emptyLine = (height: number): Paragraph =>
  new Paragraph({
    spacing: { line: Math.max(twips(height), 20), lineRule: LineRuleType.EXACT },
    run: { size: 2 },
  });

function runsOf(pieces: readonly Piece[]): TextRun[] {
  return pieces.flatMap((piece) =>
    piece.text.split('\n').map(
      (text, i) =>
        new TextRun({
          text,
          font: fontOf(piece.face),
          size: Math.round(piece.size * 2),
          bold: piece.bold,
          ...(piece.colour !== colours.black && { color: piece.colour }),
          ...(piece.size === bodySize && { characterSpacing: twips(bodyTracking) }),
          ...(i > 0 && { break: 1 }),
        }),
    ),
  );
}

function textOf(item: TextItem, width: number): Paragraph {
  const end = width - item.right;
  const tab = item.end && [new TextRun({ children: [new Tab()] }), ...runsOf(item.end)];
  return new Paragraph({
    alignment: alignments[item.align],
    indent: {
      left: twips(item.left),
      right: twips(item.right),
      ...(item.first >= 0 ? { firstLine: twips(item.first) } : { hanging: twips(-item.first) }),
    },
    spacing: { line: twips(item.pitch), lineRule: LineRuleType.EXACT },
    keepNext: item.keep,
    ...(item.outline !== undefined && { outlineLevel: item.outline - 1 }),
    ...(item.end && { tabStops: [{ type: TabStopType.RIGHT, position: twips(end) }] }),
    children: [...runsOf(item.pieces), ...(tab ?? [])],
  } satisfies IParagraphOptions);
}

const ruleOf = (item: RuleItem): Paragraph =>
  new Paragraph({
    border: {
      bottom: { style: BorderStyle.SINGLE, size: Math.round(item.thickness * 8), color: item.colour, space: 0 },
    },
    spacing: { line: 40, lineRule: LineRuleType.EXACT },
    run: { size: 2 },
  });

function pictureOf(item: PictureItem): Paragraph {
  const { width, height } = pngSize(item.png);
  // The library counts in pixels of 1/96 inch.
  const pixels = (item.width / 72) * 96;
  return new Paragraph({
    alignment: alignments[item.align],
    children: [
      new ImageRun({
        type: 'png',
        data: item.png,
        transformation: { width: Math.round(pixels), height: Math.round((pixels * height) / width) },
        altText: { name: item.alt, title: item.alt, description: item.alt },
      }),
    ],
  });
}

const thin = { style: BorderStyle.SINGLE, size: 4, color: colours.black };
const none = { style: BorderStyle.NONE, size: 0, color: 'auto' };

function tableOf(item: TableItem): Table {
  return new Table({
    width: { size: twips(item.widths.reduce((a, b) => a + b, 0)), type: WidthType.DXA },
    columnWidths: item.widths.map(twips),
    layout: TableLayoutType.FIXED,
    borders: { top: thin, bottom: thin, left: thin, right: thin, insideHorizontal: thin, insideVertical: thin },
    rows: item.rows.map((cells, r) => {
      const height = Math.max(0, ...cells.map((cell) => cell.minHeight ?? 0));
      return new TableRow({
        tableHeader: r < item.headRows,
        cantSplit: cells.every((cell) => cell.isWhole),
        ...(height > 0 && { height: { value: twips(height), rule: HeightRule.ATLEAST } }),
        children: cells.map(cellOf),
      });
    }),
  });
}

const cellOf = (cell: CellItem): TableCell =>
  new TableCell({
    width: { size: twips(cell.width + 2 * cellPadding), type: WidthType.DXA },
    columnSpan: cell.colSpan,
    rowSpan: cell.rowSpan,
    verticalAlign: VerticalAlign.CENTER,
    margins: {
      left: twips(cellPadding),
      right: twips(cellPadding),
      top: twips(cellPadding / 2),
      bottom: twips(cellPadding / 2),
      marginUnitType: WidthType.DXA,
    },
    ...(cell.fill !== undefined && { shading: { type: ShadingType.CLEAR, color: 'auto', fill: cell.fill } }),
    children: cell.content.map((item) => (item.kind === 'text' ? textOf(item, cell.width) : pictureOf(item))),
  });

/** 版记, held to the foot of the last page by a frame that is a table of one cell without borders. */
function footTable(items: readonly Item[], width: number): Table {
  return new Table({
    width: { size: twips(width), type: WidthType.DXA },
    columnWidths: [twips(width)],
    layout: TableLayoutType.FIXED,
    borders: { top: none, bottom: none, left: none, right: none, insideHorizontal: none, insideVertical: none },
    float: {
      horizontalAnchor: TableAnchorType.MARGIN,
      verticalAnchor: TableAnchorType.MARGIN,
      relativeHorizontalPosition: RelativeHorizontalPosition.LEFT,
      relativeVerticalPosition: RelativeVerticalPosition.BOTTOM,
    },
    rows: [
      new TableRow({
        cantSplit: true,
        children: [
          new TableCell({
            margins: { left: 0, right: 0, top: 0, bottom: 0, marginUnitType: WidthType.DXA },
            children: items.flatMap((item) => blockOf(item, width)),
          }),
        ],
      }),
    ],
  });
}
