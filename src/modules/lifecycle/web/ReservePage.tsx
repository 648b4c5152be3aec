import { useQuery } from '@tanstack/react-query';
import { Button, Input } from 'antd';
import { type CSSProperties, useMemo, useState } from 'react';
import { useSearchParams } from 'react-router';
import { useClient } from '#core/web/client.ts';
import { useLiveRefetch } from '#core/web/live.ts';
import { useText, useWords } from '#core/web/text.ts';
import { DataGrid } from '#core/web/ui/DataGrid.tsx';
import { Empty } from '#core/web/ui/Empty.tsx';
import { FormDrawer } from '#core/web/ui/FormDrawer.tsx';
import { FormField } from '#core/web/ui/FormField.tsx';
import { count, yiWithUnit } from '#core/web/ui/format.ts';
import type { GridColumn, GridSort } from '#core/web/ui/grid-types.ts';
import { RateBar } from '#core/web/ui/RateBar.tsx';
import { useLocalRows } from '#core/web/ui/rows.ts';
import { lifecycle } from '../contract.ts';
import { stageWords } from '../gates.ts';
import type { ReserveRow } from '../shapes.ts';
import { EnterDrawer } from './EnterDrawer.tsx';
import { MemberDrawer } from './MemberDrawer.tsx';
import { isPlaceKey, placeCell, sorted, usePlaceColumns } from './place-columns.tsx';
import { useCommand } from './queries.ts';
import { ReserveHead } from './ReserveHead.tsx';
import * as text from './text.ts';

const shows = ['in', 'lapsed', 'left'] as const;
type Show = (typeof shows)[number];

