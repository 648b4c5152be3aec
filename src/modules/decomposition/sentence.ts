import { type Span, trimSpan } from '#core/shared/document-text.ts';

/**
 * Sentences of a span: cut behind 。！？； and line ends, and before ①②, 一是, （1） within a paragraph. Never inside brackets or
 * quotation marks: the parties of a task stand in brackets behind it and are part of its sentence, also when they come
 * after the full stop.
 */
export function sentencesIn(text: string, span: Span): Span[] {
  const found: Span[] = [];
  let start = span.start;
  let depth = 0;
  const put = (end: number) => {
    const sentence = trimSpan(text, { start, end });
    if (sentence.end > sentence.start) found.push(sentence);
    start = end;
  };
  for (let at = span.start; at < span.end; at += 1) {
    const char = text[at]!;
    if (isItemStart(text, at, start)) put(at);
    if (/[（(“《]/.test(char)) depth += 1;
    else if (/[)）”》]/.test(char)) depth = Math.max(0, depth - 1);
    else if (char === '\n' || (depth === 0 && /[。！？；;!]/.test(char))) {
      let end = at + 1;
      if (/[”]/.test(text[end] ?? '')) end += 1;
      const bracket = /^\s*[（(](?!\d|[一二三四五六七八九十]{1,3}[)）])/.exec(text.slice(end, span.end));
      const close = bracket ? closingBracket(text, end + bracket[0].length - 1, span.end) : -1;
      // “……投产。（市发改委牵头）” belongs together, and the stop behind the bracket too.
      if (close >= 0) end = close + 1 + (/^[。；;]/.test(text.slice(close + 1)) ? 1 : 0);
      put(end);
      at = end - 1;
      depth = 0;
    }
  }
  put(span.end);
  return found;
}

/** ①, 一是 and （1） begin a sentence of their own behind a stop, a colon or a comma. */
function isItemStart(text: string, at: number, start: number): boolean {
  if (at === start || !/[。；;：:，,\s]/.test(text[at - 1]!)) return false;
  const ahead = text.slice(at, at + 6);
  return (
    /^[\u2460-\u2473]/.test(ahead) ||
    /^[一二三四五六七八九十]{1,2}(?:是(?!否)|要(?!素))/.test(ahead) ||
    (/[。；;：:]/.test(text[at - 1]!) && /^[（(](?:\d{1,2}|[一二三四五六七八九十]{1,2})[)）]/.test(ahead))
  );
}

/** The bracket that closes the one at `at`; -1 when none does before `end`. */
export function closingBracket(text: string, at: number, end: number): number {
  let depth = 0;
  for (let i = at; i < end; i += 1) {
    if (/[（(]/.test(text[i]!)) depth += 1;
    else if (/[)）]/.test(text[i]!)) {
      depth -= 1;
      if (depth === 0) return i;
    }
  }
  return -1;
}

/** Brackets of the outermost level in a span, without the brackets themselves. */
export function bracketsIn(text: string, span: Span): (Span & { inside: Span })[] {
  const found: (Span & { inside: Span })[] = [];
  for (let at = span.start; at < span.end; at += 1) {
    if (!/[（(]/.test(text[at]!)) continue;
    const close = closingBracket(text, at, span.end);
    if (close < 0) continue;
    found.push({ start: at, end: close + 1, inside: { start: at + 1, end: close } });
    at = close;
  }
  return found;
}

/** Parts of a sentence between commas outside brackets, each with the comma left out. */
export function clausesIn(text: string, span: Span): Span[] {
  const found: Span[] = [];
  let [start, depth] = [span.start, 0];
  for (let at = span.start; at < span.end; at += 1) {
    const char = text[at]!;
    if (/[（(“《]/.test(char)) depth += 1;
    else if (/[)）”》]/.test(char)) depth = Math.max(0, depth - 1);
    else if (depth === 0 && /[，,；;。：:]/.test(char)) {
      const clause = trimSpan(text, { start, end: at });
      if (clause.end > clause.start) found.push(clause);
      start = at + 1;
    }
  }
  const last = trimSpan(text, { start, end: span.end });
  if (last.end > last.start) found.push(last);
  return found;
}
