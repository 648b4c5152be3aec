import { formatMoney } from '#core/shared/money.ts';
import { multiply, type Ratio, ratio, ratioOf, showRatio, subtract, toDecimal } from '#core/shared/rate.ts';
import type { EditionBody, EditionSums } from '#modules/editions/contract.ts';
import type { TableCode } from './draft.ts';
import { clockOf, figureOf } from './facts.ts';
import { lightOrder } from './words.ts';

// What the tables of an edition are put together from: columns, and cells that hold a number and its printed text.

/** What stands in a cell: the number for Excel, the text for paper, rounded once. */
export interface TableCell {
  text: string;
  value: string | number | null;
}

export interface TableColumn {
  key: string;
  header: string;
  group?: string;
  width: number;
  kind: 'text' | 'number' | 'date';
  numFmt?: string;
  align?: 'center';
  /** In the last row: added up. Excel gets SUM where the rows really make the whole. */
  sum?: boolean;
  /** The quotient of two other columns: Excel gets the division. */
  rate?: readonly [part: string, whole: string];
  /** That quotient above the clock, in points. */
  gap?: readonly [part: string, whole: string];
}

export interface EditionTable {
  code: TableCode;
  title: string;
  note: string | null;
  columns: TableColumn[];
  rows: TableCell[][];
  totals: TableCell[] | null;
  footnotes: string[];
}

export type TableUnit = '亿元' | '万元';
export interface TableOptions {
  group?: string | undefined;
  unit?: TableUnit;
  /** The dispatch table with every column, for a file of its own; else those that fit an annex. */
  isFull?: boolean;
}

export const unitYuan: Record<TableUnit, number> = { 亿元: 100_000_000, 万元: 10_000 };
export const text = (value: string | null | undefined): TableCell => ({ text: value ?? '', value: value || null });
export const count = (value: number | null): TableCell => ({ text: value === null ? '' : `${value}`, value });
export const money = (yuan: number | null, unit: TableUnit): TableCell =>
  yuan === null ? text('') : { text: formatMoney(yuan, unit, 2), value: yuan / unitYuan[unit] };
export const share = (part: number | null, whole: number | null): TableCell => {
  if (part === null || !whole) return { text: '—', value: null };
  const r = ratio(part, whole);
  return { text: `${showRatio(multiply(r, { n: 100n, d: 1n }), 1, 'half-up')}%`, value: part / whole };
};
export function gapCell(body: EditionBody, part: number | null, whole: number | null): TableCell {
  if (part === null || !whole) return { text: '—', value: null };
  const gap = multiply(subtract(ratio(part, whole), clockOf(body)), { n: 100n, d: 1n });
  const shown = showRatio(gap, 1, 'half-up');
  return { text: gap.n > 0n && /[1-9]/.test(shown) ? `+${shown}` : shown, value: toDecimal(gap).toNumber() };
}

export const c = (key: string, header: string, width: number, rest: Partial<TableColumn> = {}): TableColumn => ({
  key,
  header,
  width,
  kind: 'text',
  ...rest,
});
export const n = (key: string, header: string, width: number, rest: Partial<TableColumn> = {}): TableColumn =>
  c(key, header, width, { kind: 'number', ...rest });
export const yuan = (key: string, header: string, rest: Partial<TableColumn> = {}): TableColumn =>
  n(key, header, 10, { numFmt: '#,##0.00', sum: true, ...rest });
export const rateColumn = (header = '完成率', rest: Partial<TableColumn> = {}): TableColumn =>
  n('rate', header, 8, { numFmt: '0.0%', rate: ['done', 'plan'], ...rest });
export const gapColumn = (rest: Partial<TableColumn> = {}): TableColumn =>
  n('gap', '超/欠时序（百分点）', 10, { numFmt: '+0.0;-0.0;0.0', gap: ['done', 'plan'], ...rest });

export const roundingNote = '注：因四舍五入，合计与分项之和可能略有差异。';

/** A note below the table where its printed parts do not add up to its printed whole, and only there. */
export function roundingNotes(
  columns: readonly TableColumn[],
  rows: readonly TableCell[][],
  totals: TableCell[] | null,
): string[] {
  if (!totals) return [];
  const differs = columns.some(({ sum, numFmt }, i) => {
    if (!sum || !numFmt) return false;
    const parts = rows.reduce<Ratio>(
      (a, row) => {
        const next = ratioOf(row[i]!.text || '0');
        return ratio(a.n * next.d + next.n * a.d, a.d * next.d);
      },
      ratio(0, 1),
    );
    const whole = ratioOf(totals[i]!.text || '0');
    return parts.n * whole.d !== whole.n * parts.d;
  });
  return differs ? [roundingNote] : [];
}

export const through = (body: EditionBody): string => (body.month === 1 ? '1月' : `1—${body.month}月`);

export const sumCells = (body: EditionBody, s: EditionSums, unit: TableUnit): Record<string, TableCell> => ({
  projects: count(s.projects),
  items: count(s.items),
  total: money(s.totalYuan, unit),
  plan: money(s.planYuan, unit),
  month: money(s.monthYuan, unit),
  done: money(s.doneYuan, unit),
  rate: share(s.doneYuan, s.planYuan),
  gap: gapCell(body, s.doneYuan, s.planYuan),
  ...Object.fromEntries(lightOrder.map((light) => [light, count(s.lights[light])])),
});

export const lay = (columns: readonly TableColumn[], cells: Record<string, TableCell>): TableCell[] =>
  columns.map(({ key }) => cells[key] ?? text(''));

export function figureText(figure: Parameters<typeof figureOf>[0], unit: string, decimals: number): TableCell {
  const r = figureOf(figure);
  if (r === null) return { text: '—', value: null };
  if (unit === 'percent')
    return {
      text: `${showRatio(multiply(r, { n: 100n, d: 1n }), decimals, 'half-up')}%`,
      value: toDecimal(r).toNumber(),
    };
  if (unit === 'yuan') return money(Number(showRatio(r, 0, 'half-up')), '万元');
  return { text: showRatio(r, decimals, 'half-up'), value: toDecimal(r).toNumber() };
}
