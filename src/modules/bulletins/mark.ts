import type { Day } from '#core/shared/day.ts';
import type { Workdays } from '#core/shared/official-date.ts';
import { datesIn } from './date-mark.ts';
import { quantitiesIn, ranksIn } from './quantity-mark.ts';
import type { CleanText, KnownNames, Mark, Span } from './shapes.ts';
import { SpanSet } from './span-set.ts';

export interface MarkOptions {
  /** The document's own day; dates without a year stay open when it is null. */
  documentDate: Day | null;
  known?: KnownNames | undefined;
  workdays?: Workdays | undefined;
}

/** Addresses, times of the day, numbers of telephones: figures in them are none. */
const figureless =
  /https?:\/\/[^\s\u3400-\u9fff，。；]{1,400}|www\.[^\s\u3400-\u9fff，。；]{1,200}|[\w.-]{1,60}@[\w.-]{1,60}|\d{1,2}:\d{2}(?::\d{2})?|(?<!\d)0\d{2,3}-\d{7,8}(?!\d)|(?<![\d.])1[3-9]\d{9}(?!\d)/g;

/**
 * Everything of a clean text that a desk marks, in order: figures, dates, names, requirements, each with its span. Nothing
 * is read out of a place that cannot be read. Linear in the length of the text.
 */
export function markText(
  text: Pick<CleanText, 'clean' | 'unreadable'> & Partial<CleanText>,
  options: MarkOptions,
): Mark[] {
  const { clean } = text;
  const lost = new SpanSet(text.unreadable.map(({ span }) => span));
  const addresses = Array.from(
    clean.matchAll(figureless),
    (m): Span => ({ start: m.index, end: m.index + m[0].length }),
  );
  const isLost = (span: Span) => lost.touches(span);
  const dates = datesIn(clean, options, isLost);
  const noFigure = new SpanSet([
    ...text.unreadable.map(({ span }) => span),
    ...addresses,
    ...dates.map(({ span }) => span),
  ]);
  const ranks = ranksIn(clean, (span) => noFigure.touches(span));
  const rankSpans = new SpanSet(ranks.map(({ span }) => span));
  const quantities = quantitiesIn(clean, (span) => noFigure.touches(span) || rankSpans.touches(span));
  const found: Omit<Mark, 'id'>[] = [...dates, ...ranks.map(({ scope: _, ...mark }) => mark), ...quantities];
  return found
    .toSorted((a, b) => a.span.start - b.span.start || b.span.end - a.span.end)
    .map((mark, id) => ({ id, ...mark }));
}
