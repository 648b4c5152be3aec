/** What a spreadsheet cell holds, whatever file it came from. Pure: rules read it, the server's readers make it. */
export type CellKind = 'empty' | 'text' | 'number' | 'boolean' | 'date' | 'error';

export interface Cell {
  /** As stored: a date keeps its serial number here, and its civil day in `date`. */
  readonly value: string | number | boolean | null;
  readonly kind: CellKind;
  /** The number format of the cell. Units hide here (`0.00"万元"`), and so does how exact a date is (`yyyy"年"m"月"`). */
  readonly numFmt?: string;
  /** YYYY-MM-DD, when the cell is formatted as a date. The time of day is dropped. */
  readonly date?: string;
  /** `#REF!`, `#N/A` …: the program that saved the file could not compute this cell. */
  readonly error?: string;
  /** The file holds a formula but not its result (written by a program that does not compute). */
  readonly formulaWithoutValue?: true;
}

/** A merged range, 0-based and inclusive. The value stands in its top-left cell only. */
export interface MergedRange {
  readonly top: number;
  readonly left: number;
  readonly bottom: number;
  readonly right: number;
}

export interface Sheet {
  readonly name: string;
  readonly hidden: boolean;
  /** `rows[3][5]` is F4. Empty tails are cut, so a row may be shorter than its neighbour, and empty. */
  readonly rows: Cell[][];
  readonly merges: MergedRange[];
}

export interface Workbook {
  readonly sheets: Sheet[];
}

/** One object for all empty cells: a sheet of 1.5 million cells has mostly these. */
export const emptyCell: Cell = Object.freeze({ value: null, kind: 'empty' });

export const cellAt = (rows: readonly (readonly Cell[])[], row: number, column: number): Cell =>
  rows[row]?.[column] ?? emptyCell;

/** 0 → A, 25 → Z, 26 → AA. */
export function columnLetters(column: number): string {
  let letters = '';
  for (let n = column + 1; n > 0; n = Math.floor((n - 1) / 26)) {
    letters = String.fromCharCode(65 + ((n - 1) % 26)) + letters;
  }
  return letters;
}

/** The name people see in Excel, from 0-based numbers: (11, 5) → F12. */
export const cellName = (row: number, column: number): string => `${columnLetters(column)}${row + 1}`;

/** The text a person would see, without the number format: numbers plainly, dates as YYYY-MM-DD. */
export function cellText(cell: Cell | undefined): string {
  if (!cell || cell.kind === 'empty') return '';
  if (cell.kind === 'date') return cell.date ?? '';
  if (cell.kind === 'error') return cell.error ?? '';
  if (cell.kind === 'number') return plainNumber(cell.value as number);
  return String(cell.value ?? '').trim();
}

/** 15 significant digits, as Excel shows: 3.2000000000000002 is 3.2 typed by a person. */
export const plainNumber = (value: number): string => {
  const text = String(Number(value.toPrecision(15)));
  return text.includes('e') ? String(value) : text;
};
