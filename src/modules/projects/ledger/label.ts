/** Text of headings and labels made comparable: full-width and half-width the same, no spaces or line breaks. */
export const plain = (text: string): string => text.normalize('NFKC').replace(/\s+/g, '');

/** A heading without its remarks in brackets (units, examples): 总投资（亿元） → 总投资. */
export const bare = (text: string): string =>
  plain(text)
    .replace(/[([【〔「《<][^)\]】〕」》>]*[)\]】〕」》>]/g, '')
    .replace(/[:：*★、,，。；;"“”'/]/g, '');

/** The year that a heading names: 2021年计划投资, 二〇二一年度. Not “至2020年底”, which names where something ended. */
export function yearIn(text: string): number | undefined {
  const digits = plain(text)
    .replace(/[〇零○]/g, '0')
    .replace(/[一二三四五六七八九]/g, (c) => String('一二三四五六七八九'.indexOf(c) + 1));
  const found = /(20\d{2})(?:年|-|\.)/.exec(digits) ?? /(20\d{2})/.exec(digits);
  return found ? Number(found[1]) : undefined;
}

/** Key under which two spellings of a name are one: full-width and half-width, spaces and marks do not count. */
export const nameKey = (text: string): string =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, '');
