import { multiply, type Ratio, ratio, showRatio } from '#core/shared/rate.ts';
import type { Language, Words } from '#core/shared/words.ts';
import type { ExactFigure, MonthRanking, RankedRow } from './month.ts';

type Of = Pick<MonthRanking, 'unit' | 'decimals'>;

const reasonWords: Record<'zeroDenominator' | 'missing' | 'noMembers', Words> = {
  zeroDenominator: { zh: '分母为零', en: 'denominator is zero' },
  missing: { zh: '缺数据', en: 'data missing' },
  noMembers: { zh: '没有项目', en: 'no projects' },
};
/** From the exact figure to what people read: shares in percent, whole yuan in 亿元. */
export const scaleOf: Record<MonthRanking['unit'], Ratio> = {
  percent: ratio(100, 1),
  points: ratio(100, 1),
  yuan: ratio(1, 100_000_000),
  count: ratio(1, 1),
  number: ratio(1, 1),
};
const suffixOf: Record<MonthRanking['unit'], Record<Language, string>> = {
  percent: { zh: '%', en: '%' },
  points: { zh: ' 个百分点', en: ' points' },
  yuan: { zh: ' 亿元', en: ' ×100m CNY' },
  count: { zh: ' 个', en: '' },
  number: { zh: '', en: '' },
};

/** A figure rounded once, half up, with its unit; “—” and the reason where there is none. */
export function showFigure(figure: ExactFigure, { unit, decimals }: Of, language: Language): string {
  if ('missing' in figure) return `—（${reasonWords[figure.missing][language]}）`;
  const shown = multiply(ratio(BigInt(figure.n), BigInt(figure.d)), scaleOf[unit]);
  return `${showRatio(shown, decimals, 'half-up')}${suffixOf[unit][language]}`;
}

/** The share of due filings that were accepted, in whole percent; “—” when none was due. */
export const showCompleteness = (figure: ExactFigure): string =>
  'missing' in figure ? '—' : showFigure(figure, { unit: 'percent', decimals: 0 }, 'zh');

export const unrankedWords: Record<NonNullable<RankedRow['unranked']>, Words> = {
  belowCompleteness: { zh: '填报率未达到要求，不排名', en: 'too few filings accepted: unranked' },
  noFigure: { zh: '没有数值，不排名', en: 'no figure: unranked' },
  tooFewProjects: { zh: '项目太少，单列不排名', en: 'too few projects: listed apart' },
};
