import type { Day } from '#core/shared/day.ts';
import {
  type DocumentText,
  listNumber,
  type Span,
  sliceOf,
  type Table,
  type TableCell,
} from '#core/shared/document-text.ts';
import { readDeadline, type Workdays } from '#core/shared/official-date.ts';
import { type ColumnField, columnField, columnFields } from './columns.ts';
import { listParties, type Party, readParties } from './party-words.ts';
import { type FieldSpan, type ProposedRow, type QuarterGoal, quarterCodes, type SpanField } from './proposal.ts';
import { quantitiesIn } from './quantity.ts';
import { goalsIn, quarterEnd } from './quarter-goals.ts';

export interface RuleContext {
  /** Day of the document. */
  on: Day;
  /** Year of days that name none: that of the title, else of the day. */
  ownYear: number;
  workdays: Workdays | undefined;
}

export interface TableRow extends ProposedRow {
  /** Of a table that this product wrote: which row it was, and in which version. */
  rowId: string | null;
  rowVersion: number | null;
}

const searched = 12;

/** The cell at each place of the grid, merged cells at every place they reach over. */
type Grid = (TableCell | undefined)[][];

function gridOf(table: Table): Grid {
  const grid: Grid = Array.from({ length: table.rows }, () =>
    new Array<TableCell | undefined>(table.columns).fill(undefined),
  );
  for (const cell of table.cells)
    for (let row = cell.row; row < Math.min(cell.row + cell.rows, table.rows); row += 1)
      for (let column = cell.column; column < Math.min(cell.column + cell.columns, table.columns); column += 1)
        grid[row]![column] = cell;
  return grid;
}

export interface TaskHeader {
  top: number;
  bottom: number;
  fields: (ColumnField | undefined)[];
}

/** The heading rows of a task table: one that names the task and something about who or when. Undefined: another table. */
export function findTaskHeader(document: DocumentText, table: Table): TaskHeader | undefined {
  const grid = gridOf(table);
  const known = (row: number) => {
    const cells = new Set(grid[row]);
    return [...cells].filter((cell) => cell && columnField(sliceOf(document, cell)) !== undefined).length;
  };
  let [top, most] = [-1, 1];
  for (let row = 0; row < Math.min(table.rows, searched); row += 1)
    if (known(row) > most) [top, most] = [row, known(row)];
  if (top < 0) return undefined;
  // The row with the most names can be the lower of two; the upper one has groups over it.
  if (top > 0 && isGroupRow(document, grid, top - 1)) top -= 1;
  let bottom = top;
  for (const cell of grid[top]!)
    if (cell && cell.columns === 1) bottom = Math.max(bottom, Math.min(cell.row + cell.rows - 1, top + 2));
  if (bottom === top && isSecondRow(document, grid, top)) bottom = top + 1;
  const fields = columnFields(
    Array.from({ length: table.columns }, (_, column) => {
      const path: string[] = [];
      for (let row = top; row <= bottom; row += 1) {
        const text = headText(document, grid, row, column, row < bottom);
        if (text !== '' && path.at(-1) !== text) path.push(text);
      }
      return path;
    }),
  );
  const has = (...wanted: ColumnField[]) => wanted.some((field) => fields.includes(field));
  return has('title') &&
    has('lead', 'responsible', 'co', 'due', 'leader', 'handler', 'target', 'quarters', ...quarterCodes)
    ? { top, bottom, fields }
    : undefined;
}

/** A row of headings of which at least one reaches over several columns of the row below. */
function isGroupRow(document: DocumentText, grid: Grid, row: number): boolean {
  const cells = [...new Set(grid[row])].filter((cell) => cell !== undefined);
  return (
    cells.length >= 2 &&
    cells.some((cell) => cell.columns > 1) &&
    cells.some((cell) => columnField(sliceOf(document, cell)) !== undefined)
  );
}

