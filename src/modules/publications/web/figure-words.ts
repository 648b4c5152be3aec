import type { Language } from '#core/shared/words.ts';

/**
 * A figure of a bulletin for who reads English: bulletins are written in Chinese, and the phone summary quotes them.
 * 656.46亿元 is CNY 65,646 mn; what it does not know stays as it is.
 */
export function figureIn(language: Language, figure: string): string {
  if (language === 'zh') return figure;
  const found = /^([+-]?)(\d+)(?:\.(\d+))?(亿元|万元|个百分点|个|项|件|家)$/.exec(figure);
  if (!found) return figure;
  const [, sign, whole, part = '', unit] = found;
  const grouped = (digits: string): string => digits.replace(/\B(?=(\d{3})+$)/g, ',');
  if (unit === '个百分点') return `${sign}${whole}${part && `.${part}`} points`;
  if (unit === '亿元') return `CNY ${sign}${grouped(`${whole}${part.padEnd(2, '0')}`.replace(/^0+(?=\d)/, ''))} mn`;
  if (unit === '万元') return `CNY ${sign}${grouped(`${whole}${part.padEnd(4, '0')}`.replace(/^0+(?=\d)/, ''))}`;
  return `${sign}${grouped(whole!)}`;
}
