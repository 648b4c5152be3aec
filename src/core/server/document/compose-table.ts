import type {
  Align,
  DocumentCell,
  DocumentColumn,
  DocumentForm,
  DocumentTable,
  RichCell,
  RichText,
} from '../../shared/official-document.ts';
import { type CellItem, type Item, type TableItem, textItem } from './items.ts';
import { fills, mm } from './layout.ts';
import { cleanText, formatNumber, plainText } from './text.ts';

/** Left and right of a cell's text, in points. */
export const cellPadding = 3.5;

const isRich = (cell: DocumentCell): cell is RichCell => typeof cell === 'object' && cell !== null;

function cellText(cell: DocumentCell, column: DocumentColumn | undefined): RichText {
  if (isRich(cell)) return cell.text;
  if (cell === null || cell === undefined) return '';
  if (typeof cell === 'number') return formatNumber(cell, column?.numFmt);
  if (typeof cell === 'boolean') return cell ? '是' : '否';
  return cell;
}

const alignOf = (cell: DocumentCell, column: DocumentColumn | undefined): Align =>
  (isRich(cell) ? cell.align : undefined) ??
  column?.align ??
  (column?.kind === 'number' ? 'right' : column?.kind === 'date' ? 'center' : 'left');

/** The heading of one row, or of two when columns stand in groups. */
function headOf(columns: readonly DocumentColumn[]): DocumentCell[][] {
  if (!columns.some((column) => column.group !== undefined)) return [columns.map((column) => column.header)];
  const upper: DocumentCell[] = [];
  const lower: DocumentCell[] = [];
  for (let c = 0; c < columns.length; c += 1) {
    const { header, group } = columns[c]!;
    if (group === undefined) {
      upper.push({ text: header, rowSpan: 2 });
      continue;
    }
    lower.push(header);
    if (columns[c - 1]?.group === group) continue;
    let end = c;
    while (columns[end + 1]?.group === group) end += 1;
    upper.push({ text: group, colSpan: end - c + 1 });
  }
  return [upper, lower];
}

interface RowStyle {
  table: string;
  size: number;
  face: 'fang' | 'hei';
  bold: boolean;
  isHead: boolean;
}

/**
 * Lays rows on the columns. A short row is filled up with empty cells, so that no border is missing.
 * @throws Error when a row has more cells than the table has columns
 */
function layRows(
  rows: readonly (readonly DocumentCell[])[],
  columns: readonly DocumentColumn[],
  widths: readonly number[],
  style: RowStyle,
): CellItem[][] {
  // How many more rows a cell from above still covers, by column.
  const covered = new Array<number>(columns.length).fill(0);
  return rows.map((row, r) => {
    const cells: CellItem[] = [];
    let c = 0;
    const skip = () => {
      while (c < columns.length && covered[c]! > 0) covered[c++]! -= 1;
    };
    const put = (cell: DocumentCell) => {
      const { colSpan = 1, rowSpan = 1 } = isRich(cell) ? cell : {};
      if (c + colSpan > columns.length)
        throw new Error(`Row ${r + 1} of the table ${style.table} has more cells than its ${columns.length} columns`);
      const height = Math.min(rowSpan, rows.length - r);
      for (let i = c; i < c + colSpan; i += 1) covered[i] = height - 1;
      const column = columns[c];
      const align = style.isHead ? 'center' : alignOf(cell, column);
      const text = cellText(cell, column);
      const bold = style.bold || (isRich(cell) && cell.bold === true);
      const fill = isRich(cell) ? cell.fill : undefined;
      cells.push({
        content: [textItem(text, { face: style.face, size: style.size, bold }, { align, pitch: style.size * 1.3 })],
        colSpan,
        rowSpan: height,
        isWhole: height === 1 && plainText(text).length < 400,
        width: widths.slice(c, c + colSpan).reduce((a, b) => a + b, 0) - 2 * cellPadding,
        ...(fill ? { fill: fills[fill] } : style.isHead && { fill: fills.grey }),
      });
      c += colSpan;
    };
    for (const cell of row) {
      skip();
      put(cell);
    }
    skip();
    while (c < columns.length) {
      put('');
      skip();
    }
    return cells;
  });
}

