import type { MoneyUnit } from '#core/shared/money.ts';
import { type Cell, cellAt, cellText, type MergedRange, type Sheet } from '#core/shared/sheet.ts';
import { bare, plain, yearIn } from './label.ts';
import { isHeading } from './synonym.ts';
import { unitInLine } from './unit.ts';

/** The head of a ledger: what stands above the first project. Row and column numbers are 0-based here. */
export interface Header {
  title: string | null;
  unitLine: { row: number; text: string; unit: MoneyUnit } | null;
  /** The year that the title names. */
  year: number | null;
  top: number;
  bottom: number;
  columns: HeaderColumn[];
}

export interface HeaderColumn {
  column: number;
  /** Headings from top to bottom, without repetitions: ['2021年计划', '投资']. */
  path: string[];
}

const searched = 40;
const maxDepth = 3;

/** Finds the heading rows, or undefined when no row of the first forty looks like one. */
export function findHeader(sheet: Sheet): Header | undefined {
  const { rows, merges } = sheet;
  let top = -1;
  let most = 1;
  for (let row = 0; row < Math.min(rows.length, searched); row += 1) {
    const texts = (rows[row] ?? []).filter((cell) => cell.kind === 'text').map((cell) => cellText(cell));
    const headings = texts.filter(isHeading).length;
    const hasName = texts.some((text) => /名称|^项目$|项目名/.test(bare(text)));
    const hits = headings + (hasName && headings > 0 ? 2 : 0);
    if (hits > most) {
      most = hits;
      top = row;
    }
  }
  if (top < 0) return undefined;
  // The lower of two heading rows can have more names than the upper: step up while the row above spans into this one.
  while (top > 0 && isUpperLevel(rows[top - 1] ?? [], top - 1, top, merges)) top -= 1;
  const bottom = lastHeaderRow(sheet, top);
  return { ...above(sheet, top), top, bottom, columns: headerColumns(sheet, top, bottom) };
}

/** A row directly above is the upper level of the heading when merges tie it to the next row, or when groups stand in it. */
function isUpperLevel(cells: readonly Cell[], row: number, next: number, merges: readonly MergedRange[]): boolean {
  if (merges.some((m) => m.top <= row && m.bottom >= next && m.left === m.right)) return true;
  const filled = cells.filter((cell) => cell.kind === 'text' && cellText(cell) !== '');
  // A title or a unit line is one text over the whole width; a group row has several names.
  return filled.length >= 2 && filled.filter((cell) => isHeading(cellText(cell))).length >= 2;
}

function lastHeaderRow({ rows, merges }: Sheet, top: number): number {
  let bottom = top;
  for (const m of merges) {
    if (m.top === top && m.left === m.right) bottom = Math.max(bottom, Math.min(m.bottom, top + maxDepth - 1));
  }
  // Without vertical merges (CSV, saved by programs): a row of short words below empty or merged headings is a second level.
  while (bottom + 1 < rows.length && bottom - top + 1 < maxDepth && isSecondLevel(rows, merges, top, bottom + 1)) {
    bottom += 1;
  }
  return bottom;
}

function isSecondLevel(rows: readonly Cell[][], merges: readonly MergedRange[], top: number, row: number): boolean {
  const cells = rows[row] ?? [];
  const filled = cells.flatMap((cell, column) => (cell.kind === 'empty' ? [] : [{ cell, column }]));
  if (filled.length === 0 || filled.some(({ cell }) => cell.kind !== 'text' || cellText(cell).length > 24))
    return false;
  const isUnderGroup = (column: number) =>
    merges.some(
      (m) => m.top <= row - 1 && m.bottom === row - 1 && m.left <= column && m.right >= column && m.right > m.left,
    ) ||
    cellAt(rows, row - 1, column).kind === 'empty' ||
    cellAt(rows, row - 1, column + 1).kind === 'empty';
  // The first column (序号) of a second level is empty; a project has its number there.
  const first = Math.min(...(rows[top] ?? []).flatMap((cell, column) => (cell.kind === 'empty' ? [] : [column])));
  const serial = cellAt(rows, row, first);
  return serial.kind === 'empty' && filled.every(({ column }) => isUnderGroup(column));
}

function headerColumns({ rows, merges }: Sheet, top: number, bottom: number): HeaderColumn[] {
  const inHead = merges.filter((m) => m.top <= bottom && m.bottom >= top);
  let width = 0;
  for (let row = top; row <= bottom; row += 1) width = Math.max(width, rows[row]?.length ?? 0);
  for (const m of inHead) width = Math.max(width, m.right + 1);
  const columns: HeaderColumn[] = [];
  for (let column = 0; column < width; column += 1) {
    const path: string[] = [];
    for (let row = top; row <= bottom; row += 1) {
      const text = headText(rows, inHead, row, column, row < bottom);
      if (text !== '' && path.at(-1) !== text) path.push(text);
    }
    if (path.length > 0) columns.push({ column, path });
  }
  return columns;
}

/** A cell's heading, or that of the merged range it lies in; unmerged groups reach right over empty cells. */
function headText(
  rows: readonly Cell[][],
  merges: readonly MergedRange[],
  row: number,
  column: number,
  isGroup: boolean,
): string {
  const own = cellText(cellAt(rows, row, column));
  if (own !== '') return tidy(own);
  const merge = merges.find((m) => m.top <= row && m.bottom >= row && m.left <= column && m.right >= column);
  if (merge) return tidy(cellText(cellAt(rows, merge.top, merge.left)));
  if (!isGroup || cellText(cellAt(rows, row + 1, column)) === '') return '';
  for (let left = column - 1; left >= 0; left -= 1) {
    const text = cellText(cellAt(rows, row, left));
    if (text === '') continue;
    // Only over columns that have a second level themselves: otherwise 序号 would become a group.
    return cellText(cellAt(rows, row + 1, left)) === '' ? '' : tidy(text);
  }
  return '';
}

const tidy = (text: string): string => text.replace(/\s*\n\s*/g, '').trim();

function above({ rows }: Sheet, top: number): Pick<Header, 'title' | 'unitLine' | 'year'> {
  let title: string | null = null;
  let unitLine: Header['unitLine'] = null;
  for (let row = 0; row < top; row += 1) {
    for (const cell of rows[row] ?? []) {
      const text = cellText(cell);
      if (text === '' || cell.kind !== 'text') continue;
      const unit = unitInLine(text);
      if (unit && !unitLine) unitLine = { row, text: text.trim().replace(/\s{2,}/g, ' '), unit };
      // The first text that is neither 附件1 nor a line of “word：value”; the title may carry the unit in brackets.
      const isLine =
        /^[^:：]{1,8}[:：]|^附[件表]?\s*\d*$|^附[件表]/.test(plain(text)) ||
        (unit !== undefined && plain(text).length < 14);
      if (title === null && !isLine) title = tidy(text);
    }
  }
  const years = [title, ...rows.slice(0, top).flatMap((cells) => cells.map((cell) => cellText(cell)))];
  return { title, unitLine, year: years.map((text) => yearIn(text ?? '')).find((year) => year !== undefined) ?? null };
}
