import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { useMemo, useState } from 'react';
import { useNavigate, useSearchParams } from 'react-router';
import { useClient } from '#core/web/client.ts';
import { useLiveRefetch } from '#core/web/live.ts';
import { useSession } from '#core/web/session.tsx';
import { useText, useWords } from '#core/web/text.ts';
import { DataGrid } from '#core/web/ui/DataGrid.tsx';
import { Empty } from '#core/web/ui/Empty.tsx';
import { count } from '#core/web/ui/format.ts';
import type { GridColumn, GridSort } from '#core/web/ui/grid-types.ts';
import { useLocalRows } from '#core/web/ui/rows.ts';
import { lifecycle } from '../contract.ts';
import { pauseReasonWords } from '../pause.ts';
import type { PauseRow } from '../shapes.ts';
import { UpdateDrawer } from './PauseDrawers.tsx';
import { isPlaceKey, placeCell, sorted, usePlaceColumns } from './place-columns.tsx';
import { ReserveHead } from './ReserveHead.tsx';
import * as text from './text.ts';

const shows = ['open', 'overdue', 'over'] as const;

/** 停缓建: what rests, why, since when, and who owes this quarter's update. */
export function PausesPage() {
  const t = useText(text);
  const p = t.pauses;
  const words = useWords();
  const api = useClient(lifecycle);
  const navigate = useNavigate();
  const { today } = useSession();
  const [params, setParams] = useSearchParams();
  const show = shows.find((one) => one === params.get('show')) ?? 'open';
  const [sort, setSort] = useState<GridSort>();
  const [updating, setUpdating] = useState<PauseRow | null>(null);
  useLiveRefetch(['lifecycle.*'], [['lifecycle']]);
  const page = useQuery({
    queryKey: ['lifecycle', 'pauses', show],
    queryFn: ({ signal }) => api.pauses({ show }, { signal }),
    placeholderData: (before) => before,
  });
  const { lead, more } = usePlaceColumns<PauseRow>();
  const columns = useMemo<GridColumn<PauseRow>[]>(
    () => [
      ...lead.filter((column) => column.key !== 'board'),
      { key: 'kind', title: p.kind, width: 64, sortable: true, render: (row) => t.pause.kinds[row.pause.kind] },
      {
        key: 'reason',
        title: p.reason,
        width: 180,
        sortable: true,
        tip: (row) => row.pause.reason ?? undefined,
        render: (row) => (
          <>
            <b>{row.pause.reasonCode ? words(pauseReasonWords[row.pause.reasonCode]) : p.noReason}</b>{' '}
            {row.pause.reason}
          </>
        ),
      },
      { key: 'from', title: p.from, width: 100, sortable: true, render: (row) => row.pause.fromOn },
      { key: 'days', title: p.days, width: 64, align: 'end', sortable: true, render: (row) => count(row.pause.days) },
      { key: 'planned', title: p.planned, width: 104, sortable: true, render: (row) => row.pause.resumePlanned ?? '—' },
      {
        key: 'due',
        title: p.due,
        width: 104,
        sortable: true,
        render: ({ pause: { resumeDue }, moves }) => (
          <span className={resumeDue && resumeDue < today ? 'late' : moves > 0 ? 'warn' : undefined}>
            {resumeDue ?? '—'}
          </span>
        ),
      },
      show === 'over'
        ? {
            key: 'ended',
            title: p.ended,
            width: 160,
            sortable: true,
            render: (row: PauseRow) =>
              row.pause.resumedOn ? `${p.resumed} ${row.pause.resumedOn}` : `${p.over} ${row.pause.endedOn}`,
          }
        : {
            key: 'duty',
            title: p.duty,
            width: 112,
            sortable: true,
            render: ({ pause: { duty } }: PauseRow) =>
              duty && (
                <span className={duty.state === 'overdue' ? 'late' : duty.state === 'owed' ? 'warn' : undefined}>
                  {duty.state === 'overdue' ? p.overdue(duty.missed) : p.states[duty.state]}
                </span>
              ),
          },
      ...(show === 'over'
        ? []
        : [
            {
              key: 'act',
              title: '',
              width: 72,
              render: (row: PauseRow) =>
                row.canUpdate && (
                  <Button size="small" type="text" onClick={() => setUpdating(row)}>
                    {p.update}
                  </Button>
                ),
            },
          ]),
      ...more,
    ],
    [lead, more, show, t, p, words, today],
  );
  const rows = useMemo(
    () =>
      page.data &&
      sorted(page.data.rows, sort, (row, key) => {
        if (isPlaceKey(key)) return placeCell(row, key);
        const { pause } = row;
        const cells: Record<string, string | number | null> = {
          kind: pause.kind,
          reason: pause.reasonCode,
          from: pause.fromOn,
          days: pause.days,
          planned: pause.resumePlanned,
          due: pause.resumeDue,
          ended: pause.endedOn,
          duty: pause.duty && pause.duty.missed * 2 + (pause.duty.state === 'owed' ? 1 : 0),
        };
        return cells[key] ?? null;
      }),
    [page.data, sort],
  );
  const source = useLocalRows(rows, { error: page.error, retry: () => void page.refetch() });
  return (
    <>
      <ReserveHead tab={p.title} />
      <div className="life-bar first">
        {shows.map((one) => (
          <button
            key={one}
            type="button"
            className={one === show ? 'chip on' : 'chip'}
            onClick={() => setParams(one === 'open' ? {} : { show: one }, { replace: true })}
          >
            {p.tabs[one]} <b>{count(page.data?.counts[one])}</b>
          </button>
        ))}
      </div>
      <div className="life-grid">
        <DataGrid
          id={`lifecycle.pauses.${show}`}
          label={p.title}
          columns={columns}
          rowKey={(row) => row.pause.id}
          rowName={(row) => row.name}
          source={source}
          sort={sort}
          onSort={setSort}
          onOpen={(row) => void navigate(`/projects/${row.projectId}#lifecycle`)}
          empty={<Empty title={show === 'open' ? p.empty : show === 'overdue' ? p.emptyOverdue : p.emptyOver} />}
        />
      </div>
      {updating && (
        <UpdateDrawer projectId={updating.projectId} pause={updating.pause} onClose={() => setUpdating(null)} />
      )}
    </>
  );
}
