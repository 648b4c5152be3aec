/** A stretch of months of one year, as “1-8月份”, “前10月”, “截至8月底”, “上半年”; `to` is the last month told of. */
export interface Months {
  year: number | null;
  from: number;
  to: number;
  /** 8月 alone: that month and no other. */
  isSingle: boolean;
  /** A day within the month (截至9月26日): 0 for its end. */
  day: number;
}

const han = '一二三四五六七八九十';
const small = (text: string): number =>
  /^\d/.test(text)
    ? Number(text)
    : text.length === 2 && text[0] === '十'
      ? 10 + han.indexOf(text[1]!) + 1
      : han.indexOf(text) + 1;

const form = new RegExp(
  '(?:(?<year>20\\d{2})年?)?(?:' +
    '(?<a>\\d{1,2})月?份?[-—~～至到](?<b>\\d{1,2})月|' +
    '前(?<first>\\d{1,2}|[一二三四五六七八九十]{1,2})个?月|' +
    '(?:截[至止])(?:到)?(?:(?<year2>20\\d{2})年)?(?<until>\\d{1,2})月(?:(?<day>\\d{1,2})日|底|末|份)?|' +
    '(?<half>上半年)|(?<quarter>[一二三四1-4])季度|前(?<quarters>[二三两])(?:个)?季度|(?<one>\\d{1,2})月份?(?!\\d{1,2}日|底|末|初|上旬|中旬|下旬)' +
    ')',
  'g',
);

/** The first stretch of months that words name; null when they name none. “7月27日” is a day and none. */
export function monthsIn(words: string): Months | null {
  for (const match of words.matchAll(form)) {
    const g = match.groups!;
    // “去年1-8月” tells of another year.
    if (/(?:去年|上年|同期)$/.test(words.slice(Math.max(0, match.index - 4), match.index))) continue;
    const year = (g.year ?? g.year2) ? Number(g.year ?? g.year2) : null;
    const made = (from: number, to: number, isSingle = false, day = 0): Months | null =>
      from >= 1 && to <= 12 && from <= to ? { year, from, to, isSingle, day } : null;
    const read = g.a
      ? made(Number(g.a), Number(g.b))
      : g.first
        ? made(1, small(g.first))
        : g.until
          ? made(1, Number(g.until), false, Number(g.day ?? 0))
          : g.half
            ? made(1, 6)
            : g.quarters
              ? made(1, g.quarters === '三' ? 9 : 6)
              : g.quarter
                ? made(small(g.quarter) * 3 - 2, small(g.quarter) * 3)
                : made(Number(g.one), Number(g.one), Number(g.one) !== 1);
    if (read) return read;
  }
  return null;
}

export const sameMonths = (a: Months | null, b: Months | null): boolean =>
  a === b ||
  (a !== null &&
    b !== null &&
    a.from === b.from &&
    a.to === b.to &&
    a.day === b.day &&
    (a.year ?? b.year) === (b.year ?? a.year));
