import type { Words } from '#core/shared/words.ts';

/** Shares of the year's plan in tenths of a percent; each preset adds up to 1000. */
export interface CurvePreset {
  code: string;
  name: Words;
  /** Twelve months. */
  monthly: readonly number[];
}

/**
 * Usual courses of a year. 前低后高 is what a project that starts in spring does; 年中高 what winter and the Spring
 * Festival make of outdoor work. They are a beginning to be corrected, no norm.
 */
export const curvePresets: readonly CurvePreset[] = [
  {
    code: 'rising',
    name: { zh: '前低后高', en: 'Low, then high' },
    monthly: [20, 25, 50, 65, 75, 90, 95, 105, 115, 120, 120, 120],
  },
  {
    code: 'falling',
    name: { zh: '前高后低', en: 'High, then low' },
    monthly: [100, 80, 120, 115, 110, 100, 90, 80, 70, 55, 45, 35],
  },
  {
    code: 'middle',
    name: { zh: '年中高（避开冬季和春节）', en: 'High in summer' },
    monthly: [30, 20, 70, 100, 115, 120, 115, 115, 110, 95, 70, 40],
  },
  {
    code: 'halfTime',
    name: { zh: '时间过半、任务超半', en: 'More than half by June' },
    monthly: [50, 50, 100, 110, 110, 110, 90, 90, 80, 80, 70, 60],
  },
];

const months = 12;
const wan = 10_000;

/** Cumulative whole yuan at the end of each month from weights of the months: to the 万元, and December is the plan exactly. */
export function curveFromShares(planYuan: number, monthly: readonly number[]): number[] {
  const all = monthly.reduce((sum, share) => sum + share, 0);
  let upTo = 0;
  return Array.from({ length: months }, (_, i) => {
    upTo += monthly[i] ?? 0;
    if (i === months - 1) return planYuan;
    // Weights and amounts are whole numbers far below 2^53 as long as their product is taken in BigInt.
    const exact = all === 0 ? 0n : (BigInt(planYuan) * BigInt(upTo)) / BigInt(all);
    const yuan = Number(exact);
    return Math.min(planYuan, planYuan >= 100 * wan ? Math.round(yuan / wan) * wan : yuan);
  });
}

export const evenCurve = (planYuan: number): number[] => curveFromShares(planYuan, Array(months).fill(1));

/**
 * A curve through the cumulative percent at the end of each quarter (一季度、二季度、三季度; the fourth is 100), straight in
 * between. Null when they fall or leave 0–100.
 */
export function curveFromQuarters(planYuan: number, percents: readonly [number, number, number]): number[] | null {
  const points = [0, ...percents, 100];
  if (points.some((p, i) => !Number.isFinite(p) || p < 0 || p > 100 || (i > 0 && p < points[i - 1]!))) return null;
  // Three months a quarter, in thirds of hundredths of a percent so that weights stay whole.
  const monthly = Array.from({ length: months }, (_, i) => {
    const quarter = Math.floor(i / 3);
    return Math.round((points[quarter + 1]! - points[quarter]!) * 100);
  });
  return curveFromShares(planYuan, monthly);
}

export type CurveKind = 'even' | 'phased' | 'quarters' | 'own';

/** What kind of curve a stored one is, so that an editor opens where it was left; only an exact match counts. */
export function curveKindOf(
  planYuan: number | null,
  curve: readonly number[] | null,
): { kind: CurveKind; preset?: string } {
  if (!curve || planYuan === null) return { kind: 'even' };
  const isSame = (other: readonly number[]) => other.every((yuan, i) => yuan === curve[i]);
  const preset = curvePresets.find((one) => isSame(curveFromShares(planYuan, one.monthly)));
  if (preset) return { kind: 'phased', preset: preset.code };
  return { kind: isSame(evenCurve(planYuan)) ? 'even' : 'own' };
}
