import { splitArticles } from './article.ts';
import { findDamage, reading } from './damage.ts';
import { applyEdits, cleanSpan, type Edit, type MappedText, unchanged } from './mapped-text.ts';
import { joinedBreaks } from './page-break.ts';
import type { CleanText, Span } from './shapes.ts';
import { findTables } from './text-table.ts';
import { isTraditional, traditionalShare, traditionalSteps } from './traditional.ts';

export interface CleanOptions {
  /** Whether the whole text is in traditional writing; told from its characters when left out. */
  traditional?: boolean;
}

/**
 * A document as it came to the text that the desk works on: readings in brackets taken out, shifted bytes read again where
 * that is certain, full-width figures and letters made half, traditional writing simplified, lines joined that a page break cut. What is
 * lost is listed and left as it stands. Linear in the length of the text.
 */
export function cleanText(original: string, { traditional }: CleanOptions = {}): CleanText {
  const repairs: CleanText['repairs'] = [];
  const note = (kind: CleanText['repairs'][number]['kind'], { at }: MappedText, edits: readonly Edit[]) => {
    for (const edit of edits) {
      const span = { start: at[edit.start]!, end: at[edit.end]! };
      const last = repairs.at(-1);
      // One entry for a run of characters, not one each.
      if (last?.kind === kind && last.span.end === span.start) {
        last.span.end = span.end;
        last.text += edit.text;
      } else repairs.push({ span, kind, text: edit.text });
    }
  };
  const apply = (kind: CleanText['repairs'][number]['kind'], text: MappedText, edits: readonly Edit[]): MappedText => {
    note(kind, text, edits);
    return applyEdits(text, edits);
  };

  let text = unchanged(original);
  const readings = [...original.matchAll(reading)].map((m) => ({
    start: m.index,
    end: m.index + m[0].length,
    text: '',
  }));
  const damage = findDamage(original, readings.length >= 3);
  const first = merged([
    ...damage.restored.map((edit) => ({ ...edit, kind: 'shiftedGbk' as const })),
    ...readings.map((edit) => ({ ...edit, kind: 'pinyin' as const })),
  ]);
  for (const edit of first) note(edit.kind, text, [edit]);
  text = applyEdits(text, first);

  text = apply('fullWidth', text, fullWidthEdits(text.text));
  for (const step of traditionalStepsFor(text.text, traditional)) text = apply('traditional', text, step(text.text));
  text = apply('space', text, spaceEdits(text.text));
  text = apply('pageBreak', text, joinedBreaks(text.text));

  const clean = text.text;
  repairs.sort((a, b) => a.span.start - b.span.start || a.span.end - b.span.end);
  const tables = findTables(clean);
  return {
    original,
    clean,
    at: text.at,
    repairs,
    unreadable: damage.lost.map(({ start, end, why }) => {
      const span = cleanSpan(text, { start, end });
      return { span, original: { start, end }, text: original.slice(start, end), why };
    }),
    tables,
    articles: splitArticles(clean, tables),
  };
}

/** Edits of several kinds in order; of two that overlap the first one counts. */
function merged<T extends Edit>(edits: T[]): T[] {
  const kept: T[] = [];
  for (const edit of edits.toSorted((a, b) => a.start - b.start))
    if (edit.start >= (kept.at(-1)?.end ?? 0)) kept.push(edit);
  return kept;
}

// Punctuation of Chinese writing (，；：（）！？) is wide by right and stays.
const wide = /[０-９Ａ-Ｚａ-ｚ％．＋－＝／＆＠＃＄＊～＿]+/g;

const fullWidthEdits = (text: string): Edit[] =>
  Array.from(text.matchAll(wide), (m) => ({
    start: m.index,
    end: m.index + m[0].length,
    text: m[0].replace(/[！-～]/g, (c) => String.fromCharCode(c.charCodeAt(0) - 0xfee0)),
  }));

/** The whole text, or those lines of a simplified one that are written in traditional characters. */
function traditionalStepsFor(text: string, given: boolean | undefined): ((text: string) => Edit[])[] {
  if (given === false) return [];
  const { only, han } = traditionalShare(text);
  if (given || only / Math.max(1, han) >= 0.04) return traditionalSteps();
  if (only < 2) return [];
  return traditionalSteps().map((step) => (stepText: string) => {
    const edits: Edit[] = [];
    for (const line of linesOf(stepText)) {
      const words = stepText.slice(line.start, line.end);
      if (!isTraditional(words)) continue;
      for (const edit of step(words))
        edits.push({ start: edit.start + line.start, end: edit.end + line.start, text: edit.text });
    }
    return edits;
  });
}

export function* linesOf(text: string): Generator<Span> {
  let start = 0;
  while (start <= text.length) {
    const found = text.indexOf('\n', start);
    const end = found < 0 ? text.length : found;
    yield { start, end };
    start = end + 1;
  }
}

/** Marks that turn writing round, joiners and byte-order marks are seen by nobody and cut words and figures in two. */
const unseen = /[\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff]+/g;
const control = /\p{Cc}+/gu;
const lineEnds = /\r\n?|[\u0085\u2028\u2029\f]/g;
const isBlank = (char: string | undefined): boolean =>
  char !== undefined && /[ \t\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]/.test(char);
const isTextOfFigures = (char: string | undefined): boolean =>
  char !== undefined && /[\d\u3400-\u9fff%‰“”‘’《》（）()，。；：、,;:]/.test(char);
const isDash = (char: string | undefined): boolean => char !== undefined && /[-—–~～至到]/.test(char);

/** Spaces within figures and between figures and words go; between words one is left: it stands between names. */
function spaceEdits(text: string): Edit[] {
  const edits: Edit[] = [];
  const remove = (form: RegExp, by: string) => {
    for (const m of text.matchAll(form))
      if (form !== control || !/[\t\n\r\f\u0085]/.test(m[0]))
        edits.push({ start: m.index, end: m.index + m[0].length, text: by });
  };
  remove(unseen, '');
  remove(lineEnds, '\n');
  remove(control, '');
  for (let at = 0; at < text.length; at += 1) {
    if (!isBlank(text[at])) continue;
    let end = at + 1;
    while (isBlank(text[end])) end += 1;
    const [before, behind] = [text[at - 1], text[end]];
    const run = text.slice(at, end);
    const made = spaceBetween(before, behind, run);
    if (made !== run) edits.push({ start: at, end, text: made });
    at = end - 1;
  }
  return merged(edits);
}

function spaceBetween(before: string | undefined, behind: string | undefined, run: string): string {
  if (before === undefined || behind === undefined || /[\n\r]/.test(before) || /[\n\r]/.test(behind)) return '';
  // Cells of a pasted table.
  if (run.includes('\t')) return '\t';
  if (before === '|' || behind === '|') return ' ';
  const isFigure = (char: string) => /[\d%]/.test(char);
  if (isFigure(before) && isFigure(behind)) return ' ';
  if ((isFigure(before) && isTextOfFigures(behind)) || (isFigure(behind) && isTextOfFigures(before))) return '';
  if ((isFigure(before) && isDash(behind)) || (isDash(before) && isFigure(behind))) return '';
  if (/[，。；：、！？（）“”《》]/.test(before) || /[，。；：、！？（）”《》]/.test(behind)) return '';
  return ' ';
}
