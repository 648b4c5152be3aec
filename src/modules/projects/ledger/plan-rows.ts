import { type Cell, cellText, emptyCell, type Sheet } from '#core/shared/sheet.ts';
import type { Words } from '#core/shared/words.ts';
import type { ProjectFields } from '../contract.ts';
import type { KnownRegion } from '../gb-region.ts';
import type { CoordinateSystem, Stage } from '../stages.ts';
import { checkTotal } from './check-total.ts';
import { planKindOf } from './choice.ts';
import { fieldInfo, type Issue, issue, type LedgerField } from './field.ts';
import type { Header } from './header.ts';
import { plain } from './label.ts';
import type { LedgerColumnPlan } from './mapping.ts';
import { type CellReader, makeCellReader } from './read-cell.ts';
import { packageMark, type RowKind, readRow, withoutMark } from './subtotal.ts';
import type { UnitUse } from './unit-key.ts';

/** One project as the ledger states it. Row and column numbers are 0-based. */
export interface PlannedRow {
  row: number;
  /** The package's row, when this is an item of one. */
  parentRow: number | null;
  fields: Partial<ProjectFields> & { name: string };
  /** Units by the name that the ledger gives. */
  units: Partial<Record<UnitUse, string>>;
  plans: { year: number; planYuan?: number; goal?: string }[];
  /** Where each value stands, so that a change can be shown at its cell. One object for all rows of a sheet. */
  columnOf: Readonly<Record<string, number>>;
  /** A stage that the row suggests; taken for new projects only, never to change one. */
  stageHint: Stage | null;
  /** The words of cells that have an issue. */
  texts: Record<number, string>;
  errors: Issue[];
  warnings: Issue[];
}

export interface SkippedRow {
  row: number;
  kind: Exclude<RowKind, 'data'>;
  text: string;
  /** Of a total whose sums do not fit the rows above it. */
  remark: Words | null;
}

export interface PlannedSheet {
  rows: PlannedRow[];
  skipped: SkippedRow[];
  /** Columns with amounts whose unit nothing states. */
  unitless: number[];
  packages: number;
  /** 个: a package is one. */
  projects: number;
  /** 项: a package is as many as it has items. */
  items: number;
}

export interface PlanContext {
  year: number | null;
  crs: CoordinateSystem | null;
  /** Import a row without the cells that cannot be read, instead of refusing it. */
  skipUnreadable: boolean;
  regionCode: (text: string) => string | undefined;
  /** The city's own table, against which codes are judged. */
  regions: readonly KnownRegion[];
  /** The city's own words for boards; 产业项目 and 产业类 are its 产业. */
  boards: readonly string[];
  onProgress?: (rows: number) => void;
}

interface Group {
  level: number;
  text: string;
  expected: number | undefined;
  rows: PlannedRow[];
}

/** Turns the rows below the heading into projects, packages with their items, and rows that are none. */
export function planRows(
  sheet: Sheet,
  header: Header,
  columns: readonly LedgerColumnPlan[],
  context: PlanContext,
): PlannedSheet {
  const mapped = columns.filter((c): c is LedgerColumnPlan & { field: LedgerField } => c.field !== null);
  const at = (field: LedgerField) => mapped.find((c) => c.field === field)?.column ?? null;
  const headings = new Set(header.columns.flatMap(({ path }) => path.map(plain)));
  const special = { serial: at('serial'), name: at('name'), headings };
  const lineOf = withMergedFilled(sheet, header, mapped);
  const reader = makeCellReader(mapped, context);
  const rows: PlannedRow[] = [];
  const skipped: SkippedRow[] = [];
  const groups: Group[] = [];
  let open: Group[] = [];
  let last: { planned: PlannedRow; serial: string } | null = null;
  let isInItems = false;
  let sinceBreak = 0;

  for (let r = header.bottom + 1; r < sheet.rows.length; r += 1) {
    const line = lineOf(r);
    const read = readRow(line, special);
    if (read.kind !== 'data') {
      if (read.kind === 'blank') continue;
      const isTotal = read.kind === 'total';
      const readings = isTotal ? [rows.slice(sinceBreak), ...open.map((group) => group.rows), rows] : [];
      const remark = isTotal ? checkTotal(line, mapped, readings) : null;
      skipped.push({ row: r, kind: read.kind, text: read.text, remark });
      sinceBreak = rows.length;
      if (read.kind === 'group') {
        const level = read.level ?? 3;
        open = open.filter((group) => group.level < level);
        const group = { level, text: read.text, expected: read.count, rows: [] };
        open.push(group);
        groups.push(group);
        last = null;
        isInItems = false;
      }
      continue;
    }
    const serial = special.serial === null ? '' : cellText(line[special.serial]);
    const mark = packageMark(serial, special.name === null ? '' : cellText(line[special.name]), last?.serial ?? null);
    // （1） is an item below 3, but the next project below （1）.
    const isNumbered = last !== null && /^\d+$/.test(last.serial);
    const isItem: boolean =
      last !== null && (mark === 'firstItem' || (mark === 'item' && isNumbered) || (mark === 'none' && isInItems));
    isInItems = isItem && (isInItems || mark === 'firstItem');
    const planned = planRow(r, line, reader, open, context);
    if (isItem) planned.parentRow = last!.planned.row;
    else last = { planned, serial: plain(serial) };
    for (const group of open) group.rows.push(planned);
    rows.push(planned);
    if (rows.length % 2000 === 0) context.onProgress?.(rows.length);
  }
  for (const group of groups) checkCount(group);
  return { rows, skipped, unitless: [...reader.unitless], ...countsOf(rows) };
}

