import {
  type CellStyle,
  type CellValue,
  type MergeRange,
  type WriteSheet,
  writeXlsx,
  writeXlsxStream,
} from 'hucre/xlsx';

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
}

export type ExcelCell = string | number | boolean | null | undefined;

export interface ExcelTable {
  sheet: string;
  title?: string;
  /** Stands at the right above the table, as 单位：万元. */
  note?: string;
  columns: readonly ExcelColumn[];
  rows: Iterable<readonly ExcelCell[]>;
  /** Rows set bold: totals. */
  totals?: Iterable<readonly ExcelCell[]>;
  /** Remarks below the table. */
  footnotes?: readonly string[];
  /** Columns that stay when the sheet is scrolled to the right; header rows always stay. */
  frozenColumns?: number;
  landscape?: boolean;
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

function bodyStyle(column: ExcelColumn, bold: boolean): CellStyle {
  const numFmt = formatOf(column);
  return {
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

/** A workbook with styled tables, one a sheet: for what people print and sign, up to some ten thousand rows. */
export async function writeWorkbook(tables: readonly ExcelTable[]): Promise<Uint8Array> {
  return (await writeXlsx({ sheets: tables.map(sheetOf), defaultFont: font })) as Uint8Array;
}

function sheetOf(table: ExcelTable): WriteSheet {
  const { columns } = table;
  const rows: CellValue[][] = [];
  const cells = new Map<string, { value: CellValue; style: CellStyle }>();
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
  const styles = columns.map((column) => [bodyStyle(column, false), bodyStyle(column, true)] as const);
  const body = (source: Iterable<readonly ExcelCell[]>, bold: 0 | 1) => {
    for (const row of source) {
      const r = rows.length;
      for (const [c, column] of columns.entries()) put(r, c, cellValue(row[c], column), styles[c]![bold]);
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
    columns: columns.map((column) => ({ width: column.width ?? 12 })),
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
