import { read, type WorkBook } from '@e965/xlsx';
import { type Cell, emptyCell, type MergedRange, type Workbook } from '#core/shared/sheet.ts';
import type { ReadLimits, ReadOptions } from './limits.ts';
import { formatMeaning } from './number-format.ts';
import { brokenFile, notSpreadsheet, passwordProtected } from './problems.ts';
import { serialToDay } from './serial-date.ts';
import { rowGuard } from './xlsx.ts';

interface OldCell {
  t?: string;
  v?: unknown;
  z?: string;
  w?: string;
  f?: string;
}

/**
 * Reads .xls, .xlsb, .ods and HTML or XML named .xls, by @e965/xlsx. It parses in one blocking go and needs about
 * thirty times the file's size, so call it in a process of its own (`readWorkbook` does).
 */
export function readOld(input: Uint8Array | string, options: ReadOptions, limits: ReadLimits): Workbook {
  let book: WorkBook;
  try {
    book = read(input, {
      type: typeof input === 'string' ? 'string' : 'buffer',
      dense: true,
      cellDates: true,
      cellNF: true,
      cellFormula: true,
      cellHTML: false,
      // One row more than allowed, so that the guard below can tell.
      sheetRows: limits.rows + 1,
      // A text in an HTML cell stays text: 2101-430600 is not a date.
      ...(typeof input === 'string' && { raw: true }),
    });
  } catch (error) {
    const text = error instanceof Error ? error.message : '';
    if (/password|encryption (version|scheme)/i.test(text)) throw passwordProtected();
    if (/unsupported file|Cannot find Workbook|not a spreadsheet|Unrecognized/i.test(text)) throw notSpreadsheet();
    throw brokenFile();
  }
  const date1904 = book.Workbook?.WBProps?.date1904 === true;
  const guard = rowGuard(limits, options);
  return {
    sheets: book.SheetNames.map((name, index) => {
      const hidden = (book.Workbook?.Sheets?.[index]?.Hidden ?? 0) !== 0;
      if (options.sheet !== undefined && options.sheet !== index) return { name, hidden, rows: [], merges: [] };
      const sheet = book.Sheets[name] as unknown as { '!data'?: OldCell[][]; '!merges'?: OldRange[] };
      const data = sheet['!data'] ?? [];
      const rows: Cell[][] = [];
      for (let r = 0; r < data.length; r += 1) {
        const cells = Array.from(data[r] ?? [], (cell) => oldCell(cell, date1904));
        while (cells.length > 0 && cells.at(-1) === emptyCell) cells.pop();
        if (cells.length > 0) guard(cells.length);
        rows.push(cells);
      }
      // Old files state a used range of thousands of empty rows.
      while (rows.length > 0 && rows.at(-1)!.length === 0) rows.pop();
      return { name, hidden, rows, merges: (sheet['!merges'] ?? []).map(range) };
    }),
  };
}

interface OldRange {
  s: { r: number; c: number };
  e: { r: number; c: number };
}
const range = ({ s, e }: OldRange): MergedRange => ({ top: s.r, left: s.c, bottom: e.r, right: e.c });

function oldCell(cell: OldCell | undefined, date1904: boolean): Cell {
  if (!cell || cell.t === 'z' || cell.v === undefined || cell.v === null || cell.v === '') {
    return cell?.f ? { value: null, kind: 'empty', formulaWithoutValue: true } : emptyCell;
  }
  const numFmt = cell.z && cell.z !== 'General' ? cell.z : undefined;
  if (cell.t === 'e') return { value: null, kind: 'error', error: cell.w ?? '#N/A' };
  if (cell.t === 'b') return { value: cell.v === true, kind: 'boolean' };
  if (cell.v instanceof Date) {
    // The library makes dates at local midnight give or take seconds (old time zones): round to the nearest minute.
    const moment = new Date(Math.round(cell.v.getTime() / 60_000) * 60_000);
    const local = new Date(moment.getTime() - moment.getTimezoneOffset() * 60_000);
    const date = (cell.v.toISOString().endsWith('00:00:00.000Z') ? cell.v : local).toISOString().slice(0, 10);
    return { value: cell.w ?? date, kind: 'date', date, numFmt: numFmt ?? 'yyyy/m/d' };
  }
  if (cell.t === 'n' && typeof cell.v === 'number') {
    const date = numFmt && formatMeaning(numFmt) === 'date' ? serialToDay(cell.v, date1904) : undefined;
    if (date) return { value: cell.v, kind: 'date', date, numFmt: numFmt! };
    return numFmt ? { value: cell.v, kind: 'number', numFmt } : { value: cell.v, kind: 'number' };
  }
  const text = String(cell.v);
  return text.trim() === '' ? emptyCell : { value: text, kind: 'text' };
}