export function composeTable(table: DocumentTable, width: number): Item[] {
  const { columns } = table;
  if (columns.length === 0) throw new Error(`The table ${table.caption ?? ''} has no columns`);
  const size = table.size ?? 10.5;
  const shares = columns.map((column) => column.width ?? 12);
  const all = shares.reduce((a, b) => a + b, 0);
  const widths = shares.map((share) => (share / all) * width);
  const style = { table: cleanText(table.caption ?? ''), size, face: 'fang', bold: false, isHead: false } as const;
  const head = layRows(table.head ?? headOf(columns), columns, widths, { ...style, face: 'hei', isHead: true });
  const rows = [
    ...layRows(table.rows, columns, widths, style),
    ...layRows(table.totals ?? [], columns, widths, { ...style, bold: true }),
  ];
  const items: Item[] = [];
  if (table.caption) {
    items.push(
      textItem(table.caption, { face: 'hei', size: Math.max(size, 12) }, { align: 'center', keep: true, pitch: 24 }),
    );
  }
  if (table.note) items.push(textItem(table.note, { face: 'fang', size }, { align: 'right', keep: true }));
  items.push({ kind: 'table', widths, headRows: head.length, rows: [...head, ...rows] } satisfies TableItem);
  for (const footnote of table.footnotes ?? []) items.push(textItem(footnote, { face: 'fang', size }));
  return [...items, { kind: 'gap', height: size * 0.6 }];
}

/** Every row of fields takes the whole width; the columns are the finest that all rows need. */
export function composeForm(form: DocumentForm, width: number): Item[] {
  const size = form.size ?? 14;
  const label = (form.labelWidth ?? 5) * size + 2 * cellPadding;
  const edges = new Set([0, width]);
  const round = (value: number) => Math.round(value * 100) / 100;
  const lines = form.rows.map((fields) => {
    const each = width / fields.length;
    return fields.map((field, i) => {
      const [from, middle, to] = [
        round(each * i),
        round(each * i + label),
        i === fields.length - 1 ? width : round(each * (i + 1)),
      ];
      for (const edge of [from, middle, to]) edges.add(edge);
      return { field, from, middle, to };
    });
  });
  const at = [...edges].sort((a, b) => a - b);
  const cell = (content: CellItem['content'], from: number, to: number, rest: Partial<CellItem> = {}): CellItem => ({
    content,
    colSpan: at.indexOf(to) - at.indexOf(from),
    rowSpan: 1,
    isWhole: true,
    width: to - from - 2 * cellPadding,
    ...rest,
  });
  const pitch = size * 1.4;
  const rows = lines.map((fields) =>
    fields.flatMap(({ field, from, middle, to }) => {
      const values: CellItem['content'] = [
        textItem(field.value, { face: 'fang', size }, { align: field.align ?? 'left', pitch }),
      ];
      const { picture } = field;
      if (picture) {
        values.push({
          kind: 'picture',
          png: picture.png,
          width: mm(picture.widthMm),
          alt: cleanText(picture.alt),
          align: 'right',
        });
      }
      return [
        cell([textItem(field.label, { face: 'hei', size }, { align: 'center', pitch })], from, middle),
        cell(values, middle, to, {
          isWhole: plainText(field.value).length < 400,
          ...(field.minHeightMm !== undefined && { minHeight: mm(field.minHeightMm) }),
        }),
      ];
    }),
  );
  const widths = at.slice(1).map((edge, i) => edge - at[i]!);
  return [{ kind: 'table', widths, headRows: 0, rows } satisfies TableItem, { kind: 'gap', height: size * 0.6 }];
}
