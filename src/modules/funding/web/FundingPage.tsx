import { useQueryClient } from '@tanstack/react-query';
import { Button, Input, Select } from 'antd';
import { useRef, useSyncExternalStore } from 'react';
import { useNavigate, useSearchParams } from 'react-router';
import { urlOf, useClient } from '#core/web/client.ts';
import { useLiveRefetch } from '#core/web/live.ts';
import { useSession } from '#core/web/session.tsx';
import { useLanguage, useText } from '#core/web/text.ts';
import { DataGrid } from '#core/web/ui/DataGrid.tsx';
import { Empty } from '#core/web/ui/Empty.tsx';
import { GridColumnsButton } from '#core/web/ui/GridColumnsButton.tsx';
import { useGridColumns } from '#core/web/ui/grid-columns.ts';
import { PageHead } from '#core/web/ui/PageHead.tsx';
import { type RowWindow, useWindowedRows } from '#core/web/ui/rows.ts';
import { funding } from '../contract.ts';
import { type FundingRow, type ListTotals, listFilters } from '../shapes.ts';
import { FundingTabs } from './FundingTabs.tsx';
import { asSort, gridColumns } from './list-columns.tsx';
import * as text from './text.ts';
import './funding.css';

type ListWindow = RowWindow<FundingRow> & { totals: ListTotals };

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

/** The city's money: every project with plan, arrivals, payments, both rates and the lamp of its bonds. */
export function FundingPage() {
  const t = useText(text);
  const language = useLanguage();
  const { today } = useSession();
  const api = useClient(funding);
  const cache = useQueryClient();
  const navigate = useNavigate();
  const isPhone = usePhone();
  const [params, setParams] = useSearchParams();
  const thisYear = Number(today.slice(0, 4));
  const year = Number(params.get('year')) || thisYear;
  const q = params.get('q') ?? '';
  const only = listFilters.find((f) => f === params.get('only'));
  const by = asSort(params.get('by') ?? '');
  const down = params.get('down') === 'true';
  const set = (changes: Record<string, string | null>) =>
    setParams(
      (before) => {
        const next = new URLSearchParams(before);
        for (const [key, value] of Object.entries(changes))
          if (value === null || value === '') next.delete(key);
          else next.set(key, value);
        return next;
      },
      { replace: true },
    );
  const query = { year, ...(q && { q }), ...(only && { only }), ...(by && { by, down }) };
  const queryKey = ['funding', 'list', query];
  const source = useWindowedRows<FundingRow>({
    queryKey,
    loadRange: async (offset, limit, signal): Promise<ListWindow> => {
      const page = await api.list({ ...query, offset, limit }, { signal });
      return { rows: page.rows, total: page.totals.rows, totals: page.totals };
    },
  });
  const newest = cache.getQueryData<ListWindow>([...queryKey, { offset: 0, limit: 100 }])?.totals;
  const last = useRef(newest);
  if (newest) last.current = newest;
  const totals = newest ?? last.current;
  const gridId = isPhone ? 'funding.list.phone' : 'funding.list';
  const columns = gridColumns({ t, language, totals, isPhone });
  const shown = useGridColumns(gridId, columns).shown.map((column) => column.key);
  useLiveRefetch(['funding.*', 'projects.*', 'filings.accepted'], [['funding']]);
  const isFiltered = q !== '' || only !== undefined;
  return (
    <>
      <PageHead
        title={t.title}
        note={totals && t.list.note(totals.rows, totals.items)}
        actions={
          <>
            <GridColumnsButton id={gridId} columns={columns} />
            <Button size="small" href={urlOf(funding, 'exportList', { ...query, columns: shown, language })} download>
              {t.list.exportExcel}
            </Button>
          </>
        }
      />
      <FundingTabs />
      <div className="chips">
        <Input.Search
          size="small"
          allowClear
          aria-label={t.list.search}
          placeholder={t.list.search}
          defaultValue={q}
          className="funding-search"
          onSearch={(value) => set({ q: value.trim() })}
        />
        {listFilters.map((key) => (
          <button
            key={key}
            type="button"
            className={only === key ? 'chip on' : 'chip'}
            aria-pressed={only === key}
            onClick={() => set({ only: only === key ? null : key })}
          >
            {t.list.only[key]}
          </button>
        ))}
        <Select
          size="small"
          aria-label={t.list.year}
          value={year}
          prefix={t.list.year}
          popupMatchSelectWidth={false}
          options={[1, 0, -1, -2, -3].map((d) => ({ value: thisYear + d, label: String(thisYear + d) }))}
          onChange={(value) => set({ year: value === thisYear ? null : String(value) })}
        />
        {isFiltered && (
          <button type="button" className="link" onClick={() => set({ q: null, only: null })}>
            {t.list.clear}
          </button>
        )}
        <span className="legend">
          <span>{t.rate.plan}</span>
          <span>{t.rate.agreement}</span>
          <span>{t.list.legend}</span>
        </span>
      </div>
      <DataGrid<FundingRow>
        id={gridId}
        label={t.list.label}
        columns={columns}
        rowKey={(row) => row.id}
        rowName={(row) => row.name}
        source={source}
        sort={by && { key: by, direction: down ? 'desc' : 'asc' }}
        onSort={(sort) => set({ by: sort?.key ?? null, down: sort?.direction === 'desc' ? 'true' : null })}
        onOpen={(row) => void navigate(`/projects/${row.id}${year === thisYear ? '' : `?year=${year}`}#funding`)}
        totals={
          totals && (
            <>
              <span>{t.total}</span>
              <span className="nowrap">{t.list.counts(totals.rows, totals.items)}</span>
            </>
          )
        }
        empty={<Empty title={isFiltered ? t.list.noneFound : t.none} hint={isFiltered ? undefined : t.noneHint} />}
      />
    </>
  );
}
