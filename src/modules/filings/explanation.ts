/** Phrases that claim an explanation without giving one; a city bureau forbids the first by name (city-systems.md §4.6). */
const emptyPhrases = ['核实无误', '情况属实', '数据无误', '数据真实', '据实填报', '经核实', '已核实', '无误', '属实'];
export const leastExplanation = 10;

/**
 * True when a text explains something: it has at least ten characters without spaces and punctuation, and more than a
 * few different ones are left without the empty phrases. “核实无误，核实无误，核实无误” explains nothing.
 */
export function isExplanation(text: string | undefined): boolean {
  const plain = (text ?? '').normalize('NFKC').replace(/[\s\p{P}\p{S}]/gu, '');
  const rest = emptyPhrases.reduce((left, phrase) => left.replaceAll(phrase, ''), plain);
  return [...plain].length >= leastExplanation && new Set(rest).size > 3;
}
