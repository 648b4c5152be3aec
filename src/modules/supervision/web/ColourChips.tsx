import { useText, useWords } from '#core/web/text.ts';
import { count } from '#core/web/ui/format.ts';
import { colourWords, type SheetColour, sheetColours } from '../rule-sets.ts';
import * as text from './text.ts';

/** Counts by colour, worst first; colours that no rule set in use knows stay away. */
export function ColourChips({
  counts,
  value,
  onChange,
}: {
  counts: Record<SheetColour, number>;
  value: SheetColour | undefined;
  onChange: (colour: SheetColour | undefined) => void;
}) {
  const t = useText(text);
  const words = useWords();
  const all = sheetColours.reduce((n, colour) => n + counts[colour], 0);
  return (
    <>
      <button
        type="button"
        className={value === undefined ? 'chip on' : 'chip'}
        aria-pressed={value === undefined}
        onClick={() => onChange(undefined)}
      >
        {t.all} <b>{count(all)}</b>
      </button>
      {sheetColours
        .toReversed()
        .filter((colour) => counts[colour] > 0 || colour === value)
        .map((colour) => (
          <button
            key={colour}
            type="button"
            className={value === colour ? 'chip on' : 'chip'}
            aria-pressed={value === colour}
            onClick={() => onChange(value === colour ? undefined : colour)}
          >
            <span className="sv-colour" data-colour={colour}>
              {words(colourWords[colour])}
            </span>{' '}
            <b>{count(counts[colour])}</b>
          </button>
        ))}
    </>
  );
}
