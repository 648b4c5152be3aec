import type { Words } from '#core/shared/words.ts';
import { type KnownRegion, provinceOf } from './gb-region.ts';

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

/**
 * What is unusual about a code, or null when it has the new form. Never a reason to refuse it.
 * @param regions the city's own table: a code of this city must name one of its regions. Empty: only the province is judged.
 */
export function projectCodeWarning(code: string, regions: readonly KnownRegion[] = []): Words | null {
  const tidy = tidyProjectCode(code);
  const parts = shape.exec(tidy);
  if (!parts)
    return tidy.length === 24
      ? {
          zh: '项目代码不是“4-6-2-2-6”五段结构，请对照投资项目在线审批监管平台的赋码核对',
          en: 'The project code is not five parts of 4-6-2-2-6 characters; please check it against the approval platform',
        }
      : {
          zh: `项目代码应为 24 位（含连字符），现为 ${tidy.length} 位，请核对；老式代码可以保留`,
          en: `A project code has 24 characters with its hyphens, this one ${tidy.length}; check it; older forms may stay`,
        };
  const [, time, region] = parts;
  return timeWarning(time!) ?? regionWarning(region!, regions);
}

/** 2012 may be December 2020 or the year 2012; as the new form it is right, so only 2013 … 2029 tell an old one. */
function timeWarning(time: string): Words | null {
  const month = Number(time.slice(2));
  if (month >= 1 && month <= 12) return null;
  if (/^20(1[3-9]|2\d)$/.test(time))
    return {
      zh: `时间段“${time}”是年份，为老式代码，可以保留；已换发新代码的请改用新代码`,
      en: `The time part “${time}” is a year: a code of the old form. It may stay; use the new code if one was given`,
    };
  return {
    zh: `时间段“${time}”应为两位年份加两位月份（01–12），请核对`,
    en: `The time part “${time}” should be two digits of the year and a month from 01 to 12; please check it`,
  };
}

function regionWarning(region: string, regions: readonly KnownRegion[]): Words | null {
  // Codes given by ministries carry zeros.
  if (region === '000000') return null;
  if (!provinceOf(region))
    return {
      zh: `地区段“${region}”不是行政区划代码（GB/T 2260 无此省级代码），请核对`,
      en: `The region part “${region}” is no region code (no such province in GB/T 2260); please check it`,
    };
  const isOurs = regions.some((known) => known.code.slice(0, 4) === region.slice(0, 4));
  if (isOurs && !regions.some((known) => known.code === region))
    return {
      zh: `地区段“${region}”属本市，但本市区划表中没有这个代码，请核对`,
      en: `The region part “${region}” lies in this city but is not in its table of regions; please check it`,
    };
  return null;
}
