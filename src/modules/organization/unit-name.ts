/**
 * The key under which a name is found again: full-width and half-width are the same, spaces and marks do not count,
 * letters are small. 岳阳市交通建设投资集团（有限公司） and 岳阳市交通建设投资集团(有限公司) are one unit.
 */
export const nameKey = (text: string): string =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, '');

/** A name as it is kept: outer spaces gone, inner runs of space single; nothing else is touched. */
export const tidyName = (text: string): string => text.trim().replace(/\s+/g, ' ');
