import { formatMoney } from '#core/shared/money.ts';
import type { Words } from '#core/shared/words.ts';
import type { FilingContent } from './content.ts';
import type { FilingFacts } from './validation-rule.ts';

export const month = (c: FilingContent): number => c.monthYuan ?? 0;
export const cumulative = (c: FilingContent): number => c.cumulativeYuan ?? 0;

/** An average, a usual amount or a share of a plan in whole 万元: more digits would pretend to mean something. */
export const about = (yuan: number): string => formatMoney(yuan, '万元', 0, 'half-up', true);

export const average = (amounts: readonly number[]): number =>
  amounts.length === 0 ? 0 : Math.round(amounts.reduce((a, b) => a + b, 0) / amounts.length);

/** True when a month stays under `percent` of its plan, so that the filer is asked for the cause. */
export const isFarBelow = (monthYuan: number | null, planMonthYuan: number | null, percent: number): boolean =>
  monthYuan !== null &&
  planMonthYuan !== null &&
  planMonthYuan > 0 &&
  BigInt(monthYuan) * 100n < BigInt(planMonthYuan) * BigInt(percent);

export interface Slip {
  /** What the amount was compared with. */
  against: Words;
  usualYuan: number;
  factor: number;
  /** What was probably meant, whole yuan. */
  meantYuan: number;
}

/** 万元 taken for 元 or 亿元 for 万元 is 10^4, 亿元 for 元 10^8; real months scatter by some `scatter` times around it. */
export interface SlipParams {
  factor: number;
  largeFactor: number;
  scatter: number;
  plausible: number;
  months: number;
}

/**
 * The usual amount that the month misses by one of the factors between units; null when any usual amount makes it
 * plausible. Compared with the last months, last month and the month's plan; when none of them is known, with an even
 * share of the total over `months`.
 */
export function slipOf(c: FilingContent, f: FilingFacts, p: SlipParams): Slip | null {
  const yuan = month(c);
  const usual: [Words, number][] = [
    [{ zh: '前几个月平均', en: 'the average of the months before' }, average(f.recentMonthYuans.filter((y) => y > 0))],
    [{ zh: '上月', en: 'last month' }, f.lastMonthYuan ?? 0],
    [{ zh: '本月计划', en: 'the plan of the month' }, f.planMonthYuan ?? 0],
  ];
  const known = usual.filter(([, reference]) => reference > 0);
  if (known.length === 0 && f.totalYuan)
    known.push([
      { zh: `按总投资估算每月`, en: 'an even share of the total investment' },
      Math.round(f.totalYuan / p.months),
    ]);
  const ratio = (reference: number) => Math.max(yuan / reference, reference / yuan);
  if (yuan <= 0 || known.some(([, reference]) => ratio(reference) < p.plausible)) return null;
  for (const [against, reference] of known)
    for (const factor of [p.factor, p.largeFactor])
      if (ratio(reference) > factor / p.scatter && ratio(reference) < factor * p.scatter)
        return {
          against,
          usualYuan: reference,
          factor,
          meantYuan: yuan > reference ? Math.round(yuan / factor) : yuan * factor,
        };
  return null;
}

export interface JumpParams {
  times: number;
  leastMonths: number;
  timesLast: number;
  timesLastYear: number;
}

/** Each usual amount that the month exceeds by more than its band, with how many times it does. */
export function jumpsOf(c: FilingContent, f: FilingFacts, p: JumpParams): Words[] {
  const yuan = month(c);
  const n = f.recentMonthYuans.length;
  const sum = f.recentMonthYuans.reduce((a, b) => a + b, 0);
  const found: Words[] = [];
  const over = (times: number, base: number | null | undefined, of: number, name: (usual: string) => Words) => {
    // Exact: `base / of` is the usual amount, and no rounding of it decides.
    if (!base || base <= 0 || times <= 0 || BigInt(yuan) * BigInt(of) <= BigInt(base) * BigInt(times)) return;
    const words = name(about(Math.round(base / of)));
    const ratio = ((yuan * of) / base).toFixed(1);
    found.push({ zh: `${words.zh}的 ${ratio} 倍`, en: `${ratio} times ${words.en}` });
  };
  if (n >= p.leastMonths)
    over(p.times, sum, n, (usual) => ({
      zh: `近 ${n} 个月均值 ${usual} 万元`,
      en: `the average of the last ${n} months, ${usual}`,
    }));
  over(p.timesLast, f.lastMonthYuan, 1, (usual) => ({ zh: `上月 ${usual} 万元`, en: `last month's ${usual}` }));
  over(p.timesLastYear, f.lastYearMonthYuan, 1, (usual) => ({
    zh: `去年同月 ${usual} 万元`,
    en: `the same month of last year, ${usual}`,
  }));
  return found;
}
