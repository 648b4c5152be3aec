import type { Cell, MergedRange } from '#core/shared/sheet.ts';
import type { ReadLimits, ReadOptions } from './limits.ts';
import { readFormats, readParts, readSharedStrings, type SheetPart } from './parts.ts';
import { tooManyColumns, tooManyRows } from './problems.ts';
import { SheetXml } from './sheet-xml.ts';
import type { Zip } from './zip.ts';

export interface SheetVisitor {
  onSheet(index: number, sheet: { name: string; hidden: boolean }): void;
  /** Rows in order, 0-based; rows without content are not reported. */
  onRow(index: number, row: number, cells: Cell[]): void;
  /** Merged ranges come after all rows of their sheet: that is where the file keeps them. */
  onMerge(index: number, range: MergedRange): void;
}

/** Visits every sheet of an .xlsx in one pass. Memory: the shared strings and one row. */
export async function scanXlsx(
  zip: Zip,
  visitor: SheetVisitor,
  options: ReadOptions,
  limits: ReadLimits,
): Promise<void> {
  const parts = await readParts(zip);
  const formats = parts.styles ? await readFormats(zip, parts.styles) : [];
  const strings = parts.sharedStrings ? await readSharedStrings(zip, parts.sharedStrings) : [];
  const guard = rowGuard(limits, options);
  for (const [index, sheet] of parts.sheets.entries()) {
    visitor.onSheet(index, { name: sheet.name, hidden: sheet.hidden });
    if (options.sheet !== undefined && options.sheet !== index) continue;
    await scanSheet(
      zip,
      sheet,
      {
        strings,
        formats,
        date1904: parts.date1904,
        onRow: (row, cells) => {
          guard(cells.length);
          visitor.onRow(index, row, cells);
        },
        onMerge: (range) => visitor.onMerge(index, range),
      },
      options.signal,
    );
  }
}

async function scanSheet(
  zip: Zip,
  sheet: SheetPart,
  context: ConstructorParameters<typeof SheetXml>[0],
  signal: AbortSignal | undefined,
): Promise<void> {
  const xml = new SheetXml(context);
  const decoder = new TextDecoder();
  for await (const piece of zip.read(sheet.path)) {
    signal?.throwIfAborted();
    xml.push(decoder.decode(piece, { stream: true }));
  }
  xml.push(decoder.decode());
}

/** Counts rows over all sheets, reports progress, and stops at the limits. */
export function rowGuard(limits: ReadLimits, options: ReadOptions): (columns: number) => void {
  let rows = 0;
  return (columns) => {
    rows += 1;
    if (rows > limits.rows) throw tooManyRows(limits.rows);
    if (columns > limits.columns) throw tooManyColumns(limits.columns);
    if (rows % 1000 === 0) {
      options.signal?.throwIfAborted();
      options.onProgress?.(rows);
    }
  };
}
