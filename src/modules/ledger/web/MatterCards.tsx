import { useState } from 'react';
import { Link } from 'react-router';
import { useSession } from '#core/web/session.tsx';
import { useText, useWords } from '#core/web/text.ts';
import { shortDate } from '#core/web/ui/format.ts';
import type { RowSource } from '#core/web/ui/grid-types.ts';
import { ProblemView } from '#core/web/ui/Problem.tsx';
import { stateWords } from '../flow.ts';
import { kindWords, trackWords } from '../kinds.ts';
import type { MatterRow } from '../shapes.ts';
import { dueWords } from './list-columns.tsx';
import * as text from './list-text.ts';
import { MatterLight } from './MatterLight.tsx';

const step = 50;

/** The list on a phone: a card a matter, the whole card a link. */
export function MatterCards({ source, empty }: { source: RowSource<MatterRow>; empty: React.ReactNode }) {
  const t = useText(text);
  const words = useWords();
  const { today } = useSession();
  const [count, setCount] = useState(step);
  if (source.error) return <ProblemView error={source.error} onRetry={source.retry} />;
  if (source.rowCount === 0) return source.isPending ? <p className="page-wait">…</p> : empty;
  const shown = Math.min(count, source.rowCount);
  return (
    <>
      <ul className="ml-cards" aria-label={t.listLabel}>
        {Array.from({ length: shown }, (_, index) => {
          const row = source.rowAt(index);
          if (!row) return null;
          return (
            <li key={row.id}>
              <Link to={`/matters/${row.id}`}>
                <span className="ml-card-head">
                  <MatterLight value={row.light} say={row.light === 'red' ? dueWords(row, today, t) : undefined} />
                  <span>{words(stateWords[row.state])}</span>
                  {row.track === 'onSpot' && <span>{words(trackWords.onSpot)}</span>}
                  <span className="ml-card-no">{row.no}</span>
                </span>
                <b>
                  {row.title}
                  {row.demo && <span className="tag">{t.sampleMark}</span>}
                </b>
                <span className="soft">
                  {[
                    words(kindWords[row.kind]),
                    row.leadUnitName,
                    row.dueCurrent && t.due(shortDate(row.dueCurrent, today)),
                    row.light === 'red' ? null : dueWords(row, today, t),
                  ]
                    .filter(Boolean)
                    .join(' · ')}
                </span>
              </Link>
            </li>
          );
        })}
      </ul>
      {shown < source.rowCount && (
        <button
          type="button"
          className="link ml-more"
          onClick={() => {
            source.show(0, shown + step);
            setCount(shown + step);
          }}
        >
          {t.more}
        </button>
      )}
    </>
  );
}
