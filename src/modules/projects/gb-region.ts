import type { Words } from '#core/shared/words.ts';

/**
 * 行政区划代码: six digits by GB/T 2260, nine with the township, twelve in the statistics (统计用区划代码). The first two are
 * the province. Codes change from year to year, so what the city's own table of an edition does not hold is doubted,
 * not refused; only what has no shape of a region code is refused.
 */
const provinces: Readonly<Record<string, string>> = {
  11: '北京市',
  12: '天津市',
  13: '河北省',
  14: '山西省',
  15: '内蒙古自治区',
  21: '辽宁省',
  22: '吉林省',
  23: '黑龙江省',
  31: '上海市',
  32: '江苏省',
  33: '浙江省',
  34: '安徽省',
  35: '福建省',
  36: '江西省',
  37: '山东省',
  41: '河南省',
  42: '湖北省',
  43: '湖南省',
  44: '广东省',
  45: '广西壮族自治区',
  46: '海南省',
  50: '重庆市',
  51: '四川省',
  52: '贵州省',
  53: '云南省',
  54: '西藏自治区',
  61: '陕西省',
  62: '甘肃省',
  63: '青海省',
  64: '宁夏回族自治区',
  65: '新疆维吾尔自治区',
  71: '台湾省',
  81: '香港特别行政区',
  82: '澳门特别行政区',
};

export const provinceOf = (code: string): string | undefined => provinces[code.slice(0, 2)];

/** A region of the city's own table, with the year of the edition in which its code stands. */
export interface KnownRegion {
  code: string;
  name: string;
  editionYear: number | null;
}

export const tidyRegionCode = (text: string): string => text.normalize('NFKC').replace(/\s+/g, '').toUpperCase();

const shape = /^(\d{6}|\d{9}|\d{12}|\d{6}-[A-Z0-9]{1,12})$/;
export const isRegionShape = (text: string): boolean => shape.test(tidyRegionCode(text));

/** The region of the city's table that a code means: itself, or the county in whose townships a longer code lies. */
export function regionOfCode<R extends { code: string }>(text: string, regions: readonly R[]): R | undefined {
  const code = tidyRegionCode(text);
  return (
    regions.find((region) => region.code === code) ??
    (/^(\d{9}|\d{12})$/.test(code) ? regions.find((region) => region.code === code.slice(0, 6)) : undefined)
  );
}

/** What cannot be a region code at all, with what to do; null for any code of the right shape. */
export function regionShapeFault(text: string): Words | null {
  if (isRegionShape(text)) return null;
  const digits = tidyRegionCode(text).length;
  return {
    zh: `区划代码应为 6 位（县区）、9 位（乡镇）或 12 位（统计用），现为 ${digits} 位，请从区划表中选择`,
    en: `A region code has 6, 9 or 12 digits, this one ${digits}: choose it from the table of regions`,
  };
}

/** What is doubtful about a code of the right shape: no such province, or not in the city's table of its year. */
export function regionDoubt(text: string, regions: readonly KnownRegion[]): Words | null {
  const code = tidyRegionCode(text);
  if (!isRegionShape(code) || regionOfCode(code, regions)) return null;
  if (!provinceOf(code))
    return {
      zh: `区划代码开头“${code.slice(0, 2)}”不是省级代码（GB/T 2260），请核对`,
      en: `“${code.slice(0, 2)}” is no province of GB/T 2260: check the code`,
    };
  const year = regions.reduce<number | null>((newest, r) => Math.max(newest ?? 0, r.editionYear ?? 0) || null, null);
  if (regions.length === 0) return null;
  return {
    zh: `本市区划表${year ? `（${year} 年版）` : ''}中没有 ${code}。区划有调整的，先在“组织—区划”中更新，再选用`,
    en: `${code} is not in the city's table of regions${year ? ` (edition of ${year})` : ''}: update the table under Organization first, if regions have changed`,
  };
}