/** 储备库: who is in it and how mature, what waits for a decision, and how far the planning target is met. */
export function ReservePage() {
  const t = useText(text);
  const r = t.reserve;
  const words = useWords();
  const api = useClient(lifecycle);
  const [params, setParams] = useSearchParams();
  const show = shows.find((one) => one === params.get('show')) ?? 'in';
  const [sort, setSort] = useState<GridSort>();
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set());
  const [open, setOpen] = useState<'enter' | 'carry' | { member: string } | null>(null);
  useLiveRefetch(['lifecycle.*', 'projects.*'], [['lifecycle']]);
  const page = useQuery({
    queryKey: ['lifecycle', 'reserve', show],
    queryFn: ({ signal }) => api.reserve({ show }, { signal }),
    placeholderData: (before) => before,
  });
  const rules = useQuery({ queryKey: ['lifecycle', 'rules'], queryFn: ({ signal }) => api.rules({}, { signal }) });
  const { lead, more } = usePlaceColumns<ReserveRow>();
  const kindName = useMemo(() => {
    const names = new Map(rules.data?.rules.kinds.map((kind) => [kind.code, words(kind.name)]));
    return (code: string) => names.get(code) ?? code;
  }, [rules.data, words]);
  const columns = useMemo<GridColumn<ReserveRow>[]>(
    () => [
      ...lead,
      { key: 'kind', title: t.grid.kind, width: 128, sortable: true, render: (row) => kindName(row.kind) },
      {
        key: 'maturity',
        title: r.maturity,
        width: 120,
        sortable: true,
        render: (row) => (
          <span className="maturity" style={{ '--v': row.maturity } as CSSProperties}>
            <i />
            <b>{row.maturity}</b>
          </span>
        ),
      },
      { key: 'stage', title: t.grid.stage, width: 72, sortable: true, render: (row) => words(stageWords[row.stage]) },
      { key: 'entered', title: r.enteredOn, width: 100, sortable: true, render: (row) => row.enteredOn },
      { key: 'year', title: r.poolYear, width: 80, align: 'end', sortable: true, render: (row) => row.poolYear },
      show === 'left'
        ? { key: 'left', title: r.leftOn, width: 100, sortable: true, render: (row) => row.leftOn ?? '—' }
        : { key: 'start', title: r.startPlanned, width: 100, sortable: true, render: (row) => row.startPlanned ?? '—' },
      {
        key: 'state',
        title: r.state,
        width: 84,
        sortable: true,
        render: (row) => <span className={row.state === 'lapsed' ? 'warn' : undefined}>{r.states[row.state]}</span>,
      },
      ...more,
    ],
    [lead, more, show, t, r, words, kindName],
  );
  const rows = useMemo(
    () =>
      page.data &&
      sorted(page.data.rows, sort, (row, key) => {
        if (isPlaceKey(key)) return placeCell(row, key);
        const { kind, maturity, stage, enteredOn, poolYear, leftOn, startPlanned, state } = row;
        const cells: Record<string, string | number | null> = {
          kind,
          maturity,
          stage,
          entered: enteredOn,
          year: poolYear,
          left: leftOn,
          start: startPlanned,
          state,
        };
        return cells[key] ?? null;
      }),
    [page.data, sort],
  );
  const source = useLocalRows(rows, { error: page.error, retry: () => void page.refetch() });
  const { data } = page;
  const canCarry = data?.allowed.includes('carry') && show === 'lapsed';
  const go = (to: Show) => {
    setSelected(new Set());
    setParams(to === 'in' ? {} : { show: to }, { replace: true });
  };
  const member = typeof open === 'object' && open ? data?.rows.find((row) => row.projectId === open.member) : undefined;
  const mean =
    data && data.rows.length > 0
      ? Math.round(data.rows.reduce((sum, row) => sum + row.maturity, 0) / data.rows.length)
      : null;
  return (
    <>
      <ReserveHead
        tab={t.tabs.reserve}
        note={data && r.note(count(data.target.members), yiWithUnit(data.target.yuan))}
        actions={
          data?.allowed.includes('enter') && (
            <Button type="primary" onClick={() => setOpen('enter')}>
              {r.enter}
            </Button>
          )
        }
      />
      {data && rules.data && (
        <div className="life-figs">
          <div>
            <b>{count(data.target.target)}</b>
            {r.target} ·{' '}
            {r.targetNote(rules.data.rules.targetFactor, data.target.startedLastYear, rules.data.rules.targetTier)}
          </div>
          <div>
            <RateBar done={data.target.members} plan={data.target.target} />
            {r.targetOf(count(data.target.members), count(data.target.target))}
          </div>
          {mean !== null && show !== 'left' && (
            <div>
              <b>{mean}</b>
              {r.meanMaturity}
            </div>
          )}
          <div>
            <b className={data.counts.lapsed > 0 ? 'late' : undefined}>{count(data.counts.lapsed)}</b>
            {r.lapsedNote} · {r.lapsedWhy}
          </div>
        </div>
      )}
      <div className="life-bar">
        {shows.map((one) => (
          <button key={one} type="button" className={one === show ? 'chip on' : 'chip'} onClick={() => go(one)}>
            {r.tabs[one]} <b>{count(data?.counts[one])}</b>
          </button>
        ))}
        {canCarry && (
          <span className="right">
            {selected.size === 0 && <span className="soft">{r.select}</span>}
            <Button size="small" type="primary" disabled={selected.size === 0} onClick={() => setOpen('carry')}>
              {r.carry(selected.size)}
            </Button>
          </span>
        )}
      </div>
      <div className="life-grid">
        <DataGrid
          id={`lifecycle.reserve.${show}`}
          label={r.title}
          columns={columns}
          rowKey={(row) => row.projectId}
          rowName={(row) => row.name}
          source={source}
          sort={sort}
          onSort={setSort}
          {...(canCarry && { selected, onSelect: setSelected })}
          onOpen={(row) => setOpen({ member: row.projectId })}
          empty={<Empty title={show === 'in' ? r.empty : show === 'lapsed' ? r.emptyLapsed : r.emptyLeft} />}
        />
      </div>
      {open === 'enter' && rules.data && <EnterDrawer rules={rules.data.rules} onClose={() => setOpen(null)} />}
      {open === 'carry' && data && (
        <CarryDrawer
          ids={[...selected]}
          year={data.year}
          onDone={() => {
            setSelected(new Set());
            setOpen(null);
          }}
          onClose={() => setOpen(null)}
        />
      )}
      {member && rules.data && <MemberDrawer member={member} rules={rules.data.rules} onClose={() => setOpen(null)} />}
    </>
  );
}

function CarryDrawer({
  ids,
  year,
  onDone,
  onClose,
}: {
  ids: string[];
  year: number;
  onDone: () => void;
  onClose: () => void;
}) {
  const t = useText(text);
  const [reason, setReason] = useState('');
  const [isShown, setShown] = useState(false);
  const save = useCommand((api, input: Parameters<typeof api.carry>[0]) => api.carry(input), onDone);
  return (
    <FormDrawer
      title={t.reserve.carryTitle}
      error={save.error}
      fields={['reason']}
      isPending={save.isPending}
      saveWords={t.reserve.carry(ids.length)}
      onClose={onClose}
      above={<p className="soft">{t.reserve.carryHint(year)}</p>}
      onSave={() => {
        setShown(true);
        if (reason.trim().length > 1) save.mutate({ ids, reason: reason.trim() });
      }}
    >
      <FormField label={t.reserve.reason} fault={isShown && reason.trim().length < 2 ? t.gate.reasonNeeded : undefined}>
        {(id) => <Input id={id} value={reason} maxLength={300} onChange={({ target }) => setReason(target.value)} />}
      </FormField>
    </FormDrawer>
  );
}
