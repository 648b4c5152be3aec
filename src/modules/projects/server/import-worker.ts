import { invalid } from '#core/server/errors.ts';
import { readWorkbook } from '#core/server/spreadsheet/read.ts';
import { serveWorker } from '#core/server/worker-process.ts';
import type { Sheet } from '#core/shared/sheet.ts';
import type { RowStatus } from '../import-contract.ts';
import type { DiffRow } from '../ledger/diff.ts';
import { findHeader } from '../ledger/header.ts';
import { nameKey } from '../ledger/label.ts';
import { compareLedger, type LedgerInput, type LedgerPlan, readLedger } from '../ledger/plan-ledger.ts';
import { type UnitUse, unitKey } from '../ledger/unit-key.ts';
import type { CityContext } from './import-context.ts';
import type { NewImportRow } from './import-store.ts';

/** The analysis of a ledger, in a process of its own: read, understand, compare, and send the rows back in pieces. */
export interface AnalyseWork extends Omit<LedgerInput, 'onProgress'> {
  path: string;
  sheet: number | null;
}

export type AnalyseMessage =
  | { kind: 'progress'; step: 'reading' | 'planning'; rows: number }
  /** Answered with a CityContext. */
  | { kind: 'context'; units: { use: UnitUse; name: string }[]; createUnits: boolean }
  | { kind: 'rows'; rows: NewImportRow[] };

export interface Analysed extends Omit<LedgerPlan, 'rows'> {
  sheets: { index: number; name: string; hidden: boolean; rows: number }[];
  sheet: number;
  counts: Record<RowStatus, number>;
  warned: number;
}

const piece = 2_000;

async function analyse(work: AnalyseWork, post: (message: AnalyseMessage) => Promise<unknown>): Promise<Analysed> {
  const tell = (step: 'reading' | 'planning') => (rows: number) => void post({ kind: 'progress', step, rows });
  const { sheets } = await readWorkbook(work.path, { onProgress: tell('reading') });
  const sheet = work.sheet ?? bestSheet(sheets);
  if (!sheets[sheet]) throw noLedger();
  const read = readLedger(sheets[sheet], { ...work, onProgress: tell('planning') });
  if (!read) throw noLedger();
  const units = new Map<string, { use: UnitUse; name: string }>();
  for (const row of read.rows) {
    for (const [use, name] of Object.entries(row.units) as [UnitUse, string][])
      units.set(unitKey(use, name), { use, name });
  }
  const createUnits = work.answers.newUnits !== 'text';
  const city = (await post({ kind: 'context', units: [...units.values()], createUnits })) as CityContext;
  const ids = new Map(city.units);
  const counties = new Map(city.counties);
  const { rows, ...plan } = compareLedger(read, {
    register: city.register,
    unitId: (use, name) => ids.get(unitKey(use, name)),
    createUnits,
    nameKey,
    countyUnitId: (code) => counties.get(code),
  });
  const counts = { new: 0, changed: 0, unchanged: 0, refused: 0 };
  let warned = 0;
  for (const row of rows) {
    counts[row.status] += 1;
    if (row.warnings.length > 0 && row.status !== 'refused') warned += 1;
  }
  for (let at = 0; at < rows.length; at += piece) {
    await post({ kind: 'rows', rows: rows.slice(at, at + piece).map(packed) });
  }
  const list = sheets.map(({ name, hidden, rows: all }, index) => ({ index, name, hidden, rows: all.length }));
  return { ...plan, sheets: list, sheet, counts, warned };
}

/** The sheet with most rows below a heading; hidden ones only when nothing else is a ledger. */
function bestSheet(sheets: readonly Sheet[]): number {
  const worth = sheets.map((sheet) => (findHeader(sheet) ? sheet.rows.length - (sheet.hidden ? 1e6 : 0) : -Infinity));
  return worth.indexOf(Math.max(...worth));
}

const noLedger = () =>
  invalid('no_ledger', {
    zh: '没有找到台账表头：表中应有“项目名称”等列名，请检查是否选错了文件或工作表',
    en: 'No heading of a project ledger was found: columns such as “项目名称” are needed. Is it the right file and sheet?',
  });

/** What is kept of a row: enough to show it and to write it. New rows are written from `fields`, others from `changes`. */
function packed(row: DiffRow): NewImportRow {
  const { fields, units, plans, stageHint, texts, errors, warnings, changes, writePlans, status, write } = row;
  const body = {
    fields,
    plans,
    ...(Object.keys(units).length > 0 && { units }),
    ...(status === 'new' && stageHint && { stageHint }),
    ...(status === 'new' && write.countyUnitId && { countyUnitId: write.countyUnitId }),
    ...(errors.length > 0 && { errors }),
    ...(warnings.length > 0 && { warnings }),
    ...(Object.keys(texts).length > 0 && { texts }),
    ...(changes.length > 0 && { changes }),
    ...(status === 'changed' && writePlans.length > 0 && { writePlans }),
  };
  return {
    rowNumber: row.row + 1,
    status,
    parentRow: row.parentRow === null ? null : row.parentRow + 1,
    projectId: row.projectId,
    serial: row.serial,
    name: fields.name.slice(0, 200),
    hasIssue: errors.length > 0 || warnings.length > 0,
    body: JSON.stringify(body),
  };
}

// Last: a call further up would run before the constants below it exist.
await serveWorker<AnalyseWork>(analyse);
