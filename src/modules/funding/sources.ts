import type { Language, Words } from '#core/shared/words.ts';

/** Where the money of a project comes from. The code is stored; the label is the city's to change. */
export interface Source {
  code: string;
  label: string;
  /** No new entries; what was entered stays. */
  retired: boolean;
}

/** 地方政府专项债券 carries the six-month rule, so the program must know which source it is. */
export const bondSource = 'bond';

/** 其他 and 专项债券 are what rules and imports fall back to: a city may rename them, not take them out. */
export const keptSources: readonly string[] = [bondSource, 'other'];

export const shippedSources: readonly (Pick<Source, 'code'> & { words: Words })[] = [
  { code: 'central', words: { zh: '中央预算内投资', en: 'Central budget' } },
  { code: 'province', words: { zh: '省级预算', en: 'Provincial budget' } },
  { code: 'local', words: { zh: '市县财政', en: 'City and county budget' } },
  { code: bondSource, words: { zh: '地方政府专项债券', en: 'Local special bonds' } },
  { code: 'loan', words: { zh: '银行贷款', en: 'Bank loans' } },
  { code: 'own', words: { zh: '企业自筹', en: 'Own funds of the firm' } },
  { code: 'social', words: { zh: '社会资本', en: 'Private capital' } },
  { code: 'foreign', words: { zh: '外资', en: 'Foreign capital' } },
  { code: 'other', words: { zh: '其他', en: 'Other' } },
];

const shippedWords = new Map(shippedSources.map(({ code, words }) => [code, words]));
/** The city's own label; where it is still the shipped one, in the reader's language. */
export function labelIn(code: string, label: string, language: Language): string {
  const words = shippedWords.get(code);
  return words?.zh === label ? words[language] : label;
}
