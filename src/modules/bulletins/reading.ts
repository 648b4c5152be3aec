import { checkText } from './check.ts';
import { cleanText } from './clean.ts';
import { documentDateOf } from './document-date.ts';
import { markText } from './mark.ts';
import { findPledges } from './pledge.ts';
import type { KnownNames, Reading, Span } from './shapes.ts';

export interface ReadOptions {
  /** 'YYYY-MM-DD'; taken from the text when left out. */
  documentDate?: string | null | undefined;
  known?: KnownNames | undefined;
}

/** A bulletin read whole: cleaned, marked, checked, its promises taken out. Pure, and linear in the length of the text. */
export function readBulletin(original: string, { documentDate, known }: ReadOptions = {}): Reading {
  const text = cleanText(original);
  const date = documentDate ?? documentDateOf(original);
  const marks = markText(text, { documentDate: date, known });
  return { text, documentDate: date, marks, checks: checkText(text, date), promises: findPledges(text, marks) };
}

/** A span of the cleaned text in the original: from where its first unit came from to where its last one ended. */
export function inOriginal({ at }: { at: Uint32Array }, { start, end }: Span): Span {
  const from = at[Math.min(start, at.length - 1)] ?? 0;
  const last = at[Math.min(Math.max(start, end - 1), at.length - 1)] ?? from;
  const next = at[Math.min(end, at.length - 1)] ?? last;
  // A repair behind the last unit (a reading in brackets) is no part of it.
  return { start: from, end: end > start ? Math.max(last + 1, Math.min(next, last + 1)) : from };
}
