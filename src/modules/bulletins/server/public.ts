import { checkText as check } from '../check.ts';
import { cleanText } from '../clean.ts';
import type { Check } from '../shapes.ts';

export { unreadableWhy } from '../damage.ts';
export { dateOpenWords } from '../date-mark.ts';
export { driftOf } from '../drift.ts';
export { inOriginal, readBulletin } from '../reading.ts';
export { reportOf } from '../report.ts';
export type { Check, KnownNames, Mark, Pledge, Reading, Span } from '../shapes.ts';
export { isShort, readAside } from './read-aside.ts';
export { readIn } from './read-in.ts';

/**
 * Holds the figures of a text to each other, as the desk does, for modules that write bulletins. Spans are in the cleaned
 * text, which is the given one where nothing had to be repaired. Throws nothing; linear in the length.
 * @param documentDate 'YYYY-MM-DD' of the bulletin, for the clock of texts that name no month.
 */
export const checkText = (text: string, documentDate: string | null = null): Check[] =>
  check(cleanText(text), documentDate);
