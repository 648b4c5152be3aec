import { useText, useWords } from '#core/web/text.ts';
import { count } from '#core/web/ui/format.ts';
import { objectionWords } from '../objection.ts';
import type { ObjectionRow } from '../shapes.ts';
import * as text from './text.ts';

/** Until when it has to be decided, and how far off that is. */
export function ObjectionClock({ objection: { state, decideBy, daysLeft } }: { objection: ObjectionRow }) {
  const t = useText(text);
  const words = useWords();
  if (state !== 'filed') return <>{words(objectionWords[state])}</>;
  return (
    <>
      {decideBy}
      <small className={daysLeft < 0 ? 'sv-late' : daysLeft <= 7 ? 'sv-near' : ''}>
        {daysLeft < 0 ? t.over(count(-daysLeft)) : t.left(count(daysLeft))}
      </small>
    </>
  );
}
