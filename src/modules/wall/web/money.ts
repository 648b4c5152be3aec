import { currentLanguage } from '#core/web/language.ts';
import { roundedQuotient, wan, wanUnit, yi, yiUnit, yiWithUnit } from '#core/web/ui/format.ts';

/** The large sums of the headline. English reads billions here: millions would not fit a figure of this size. */
export function largeSum(yuan: number): { value: string; unit: string } {
  return currentLanguage() === 'zh'
    ? { value: yi(yuan, undefined, 1), unit: yiUnit() }
    : { value: roundedQuotient(yuan, 1_000_000_000, 1), unit: 'CNY bn' };
}

/** One month of one project, with its sign: +5,322 万元, +1.86 亿元, +53.2 CNY m. */
export function monthSum(yuan: number): string {
  const sign = yuan < 0 ? '' : '+';
  if (currentLanguage() === 'en') return `${sign}${roundedQuotient(yuan, 1_000_000, 1)} CNY m`;
  return `${sign}${Math.abs(yuan) >= 100_000_000 ? yiWithUnit(yuan) : `${wan(yuan)} ${wanUnit()}`}`;
}
