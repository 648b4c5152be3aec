import type { Words } from '#core/shared/words.ts';

/** Phrases that claim an explanation without giving one; a city bureau forbids the first by name (city-systems.md §4.6). */
export const emptyPhrases: readonly string[] = [
  '核实无误',
  '情况属实',
  '数据无误',
  '数据真实',
  '据实填报',
  '经核实',
  '已核实',
  '无误',
  '属实',
];
export const leastExplanation = 10;

/**
 * True when a text explains something: it has at least `least` characters without spaces and punctuation, and more than a
 * few different ones are left without the empty phrases. “核实无误，核实无误，核实无误” explains nothing.
 */
export function isExplanation(
  text: string | undefined,
  { least = leastExplanation, phrases = emptyPhrases }: { least?: number; phrases?: readonly string[] } = {},
): boolean {
  const plain = (text ?? '').normalize('NFKC').replace(/[\s\p{P}\p{S}]/gu, '');
  const rest = phrases.reduce((left, phrase) => left.replaceAll(phrase, ''), plain);
  return [...plain].length >= least && new Set(rest).size > 3;
}

/** Why a month lies far above the usual: an explanation of a jump names one of these beside its document. */
export const jumpCauses = ['delivery', 'settlement', 'backlog', 'acceleration', 'caliber', 'other'] as const;
export type JumpCause = (typeof jumpCauses)[number];

export const jumpCauseWords: Record<JumpCause, Words> = {
  delivery: { zh: '设备材料集中到货', en: 'Equipment or material arrived at once' },
  settlement: { zh: '工程款集中计量结算', en: 'Work was measured and settled at once' },
  backlog: { zh: '补报以前月份', en: 'Earlier months are caught up' },
  acceleration: { zh: '抢抓工期加快施工', en: 'Work was sped up' },
  caliber: { zh: '统计口径或范围调整', en: 'Caliber or perimeter changed' },
  other: { zh: '其他', en: 'Other' },
};

/** Keys of `explanations` beside the text of a rule's own code, so that drafts keep one shape. */
export const causeKey = (rule: string): string => `${rule}.cause`;
export const documentKey = (rule: string): string => `${rule}.document`;

/** A number that somebody can look up: “岳发改〔2021〕45号”, “监理第9期计量单”. Four characters with a digit among them. */
export const isDocumentNumber = (text: string | undefined): boolean => {
  const plain = (text ?? '').trim();
  return [...plain].length >= 4 && /[\d〇一二三四五六七八九十]/.test(plain);
};
