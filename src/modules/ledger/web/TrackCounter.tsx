import { Link } from 'react-router';
import { useText } from '#core/web/text.ts';
import { rate } from '#core/web/ui/format.ts';
import type { GridFilters } from '#core/web/ui/grid-types.ts';
import { matterStates } from '../flow.ts';
import type { Track } from '../kinds.ts';
import type { Counts } from '../statistics-contract.ts';
import { listAddress } from './list-state.ts';
import * as text from './list-text.ts';

/** States that are counted as open: not drafts, not ended. */
export const openStates = matterStates.filter((state) => !['draft', 'closed', 'void'].includes(state));
const counted = matterStates.filter((state) => state !== 'draft' && state !== 'void');

/** Which states and lights a figure stands for, as filters of the list. */
export const filtersOf: Record<'raised' | 'open' | 'closed' | 'overdue', GridFilters> = {
  raised: { state: { values: [...counted] } },
  open: { state: { values: [...openStates] } },
  closed: { state: { values: ['closed'] } },
  overdue: { state: { values: [...openStates] }, light: { values: ['red'] } },
};

/** One of the two ledgers: what came in, what is left, how fast and how punctual. Figures open the list behind them. */
export function TrackCounter({
  track,
  counts,
  filters,
}: {
  track: Track;
  counts: Counts | undefined;
  /** Null: figures of the past, which no list shows. */
  filters: GridFilters | null;
}) {
  const t = useText(text).stats;
  const figure = (key: keyof typeof filtersOf) =>
    counts &&
    (filters ? (
      <Link to={listAddress({ filters: { ...filters, ...filtersOf[key] } })}>{counts[key]}</Link>
    ) : (
      counts[key]
    ));
  return (
    <section className="card ml-counter" aria-label={t[track]} aria-busy={counts === undefined}>
      <h2 className="h">{t[track]}</h2>
      <dl>
        {(['raised', 'open', 'closed', 'overdue'] as const).map((key) => (
          <div key={key}>
            <dt>{t[key]}</dt>
            <dd className={key === 'overdue' && counts && counts.overdue > 0 ? 'ml-late' : undefined}>
              {figure(key) ?? '…'}
            </dd>
          </div>
        ))}
        <div>
          <dt>{t.reopened}</dt>
          <dd>{counts?.reopened ?? '…'}</dd>
        </div>
        <div>
          <dt>{t.closeRate}</dt>
          <dd>{counts ? rate(counts.closed, counts.raised) : '…'}</dd>
        </div>
        <div>
          <dt>{t.medianDays}</dt>
          <dd>{counts ? (counts.medianDays ?? '—') : '…'}</dd>
        </div>
        <div>
          <dt>{t.inTimeOriginal}</dt>
          <dd>{counts ? rate(counts.inTimeOriginal, counts.closedWithDue) : '…'}</dd>
        </div>
        <div>
          <dt>{t.inTimeCurrent}</dt>
          <dd>{counts ? rate(counts.inTimeCurrent, counts.closedWithDue) : '…'}</dd>
        </div>
      </dl>
    </section>
  );
}
