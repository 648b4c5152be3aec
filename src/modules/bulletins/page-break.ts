import type { Edit } from './mapped-text.ts';
import type { Span } from './shapes.ts';

/** A line this long that does not end like a sentence was cut: titles and headings are shorter or have no comma. */
const shortestCut = 30;
/** Cut within prose, a column of a newspaper may be narrower when all its lines are. */
const isOpenEnd = (char: string): boolean => /[\u3400-\u9fff\d、,，A-Za-z“《（(]/.test(char);
const isOpenStart = (char: string): boolean => /[\u3400-\u9fff\d、,，。;；”》）)%A-Za-z]/.test(char);
const isCaption = (line: string): boolean =>
  /^(?:图为|上图|下图|左图|右图|图[一二三四\d]?[:：])/.test(line) || /(?:摄|供图|制图|图)$/.test(line);
const startsAnew =
  /^(?:[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十\d]{1,3}[)）]|\d{1,2}[.、．](?!\d)|[\u2460-\u2473■●◆▲★※·•]|第[一二三四五六七八九十]{1,3}[章节条]|本报|来源|责编|编辑|作者|记者|附件|附[:：]|责任编辑|[一二三]审)/;

/**
 * Line ends within a sentence, as a page or column that ends leaves them, to be taken out: “常务副⏎⏎市长李季”. Only between
 * two pieces of prose: what follows must itself hold the end of a sentence, so that no title is drawn into a text.
 */
export function joinedBreaks(text: string): Edit[] {
  const edits: Edit[] = [];
  let before: Span | undefined;
  let start = 0;
  while (start <= text.length) {
    const found = text.indexOf('\n', start);
    const end = found < 0 ? text.length : found;
    if (end > start) {
      if (before && isCut(text, before, { start, end })) edits.push({ start: before.end, end: start, text: '' });
      before = { start, end };
    }
    start = end + 1;
  }
  return edits;
}

function isCut(text: string, before: Span, behind: Span): boolean {
  if (behind.start - before.end > 3) return false;
  if (before.end - before.start < shortestCut || behind.end - behind.start < 8) return false;
  if (!isOpenEnd(text[before.end - 1]!) || !isOpenStart(text[behind.start]!)) return false;
  // Rows of tables and addresses are no prose. A window is enough, and keeps a line of megabytes cheap.
  const first = text.slice(Math.max(before.start, before.end - 400), before.end);
  const second = text.slice(behind.start, Math.min(behind.end, behind.start + 400));
  if (/[|\t]/.test(first) || /[|\t]/.test(second) || /https?:\/\//.test(first)) return false;
  if (startsAnew.test(second) || isCaption(first) || isCaption(text.slice(before.start, before.start + 4)))
    return false;
  if (isCaption(second.slice(0, 4)) || !/[，,。；;、]/.test(first)) return false;
  return /[。；;！？]/.test(second);
}
