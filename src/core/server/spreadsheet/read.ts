import { readFile, stat } from 'node:fs/promises';
import { fileTypeFromBuffer } from 'file-type';
import type { Cell, MergedRange, Sheet, Workbook } from '#core/shared/sheet.ts';
import { isWorker, runInWorker } from '../worker-process.ts';
import { csvRows, decodeText } from './csv.ts';
import { defaultLimits, type ReadLimits, type ReadOptions } from './limits.ts';
import { brokenFile, emptyFile, fileTooLarge, noMemory, notSpreadsheet, passwordProtected } from './problems.ts';
import { rowGuard, type SheetVisitor, scanXlsx } from './xlsx.ts';
import { openZip } from './zip.ts';

export type { ReadLimits, ReadOptions } from './limits.ts';
export { defaultLimits } from './limits.ts';

/**
 * Reads .xlsx, .xls (also .xlsb, .ods, and HTML named .xls) and .csv into rows of cells, told apart by content, never
 * by name. Throws Problems: empty_file, not_a_spreadsheet, password_protected, zip_bomb, broken_workbook,
 * file_too_large, too_many_rows, too_many_columns, workbook_needs_too_much_memory. An abort throws the signal's reason.
 */
export async function readWorkbook(input: Uint8Array | string, options: ReadOptions = {}): Promise<Workbook> {
  const sheets: Sheet[] = [];
  await visitWorkbook(
    input,
    {
      onSheet: (index, { name, hidden }) => {
        sheets[index] = { name, hidden, rows: [], merges: [] };
      },
      onRow: (index, row, cells) => {
        const { rows } = sheets[index]!;
        // Rows may come in any order in files made by programs, and may skip numbers.
        while (rows.length < row) rows.push([]);
        rows[row] = cells;
      },
      onMerge: (index, merge) => sheets[index]!.merges.push(merge),
    },
    options,
  );
  // Positions of sheets that are charts stay out.
  return { sheets: sheets.filter(Boolean) };
}

/**
 * The same, row by row, for files too large to hold as cells. Large files belong in a process of their own with a
 * memory limit (`runInWorker`): this function keeps its thread busy in pieces of some milliseconds.
 */
export async function visitWorkbook(
  input: Uint8Array | string,
  visitor: SheetVisitor,
  options: ReadOptions = {},
): Promise<void> {
  const limits: ReadLimits = { ...defaultLimits, ...options.limits };
  const bytes = await load(input, limits);
  if (startsWith(bytes, [0x50, 0x4b])) {
    const zip = await openZip(bytes, limits);
    try {
      if (zip.has('xl/workbook.bin') || zip.has('content.xml')) return await visitOld(bytes, visitor, options, limits);
      // A Word file or any other zip is not damaged: it is the wrong file.
      if (!zip.names().some((name) => /(^|\/)workbook\.xml$/i.test(name))) throw notSpreadsheet('zip');
      return await scanXlsx(zip, visitor, options, limits);
    } finally {
      zip.close();
    }
  }
  if (startsWith(bytes, [0xd0, 0xcf, 0x11, 0xe0])) {
    // An .xlsx with a password is wrapped in the old container, under this name (MS-OFFCRYPTO 2.3.4.4).
    if (Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).includes(encryptedPackage))
      throw passwordProtected();
    return await visitOld(bytes, visitor, options, limits);
  }
  const head = new TextDecoder('latin1')
    .decode(bytes.subarray(0, 1024))
    .replace(/^\u00ef\u00bb\u00bf/, '')
    .trimStart();
  if (/^(<!doctype html|<html|<table|<\?xml|<meta|<head)/i.test(head)) {
    const text = decodeText(bytes);
    if (!/<table|<Workbook|<[a-z]+:Workbook/i.test(text)) throw notSpreadsheet('HTML');
    return await visitOld(text, visitor, options, limits);
  }
  // BIFF before the container format, Excel 4 and older.
  if (bytes[0] === 0x09 && [0x00, 0x02, 0x04, 0x08].includes(bytes[1] ?? -1))
    return await visitOld(bytes, visitor, options, limits);
  if (/^(%PDF|\{\\rtf|%!PS)/.test(head)) throw notSpreadsheet(head.slice(1, 4).toUpperCase());
  let text: string;
  try {
    text = decodeText(bytes);
  } catch (problem) {
    const known = await fileTypeFromBuffer(bytes.subarray(0, 4_096)).catch(() => undefined);
    throw known ? notSpreadsheet(known.ext.toUpperCase()) : problem;
  }
  visitCsv(text, visitor, options, limits);
}

const encryptedPackage = Buffer.from('EncryptedPackage', 'utf16le');

const startsWith = (bytes: Uint8Array, start: number[]): boolean => start.every((byte, i) => bytes[i] === byte);

async function load(input: Uint8Array | string, limits: ReadLimits): Promise<Uint8Array> {
  const size = typeof input === 'string' ? (await stat(input)).size : input.length;
  if (size > limits.fileBytes) throw fileTooLarge(limits.fileBytes);
  if (size === 0) throw emptyFile();
  return typeof input === 'string' ? await readFile(input) : input;
}

function visitCsv(text: string, visitor: SheetVisitor, options: ReadOptions, limits: ReadLimits): void {
  if (text.trim() === '') throw emptyFile();
  const guard = rowGuard(limits, options);
  visitor.onSheet(0, { name: 'CSV', hidden: false });
  let row = 0;
  for (const cells of csvRows(text)) {
    if (cells.length > 0) {
      guard(cells.length);
      visitor.onRow(0, row, cells);
    }
    row += 1;
  }
}

/** Old formats: parsed in a process of their own, unless this already is one. */
async function visitOld(
  input: Uint8Array | string,
  visitor: SheetVisitor,
  options: ReadOptions,
  limits: ReadLimits,
): Promise<void> {
  const { signal, onProgress, ...plain } = options;
  const book = !isWorker
    ? await runInWorker<Workbook>(
        new URL('./xls-worker.ts', import.meta.url),
        { input, options: plain, limits },
        {
          memoryMb: 1_536,
          outOfMemory: noMemory,
          ...(signal && { signal }),
        },
      )
    : (await import('./xls.ts')).readOld(input, options, limits);
  if (book.sheets.length === 0) throw brokenFile();
  for (const [index, sheet] of book.sheets.entries()) {
    visitor.onSheet(index, sheet);
    for (const [row, cells] of sheet.rows.entries()) if (cells.length > 0) visitor.onRow(index, row, cells as Cell[]);
    for (const merge of sheet.merges) visitor.onMerge(index, merge as MergedRange);
  }
  onProgress?.(book.sheets.reduce((rows, sheet) => rows + sheet.rows.length, 0));
}
