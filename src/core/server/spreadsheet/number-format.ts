/**
 * Number formats that Excel knows by number alone. 27–36 and 50–58 are what a Chinese Excel or WPS writes for
 * 2021年3月16日 and the like (ECMA-376 part 1, 18.8.30, zh-CN); they never stand in styles.xml, so a reader
 * without this table returns 44271 in place of a date.
 */
const builtIn: Record<number, string> = {
  0: 'General',
  1: '0',
  2: '0.00',
  3: '#,##0',
  4: '#,##0.00',
  9: '0%',
  10: '0.00%',
  11: '0.00E+00',
  12: '# ?/?',
  13: '# ??/??',
  14: 'yyyy/m/d',
  15: 'd-mmm-yy',
  16: 'd-mmm',
  17: 'mmm-yy',
  18: 'h:mm AM/PM',
  19: 'h:mm:ss AM/PM',
  20: 'h:mm',
  21: 'h:mm:ss',
  22: 'yyyy/m/d h:mm',
  27: 'yyyy"年"m"月"',
  28: 'm"月"d"日"',
  29: 'm"月"d"日"',
  30: 'm-d-yy',
  31: 'yyyy"年"m"月"d"日"',
  32: 'h"时"mm"分"',
  33: 'h"时"mm"分"ss"秒"',
  34: '上午/下午h"时"mm"分"',
  35: '上午/下午h"时"mm"分"ss"秒"',
  36: 'yyyy"年"m"月"',
  37: '#,##0;-#,##0',
  38: '#,##0;[Red]-#,##0',
  39: '#,##0.00;-#,##0.00',
  40: '#,##0.00;[Red]-#,##0.00',
  45: 'mm:ss',
  46: '[h]:mm:ss',
  47: 'mmss.0',
  48: '##0.0E+0',
  49: '@',
  50: 'yyyy"年"m"月"',
  51: 'm"月"d"日"',
  52: 'yyyy"年"m"月"',
  53: 'm"月"d"日"',
  54: 'm"月"d"日"',
  55: '上午/下午h"时"mm"分"',
  56: '上午/下午h"时"mm"分"ss"秒"',
  57: 'yyyy"年"m"月"',
  58: 'm"月"d"日"',
};

export const builtInFormat = (id: number): string | undefined => builtIn[id];

/** Literal text, colours, locales and padding taken out of the first section: only the placeholders stay. */
const placeholders = (format: string): string =>
  format
    .replace(/"[^"]*"/g, '')
    .replace(/[\\_*!]./g, '')
    .replace(/\[(?!h+\]|m+\]|s+\])[^\]]*\]/gi, '')
    .split(';')[0]!;

export type FormatMeaning = 'date' | 'time' | 'duration' | 'number';

/** What a number under this format stands for. A count of hours (`[h]:mm`) is a duration, not a date. */
export function formatMeaning(format: string): FormatMeaning {
  if (/^(general|g\/通用格式|@)$/i.test(format.trim())) return 'number';
  const code = placeholders(format);
  if (/\[(h+|m+|s+)\]/i.test(code)) return 'duration';
  const letters = code.replace(/AM\/PM|A\/P|general/gi, '');
  if (/[yd]/i.test(letters)) return 'date';
  const digits = /[0#?]/.test(letters);
  // `e` is the year of the era in East Asian formats, but the exponent in 0.00E+00.
  if (/e/i.test(letters) && !digits) return 'date';
  if (/[hs]/i.test(letters) || /上午|下午|AM\/PM/i.test(code)) return 'time';
  return /m/i.test(letters) && !digits ? 'date' : 'number';
}