/** Both counts of a list: packages as one each, and split into their items (江门: 444 个 = 569 项). */
export function countsOf(rows: readonly PlannedRow[]): Pick<PlannedSheet, 'packages' | 'projects' | 'items'> {
  const packages = new Set(rows.map((row) => row.parentRow).filter((row) => row !== null)).size;
  const children = rows.filter((row) => row.parentRow !== null).length;
  const projects = rows.length - children;
  return { packages, projects, items: projects - packages + children };
}

function planRow(
  row: number,
  line: readonly Cell[],
  reader: CellReader,
  groups: readonly Group[],
  context: PlanContext,
): PlannedRow {
  const planned: PlannedRow = {
    row,
    parentRow: null,
    fields: { name: '' },
    units: {},
    plans: [],
    columnOf: reader.columnOf,
    stageHint: null,
    texts: {},
    errors: [],
    warnings: [],
  };
  reader.read(line, planned);
  planned.fields.name = withoutMark(planned.fields.name);
  if (planned.fields.name === '' && !planned.errors.some((e) => e.column === reader.nameColumn)) {
    planned.errors.push(issue(reader.nameColumn, 'no_name', '没有项目名称', 'There is no project name'));
  }
  for (const group of groups) fromGroup(planned, group.text, context);
  return planned;
}

/** What a group's title says about the rows below it, where they do not say it themselves. */
function fromGroup({ fields }: PlannedRow, text: string, context: PlanContext): void {
  const kind = planKindOf(text);
  const region = context.regionCode(text);
  if (kind) fields.planKind ??= kind;
  else if (region) fields.regionCode ??= region;
  else {
    const board = boardOf(text, context.boards);
    if (board) fields.board ??= board;
  }
}

/** 产业项目, 产业类项目 → 产业, when the city has such a board. */
export function boardOf(text: string, boards: readonly string[]): string | undefined {
  const word = plain(text).replace(/(建设)?(类|板块|领域)?(项目|工程)?$/, '');
  return boards.find((board) => board === text || board === word);
}

/** “一、产业项目（35个）”: the title's number is checked against the rows, counted either way. */
function checkCount({ text, expected, rows }: Group): void {
  const first = rows[0];
  if (expected === undefined || !first) return;
  const { projects, items } = countsOf(rows);
  if (expected === projects || expected === items) return;
  first.warnings.push(
    issue(
      null,
      'count_differs',
      `标题写“${text}”${expected} 个，表内为 ${projects} 个（拆分 ${items} 项）`,
      `The title “${text}” says ${expected}, but ${projects} projects (${items} items) stand below it`,
    ),
  );
}

/**
 * A cell merged over several rows counts for each of them (one 责任单位 for five projects), except where it is an
 * amount or a name: one sum for five projects is not five sums.
 */
function withMergedFilled(
  { rows, merges }: Sheet,
  header: Header,
  mapped: readonly (LedgerColumnPlan & { field: LedgerField })[],
): (row: number) => readonly Cell[] {
  const filled = new Map<number, { column: number; cell: Cell }[]>();
  const spread = new Set(
    mapped
      .filter(({ field }) => fieldInfo(field).type !== 'money' && field !== 'name' && field !== 'serial')
      .map((c) => c.column),
  );
  for (const { top, left, bottom, right } of merges) {
    if (top <= header.bottom || bottom === top || left !== right || !spread.has(left)) continue;
    const cell = rows[top]?.[left];
    if (!cell || cell.kind === 'empty') continue;
    for (let row = top + 1; row <= Math.min(bottom, rows.length - 1); row += 1) {
      const list = filled.get(row) ?? [];
      list.push({ column: left, cell });
      filled.set(row, list);
    }
  }
  return (row) => {
    const own = rows[row] ?? [];
    const more = filled.get(row);
    if (!more) return own;
    const line = [...own];
    for (const { column, cell } of more) {
      while (line.length < column) line.push(emptyCell);
      if ((line[column] ?? emptyCell).kind === 'empty') line[column] = cell;
    }
    return line;
  };
}
