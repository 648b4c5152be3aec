import {
  AlignmentType,
  BorderStyle,
  Document,
  Footer,
  HeightRule,
  ImageRun,
  type IParagraphStyleOptions,
  type IParagraphStylePropertiesOptions,
  type IRunStylePropertiesOptions,
  type ISectionOptions,
  LineRuleType,
  Packer,
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
import {
  bodySize,
  bodyTracking,
  colours,
  fieldWidth,
  linePitch,
  markHeight,
  mm,
  numberHeight,
  wordFaces,
} from './layout.ts';
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
  const styles = new Styles();
  const sections = composed.sections.map((section, i) => sectionOf(section, composed, i === last, styles));
  const file = new Document({
    title: composed.title,
    creator: '',
    lastModifiedBy: '',
    evenAndOddHeaderAndFooters: true,
    styles: {
      paragraphStyles: styles.all(),
      default: {
        document: {
          // For what people type themselves afterwards.
          paragraph: { spacing: { line: twips(linePitch), lineRule: LineRuleType.EXACT } },
          run: { font: fontOf('fang'), size: bodySize * 2, language: { value: 'en-US', eastAsia: 'zh-CN' } },
        },
      },
    },
    sections,
  });
  return new Uint8Array(await Packer.toArrayBuffer(file));
}

/** Numbers in text stand in Times New Roman, in headings in the heading's own type. */
function fontOf(face: Piece['face']) {
  const eastAsia = wordFaces[face];
  const latin = face === 'hei' || face === 'biaosong' ? eastAsia : 'Times New Roman';
  return { ascii: latin, hAnsi: latin, cs: latin, eastAsia, hint: 'eastAsia' };
}

function sectionOf(section: Section, composed: Composed, isLast: boolean, styles: Styles): ISectionOptions {
  const { page } = section;
  const width = fieldWidth(page);
  const isAcross = page.width > page.height;
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
          // The number stands 7 mm below the field, the marks under it.
          footer: twips(page.bottom - mm(7) - numberHeight - composed.marks.length * markHeight),
        },
      },
      // No grid of lines: every paragraph says its pitch exactly, and LibreOffice would push all others onto the grid.
    },
    footers: { default: footerOf(composed, 'right'), even: footerOf(composed, 'left') },
    children: [
      ...section.items.flatMap((item) => blockOf(item, width, styles)),
      ...(isLast && composed.foot.length > 0 ? [footTable(composed.foot, width, styles), emptyLine(1)] : []),
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
        spacing: { line: twips(numberHeight), lineRule: LineRuleType.EXACT },
        children: [new TextRun({ ...number, children: ['— ', PageNumber.CURRENT, ' —'] })],
      }),
      ...composed.marks.map(
        (text) =>
          new Paragraph({
            alignment: AlignmentType.CENTER,
            spacing: { line: twips(markHeight), lineRule: LineRuleType.EXACT },
            children: [new TextRun({ ...mark, text })],
          }),
      ),
    ],
  });
}

const blockOf = (item: Item, width: number, styles: Styles): (Paragraph | Table)[] => {
  switch (item.kind) {
    case 'text':
      return [textOf(item, width, styles)];
    case 'table':
      return [tableOf(item, styles)];
    case 'picture':
      return [pictureOf(item)];
    case 'rule':
      return [ruleOf(item)];
    case 'gap':
      return [emptyLine(item.height, { keep: item.keep })];
    case 'break':
      return [emptyLine(1, { isNewPage: true })];
  }
};

/** As the first of a page it takes no line of it, which a break inside a paragraph would. */
const emptyLine = (height: number, { isNewPage = false, keep = false } = {}): Paragraph =>
  new Paragraph({
    ...(isNewPage && { pageBreakBefore: true }),
    ...(keep && { keepNext: true }),
    spacing: { line: Math.max(twips(height), 20), lineRule: LineRuleType.EXACT },
    run: { size: 2 },
  });

const isBody = (piece: Piece): boolean => piece.size === bodySize;

const runStyle = (piece: Piece): IRunStylePropertiesOptions => ({
  font: fontOf(piece.face),
  size: Math.round(piece.size * 2),
  bold: piece.bold,
  color: piece.colour,
  characterSpacing: isBody(piece) ? twips(bodyTracking) : 0,
});

const keyOf = ({ face, size, bold, colour }: Piece): string => `${face} ${size} ${bold} ${colour}`;

/**
 * The styles a file needs, one for each way a paragraph looks. A table of a thousand rows then names a style in each cell
 * instead of spelling it out: half the time, and people can change the look of all cells at once.
 */
class Styles {
  readonly #known = new Map<string, IParagraphStyleOptions>();

