import { useQuery } from '@tanstack/react-query';
import { Button, Dropdown, Input } from 'antd';
import { useMemo, useRef, useState, useSyncExternalStore } from 'react';
import { Link, useNavigate } from 'react-router';
import { urlOf, useClient } from '#core/web/client.ts';
import { useLiveRefetch } from '#core/web/live.ts';
import { Slot } from '#core/web/Slot.tsx';
import { Allowed, useSession } from '#core/web/session.tsx';
import { useShortcut } from '#core/web/shortcuts.ts';
import { useLanguage, useText, useWords } from '#core/web/text.ts';
import { DataGrid } from '#core/web/ui/DataGrid.tsx';
import { Empty } from '#core/web/ui/Empty.tsx';
import { GridColumnsButton } from '#core/web/ui/GridColumnsButton.tsx';
import { FilterChips } from '#core/web/ui/GridFilter.tsx';
import { PageHead } from '#core/web/ui/PageHead.tsx';
import { useWindowedRows } from '#core/web/ui/rows.ts';
import { ledger } from '../contract.ts';
import type { SavedView } from '../list-contract.ts';
import { listWords } from '../lists.ts';
import type { MatterRow } from '../shapes.ts';
import { ListBulk } from './ListBulk.tsx';
import { ListTabs } from './ListTabs.tsx';
import { gridColumns } from './list-columns.tsx';
import { isFiltered, queryOf, useListState } from './list-state.ts';
import * as text from './list-text.ts';
import { MatterCards } from './MatterCards.tsx';
import { MatterFeed } from './MatterFeed.tsx';
import { UnitPick } from './UnitPick.tsx';
import './list.css';

const noViews: readonly SavedView[] = [];
const chips = ['light', 'kind', 'track', 'state', 'dueCurrent'];

