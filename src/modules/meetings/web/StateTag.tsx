import { useWords } from '#core/web/text.ts';
import { type MeetingState, stateWords } from '../flow.ts';

/** Where a meeting stands: the word, on a ground that tells what still asks for somebody. */
export function StateTag({ state }: { state: MeetingState }) {
  const words = useWords();
  return (
    <span className="mtg-state" data-state={state}>
      {words(stateWords[state])}
    </span>
  );
}
