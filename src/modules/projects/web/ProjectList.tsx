import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Button, Select } from 'antd';
import { useMemo, useRef, useState, useSyncExternalStore } from 'react';
import { Link, useNavigate } from 'react-router';
import { urlOf, useClient } from '#core/web/client.ts';
import { useLiveRefetch } from '#core/web/live.ts';
import { Slot } from '#core/web/Slot.tsx';
import { Allowed, useSession } from '#core/web/session.tsx';
import { useLanguage, useText } from '#core/web/text.ts';
import { DataGrid } from '#core/web/ui/DataGrid.tsx';
import { Empty } from '#core/web/ui/Empty.tsx';
import { percent, points, yiWithUnit } from '#core/web/ui/format.ts';
import { GridColumnsButton } from '#core/web/ui/GridColumnsButton.tsx';
import { FilterChips } from '#core/web/ui/GridFilter.tsx';
import { useGridColumns } from '#core/web/ui/grid-columns.ts';
import type { GridColumn } from '#core/web/ui/grid-types.ts';
import { Light, lightOrder } from '#core/web/ui/Light.tsx';
import { PageHead } from '#core/web/ui/PageHead.tsx';
import { type RowWindow, useWindowedRows } from '#core/web/ui/rows.ts';
import { type ColumnKey, columnKeys, columns, longColumns } from '../columns.ts';
import { projects } from '../contract.ts';
import type { ProjectRow, SavedView, Totals } from '../list-shapes.ts';
import { type Facets, gridColumns, selectionSums } from './list-columns.tsx';
import { builtInTabs, type ListState, queryOf, useListState } from './list-state.ts';
import { rememberOrder } from './neighbours.ts';
import { clockOf } from './row.ts';
import * as text from './text.ts';
import { ViewTabs } from './ViewTabs.tsx';
import './projects.css';

/** Phones and saved views remember their own columns. */
const gridIdOf = (isPhone: boolean, view: SavedView | undefined) =>
  isPhone ? 'projects.list.phone' : view ? `projects.list.${view.id}` : 'projects.list';

/** The columns a view was saved with, in its order; a person may still change them for themselves. */
function asSaved<R>(columns: GridColumn<R>[], saved: readonly string[] | undefined): GridColumn<R>[] {
  if (!saved || saved.length === 0) return columns;
  const place = (key: string) => (saved.includes(key) ? saved.indexOf(key) : saved.length);
  return columns
    .map((column) => ({ ...column, hidden: !saved.includes(column.key) }))
    .sort((a, b) => place(a.key) - place(b.key));
}

/** Columns whose filters stand above the list even when they do not filter. */
const chips: readonly ColumnKey[] = ['light', 'board', 'region', 'stage', 'lead'];
const choiceFields = columnKeys.filter((key) => columns[key] === 'choice');

/** The register: every project within reach, filtered by any column, with its light and what caused it. */
export function ProjectList() {
  const api = useClient(projects);
  const [state, setState] = useListState();
  const views = useQuery({
    queryKey: ['projects', 'views', state.year],
    queryFn: ({ signal }) => api.views({ year: state.year }, { signal }),
  });
  const isBuiltIn = (builtInTabs as readonly string[]).includes(state.tab);
  // What a saved view asks for must be known first: without it the list would show everything for a moment.
  if (!isBuiltIn && views.isPending) return <p className="page-wait">…</p>;
  return <List state={state} setState={setState} views={views.data ?? noViews} />;
}

const noViews: readonly SavedView[] = [];