/** A second row of headings without merges above it (pasted): it has names only where the first has a group or nothing. */
function isSecondRow(document: DocumentText, grid: Grid, top: number): boolean {
  const below = grid[top + 1];
  if (!below) return false;
  const filled = below.filter((cell) => cell !== undefined);
  if (filled.length < 2 || filled.some((cell) => columnField(sliceOf(document, cell)) === undefined)) return false;
  return below.every((cell, column) => cell === undefined || isUnderGroup(grid, top, column));
}

function isUnderGroup(grid: Grid, top: number, column: number): boolean {
  const above = grid[top]![column];
  return above === undefined || above.columns > 1 || grid[top]![column + 1] === undefined;
}

function headText(document: DocumentText, grid: Grid, row: number, column: number, isGroup: boolean): string {
  const cell = grid[row]![column];
  if (cell) return sliceOf(document, cell).replace(/\n/g, '');
  // An unmerged group reaches right over empty cells, as far as the row below has names.
  if (!isGroup || grid[row + 1]?.[column] === undefined) return '';
  for (let left = column - 1; left >= 0; left -= 1) {
    const group = grid[row]![left];
    if (group) return grid[row + 1]?.[left] ? sliceOf(document, group).replace(/\n/g, '') : '';
  }
  return '';
}

/** The rows of a table as proposals; none when it is no task table. */
export function proposeFromTable(document: DocumentText, table: Table, context: RuleContext): TableRow[] {
  const header = findTaskHeader(document, table);
  if (!header) return [];
  const { fields, bottom } = header;
  const grid = gridOf(table);
  const rows: TableRow[] = [];
  let group: FieldSpan | undefined;
  for (let row = bottom + 1; row < table.rows; row += 1) {
    const places = grid[row]!;
    const cells = [...new Set(places)].filter((cell) => cell !== undefined && cell.end > cell.start) as TableCell[];
    if (cells.length === 0 || isHeadAgain(document, cells)) continue;
    const titleAt = fields.indexOf('title');
    const [only] = cells;
    // One text over the row names what follows: （一）产业项目.
    const isWide =
      cells.length === 1 &&
      (only!.columns >= Math.max(2, fields.length - 1) || (only!.column !== titleAt && only!.rows === 1));
    if (isWide) {
      if (!/合计|总计|小计|^[注备]/.test(sliceOf(document, only!))) group = groupName(document, only!);
      else if (/^[注备]/.test(sliceOf(document, only!))) break;
      continue;
    }
    const made = readRow(document, { places, fields, context, group });
    if (made) rows.push(made);
  }
  return rows;
}

/** 一、产业项目 without its number. */
function groupName(document: DocumentText, cell: TableCell): FieldSpan {
  const skipped = listNumber(sliceOf(document, cell))?.length ?? 0;
  return spanOf(document, 'category', { start: Math.min(cell.start + skipped, cell.end - 1), end: cell.end });
}

const isHeadAgain = (document: DocumentText, cells: readonly TableCell[]): boolean =>
  cells.length > 1 && cells.every((cell) => columnField(sliceOf(document, cell)) !== undefined);

const spanOf = ({ text }: DocumentText, field: SpanField, { start, end }: Span): FieldSpan => ({
  field,
  start,
  end,
  text: text.slice(start, end),
});

interface RowPlaces {
  places: readonly (TableCell | undefined)[];
  fields: readonly (ColumnField | undefined)[];
  context: RuleContext;
  group: FieldSpan | undefined;
}

