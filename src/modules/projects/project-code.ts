import type { Words } from '#core/shared/words.ts';

/**
 * 项目代码 by GB/T 40058—2021: time (YYMM; older codes begin with the year) – region – department – kind – random and check.
 * The rule of the check character is not published, so only the structure is judged, and only with a warning:
 * codes of older forms are real and must be accepted.
 */
const shape = /^(\d{4})-(\d{6})-(\d{2})-(\d{2})-(\d{5}[0-9A-Z])$/;

/** Writes a code the usual way: full-width figures and dashes become plain ones, spaces go. */
export const tidyProjectCode = (code: string): string =>
  code
    .normalize('NFKC')
    .replace(/[‐-―−－—]/g, '-')
    .replace(/\s+/g, '')
    .toUpperCase();

/** What is unusual about a code, or null when it has the new form. Never a reason to refuse it. */
export function projectCodeWarning(code: string): Words | null {
  const tidy = tidyProjectCode(code);
  const parts = shape.exec(tidy);
  if (!parts)
    return tidy.length === 24
      ? {
          zh: '项目代码不是“4-6-2-2-6”五段结构，请核对',
          en: 'The project code is not five parts of 4-6-2-2-6 characters; please check it',
        }
      : {
          zh: `项目代码应为 24 位（含连字符），现为 ${tidy.length} 位；老式代码可以保留`,
          en: `A project code has 24 characters with its hyphens, this one ${tidy.length}; older forms may stay`,
        };
  const [, time, region] = parts;
  const isYear = /^(19|20)\d\d$/.test(time!);
  const month = Number(time!.slice(2));
  if (!isYear && (month < 1 || month > 12))
    return {
      zh: `时间段“${time}”既不是年份也不是“年月”，请核对`,
      en: `The time part “${time}” is neither a year nor a year and month; please check it`,
    };
  if (!/^[0-9]{6}$/.test(region!) || (region !== '000000' && Number(region!.slice(0, 2)) > 82))
    return {
      zh: `地区段“${region}”不像行政区划代码，请核对`,
      en: `The region part “${region}” does not look like a region code; please check it`,
    };
  return null;
}
