import type { MoneyUnit } from '#core/shared/money.ts';
import type { Sheet } from '#core/shared/sheet.ts';
import { regionOfCode } from '../gb-region.ts';
import type { Answers, LedgerColumn, Question, Structure } from '../import-contract.ts';
import type { CoordinateSystem } from '../stages.ts';
import { type DiffContext, type DiffRow, diffRows } from './diff.ts';
import { type ColumnMapping, fieldInfo, type IssueCode } from './field.ts';
import { findHeader, type Header } from './header.ts';
import { plain } from './label.ts';
import { type LedgerColumnPlan, labelOf, type MappingTemplate, proposeMapping } from './mapping.ts';
import { type PlanContext, type PlannedRow, planRows } from './plan-rows.ts';
import { isAnnual } from './synonym.ts';
import type { UnitUse } from './unit-key.ts';

/** A region by all its names, with the year of the edition in which its code stands. */
export interface LedgerRegion {
  code: string;
  names: readonly string[];
  editionYear?: number | null;
}

/** Everything the reading of one sheet rests on beside the sheet: what the city has, and what the user said. */
export interface LedgerInput {
  mapping: readonly ColumnMapping[] | null;
  answers: Answers;
  /** The one to use, or those of which the best fitting is used. */
  templates: readonly MappingTemplate[];
  regions: readonly LedgerRegion[];
  boards: readonly string[];
  onProgress?: (rows: number) => void;
}

export interface LedgerRead {
  structure: Structure;
  columns: LedgerColumn[];
  questions: Question[];
  rows: PlannedRow[];
}

export interface LedgerPlan extends Omit<LedgerRead, 'rows'> {
  rows: DiffRow[];
  newUnits: { name: string; use: UnitUse; rows: number }[];
}

/** From a sheet of cells to projects. Undefined when the sheet holds no heading of a project ledger. */
export function readLedger(sheet: Sheet, input: LedgerInput): LedgerRead | undefined {
  const header = findHeader(sheet);
  if (!header) return undefined;
  const regionCode = regionFinder(input.regions);
  const template = fittingTemplate(header, input.templates);
  const proposed = proposeMapping(header, sheet.rows, (text) => regionCode(text) !== undefined, template);
  const year = input.answers.year ?? yearOfColumns(proposed) ?? header.year;
  const columns = settled(proposed, input, template, year);
  const crs = input.answers.crs ?? crsInLabels(columns);
  const context: PlanContext = {
    year,
    crs,
    skipUnreadable: input.answers.unreadable === 'skip',
    regionCode,
    regions: input.regions.map(({ code, names, editionYear }) => ({
      code,
      name: names[0] ?? code,
      editionYear: editionYear ?? null,
    })),
    boards: input.boards,
    ...(input.onProgress && { onProgress: input.onProgress }),
  };
  const planned = planRows(sheet, header, columns, context);
  return {
    structure: {
      title: header.title,
      unitLine: header.unitLine && { ...header.unitLine, row: header.unitLine.row + 1 },
      year,
      headerRows: [header.top + 1, header.bottom + 1],
      dataRows: planned.rows.length,
      skipped: planned.skipped.slice(0, 500).map((s) => ({ ...s, row: s.row + 1 })),
      template: input.mapping === null ? (template?.name ?? null) : null,
      packages: planned.packages,
      projects: planned.projects,
      items: planned.items,
    },
    columns: columns.map((c) => ({
      column: c.column,
      letters: c.letters,
      path: c.path,
      field: c.field,
      year: c.year ?? null,
      score: Math.min(100, c.score),
      unit: c.unit?.unit ?? null,
      unitSource: c.unit?.source ?? null,
      samples: c.samples,
    })),
    questions: questionsOf(header, columns, planned, year, crs),
    rows: planned.rows,
  };
}

/** What an import of the read ledger would do to the register. */
export function compareLedger(read: LedgerRead, context: DiffContext): LedgerPlan {
  const rows = diffRows(read.rows, context);
  return { ...read, rows, newUnits: newUnitsOf(rows, context) };
}

/** A saved template is used by itself when it knows nine in ten of the headings. */
function fittingTemplate(header: Header, templates: readonly MappingTemplate[]): MappingTemplate | undefined {
  const labels = header.columns.map(({ path }) => labelOf(path));
  const share = (template: MappingTemplate) => {
    const known = new Set(template.columns.map((c) => c.label));
    return labels.filter((label) => known.has(label)).length / Math.max(1, labels.length);
  };
  const [best] = [...templates].sort((a, b) => share(b) - share(a));
  return best && (best.isChosen || share(best) >= 0.9) ? best : undefined;
}

/** The user's mapping, the template's or the proposal, with the units and years that were answered. */
function settled(
  proposed: readonly LedgerColumnPlan[],
  { mapping, answers }: LedgerInput,
  template: MappingTemplate | undefined,
  year: number | null,
): LedgerColumnPlan[] {
  const chosen = mapping && new Map(mapping.map((m) => [m.column, m]));
  return proposed.map((column) => {
    const own = chosen?.get(column.column);
    const field = chosen ? (own?.field ?? null) : column.field;
    const ownYear = own?.year ?? column.year ?? year ?? undefined;
    const isMoney = field !== null && fieldInfo(field).type === 'money';
    const { year: _, ...rest } = column;
    return {
      ...rest,
      field,
      ...(field !== null && isAnnual(field) && ownYear !== undefined && { year: ownYear }),
      score: chosen ? 100 : column.score,
      unit: isMoney ? unitOf(column, answers, template) : null,
    };
  });
}

