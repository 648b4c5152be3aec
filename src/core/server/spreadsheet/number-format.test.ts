import { describe, expect, test } from 'vitest';
import { builtInFormat, formatMeaning } from './number-format.ts';

describe('what a number format means', () => {
  test.each([
    ['yyyy"年"m"月"d"日"', 'date'],
    ['[$-804]yyyy"年"m"月";@', 'date'],
    ['yyyy/m/d', 'date'],
    ['mmm-yy', 'date'],
    ['e"年"m"月"', 'date'],
    ['m"月"', 'date'],
    ['h:mm', 'time'],
    ['上午/下午h"时"mm"分"', 'time'],
    ['[h]:mm:ss', 'duration'],
    ['General', 'number'],
    ['G/通用格式', 'number'],
    ['@', 'number'],
    ['0.00"万元"', 'number'],
    ['0.00"days"', 'number'],
    ['#,##0.00_);[Red](#,##0.00)', 'number'],
    ['0.00E+00', 'number'],
    ['_ ¥* #,##0.00_ ;_ ¥* -#,##0.00_ ', 'number'],
    ['0!.0000"亿"', 'number'],
  ])('%s is a %s', (format, meaning) => expect(formatMeaning(format)).toBe(meaning));

  test('the formats 27–36 and 50–58 of a Chinese Excel are known and are dates or times', () => {
    for (const id of [27, 28, 29, 30, 31, 36, 50, 51, 52, 53, 54, 57, 58]) {
      expect(formatMeaning(builtInFormat(id)!), `format ${id}`).toBe('date');
    }
    for (const id of [32, 33, 34, 35, 55, 56]) expect(formatMeaning(builtInFormat(id)!), `format ${id}`).toBe('time');
  });
});
