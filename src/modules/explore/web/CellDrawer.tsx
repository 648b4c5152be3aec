import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { Button, Drawer } from 'antd';
import { Fragment, useState } from 'react';
import { Link } from 'react-router';
import { useClient } from '#core/web/client.ts';
import { useLanguage, useText, useWords } from '#core/web/text.ts';
import { drawerMask } from '#core/web/ui/FormDrawer.tsx';
import { count, month, wan } from '#core/web/ui/format.ts';
import { ProblemView } from '#core/web/ui/Problem.tsx';
import { ScrollX } from '#core/web/ui/ScrollX.tsx';
import { explore } from '../contract.ts';
import { measureOf } from '../measures.ts';
import type { CellRef, Pivot, Table } from '../shapes.ts';
import { showValue, unitOf } from '../show.ts';
import { type Cell, useHeads } from './PivotTable.tsx';
import * as text from './text.ts';

const page = 100;

/** What a cell is made of: its projects, and the filings of each. */
export function CellDrawer({
  pivot,
  table,
  cell,
  onClose,
}: {
  pivot: Pivot;
  table: Table;
  cell: Cell;
  onClose: () => void;
}) {
  const t = useText(text);
  const words = useWords();
  const language = useLanguage();
  const api = useClient(explore);
  const label = useHeads(pivot, table);
  const [open, setOpen] = useState<string | null>(null);
  const ref: CellRef = { pivot, ...cell };
  const found = useInfiniteQuery({
    queryKey: ['explore', 'members', ref],
    queryFn: ({ pageParam, signal }) => api.members({ cell: ref, offset: pageParam, limit: page }, { signal }),
    initialPageParam: 0,
    getNextPageParam: (last, pages) => (pages.length * page < last.total ? pages.length * page : undefined),
  });
  const { words: name, kind } = measureOf(cell.measure);
  const first = found.data?.pages[0];
  const members = found.data?.pages.flatMap((p) => p.members) ?? [];
  const unit = unitOf(cell.measure, language);
  const title = [label.rowPath(cell.row), ...(pivot.columns.length > 0 ? [label.column(cell.column)] : [])].join(' · ');
  return (
    <Drawer open title={`${title} · ${words(name)}`} size="44rem" styles={{ mask: drawerMask }} onClose={onClose}>
      {found.error && <ProblemView error={found.error} onRetry={() => void found.refetch()} />}
      {first && (
        <div className="explore-members">
          <p className="big">
            {showValue(first.value, cell.measure, language)} <small>{unit}</small>
          </p>
          <p className="soft">
            {first.total === 0
              ? t.noMembers
              : kind === 'rate' || kind === 'points'
                ? t.membersRate(count(first.total))
                : t.membersNote(count(first.total))}
          </p>
          {members.length > 0 && (
            <ScrollX label={t.members}>
              <table className="plain">
                <thead>
                  <tr>
                    <th>{t.project}</th>
                    <th className="num">
                      {words(name)} {unit}
                    </th>
                    <th>{t.filings}</th>
                  </tr>
                </thead>
                <tbody>
                  {members.map((one) => (
                    <Fragment key={one.projectId}>
                      <tr>
                        <td>
                          <Link to={`/projects/${one.projectId}`}>{one.name}</Link>
                        </td>
                        <td className="num">{showValue(one.value, cell.measure, language)}</td>
                        <td>
                          <button
                            type="button"
                            className="link"
                            aria-expanded={open === one.projectId}
                            aria-label={t.filingsOf(one.name)}
                            onClick={() => setOpen(open === one.projectId ? null : one.projectId)}
                          >
                            {t.filings}
                          </button>
                        </td>
                      </tr>
                      {open === one.projectId && (
                        <tr>
                          <td colSpan={3}>
                            <Filings cell={ref} projectId={one.projectId} name={one.name} />
                          </td>
                        </tr>
                      )}
                    </Fragment>
                  ))}
                </tbody>
              </table>
            </ScrollX>
          )}
          {found.hasNextPage && (
            <Button loading={found.isFetchingNextPage} onClick={() => void found.fetchNextPage()}>
              {t.moreMembers}
            </Button>
          )}
        </div>
      )}
    </Drawer>
  );
}

function Filings({ cell, projectId, name }: { cell: CellRef; projectId: string; name: string }) {
  const t = useText(text);
  const api = useClient(explore);
  const found = useQuery({
    queryKey: ['explore', 'filings', cell, projectId],
    queryFn: ({ signal }) => api.filings({ cell, projectId }, { signal }),
  });
  if (found.error) return <ProblemView error={found.error} onRetry={() => void found.refetch()} />;
  if (!found.data) return null;
  if (found.data.length === 0) return <p className="muted">{t.noFilings}</p>;
  return (
    <table className="plain">
      <caption className="only-aloud">{t.filingsOf(name)}</caption>
      <thead>
        <tr>
          <th>{t.month}</th>
          <th className="num">{t.monthDone}</th>
          <th className="num">{t.cumulative}</th>
        </tr>
      </thead>
      <tbody>
        {found.data.map((one) => (
          <tr key={`${one.projectId}${one.period}`}>
            <td>
              <Link to={`/filings/${one.projectId}/${one.period}`}>{month(one.period)}</Link>
              {one.projectId !== projectId && <small className="muted"> {one.name}</small>}
            </td>
            <td className="num">{wan(one.monthYuan)}</td>
            <td className="num">{wan(one.cumulativeYuan)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