function unitOf(
  column: LedgerColumnPlan,
  answers: Answers,
  template: MappingTemplate | undefined,
): LedgerColumnPlan['unit'] {
  // What the user says about this very column beats the file; what was said for “all” fills gaps only.
  const own = answers.units?.[String(column.column)];
  if (own) return { unit: own, source: 'answer' };
  if (column.unit) return column.unit;
  const saved = template?.columns.find(
    (c) => c.label === plain(column.path.join('›')).replace(/20\d{2}/g, 'YYYY'),
  )?.unit;
  const rest: MoneyUnit | undefined = saved ?? answers.units?.['*'];
  return rest ? { unit: rest, source: 'answer' } : null;
}

/** When the title names no year but the annual columns do, the newest of them is the ledger's. */
function yearOfColumns(columns: readonly LedgerColumnPlan[]): number | null {
  const years = columns
    .filter((c) => c.field !== null && isAnnual(c.field))
    .flatMap((c) => (c.year === undefined ? [] : [c.year]));
  return years.length > 0 ? Math.max(...years) : null;
}

function crsInLabels(columns: readonly LedgerColumnPlan[]): CoordinateSystem | null {
  const label = columns
    .filter((c) => c.field === 'lng' || c.field === 'lat')
    .map((c) => plain(c.path.join(' ')))
    .join(' ');
  if (/GCJ-?02|高德|腾讯|火星/i.test(label)) return 'GCJ-02';
  if (/BD-?09|百度/i.test(label)) return 'BD-09';
  // CGCS2000 and WGS-84 differ by centimetres.
  return /WGS-?84|GPS|天地图|CGCS2000|国家2000|2000/i.test(label) ? 'WGS-84' : null;
}

/** 岳阳楼区, 岳阳楼, 君山: names, short names and names without 区/县/市. */
export function regionFinder(regions: LedgerInput['regions']): (text: string) => string | undefined {
  const codes = new Map<string, string>();
  const add = (name: string, code: string) => {
    if (name.length >= 2 && !codes.has(name)) codes.set(name, code);
  };
  for (const { code, names } of regions) for (const name of names) add(plain(name), code);
  for (const { code, names } of regions)
    for (const name of names) add(plain(name).replace(/(自治)?[县区市]$/, ''), code);
  return (text) => {
    const word = plain(text);
    return (
      (/^[\d０-９]/.test(word) ? regionOfCode(text, regions)?.code : undefined) ??
      codes.get(word) ??
      codes.get(word.replace(/^(.{2,4}市)(?=.)/, '')) ??
      codes.get(word.replace(/(自治)?[县区市]$/, ''))
    );
  };
}

function questionsOf(
  header: Header,
  columns: readonly LedgerColumnPlan[],
  planned: { unitless: number[]; rows: PlannedRow[] },
  year: number | null,
  crs: CoordinateSystem | null,
): Question[] {
  const questions: Question[] = [];
  const ask = (kind: Question['kind'], column: number | null, zh: string, en: string, isBlocking = true) =>
    questions.push({ kind, column, words: { zh, en }, isBlocking });
  const has = (code: IssueCode) =>
    planned.rows.some((row) => [...row.errors, ...row.warnings].some((e) => e.code === code));
  if (!columns.some((c) => c.field === 'name'))
    ask('name', null, '哪一列是项目名称？', 'Which column is the project name?');
  for (const column of planned.unitless) {
    const label = columns.find((c) => c.column === column)?.path.join(' › ') ?? '';
    ask(
      'unit',
      column,
      `“${label}”的金额单位是什么？表头、单位行和单元格都没有写明`,
      `In which unit of money is “${label}”? Neither heading, unit line nor cells say`,
    );
  }
  const needsYear =
    columns.some((c) => c.field !== null && isAnnual(c.field) && c.year === undefined) ||
    (year === null && has('date_needs_year'));
  if (needsYear)
    ask(
      'year',
      null,
      `这份台账是哪一年的？标题“${header.title ?? ''}”和表头都没有写年份`,
      'Which year is this ledger for? Neither title nor headings say',
    );
  const hasPoint = columns.some((c) => c.field === 'lng') && columns.some((c) => c.field === 'lat');
  if (hasPoint && crs === null)
    ask(
      'crs',
      columns.find((c) => c.field === 'lng')!.column,
      '经纬度用的是哪种坐标系？',
      'In which system are the coordinates?',
    );
  if (!columns.some((c) => c.field === 'code')) {
    ask(
      'code',
      null,
      '没有项目代码列：将按“名称＋业主单位”与登记簿核对',
      'There is no project code: rows are matched by name and owner',
      false,
    );
  }
  return questions;
}

function newUnitsOf(rows: readonly DiffRow[], context: DiffContext): LedgerPlan['newUnits'] {
  const found = new Map<string, { name: string; use: UnitUse; rows: number }>();
  for (const row of rows) {
    if (row.status === 'refused') continue;
    for (const [use, name] of Object.entries(row.units) as [UnitUse, string][]) {
      if (context.unitId(use, name) !== undefined) continue;
      const key = `${use} ${context.nameKey(name)}`;
      const unit = found.get(key);
      if (unit) unit.rows += 1;
      else found.set(key, { name, use, rows: 1 });
    }
  }
  return [...found.values()].sort((a, b) => b.rows - a.rows);
}