  idOf(item: TextItem, width: number): string {
    const { align, first, left, right, pitch, keep, outline } = item;
    const piece = item.pieces[0]!;
    const end = item.end ? width - right : 0;
    const key = [keyOf(piece), align, first, left, right, pitch, keep, outline, end].join();
    const known = this.#known.get(key);
    if (known) return known.id!;
    const number = this.#known.size + 1;
    const paragraph: IParagraphStylePropertiesOptions = {
      alignment: alignments[align],
      indent: {
        left: twips(left),
        right: twips(right),
        ...(first >= 0 ? { firstLine: twips(first) } : { hanging: twips(-first) }),
      },
      spacing: { line: twips(pitch), lineRule: LineRuleType.EXACT },
      keepNext: keep,
      ...(outline !== undefined && { outlineLevel: outline - 1 }),
      // The right tab of a line with two ends.
      ...(end > 0 && { tabStops: [{ type: TabStopType.RIGHT, position: twips(end) }] }),
    };
    const id = `g${number}`;
    this.#known.set(key, { id, name: `公文 ${number}`, paragraph, run: runStyle(piece) });
    return id;
  }

  all(): IParagraphStyleOptions[] {
    return [...this.#known.values()];
  }
}

function runsOf(pieces: readonly Piece[], usual: string): TextRun[] {
  return pieces.flatMap((piece) => {
    const style = keyOf(piece) === usual ? {} : runStyle(piece);
    return piece.text
      .split('\n')
      .map((text, i) => (i === 0 ? new TextRun({ text, ...style }) : new TextRun({ text, break: 1, ...style })));
  });
}

function textOf(item: TextItem, width: number, styles: Styles): Paragraph {
  const usual = keyOf(item.pieces[0]!);
  const end = item.end && [new TextRun({ children: [new Tab()] }), ...runsOf(item.end, usual)];
  return new Paragraph({
    style: styles.idOf(item, width),
    children: [...runsOf(item.pieces, usual), ...(end ?? [])],
  });
}

const ruleOf = (item: RuleItem): Paragraph =>
  new Paragraph({
    border: {
      bottom: { style: BorderStyle.SINGLE, size: Math.round(item.thickness * 8), color: item.colour, space: 0 },
    },
    // Not exactly: the line would be cut.
    spacing: { line: 240, lineRule: LineRuleType.AUTO },
    run: { size: 2 },
  });

function pictureOf(item: PictureItem): Paragraph {
  const { width, height } = pngSize(item.png);
  // The library counts in pixels of 1/96 inch.
  const pixels = (item.width / 72) * 96;
  return new Paragraph({
    alignment: alignments[item.align],
    // As high as the picture: an exact pitch would cut it.
    spacing: { line: 240, lineRule: LineRuleType.AUTO },
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

const none = { style: BorderStyle.NONE, size: 0, color: 'auto' };
const thin = { style: BorderStyle.SINGLE, size: 4, color: colours.black };

function tableOf(item: TableItem, styles: Styles): Table {
  return new Table({
    width: { size: twips(item.widths.reduce((a, b) => a + b, 0)), type: WidthType.DXA },
    columnWidths: item.widths.map(twips),
    layout: TableLayoutType.FIXED,
    margins: {
      left: twips(cellPadding),
      right: twips(cellPadding),
      top: twips(cellPadding / 2),
      bottom: twips(cellPadding / 2),
      marginUnitType: WidthType.DXA,
    },
    borders: { top: thin, bottom: thin, left: thin, right: thin, insideHorizontal: thin, insideVertical: thin },
    rows: item.rows.map((cells, r) => {
      const height = Math.max(0, ...cells.map((cell) => cell.minHeight ?? 0));
      return new TableRow({
        tableHeader: r < item.headRows,
        cantSplit: cells.every((cell) => cell.isWhole || cell.rowSpan > 1),
        ...(height > 0 && { height: { value: twips(height), rule: HeightRule.ATLEAST } }),
        children: cells.map((cell) => cellOf(cell, styles)),
      });
    }),
  });
}

const cellOf = (cell: CellItem, styles: Styles): TableCell =>
  new TableCell({
    ...(cell.colSpan > 1 && { columnSpan: cell.colSpan }),
    ...(cell.rowSpan > 1 && { rowSpan: cell.rowSpan }),
    verticalAlign: VerticalAlign.CENTER,
    ...(cell.fill !== undefined && { shading: { type: ShadingType.CLEAR, color: 'auto', fill: cell.fill } }),
    children: cell.content.map((item) => (item.kind === 'text' ? textOf(item, cell.width, styles) : pictureOf(item))),
  });

/**
 * 版记, held to the foot of the last page by a floating table of one cell. Older LibreOffice lets it follow the text instead.
 */
function footTable(items: readonly Item[], width: number, styles: Styles): Table {
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
            children: items.flatMap((item) => blockOf(item, width, styles)),
          }),
        ],
      }),
    ],
  });
}