/** Every matter within reach, by the lists that people live in. */
export function MatterList() {
  const t = useText(text);
  const words = useWords();
  const language = useLanguage();
  const api = useClient(ledger);
  const navigate = useNavigate();
  const isPhone = usePhone();
  const { today } = useSession();
  const [state, setState] = useListState();
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set());
  const [hasFeed, setFeed] = useState(false);
  const [typed, setTyped] = useState(state.q);
  const views = useQuery({ queryKey: ['ledger', 'views'], queryFn: ({ signal }) => api.views({}, { signal }) });
  const counts = useQuery({ queryKey: ['ledger', 'counts'], queryFn: ({ signal }) => api.counts({}, { signal }) });
  const query = useMemo(() => queryOf(state, views.data ?? noViews), [state, views.data]);
  // A view's query must be known before anything is asked: without it the whole ledger would flash by.
  const waits = state.view !== null && views.isPending;
  const total = useRef(0);
  const source = useWindowedRows<MatterRow>({
    queryKey: ['ledger', 'list', query, waits],
    loadRange: async (offset, limit, signal) => {
      if (waits) return { rows: [], total: 0 };
      const page = await api.list({ ...query, offset, limit }, { signal });
      // The total comes with the first page only: counting costs more than reading.
      if (page.total !== null) total.current = page.total;
      return { rows: page.rows, total: total.current };
    },
  });
  useLiveRefetch(
    ['ledger.*'],
    [
      ['ledger', 'list'],
      ['ledger', 'counts'],
    ],
  );
  const columns = useMemo(() => gridColumns(t, words, today), [t, words, today]);
  const place = useRef<HTMLDivElement>(null);
  const press = (key: string) => {
    const grid = place.current?.querySelector<HTMLElement>('[role=grid]');
    grid?.focus();
    grid?.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }));
  };
  useShortcut('j', t.keys.next, () => press('ArrowDown'), !isPhone);
  useShortcut('k', t.keys.last, () => press('ArrowUp'), !isPhone);
  useShortcut('x', t.keys.toggle, () => press(' '), !isPhone);

  const filtered = isFiltered(state);
  const clear = () => {
    setTyped('');
    setState({ q: '', filters: {}, unitId: null, unitName: null });
  };
  const empty = (
    <Empty title={t.none} hint={t.noneHint} action={filtered && <Button onClick={clear}>{t.clear}</Button>} />
  );
  const formats = [
    { key: 'xlsx', label: t.excel },
    { key: 'docx', label: t.word },
    { key: 'pdf', label: t.pdf },
  ] as const;
  return (
    <>
      <PageHead
        title={t.title}
        tabTitle={
          state.view === null && state.list !== 'all' ? `${words(listWords[state.list])} · ${t.title}` : t.title
        }
        note={!source.isPending && t.total(source.rowCount)}
        actions={
          <>
            <Slot name="ledger.list.actions" />
            {!isPhone && <GridColumnsButton id="ledger.list" columns={columns} />}
            <Link className="ml-link" to="/matters/statistics">
              {t.statistics}
            </Link>
            <Allowed permission="ledger.verify">
              <Link className="ml-link" to="/matters/samples">
                {t.samples}
              </Link>
            </Allowed>
            <Button size="small" onClick={() => setFeed(true)}>
              {t.feed}
            </Button>
            <Dropdown
              trigger={['click']}
              menu={{
                items: formats.map(({ key, label }) => ({
                  key,
                  label: (
                    <a href={urlOf(ledger, 'exportList', { ...query, format: key, language })} download>
                      {label}
                    </a>
                  ),
                })),
              }}
            >
              <Button size="small">{t.exportMenu}</Button>
            </Dropdown>
            <Allowed permission="ledger.raise">
              <Button size="small" onClick={() => void navigate('/matters/on-spot')}>
                {t.onSpot}
              </Button>
              <Button size="small" type="primary" onClick={() => void navigate('/matters/new')}>
                {t.raise}
              </Button>
            </Allowed>
          </>
        }
      />
      <ListTabs
        state={state}
        setState={(change) => {
          setTyped(change.q ?? typed);
          setSelected(new Set());
          setState(change);
        }}
        counts={counts.data}
        views={views.data ?? noViews}
        query={query}
      />
      <div className="chips">
        <Input.Search
          className="ml-search"
          size="small"
          allowClear
          aria-label={t.search}
          placeholder={t.search}
          value={typed}
          onChange={(event) => setTyped(event.target.value)}
          onSearch={(q) => setState({ q: q.trim() })}
        />
        <span className="ml-unit">
          <label htmlFor="list-unit" className="only-aloud">
            {t.unit}
          </label>
          <UnitPick
            id="list-unit"
            value={state.unitId === null ? null : { id: state.unitId, name: state.unitName ?? t.unit }}
            onChange={(unit) => setState({ unitId: unit?.id ?? null, unitName: unit?.name ?? null })}
          />
        </span>
        <FilterChips
          columns={columns}
          always={chips}
          filters={state.filters}
          onFilters={(filters) => setState({ filters })}
        />
        {filtered && (
          <button type="button" className="link" onClick={clear}>
            {t.clear}
          </button>
        )}
      </div>
      {isPhone ? (
        <MatterCards key={JSON.stringify(query)} source={source} empty={empty} />
      ) : (
        <div className="ml-grid" ref={place}>
          <DataGrid<MatterRow>
            id="ledger.list"
            label={t.listLabel}
            columns={columns}
            rowKey={(row) => row.id}
            rowName={(row) => row.title}
            source={source}
            sort={state.sort}
            onSort={(sort) => setState({ sort })}
            filters={state.filters}
            onFilters={(filters) => setState({ filters })}
            selected={selected}
            onSelect={setSelected}
            selectionBar={(ids) => <ListBulk ids={ids} onDone={() => setSelected(new Set())} />}
            onOpen={(row) => void navigate(`/matters/${row.id}`)}
            empty={empty}
          />
        </div>
      )}
      {hasFeed && <MatterFeed onClose={() => setFeed(false)} />}
    </>
  );
}

const phone = '(max-width: 760px)';
const usePhone = (): boolean =>
  useSyncExternalStore(
    (listener) => {
      const query = matchMedia(phone);
      query.addEventListener('change', listener);
      return () => query.removeEventListener('change', listener);
    },
    () => matchMedia(phone).matches,
  );