function List({
  state,
  setState,
  views,
}: {
  state: ListState;
  setState: (change: Partial<ListState>) => void;
  views: readonly SavedView[];
}) {
  const t = useText(text);
  const language = useLanguage();
  const { today } = useSession();
  const api = useClient(projects);
  const cache = useQueryClient();
  const navigate = useNavigate();
  const isPhone = usePhone();
  const view = views.find((v) => v.id === state.tab);
  const gridId = gridIdOf(isPhone, view);
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set());
  const choices = useQuery({
    queryKey: ['projects', 'choices'],
    queryFn: ({ signal }) => api.choices({}, { signal }),
    staleTime: 300_000,
  });
  const query = useMemo(() => queryOf(state, views), [state, views]);
  const columnsWith = (sums?: Totals, found?: Facets) => {
    const all = gridColumns({
      t,
      language,
      today,
      year: state.year,
      choices: choices.data,
      facets: found,
      totals: sums,
      isPhone,
    });
    return isPhone ? all : asSaved(all, view?.definition.columns);
  };
  // Long texts travel only when a person has put their column on the screen.
  const shown = useGridColumns(gridId, columnsWith()).shown.map((column) => column.key);
  // Values are counted only for filters that are on the screen: each is a pass over the whole list.
  const fields = choiceFields.filter((key) => chips.includes(key) || shown.includes(key));
  const facets = useQuery({
    queryKey: ['projects', 'facets', query, fields.join()],
    queryFn: ({ signal }) => api.facets({ ...query, fields }, { signal }),
    staleTime: 60_000,
    placeholderData: (before) => before,
  });
  const long = longColumns.filter((key) => shown.includes(key));
  const queryKey = ['projects', 'list', query, long.join()];
  const source = useWindowedRows<ProjectRow>({
    queryKey,
    loadRange: async (offset, limit, signal): Promise<ListWindow> => {
      const page = await api.list({ ...query, columns: long, offset, limit }, { signal });
      return { rows: page.rows, total: page.totals.rows, totals: page.totals };
    },
  });
  const totals = useLastTotals(cache.getQueryData<ListWindow>([...queryKey, { offset: 0, limit: 100 }])?.totals);
  // biome-ignore lint/correctness/useExhaustiveDependencies: columnsWith reads exactly these
  const withTotals = useMemo(
    () => columnsWith(totals, facets.data),
    [t, language, today, state.year, choices.data, facets.data, totals, isPhone, view],
  );

  useLiveRefetch(['projects.*', 'filings.accepted', 'dispatch.*'], [['projects']]);

  const clock = clockOf(state.year, today);
  const exportQuery = { ...query, columns: shown, language };
  const rows = () =>
    Array.from({ length: Math.min(source.rowCount, 2000) }, (_, i) => source.rowAt(i)).filter(
      (row) => row !== undefined,
    );
  const open = (row: ProjectRow) => {
    rememberOrder(rows().map((r) => r.id));
    void navigate(`/projects/${row.id}${String(state.year) === today.slice(0, 4) ? '' : `?year=${state.year}`}`);
  };
  const isFiltered = state.q !== '' || state.tab !== 'all' || Object.keys(state.filters).length > 0;

  return (
    <>
      <PageHead
        title={t.title}
        note={
          totals &&
          (state.level === 'items'
            ? t.itemsLevel(totals.projects, totals.items)
            : t.counts(totals.projects, totals.items))
        }
        actions={
          <>
            <Slot name="projects.list.actions" />
            <GridColumnsButton id={gridId} columns={withTotals} />
            <Button size="small" href={urlOf(projects, 'exportList', exportQuery)} download>
              {t.exportExcel}
            </Button>
            <Allowed permission="projects.edit">
              <Button size="small" type="primary" onClick={() => void navigate('/projects/new')}>
                {t.newProject}
              </Button>
            </Allowed>
          </>
        }
      />
      <ViewTabs state={state} setState={setState} views={views} query={query} shown={shown} />
      <div className="chips">
        {state.q && (
          <button type="button" className="chip on" onClick={() => setState({ q: '' })}>
            <b>{t.search(state.q)}</b> ×
          </button>
        )}
        <FilterChips
          columns={withTotals}
          always={chips}
          filters={state.filters}
          onFilters={(filters) => setState({ filters })}
        />
        <YearAndLevel state={state} setState={setState} today={today} />
        {isFiltered && (
          <button type="button" className="link" onClick={() => setState({ q: '', filters: {}, tab: 'all' })}>
            {t.clearAll}
          </button>
        )}
        <span className="legend">
          <span className="clock-legend">{t.clockLegend(percent(clock.share), clock.day, clock.days)}</span>
          <span>{t.moneyLegend}</span>
          <span>{t.causeLegend}</span>
          <span>{t.acceptedLegend}</span>
        </span>
      </div>
      <DataGrid<ProjectRow>
        id={gridId}
        label={t.listLabel}
        columns={withTotals}
        rowKey={(row) => row.id}
        rowName={(row) => row.name}
        source={source}
        sort={state.sort}
        onSort={(sort) => setState({ sort })}
        filters={state.filters}
        onFilters={(filters) => setState({ filters })}
        {...(!isPhone && { selected, onSelect: setSelected })}
        selectionBar={(ids) => (
          <SelectionBar
            rows={rows().filter((row) => ids.has(row.id))}
            count={ids.size}
            year={state.year}
            today={today}
            exportQuery={exportQuery}
            ids={ids}
          />
        )}
        onOpen={open}
        totals={totals && <TotalsLead totals={totals} />}
        empty={
          isFiltered ? (
            <Empty
              title={t.noneFound}
              action={<Button onClick={() => setState({ q: '', filters: {}, tab: 'all' })}>{t.clearAll}</Button>}
            />
          ) : (
            <Empty
              title={t.noneTitle}
              hint={t.noneHint}
              action={
                <Allowed permission="projects.import">
                  <Link to="/projects/import">{t.importLedger}</Link>
                </Allowed>
              }
            />
          )
        }
      />
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

type ListWindow = RowWindow<ProjectRow> & { totals: Totals };

/** The sums of the last answer stay while the next is on its way, so the last row does not blink. */
function useLastTotals(totals: Totals | undefined): Totals | undefined {
  const last = useRef(totals);
  if (totals) last.current = totals;
  return last.current;
}

function TotalsLead({ totals }: { totals: Totals }) {
  const t = useText(text);
  return (
    <>
      <span>{t.total}</span>
      <span className="nowrap">{t.counts(totals.projects, totals.items)}</span>
      {lightOrder.map((light) =>
        totals.lights[light] ? <Light key={light} value={light} count={totals.lights[light]} /> : null,
      )}
    </>
  );
}

function YearAndLevel({
  state,
  setState,
  today,
}: {
  state: ListState;
  setState: (change: Partial<ListState>) => void;
  today: string;
}) {
  const t = useText(text);
  const thisYear = Number(today.slice(0, 4));
  const years = [thisYear + 1, thisYear, thisYear - 1, thisYear - 2, thisYear - 3];
  return (
    <>
      <Select
        size="small"
        aria-label={t.year}
        value={state.year}
        prefix={t.year}
        popupMatchSelectWidth={false}
        options={(years.includes(state.year) ? years : [...years, state.year]).map((value) => ({
          value,
          label: String(value),
        }))}
        onChange={(year) => setState({ year })}
      />
      <Select
        size="small"
        aria-label={t.level}
        value={state.level}
        popupMatchSelectWidth={false}
        options={[
          { value: 'projects', label: t.byProject },
          { value: 'items', label: t.byItem },
        ]}
        onChange={(level) => setState({ level })}
      />
    </>
  );
}

function SelectionBar({
  rows,
  count,
  ids,
  year,
  today,
  exportQuery,
}: {
  rows: readonly ProjectRow[];
  count: number;
  ids: ReadonlySet<string>;
  year: number;
  today: string;
  exportQuery: object;
}) {
  const t = useText(text);
  const language = useLanguage();
  const sums = selectionSums(rows);
  const clock = clockOf(year, today).share;
  const gap = sums.planYuan > 0 ? (sums.doneOfPlannedYuan / sums.planYuan - clock) * 100 : null;
  return (
    <>
      {rows.length === count && (
        <span className="soft">
          {t.selection.plan} {yiWithUnit(sums.planYuan, language)} · {t.selection.done}{' '}
          {yiWithUnit(sums.doneYuan, language)} · {t.selection.rate} {sums.rate}
          {gap !== null &&
            ` · ${gap < 0 ? t.selection.behind : t.selection.ahead} ${points(Math.abs(gap)).replace('+', '')} ${t.selection.points}`}
        </span>
      )}
      <Button
        size="small"
        disabled={count > 200}
        title={count > 200 ? t.exportTooMany : undefined}
        href={urlOf(projects, 'exportList', { ...exportQuery, ids: count > 200 ? [] : [...ids] })}
        download
      >
        {t.exportSelected}
      </Button>
    </>
  );
}