function readRow(document: DocumentText, { places, fields, context, group }: RowPlaces): TableRow | undefined {
  const { text } = document;
  const cellsOf = (field: ColumnField): TableCell[] =>
    [
      ...new Set(places.filter((cell, column) => fields[column] === field && cell && cell.end > cell.start)),
    ] as TableCell[];
  const first = (field: ColumnField): TableCell | undefined => cellsOf(field)[0];
  const title = first('title') ?? first('target');
  if (!title || /^(?:合计|总计|小计|注)/.test(sliceOf(document, title))) return undefined;
  const target = first('target') === title ? undefined : first('target');
  const spans: FieldSpan[] = [];
  const mark = (field: SpanField, span: Span | null | undefined): string | null => {
    if (!span) return null;
    const made = spanOf(document, field, span);
    spans.push(made);
    return made.text;
  };
  for (const cell of new Set(places)) {
    const column = places.indexOf(cell);
    if (cell && cell.end > cell.start && fields[column] && !['rowId', 'rowVersion'].includes(fields[column]!))
      mark('text', cell);
  }
  const titleText = mark('title', title)!;
  const targetText = mark('target', target);
  const category = cellsOf('category').at(-1);
  const categoryText = mark('category', category ?? group);

  const { lead, co } = partiesOf(document, first('lead'), first('responsible'), cellsOf('co'));
  const leadText = mark('lead', lead);
  for (const party of co) mark('co', party);
  const leader = first('leader');
  const leaderText = mark('leader', leader && (listParties(text, leader)[0] ?? leader));
  const handlerText = mark('handler', first('handler'));

  const due = first('due');
  const limit = due && readDeadline(sliceOf(document, due), context.on, context.workdays, context.ownYear);
  if (due && limit) mark('due', { start: due.start + limit.start, end: due.start + limit.end });

  const goals = goalsOf(document, { first, title, target, context, mark });
  return {
    title: oneLine(titleText),
    target: targetText,
    quantities: [target, title].flatMap((cell) => (cell ? quantitiesIn(sliceOf(document, cell), cell.start) : [])),
    category: categoryText && oneLine(categoryText),
    leadText,
    coTexts: co.map((party) => party.text),
    leaderText,
    handlerText,
    dueOn: limit?.day ?? null,
    dueWords: limit?.words ?? (due ? sliceOf(document, due) : null),
    dueWhy: limit ? limit.why : due ? 'vague' : null,
    goals,
    spans,
    rowId: wordsOf(document, first('rowId')),
    rowVersion: Number(wordsOf(document, first('rowVersion')) ?? Number.NaN) || null,
  };
}

const wordsOf = (document: DocumentText, cell: TableCell | undefined): string | null =>
  cell ? sliceOf(document, cell) : null;

/** Line ends within a cell are where the paper ended, not the sentence. */
export const oneLine = (text: string): string => text.replace(/\s*\n\s*/g, '');

function partiesOf(
  { text }: DocumentText,
  leadCell: TableCell | undefined,
  responsible: TableCell | undefined,
  coCells: readonly TableCell[],
): { lead: Party | null; co: Party[] } {
  const own = leadCell ?? responsible;
  const parties = own ? readParties(text, own) : null;
  const lead = parties?.lead ?? null;
  const co = [...(parties?.co ?? [])];
  if (leadCell && responsible && responsible !== leadCell) co.push(...listParties(text, responsible));
  for (const cell of coCells) if (cell !== own) co.push(...listParties(text, cell));
  return { lead, co: co.filter((p, i) => p.text !== lead?.text && co.findIndex((q) => q.text === p.text) === i) };
}

interface GoalPlaces {
  first: (field: ColumnField) => TableCell | undefined;
  title: TableCell;
  target: TableCell | undefined;
  context: RuleContext;
  mark: (field: SpanField, span: Span) => string | null;
}

function goalsOf(document: DocumentText, { first, title, target, context, mark }: GoalPlaces): QuarterGoal[] {
  const { on, ownYear } = context;
  const own: QuarterGoal[] = [];
  for (const code of quarterCodes) {
    const cell = first(code);
    const words = cell && sliceOf(document, cell);
    if (!cell || !words || /^[-—–/\\无]+$/.test(words)) continue;
    mark('quarter', cell);
    own.push({ code, title: oneLine(words), dueOn: quarterEnd(code, ownYear) });
  }
  if (own.length > 0) return own;
  for (const cell of [first('quarters'), target, title]) {
    if (!cell) continue;
    const found = goalsIn(document.text, cell, on, ownYear);
    for (const goal of found) mark('quarter', goal.span);
    if (found.length > 0) return found.map(({ span: _, ...goal }) => goal);
  }
  return [];
}
