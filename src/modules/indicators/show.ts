import { multiply, type Ratio, ratio, showRatio } from '#core/shared/rate.ts';
import type { Language } from '#core/shared/words.ts';
import type { Figure } from './contract.ts';
import type { Definition } from './definition.ts';

export const reasonWords = {
  zeroDenominator: { zh: '分母为零', en: 'denominator is zero' },
  missing: { zh: '缺数据', en: 'data missing' },
  noMembers: { zh: '没有项目', en: 'no projects' },
};

const scaleOf: Record<Definition['unit'], Ratio> = {
  percent: ratio(100, 1),
  points: ratio(100, 1),
  // Whole yuan are shown in 亿元, as everywhere.
  yuan: ratio(1, 100_000_000),
  count: ratio(1, 1),
  number: ratio(1, 1),
};
const suffixOf: Record<Definition['unit'], Record<Language, string>> = {
  percent: { zh: '%', en: '%' },
  points: { zh: ' 个百分点', en: ' points' },
  yuan: { zh: ' 亿元', en: ' ×100m CNY' },
  count: { zh: ' 个', en: '' },
  number: { zh: '', en: '' },
};

/** A figure rounded once, with its unit; “—” and the reason where there is none. */
export function showFigure(
  figure: Figure,
  { unit, decimals }: Pick<Definition, 'unit' | 'decimals'>,
  language: Language,
): string {
  if ('missing' in figure) return `—（${reasonWords[figure.missing][language]}）`;
  const exact = multiply(ratio(BigInt(figure.n), BigInt(figure.d)), scaleOf[unit]);
  return `${showRatio(exact, decimals, 'half-up')}${suffixOf[unit][language]}`;
}
