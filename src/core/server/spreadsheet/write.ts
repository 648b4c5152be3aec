import {
  type CellStyle,
  type CellValue,
  type DataValidation,
  type MergeRange,
  type WriteSheet,
  writeXlsx,
  writeXlsxStream,
} from 'hucre/xlsx';
import { columnLetters } from '../../shared/sheet.ts';

/** One column of a table that goes to Excel. */
export interface ExcelColumn {
  header: string;
  /** Columns side by side with the same group stand under one merged heading. */
  group?: string;
  /** In characters of the default font; a Chinese character counts two. */
  width?: number;
  /** Of text, numbers as they are, or days given as YYYY-MM-DD (written as real dates, not as text). */
  kind?: 'text' | 'number' | 'date';
  /** Excel number format, as `#,##0.00` or `0.0%`. */
  numFmt?: string;
  wrap?: boolean;
  /** Of a table that is `locked`: people fill this column in. Its cells are open and white, the others grey and locked. */
  isInput?: boolean;
  /** For numbers that a program needs back: the column is there and nobody sees it. */
  isHidden?: boolean;
  /** A drop-down of these values; another value is refused by the program that opens the file. */
  list?: readonly string[];
  /** Shown beside the cell while it is being filled in. */
  hint?: string;
}

export type ExcelCell = string | number | boolean | null | undefined;

/**
 * A cell that Excel works out itself. `formula` gets the place, so that a table need not know how many heading rows it has;
 * `value` is what it comes to, shown by programs that do not calculate.
 */
export interface ExcelFormula {
  formula: (place: FormulaPlace) => string;
  value: string | number | null;
}
export interface FormulaPlace {
  /** Excel's number of this row, and of the first and last row of `rows`. */
  row: number;
  first: number;
  last: number;
  /** Letters of a column, counted from 0. */
  letters: (column: number) => string;
}
export type ExcelTableCell = ExcelCell | ExcelFormula;
const isFormula = (cell: ExcelTableCell): cell is ExcelFormula => typeof cell === 'object' && cell !== null;

export interface ExcelTable {
  sheet: string;
  title?: string;
  /** Stands at the right above the table, as 单位：万元. */
  note?: string;
  columns: readonly ExcelColumn[];
  rows: Iterable<readonly ExcelTableCell[]>;
  /** Rows set bold: totals. */
  totals?: Iterable<readonly ExcelTableCell[]>;
  /** Remarks below the table. */
  footnotes?: readonly string[];
  /** Columns that stay when the sheet is scrolled to the right; header rows always stay. */
  frozenColumns?: number;
  landscape?: boolean;
  /** A form: only the columns marked `isInput` can be changed. Without a password, so that it keeps from slips and not from work. */
  isForm?: boolean;
}

const thin = { style: 'thin' as const, color: { rgb: 'B0B7C0' } };
const border = { top: thin, bottom: thin, left: thin, right: thin };
const font = { name: '宋体', size: 10 };
const headerStyle: CellStyle = {
  font: { ...font, bold: true },
  fill: { type: 'pattern', pattern: 'solid', fgColor: { rgb: 'ECEFF3' } },
  border,
  alignment: { horizontal: 'center', vertical: 'center', wrapText: true },
};

const excelEpoch = Date.UTC(1899, 11, 30);

/** A day as Excel's serial number. Numbers, because a JavaScript Date carries a time zone that moves days. */
const serial = (day: string): number => (Date.parse(`${day}T00:00:00Z`) - excelEpoch) / 86_400_000;

function cellValue(value: ExcelCell, column: ExcelColumn): CellValue {
  if (value === undefined || value === null || value === '') return null;
  if (column.kind === 'date' && typeof value === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(value)) return serial(value);
  return value;
}

const formatOf = (column: ExcelColumn): string | undefined =>
  column.numFmt ?? (column.kind === 'date' ? 'yyyy-mm-dd' : undefined);

const grey = { type: 'pattern' as const, pattern: 'solid' as const, fgColor: { rgb: 'F3F5F7' } };

function bodyStyle(column: ExcelColumn, bold: boolean, isForm: boolean): CellStyle {
  const numFmt = formatOf(column);
  return {
    ...(isForm && (column.isInput ? { protection: { locked: false } } : { fill: grey })),
    font: { ...font, bold },
    border,
    alignment: {
      vertical: 'center',
      horizontal: column.kind === 'number' ? 'right' : column.kind === 'date' ? 'center' : 'left',
      wrapText: column.wrap ?? false,
    },
    ...(numFmt !== undefined && { numFmt }),
  };
}

/**
 * A workbook with styled tables, one a sheet: for what people print and sign, up to some ten thousand rows. With a moment
 * of `modified` the same tables are the same bytes at any time.
 */
export async function writeWorkbook(
  tables: readonly ExcelTable[],
  { modified }: { modified?: Date } = {},
): Promise<Uint8Array> {
  return (await writeXlsx({
    sheets: tables.map(sheetOf),
    defaultFont: font,
    ...(modified && { properties: { modified } }),
  })) as Uint8Array;
}

