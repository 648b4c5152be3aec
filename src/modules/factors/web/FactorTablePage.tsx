import { Input, Select } from 'antd';
import { useMemo } from 'react';
import { Link, useNavigate, useSearchParams } from 'react-router';
import { useClient } from '#core/web/client.ts';
import { useLiveRefetch } from '#core/web/live.ts';
import { useText, useWords } from '#core/web/text.ts';
import { DataGrid } from '#core/web/ui/DataGrid.tsx';
import { Empty } from '#core/web/ui/Empty.tsx';
import type { GridColumn } from '#core/web/ui/grid-types.ts';
import { useWindowedRows } from '#core/web/ui/rows.ts';
import { categories, categoryOf } from '../categories.ts';
import { type FactorRow, factors } from '../contract.ts';
import { causeWords, lampLights, lampWords } from '../lamp.ts';
import { needStates, needStateWords } from '../need-state.ts';
import { FactorHead } from './FactorHead.tsx';
import { FactorLamp } from './FactorLamp.tsx';
import { keys, topics } from './keys.ts';
import { amountOf, figureOf } from './show.ts';
import * as text from './text.ts';

/** `/factors/projects`: every project with needs by every category; the address holds the filters. */
export function FactorTablePage() {
  const t = useText(text);
  const words = useWords();
  const api = useClient(factors);
  const navigate = useNavigate();
  const [params, setParams] = useSearchParams();
  const set = (key: string, value: string | null | undefined) =>
    setParams(
      (before) => {
        const next = new URLSearchParams(before);
        if (value) next.set(key, value);
        else next.delete(key);
        return next;
      },
      { replace: true },
    );
  const light = lampLights.find((one) => one === params.get('light'));
  const category = categories.find(({ code }) => code === params.get('category'))?.code;
  const state = needStates.find((one) => one === params.get('state'));
  const q = params.get('q') ?? '';
  const query = {
    ...(q && { q }),
    ...(light && { lights: [light] }),
    ...(category && { category }),
    ...(state && { state }),
  };
  const source = useWindowedRows<FactorRow>({
    queryKey: keys.table(query),
    loadRange: (offset, limit, signal) => api.table({ ...query, offset, limit }, { signal }),
  });
  useLiveRefetch(topics, [keys.all]);
  const columns = useMemo((): GridColumn<FactorRow>[] => {
    const shown = category ? categories.filter((c) => c.code === category) : categories;
    return [
      { key: 'name', title: t.projectHead, grow: true, width: 220, always: true, render: (row) => row.name },
      { key: 'county', title: t.county, width: 96, render: (row) => row.countyName ?? '' },
      { key: 'light', title: t.lamps, width: 92, render: (row) => <FactorLamp light={row.light} /> },
      {
        key: 'worst',
        title: t.worst,
        width: 96,
        render: (row) => (row.category ? words(categoryOf(row.category).name) : ''),
        tip: (row) => words(causeWords[row.cause]),
      },
      ...shown.map(
        ({ code, name, unit }): GridColumn<FactorRow> => ({
          key: code,
          title: words(name),
          unit: category ? words(unit) : '',
          width: category ? 220 : 84,
          render: (row) => <Cell row={row} code={code} isWide={category !== undefined} />,
          tip: (row) => {
            const cell = row.cells[code];
            return (
              cell &&
              `${figureOf(code, cell.supplied)} / ${amountOf(code, cell.demand, words)} ${cell.promisedOn ?? ''}`
            );
          },
        }),
      ),
    ];
  }, [t, words, category]);
  return (
    <>
      <FactorHead note={t.rows(source.rowCount)} />
      <div className="chips">
        <Input.Search
          size="small"
          allowClear
          aria-label={t.search}
          placeholder={t.search}
          defaultValue={q}
          onSearch={(value) => set('q', value.trim())}
          style={{ width: '16rem' }}
        />
        {lampLights.map((one) => (
          <button
            key={one}
            type="button"
            className={light === one ? 'chip on' : 'chip'}
            aria-pressed={light === one}
            onClick={() => set('light', light === one ? null : one)}
          >
            <span className="light" data-light={one}>
              {words(lampWords[one])}
            </span>
          </button>
        ))}
        <Select
          size="small"
          allowClear
          aria-label={t.category}
          placeholder={t.allCategories}
          value={category}
          options={categories.map((c) => ({ value: c.code, label: words(c.name) }))}
          onChange={(value?: string) => set('category', value)}
          style={{ minWidth: '8rem' }}
        />
        <Select
          size="small"
          allowClear
          aria-label={t.state}
          placeholder={t.anyState}
          value={state}
          options={needStates.map((s) => ({ value: s, label: words(needStateWords[s]) }))}
          onChange={(value?: string) => set('state', value)}
          style={{ minWidth: '7rem' }}
        />
      </div>
      <DataGrid<FactorRow>
        id={category ? 'factors.table.one' : 'factors.table'}
        label={t.tabs.table}
        columns={columns}
        rowKey={(row) => row.projectId}
        rowName={(row) => row.name}
        source={source}
        onOpen={(row) => void navigate(`/projects/${row.projectId}#factors`)}
        empty={<Empty title={t.noneFound} hint={<Link to="/factors">{t.tabs.city}</Link>} />}
      />
    </>
  );
}

function Cell({ row, code, isWide }: { row: FactorRow; code: keyof FactorRow['cells']; isWide: boolean }) {
  const words = useWords();
  const cell = row.cells[code];
  if (!cell || cell.state === 'notNeeded') return <span className="muted">—</span>;
  return (
    <span className="factor-cell">
      <span className="light" data-light={cell.light}>
        {words(needStateWords[cell.state])}
      </span>
      {isWide && ` ${figureOf(code, cell.supplied)} / ${figureOf(code, cell.demand)}`}
    </span>
  );
}
