import type { Words } from '#core/shared/words.ts';
import { classes, editionYear, type Section, sections } from './gb-industry-table.ts';

/** Division → its section. */
const byDivision = new Map<string, Section>(
  sections.flatMap((section) =>
    Object.keys(section.divisions).map((division): [string, Section] => [division, section]),
  ),
);

export const tidyIndustryCode = (text: string): string => text.normalize('NFKC').replace(/\s+/g, '').toUpperCase();

/** A section letter, digits, or both; words may follow, as people write “E4812公路工程建筑”. */
const shape = /^([A-T](?![A-Z]))?(\d{2,4})?(?!\d)/;

interface Parts {
  letter: string | undefined;
  digits: string | undefined;
}

function partsOf(text: string): Parts | null {
  const found = shape.exec(tidyIndustryCode(text));
  return found && (found[1] || found[2]) ? { letter: found[1], digits: found[2] } : null;
}

/**
 * What an industry code means by GB/T 4754—2017, from the section to the class as far as it is known; null when it has
 * no division. '4812' → E 建筑业 › 48 土木工程建筑业 › 4812 公路工程建筑.
 */
export function industryName(text: string): string | null {
  const parts = partsOf(text);
  if (!parts) return null;
  const { letter, digits } = parts;
  if (!digits) {
    const section = sections.find((s) => s.letter === letter);
    return section ? `${section.letter} ${section.name}` : null;
  }
  const division = digits.slice(0, 2);
  const section = byDivision.get(division);
  if (!section || (letter && letter !== section.letter)) return null;
  const name = classes[digits];
  return [
    `${section.letter} ${section.name}`,
    `${division} ${section.divisions[division]}`,
    ...(name ? [`${digits} ${name}`] : []),
  ].join(' › ');
}

/** Published readings of “by what it makes, not by who owns it”. */
const byOutput: readonly { words: RegExp; division: string; code: string; name: string }[] = [
  { words: /污水管网|雨污(分流|管网)|排水管网/, division: '78', code: '7810', name: '污水管网' },
  { words: /棚户区|棚改/, division: '70', code: '7090', name: '棚户区改造' },
];

/**
 * What is doubtful about an industry code, with what to do; null when nothing is. Never a reason to refuse: older
 * registers hold words and codes of other editions.
 * @param what name and content of the project, to tell a code taken from the owner instead of from the output
 */
export function industryDoubt(text: string, what = ''): Words | null {
  const parts = partsOf(text);
  if (!parts)
    return {
      zh: `“${text}”不是行业代码，请按 GB/T 4754—${editionYear} 填写，如 8411（综合医院）`,
      en: `“${text}” is no industry code: enter one of GB/T 4754—${editionYear}, such as 8411`,
    };
  const { letter, digits } = parts;
  if (!digits) return null;
  const division = digits.slice(0, 2);
  const section = byDivision.get(division);
  if (!section)
    return {
      zh: `GB/T 4754—${editionYear} 没有大类“${division}”，请核对`,
      en: `GB/T 4754—${editionYear} has no division ${division}; please check it`,
    };
  if (letter && letter !== section.letter)
    return {
      zh: `大类“${division}”属门类 ${section.letter}（${section.name}），不属 ${letter}，请核对`,
      en: `Division ${division} belongs to section ${section.letter}, not ${letter}; please check it`,
    };
  const fitting = byOutput.find((output) => output.words.test(what));
  if (fitting && digits.length === 4 && division !== fitting.division)
    return {
      zh: `行业按建成后的用途归类，不按业主归类：${fitting.name}一般归 ${fitting.code}，请核对`,
      en: `The industry goes by what is built, not by the owner: this usually is ${fitting.code}; please check it`,
    };
  return null;
}
