import { Link } from 'react-router';
import { useText, useWords } from '#core/web/text.ts';
import { rate } from '#core/web/ui/format.ts';
import type { GridFilters } from '#core/web/ui/grid-types.ts';
import { ScrollX } from '#core/web/ui/ScrollX.tsx';
import { categories, kindWords, levelWords, sourceWords } from '../kinds.ts';
import type { Dimension, StatisticsRow } from '../statistics-contract.ts';
import { type ListState, listAddress } from './list-state.ts';
import * as text from './list-text.ts';
import { filtersOf } from './TrackCounter.tsx';

const tracks = ['onSpot', 'assigned'] as const;
const figures = ['raised', 'open', 'closed', 'overdue'] as const;

/** Counts by one dimension; the two tracks are two groups of columns and have no sum. `span` null: a past day, no links. */
export function StatisticsTable({
  by,
  rows,
  span,
}: {
  by: Dimension;
  rows: readonly StatisticsRow[] | undefined;
  span: GridFilters | null;
}) {
  const t = useText(text).stats;
  const words = useWords();
  const named = { kind: kindWords, category: categories, level: levelWords, source: sourceWords } as const;
  const label = (row: StatisticsRow): string => {
    if (by === 'unit') return row.label ?? t.noUnit;
    if (by === 'age') return t.ages[row.key as keyof typeof t.ages] ?? '';
    const found = (named[by] as Readonly<Record<string, { zh: string; en: string }>>)[row.key ?? ''];
    return found ? words(found) : (row.key ?? '');
  };
  const stateOf = (row: StatisticsRow): Partial<ListState> | null => {
    if (span === null || by === 'age' || row.key === null) return null;
    if (by === 'unit') return { unitId: row.key, unitName: row.label, filters: span };
    return { filters: { ...span, [by]: { values: [row.key] } } };
  };
  return (
    <ScrollX label={t.by[by]}>
      <table className="plain">
        <thead>
          <tr>
            <th scope="col" rowSpan={2}>
              {t.by[by]}
            </th>
            {tracks.map((track) => (
              <th key={track} scope="colgroup" colSpan={8} className="ml-group">
                {t[track]}
              </th>
            ))}
          </tr>
          <tr>
            {tracks.flatMap((track) =>
              [...figures.map((figure) => t[figure]), t.reopened, t.closeRate, t.punctual, t.medianDays].map((head) => (
                <th key={`${track} ${head}`} scope="col" className="num">
                  {head}
                </th>
              )),
            )}
          </tr>
        </thead>
        <tbody>
          {(rows ?? []).map((row) => {
            const base = stateOf(row);
            return (
              <tr key={row.key ?? ''}>
                <th scope="row">{label(row)}</th>
                {tracks.flatMap((track) => {
                  const counts = row[track];
                  const cell = (name: string, content: React.ReactNode) => (
                    <td key={`${track} ${name}`} className="num">
                      {content}
                    </td>
                  );
                  return [
                    ...figures.map((figure) =>
                      cell(
                        figure,
                        base && counts[figure] > 0 ? (
                          <Link
                            to={listAddress({
                              ...base,
                              filters: { ...base.filters, track: { values: [track] }, ...filtersOf[figure] },
                            })}
                          >
                            {counts[figure]}
                          </Link>
                        ) : (
                          counts[figure] || '—'
                        ),
                      ),
                    ),
                    cell('reopened', counts.reopened || '—'),
                    cell('rate', rate(counts.closed, counts.raised)),
                    cell(
                      'punctual',
                      counts.closedWithDue === 0
                        ? '—'
                        : `${rate(counts.inTimeOriginal, counts.closedWithDue)} / ${rate(counts.inTimeCurrent, counts.closedWithDue)}`,
                    ),
                    cell('median', counts.medianDays ?? '—'),
                  ];
                })}
              </tr>
            );
          })}
        </tbody>
      </table>
    </ScrollX>
  );
}
