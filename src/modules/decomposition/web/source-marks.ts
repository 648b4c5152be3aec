import type { Span, Table, TableCell } from '#core/shared/document-text.ts';
import type { Row } from '../contract.ts';
import type { SpanField } from '../proposal.ts';

/** A stretch of text that looks the same throughout. */
export interface Piece extends Span {
  /** Rows that were made from it, in their order. */
  rowIds: string[];
  /** What of the chosen row it is. */
  field: SpanField | null;
}

/** Fields that are shown within the chosen row; the first of them wins where several lie. */
const shownFields: readonly SpanField[] = ['due', 'lead', 'co', 'leader', 'handler', 'quarter', 'title', 'target'];

export interface Mark extends Span {
  rowId: string;
  field: SpanField;
}

export const marksOf = (rows: readonly Row[]): Mark[] =>
  rows.flatMap((row) => row.spans.map(({ start, end, field }) => ({ rowId: row.id, field, start, end })));

/** Cuts a span of text at every mark's edge, so that marks may lie over each other. */
export function piecesOf(span: Span, marks: readonly Mark[], activeId: string | null): Piece[] {
  const within = marks.filter((mark) => mark.start < span.end && mark.end > span.start);
  if (within.length === 0) return [{ ...span, rowIds: [], field: null }];
  const edges = [...new Set(within.flatMap((m) => [Math.max(m.start, span.start), Math.min(m.end, span.end)]))];
  const cuts = [...new Set([span.start, ...edges, span.end])].sort((a, b) => a - b);
  const pieces: Piece[] = [];
  for (let i = 0; i + 1 < cuts.length; i += 1) {
    const [start, end] = [cuts[i]!, cuts[i + 1]!];
    const over = within.filter((mark) => mark.start <= start && mark.end >= end);
    const own = over.filter((mark) => mark.rowId === activeId).map((mark) => mark.field);
    pieces.push({
      start,
      end,
      rowIds: [...new Set(over.filter((mark) => mark.field === 'text').map((mark) => mark.rowId))],
      field: shownFields.find((field) => own.includes(field)) ?? null,
    });
  }
  return pieces;
}

/** The cells of each row as a page sets them: merged ones once, and a place of its own for each that is empty. */
export function gridRows(table: Pick<Table, 'cells' | 'rows' | 'columns'>): (TableCell | { gap: number })[][] {
  const taken = new Set<string>();
  const starts = new Map(table.cells.map((cell) => [`${cell.row},${cell.column}`, cell]));
  return Array.from({ length: table.rows }, (_, row) => {
    const cells: (TableCell | { gap: number })[] = [];
    for (let column = 0; column < table.columns; column += 1) {
      const cell = starts.get(`${row},${column}`);
      if (cell) {
        for (let r = row; r < row + cell.rows; r += 1)
          for (let c = column; c < column + cell.columns; c += 1) taken.add(`${r},${c}`);
        cells.push(cell);
      } else if (!taken.has(`${row},${column}`)) cells.push({ gap: column });
    }
    return cells;
  });
}
