import type { Span } from './shapes.ts';

/** A text made out of another one, unit by unit: `at[i]` is where the i-th unit came from, `at[text.length]` where it ended. */
export interface MappedText {
  text: string;
  at: Uint32Array;
}

export interface Edit extends Span {
  text: string;
}

export function unchanged(text: string): MappedText {
  const at = new Uint32Array(text.length + 1);
  for (let i = 0; i <= text.length; i += 1) at[i] = i;
  return { text, at };
}

/**
 * Replaces spans of a text and keeps the map to what it was made of. Edits stand in order and do not overlap. The i-th
 * unit of a replacement came from the i-th unit of what it replaces, or from its last one when it is longer.
 */
export function applyEdits({ text, at }: MappedText, edits: readonly Edit[]): MappedText {
  if (edits.length === 0) return { text, at };
  const parts: string[] = [];
  let length = text.length;
  for (const edit of edits) length += edit.text.length - (edit.end - edit.start);
  const made = new Uint32Array(length + 1);
  let [from, to] = [0, 0];
  for (const edit of edits) {
    made.set(at.subarray(from, edit.start), to);
    to += edit.start - from;
    const last = Math.max(0, edit.end - edit.start - 1);
    for (let i = 0; i < edit.text.length; i += 1) made[to + i] = at[edit.start + Math.min(i, last)]!;
    parts.push(text.slice(from, edit.start), edit.text);
    to += edit.text.length;
    from = edit.end;
  }
  made.set(at.subarray(from), to);
  parts.push(text.slice(from));
  return { text: parts.join(''), at: made };
}

/** Where a span of the clean text stands in the original; what was taken out behind its last unit (項(xiàng)) belongs to it. */
export const originalSpan = ({ at }: Pick<MappedText, 'at'>, { start, end }: Span): Span => ({
  start: at[start]!,
  end: end > start ? at[end]! : at[start]!,
});

/** What became of a span of the original. */
export const cleanSpan = ({ at }: Pick<MappedText, 'at'>, { start, end }: Span): Span => ({
  start: firstAtOrBehind(at, start),
  end: firstAtOrBehind(at, end),
});

function firstAtOrBehind(at: Uint32Array, place: number): number {
  let [low, high] = [0, at.length - 1];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (at[middle]! < place) low = middle + 1;
    else high = middle;
  }
  return low;
}
