import type { Face, RichText } from '../../shared/official-document.ts';

/**
 * What neither XML nor a page can carry: control characters, halves of characters, noncharacters; and the invisible ones
 * that turn the reading direction, by which a name could be made to read as another.
 */
const unprintable =
  /(?!\n)[\p{Cc}\u200b\u2060\u202a-\u202e\u2066-\u2069\ufeff\ufff9-\ufffb\p{Noncharacter_Code_Point}\p{Surrogate}]/gu;

const lineEnds = /\r\n?|[\v\f\u0085\u2028\u2029]/g;

/** Text as it is printed in both files. Line ends become `\n`, a tab a space. */
export const cleanText = (text: string): string =>
  text.replace(lineEnds, '\n').replaceAll('\t', ' ').replace(unprintable, '');

/** A piece of text with all that a writer needs to set it. */
export interface Piece {
  text: string;
  face: Face;
  /** Points. */
  size: number;
  bold: boolean;
  /** Six hex digits. */
  colour: string;
}

export interface TextStyle {
  face: Face;
  size: number;
  bold?: boolean;
  colour?: string;
}

/** In widths of a Chinese character: what stands below U+2E80 is about half as wide. */
export const widthOf = (text: string): number =>
  [...text].reduce((sum, character) => sum + (character < '\u2e80' && !'—…“”‘’'.includes(character) ? 0.5 : 1), 0);

export const plainText = (text: RichText): string =>
  typeof text === 'string' ? text : text.map((run) => (typeof run === 'string' ? run : run.text)).join('');

/** A business day as documents write it: 2021年9月26日, in English 26 September 2021. */
export function dayWords(day: string, language: 'zh' | 'en'): string {
  const [year, month, date] = day.split('-').map(Number);
  if (!/^\d{4}-\d{2}-\d{2}$/.test(day)) throw new Error(`A document's date is ${JSON.stringify(day)}, not YYYY-MM-DD`);
  if (language === 'zh') return `${year}年${month}月${date}日`;
  const name = new Intl.DateTimeFormat('en', { month: 'long', timeZone: 'UTC' }).format(Date.parse(day));
  return `${date} ${name} ${year}`;
}

const formatters = new Map<string, Intl.NumberFormat>();

/** A number by an Excel format of the simple kind: `0`, `0.00`, `#,##0.0`, `0.0%`. */
export function formatNumber(value: number, numFmt?: string): string {
  if (numFmt === undefined) return String(value);
  let formatter = formatters.get(numFmt);
  if (!formatter) {
    const decimals = /\.(0+)/.exec(numFmt)?.[1]?.length ?? 0;
    formatter = new Intl.NumberFormat('en-US', {
      style: numFmt.includes('%') ? 'percent' : 'decimal',
      minimumFractionDigits: decimals,
      maximumFractionDigits: decimals,
      useGrouping: numFmt.includes(','),
    });
    formatters.set(numFmt, formatter);
  }
  return formatter.format(value);
}
