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
import { cleanText, formatNumber, plainText, widthOf } from './text.ts';

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

/** Whether text takes less than a third of a page in a cell of that width: then its row is not split. */
function isShort(text: RichText, size: number, width: number): boolean {
  const lines = plainText(text)
    .split('\n')
    .reduce((sum, line) => sum + Math.max(1, Math.ceil((widthOf(line) * size) / width)), 0);
  return lines * size * 1.4 < mm(70);
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
      const width = widths.slice(c, c + colSpan).reduce((a, b) => a + b, 0) - 2 * cellPadding;
      cells.push({
        content: [textItem(text, { face: style.face, size: style.size, bold }, { align, pitch: style.size * 1.3 })],
        colSpan,
        rowSpan: height,
        isWhole: height === 1 && isShort(text, style.size, width),
        width,
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
  items.push({
    kind: 'table',
    widths,
    size,
    pitch: size * 1.3,
    headRows: head.length,
    rows: [...head, ...rows],
  } satisfies TableItem);
  for (const footnote of table.footnotes ?? []) items.push(textItem(footnote, { face: 'fang', size }));
  return [...items, { kind: 'gap', height: size * 0.6 }];
}

/** Every row of fields takes the whole width; the columns are the finest that all rows need. */
export function composeForm(form: DocumentForm, width: number): Item[] {
  const size = form.size ?? 14;
  const pitch = size * 1.4;
  const label = (form.labelWidth ?? 5) * size + 2 * cellPadding;
  // Two rows meant to meet at one edge must not miss it by a rounding error.
  const round = (value: number) => Math.round(value * 100) / 100;
  const end = round(width);
  const lines = form.rows.map((fields) =>
    fields.flatMap((field, i) => {
      const [from, to] = [round((end / fields.length) * i), round((end / fields.length) * (i + 1))];
      const rest = {
        minHeight: Math.max(mm(field.minHeightMm ?? 0), size * 2.1),
        isWhole: isShort(field.value, size, end / fields.length - label),
      };
      const name = textItem(field.label, { face: 'hei', size }, { align: 'center', pitch });
      const value = textItem(field.value, { face: 'fang', size }, { align: field.align ?? 'left', pitch });
      const middle = round(from + label);
      const cells = [{ from, to: middle, content: [name] as CellItem['content'], rest: { isWhole: true } }];
      const { picture } = field;
      const right = picture ? round(to - mm(picture.widthMm) - 2 * cellPadding) : to;
      cells.push({ from: middle, to: right, content: [value], rest });
      if (picture) {
        const { png, widthMm, alt } = picture;
        const item = { kind: 'picture', png, width: mm(widthMm), alt: cleanText(alt), align: 'center' } as const;
        cells.push({ from: right, to, content: [item], rest: { isWhole: true } });
      }
      return cells;
    }),
  );
  const edges = [...new Set([0, ...lines.flat().map(({ to }) => to)])].sort((a, b) => a - b);
  const rows = lines.map((cells) =>
    cells.map(
      ({ from, to, content, rest }): CellItem => ({
        content,
        colSpan: edges.indexOf(to) - edges.indexOf(from),
        rowSpan: 1,
        width: to - from - 2 * cellPadding,
        ...rest,
      }),
    ),
  );
  const widths = edges.slice(1).map((edge, i) => edge - edges[i]!);
  return [
    { kind: 'table', widths, size, pitch, headRows: 0, rows } satisfies TableItem,
    { kind: 'gap', height: size * 0.6 },
  ];
}
