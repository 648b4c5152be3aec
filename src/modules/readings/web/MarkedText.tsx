import { memo } from 'react';
import { piecesOf } from '../annotated.ts';

export interface Place {
  start: number;
  end: number;
  kind: string;
  says: string;
  key?: string;
}

/** A text with its marks; the chosen place is drawn out and scrolled to. Text is text: nothing in it is markup. */
export const MarkedText = memo(function MarkedText({
  text,
  from = 0,
  marks,
  chosen,
  label,
  onChoose,
}: {
  text: string;
  /** Where it begins in the whole text, in whose places marks are given. */
  from?: number;
  marks: readonly Place[];
  chosen: { start: number; end: number } | null;
  label: string;
  onChoose: (start: number) => void;
}) {
  const places = [...marks, ...(chosen ? [{ ...chosen, kind: 'chosen', says: '' }] : [])].map((place) => ({
    ...place,
    start: place.start - from,
    end: place.end - from,
  }));
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a column that scrolls must be reached by keys
    <section className="marked-text" aria-label={label} tabIndex={0}>
      {piecesOf(text.length, places).map(({ start, end, marks: here }) => {
        const words = text.slice(start, end);
        if (here.length === 0) return <span key={start}>{words}</span>;
        const isChosen = here.some((mark) => mark.kind === 'chosen');
        const says = here
          .map((mark) => mark.says)
          .filter(Boolean)
          .join('\n');
        return (
          // biome-ignore lint/a11y/useKeyWithClickEvents: the same places are in the list beside it, by keys
          <mark
            key={start}
            className={here.map((mark) => `m-${mark.kind}`).join(' ')}
            title={says}
            onClick={() => onChoose(start + from)}
            ref={isChosen ? (element) => element?.scrollIntoView?.({ block: 'nearest' }) : undefined}
          >
            {words}
          </mark>
        );
      })}
    </section>
  );
});