function sheetOf(table: ExcelTable): WriteSheet {
  const { columns } = table;
  const rows: CellValue[][] = [];
  const cells = new Map<string, { value: CellValue; style: CellStyle; formula?: string; formulaResult?: CellValue }>();
  const merges: MergeRange[] = [];
  const put = (row: number, column: number, value: CellValue, style: CellStyle) => {
    rows[row] ??= new Array<CellValue>(columns.length).fill(null);
    rows[row][column] = value;
    cells.set(`${row},${column}`, { value, style });
  };
  const merge = (startRow: number, startCol: number, endRow: number, endCol: number) => {
    if (endRow > startRow || endCol > startCol) merges.push({ startRow, startCol, endRow, endCol });
  };
  const last = columns.length - 1;

  if (table.title !== undefined) {
    const style: CellStyle = { font: { name: '宋体', size: 16, bold: true }, alignment: { horizontal: 'center' } };
    merge(rows.length, 0, rows.length, last);
    put(rows.length, 0, table.title, style);
  }
  if (table.note !== undefined) {
    merge(rows.length, 0, rows.length, last);
    put(rows.length, 0, table.note, { font, alignment: { horizontal: 'right' } });
  }
  const first = rows.length;
  const isGrouped = columns.some((column) => column.group !== undefined);
  for (const [c, column] of columns.entries()) {
    const isContinued = column.group !== undefined && columns[c - 1]?.group === column.group;
    put(first, c, isContinued ? null : (column.group ?? column.header), headerStyle);
    if (!isGrouped) continue;
    put(first + 1, c, column.group === undefined ? null : column.header, headerStyle);
    if (column.group === undefined) merge(first, c, first + 1, c);
    else if (!isContinued) {
      let end = c;
      while (columns[end + 1]?.group === column.group) end += 1;
      merge(first, c, first, end);
    }
  }
  const headerRows = rows.length;
  const styles = columns.map((column) => {
    const isForm = table.isForm ?? false;
    return [bodyStyle(column, false, isForm), bodyStyle(column, true, isForm)] as const;
  });
  let lastRow = headerRows;
  const body = (source: Iterable<readonly ExcelTableCell[]>, bold: 0 | 1) => {
    const all = [...source];
    if (bold === 0) lastRow = headerRows + all.length;
    for (const row of all) {
      const r = rows.length;
      for (const [c, column] of columns.entries()) {
        const cell = row[c];
        put(r, c, isFormula(cell) ? cell.value : cellValue(cell, column), styles[c]![bold]);
        if (!isFormula(cell)) continue;
        const place = { row: r + 1, first: headerRows + 1, last: lastRow, letters: columnLetters };
        Object.assign(cells.get(`${r},${c}`)!, { formula: cell.formula(place), formulaResult: cell.value });
      }
    }
  };
  body(table.rows, 0);
  body(table.totals ?? [], 1);
  for (const line of table.footnotes ?? []) {
    merge(rows.length, 0, rows.length, last);
    put(rows.length, 0, line, { font, alignment: { wrapText: true } });
  }
  return {
    name: table.sheet,
    rows,
    cells,
    merges,
    columns: columns.map((column) => ({ width: column.width ?? 12, ...(column.isHidden && { hidden: true }) })),
    ...(table.isForm && { protection: formProtection }),
    dataValidations: columns.flatMap((column, c) => validationsOf(column, c, headerRows + 1, lastRow)),
    freezePane: { rows: headerRows, columns: table.frozenColumns ?? 0 },
    pageSetup: {
      paperSize: 'a4',
      orientation: table.landscape === false ? 'portrait' : 'landscape',
      fitToPage: true,
      fitToWidth: 1,
      fitToHeight: 0,
      printTitlesRow: `$${first + 1}:$${headerRows}`,
    },
  };
}

/** What stays possible in a form: filtering, sorting, wider columns, higher rows. */
const formProtection = {
  sheet: true,
  formatCells: true,
  formatColumns: true,
  formatRows: true,
  insertColumns: true,
  sort: true,
  autoFilter: true,
};

/** `from` and `to` are Excel's row numbers. */
function validationsOf(column: ExcelColumn, c: number, from: number, to: number): DataValidation[] {
  const { list, hint, header } = column;
  if ((!list && hint === undefined) || to < from) return [];
  const letters = columnLetters(c);
  return [
    {
      ...(list ? { type: 'list' as const, values: [...list] } : freeInput(column)),
      allowBlank: true,
      showErrorMessage: list !== undefined || column.kind === 'number',
      errorStyle: 'stop',
      errorTitle: header,
      errorMessage: list ? list.join('、') : '请填数字',
      ...(hint !== undefined && { showInputMessage: true, inputTitle: header, inputMessage: hint }),
      range: `${letters}${from}:${letters}${to}`,
    },
  ];
}

/** Numbers are held to be numbers; to say a hint beside free text, a rule that always holds. */
const freeInput = (column: ExcelColumn): Pick<DataValidation, 'type' | 'operator' | 'formula1' | 'formula2'> =>
  column.kind === 'number'
    ? { type: 'decimal', operator: 'between', formula1: '-1E+15', formula2: '1E+15' }
    : { type: 'textLength', operator: 'lessThan', formula1: '32767' };

/**
 * The same columns as a byte stream for any number of rows, in constant memory: header, widths, formats and frozen
 * header, but no title, merges or borders. A group goes before its header: 2021年计划·投资.
 */
export function streamWorkbook(
  table: Pick<ExcelTable, 'sheet' | 'columns' | 'frozenColumns'> & {
    rows: Iterable<readonly ExcelCell[]> | AsyncIterable<readonly ExcelCell[]>;
  },
): ReadableStream<Uint8Array> {
  const { columns } = table;
  async function* values(): AsyncGenerator<CellValue[]> {
    for await (const row of table.rows) yield columns.map((column, c) => cellValue(row[c], column));
  }
  return writeXlsxStream(values(), {
    name: table.sheet,
    freezePane: { rows: 1, columns: table.frozenColumns ?? 0 },
    columns: columns.map((column) => {
      const numFmt = formatOf(column);
      return {
        header: column.group === undefined ? column.header : `${column.group}·${column.header}`,
        width: column.width ?? 12,
        ...(numFmt !== undefined && { numFmt }),
      };
    }),
  });
}
