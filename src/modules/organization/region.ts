import type { Words } from '#core/shared/words.ts';

/** Where a region's code comes from: GB/T 2260, only the statistical codes, or neither. */
export const regionKinds = ['gb', 'statistics', 'own'] as const;
export type RegionKind = (typeof regionKinds)[number];

export const regionKindWords: Record<RegionKind, Words> = {
  gb: { zh: '国标代码', en: 'GB/T 2260 code' },
  statistics: { zh: '统计用代码', en: 'Statistics code' },
  own: { zh: '自编代码', en: 'Own code' },
};

export interface RegionSeed {
  code: string;
  name: string;
  shortName: string | null;
  /** Names under which ledgers write it. */
  aliases: readonly string[];
  kind: RegionKind;
  parentCode: string | null;
  /** The year of the edition in which the code stands: codes change. */
  editionYear: number;
  source: string | null;
}

/** A national or statistical code has six digits; an own code is the city's code, a hyphen, and capitals or digits. */
export const regionCodePattern = /^\d{6}(-[A-Z0-9]{1,12})?$/;

export const isRegionCodeOf = (kind: RegionKind, code: string): boolean =>
  kind === 'own' ? regionCodePattern.test(code) : /^\d{6}$/.test(code);

export type RegionLineProblem = 'noCode' | 'noName' | 'wrongCode' | 'twice';

/**
 * Reads lines pasted from a sheet: code, name and short name, parted by tab, comma or space. A six-digit code is taken
 * as national; what else it is can be set afterwards. Blank lines and a heading without digits are passed over.
 */
export function readRegionLines(
  text: string,
  cityCode: string,
  editionYear: number,
): { regions: RegionSeed[]; problems: { line: number; text: string; problem: RegionLineProblem }[] } {
  const regions: RegionSeed[] = [];
  const problems: { line: number; text: string; problem: RegionLineProblem }[] = [];
  for (const [index, raw] of text.normalize('NFKC').split(/\r?\n/).entries()) {
    const line = raw.trim();
    if (line === '' || !/\d/.test(line)) continue;
    const [code = '', name = '', shortName = ''] = line.split(/[\t,，;；]+|\s+/).map((cell) => cell.trim());
    const problem: RegionLineProblem | null = !/\d/.test(code)
      ? 'noCode'
      : !regionCodePattern.test(code.toUpperCase())
        ? 'wrongCode'
        : name === ''
          ? 'noName'
          : regions.some((r) => r.code === code.toUpperCase())
            ? 'twice'
            : null;
    if (problem) {
      problems.push({ line: index + 1, text: line, problem });
      continue;
    }
    regions.push({
      code: code.toUpperCase(),
      name,
      shortName: shortName === '' ? null : shortName,
      aliases: [],
      kind: code.includes('-') ? 'own' : 'gb',
      parentCode: code === cityCode ? null : cityCode,
      editionYear,
      source: null,
    });
  }
  return { regions, problems };
}
