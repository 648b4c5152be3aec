import type { Text } from '#core/web/text.ts';
import { type CurveKind, curveFromQuarters, curveFromShares, curveKindOf, curvePresets } from '../plan-curve.ts';
import { readMoneyEntry, yiText } from './form-draft.ts';
import type { zh } from './text.ts';

/** What stands in the fields of a curve; each kind keeps its own, so that switching back loses nothing. */
export interface CurveDraft {
  kind: CurveKind;
  preset: string | null;
  /** Percent of each month, as typed. */
  shares: string[];
  /** Cumulative percent at the end of the first three quarters. */
  quarters: string[];
  /** Cumulative 亿元 of each month, as typed. */
  months: string[];
}

const plainPercent = (tenths: number): string => String(tenths / 10);
export const presetShares = (code: string): string[] =>
  (curvePresets.find((one) => one.code === code) ?? curvePresets[0]!).monthly.map(plainPercent);
export const ownMonths = (curve: readonly number[] | null): string[] =>
  Array.from({ length: 12 }, (_, i) => yiText(curve?.[i] ?? null));

export function curveDraftOf(planYuan: number | null, curve: readonly number[] | null): CurveDraft {
  const { kind, preset } = curveKindOf(planYuan, curve);
  const code = preset ?? curvePresets[0]!.code;
  return { kind, preset: code, shares: presetShares(code), quarters: ['15', '45', '75'], months: ownMonths(curve) };
}

/** The curve that the fields make of an amount, or why they make none. `null` without a fault: spread evenly. */
export function curveOf(
  { kind, shares, quarters, months }: CurveDraft,
  planYuan: number | null,
  t: Text<typeof zh>,
): { curve: number[] | null; fault?: string } {
  if (kind === 'even') return { curve: null };
  if (planYuan === null) return { curve: null, fault: t.curveNeedsAmount };
  if (kind === 'phased') {
    const tenths = shares.map((share) => (share.trim() === '' ? Number.NaN : Math.round(Number(share) * 10)));
    const sum = tenths.reduce((a, b) => a + b, 0);
    const isWrong = tenths.some((n) => !Number.isFinite(n) || n < 0) || sum !== 1000;
    if (isWrong) return { curve: null, fault: t.curveSharesSum(Number.isFinite(sum) ? String(sum / 10) : '—') };
    return { curve: curveFromShares(planYuan, tenths) };
  }
  if (kind === 'quarters') {
    const [a, b, c] = quarters.map((text) => (text.trim() === '' ? Number.NaN : Number(text)));
    const curve = curveFromQuarters(planYuan, [a!, b!, c!]);
    return curve ? { curve } : { curve: null, fault: t.curveQuartersBad };
  }
  const read = months.map((entry) => readMoneyEntry(entry, t));
  if (read.some((entry) => entry.fault || entry.yuan === null)) return { curve: null, fault: t.moneyBad };
  const curve = read.map((entry) => entry.yuan!);
  if (curve.some((yuan, i) => i > 0 && yuan < curve[i - 1]!)) return { curve: null, fault: t.planCurveFalls };
  return curve[11] === planYuan ? { curve } : { curve: null, fault: t.planCurveEnd };
}
