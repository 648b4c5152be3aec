import { useWords } from '#core/web/text.ts';
import { colourWords, type SheetColour } from '../rule-sets.ts';
import './supervision.css';

/** The colour of a sheet: colour, shape and word, so that a black-and-white print says it too. */
export function Colour({ value, children }: { value: SheetColour; children?: string }) {
  const words = useWords();
  return (
    <span className="sv-colour" data-colour={value}>
      {children ?? words(colourWords[value])}
    </span>
  );
}
