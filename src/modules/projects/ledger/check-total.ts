import type { Cell } from '#core/shared/sheet.ts';
import type { Words } from '#core/shared/words.ts';
import { fieldInfo, type LedgerField } from './field.ts';
import type { LedgerColumnPlan } from './mapping.ts';
import type { PlannedRow } from './plan-rows.ts';
import { readAmount } from './unit.ts';

type Mapped = LedgerColumnPlan & { field: LedgerField };

/**
 * Compares the sums that a 小计 or 合计 row states with the rows above it. Which rows it means is not written, so any
 * reading counts that fits: those since the last break, the group, or all; packages as one or by their items.
 * Null when all sums fit; else the first that does not.
 */
export function checkTotal(
  line: readonly Cell[],
  columns: readonly Mapped[],
  readings: readonly (readonly PlannedRow[])[],
): Words | null {
  for (const column of columns) {
    if (fieldInfo(column.field).type !== 'money') continue;
    const stated = readAmount(line[column.column] ?? { value: null, kind: 'empty' }, column.unit ?? undefined);
    if (stated.kind !== 'yuan') continue;
    const sums = readings.flatMap((rows) => [sumOf(rows, column, 'projects'), sumOf(rows, column, 'items')]);
    // Sums are rounded where they are printed: one unit of the last place, or a thousandth.
    const near = (sum: number) => Math.abs(sum - stated.yuan) <= Math.max(10_000, stated.yuan / 1_000);
    if (sums.length === 0 || sums.some(near)) continue;
    const label = column.path.at(-1) ?? '';
    const wan = (yuan: number) => String(Math.round(yuan / 100) / 100);
    return {
      zh: `“${label}”写 ${wan(stated.yuan)} 万元，表内各行相加为 ${wan(sums[0]!)} 万元`,
      en: `“${label}” says ${wan(stated.yuan)}, the rows add up to ${wan(sums[0]!)} (10,000 yuan)`,
    };
  }
  return null;
}

function sumOf(rows: readonly PlannedRow[], { field, year }: Mapped, by: 'projects' | 'items'): number {
  const packages = new Set(rows.map((row) => row.parentRow));
  let sum = 0;
  for (const row of rows) {
    if (by === 'projects' ? row.parentRow !== null : packages.has(row.row)) continue;
    sum += amountOf(row, field, year) ?? 0;
  }
  return sum;
}

function amountOf(row: PlannedRow, field: LedgerField, year: number | undefined): number | null | undefined {
  if (field === 'planYuan') return row.plans.find((plan) => plan.year === (year ?? 0))?.planYuan;
  return field === 'totalYuan' || field === 'doneBeforeYuan' ? row.fields[field] : undefined;
}
