import type { Span } from './shapes.ts';

/** Spans that can be asked, in the time of a binary search, whether one touches another. */
export class SpanSet {
  readonly #spans: Span[] = [];

  constructor(spans: readonly Span[]) {
    for (const { start, end } of spans.toSorted((a, b) => a.start - b.start)) {
      const last = this.#spans.at(-1);
      if (last && start <= last.end) last.end = Math.max(last.end, end);
      else this.#spans.push({ start, end });
    }
  }

  /** Whether any unit of the span is in the set. */
  touches({ start, end }: Span): boolean {
    let [low, high] = [0, this.#spans.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.#spans[middle]!.end <= start) low = middle + 1;
      else high = middle;
    }
    return low < this.#spans.length && this.#spans[low]!.start < end;
  }
}
