import { type Ratio, showRatio } from '#core/shared/rate.ts';
import type { Language } from '#core/shared/words.ts';
import { type Dimension, wordsOf } from './dimensions.ts';
import { type MeasureCode, measureOf } from './measures.ts';
import type { Value } from './shapes.ts';

/** Decimals of a measure as it is shown: 亿元 with two, shares with one. */
export const unitOf = (measure: MeasureCode, language: Language): string =>
  ({
    yuan: language === 'zh' ? '亿元' : 'CNY mn',
    count: '',
    rate: '%',
    points: language === 'zh' ? '百分点' : 'pp',
  })[measureOf(measure).kind];

const hundred = 100n;
const ratioOf = (value: { n: string; d: string }, times = 1n): Ratio => ({
  n: BigInt(value.n) * times,
  d: BigInt(value.d),
});

const grouped = (text: string): string => {
  const [, sign, head, tail] = /^(-?)(\d+)(\..*)?$/.exec(text)!;
  return `${sign ? '−' : ''}${head!.replace(/\B(?=(\d{3})+$)/g, ',')}${tail ?? ''}`;
};

/** A value as a cell shows it, rounded once (half away from zero), without its unit; “—” where nothing is recorded. */
export function showValue(value: Value, measure: MeasureCode, language: Language): string {
  if (value === null) return '—';
  const { kind } = measureOf(measure);
  if (typeof value === 'number') {
    if (kind !== 'yuan') return grouped(String(value));
    const [by, decimals] = language === 'zh' ? [100_000_000n, 2] : [1_000_000n, 0];
    return grouped(showRatio({ n: BigInt(value), d: by }, decimals, 'half-up'));
  }
  const text = showRatio(ratioOf(value, kind === 'rate' ? hundred : 1n), 1, 'half-up');
  return kind === 'points' && /^\d/.test(text) && /[1-9]/.test(text) ? `+${text}` : grouped(text);
}

/** A head as people read it. */
export function showKey(
  dimension: Dimension,
  key: string | null,
  names: Readonly<Record<string, string>>,
  language: Language,
): string {
  if (key === null) return language === 'zh' ? '未填' : 'not recorded';
  const words = wordsOf(dimension, key);
  if (words) return words[language];
  if (dimension === 'year') return language === 'zh' ? `${key}年` : key;
  if (dimension === 'month') {
    const [year, month] = key.split('-') as [string, string];
    return language === 'zh' ? `${year}年${Number(month)}月` : key;
  }
  return names[key] ?? key;
}
