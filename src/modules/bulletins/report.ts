import { inOriginal } from './reading.ts';
import type { Mark, Reading } from './shapes.ts';

/** What `npm run bulletin` and `POST /api/bulletins/check` give: spans in the original text, in UTF-16 units. */
export type BulletinReport = ReturnType<typeof reportOf>;

const valueOfMark = (mark: Mark): number | string | null => {
  if (mark.quantity) return Number(mark.quantity.value);
  if (mark.date) return mark.date.to ?? mark.date.from;
  return mark.person?.name ?? mark.registerId ?? null;
};

export function reportOf({ text, documentDate, checks, marks, promises }: Reading) {
  return {
    documentDate,
    checks: checks.map(({ spans, ...check }) => ({ ...check, spans: spans.map((span) => inOriginal(text, span)) })),
    unreadable: text.unreadable.map(({ original, text: words, why }) => ({ span: original, text: words, why })),
    marks: marks.map((mark) => ({
      kind: mark.kind,
      text: mark.text,
      value: valueOfMark(mark),
      span: inOriginal(text, mark.span),
    })),
    promises: promises.map(({ span, ...pledge }) => ({ ...pledge, span: inOriginal(text, span) })),
  };
}
