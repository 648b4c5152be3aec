import { useMemo } from 'react';
import { useSearchParams } from 'react-router';
import { yearOf } from '#core/shared/day.ts';
import { useSession } from '#core/web/session.tsx';
import type { GridFilters, GridFilterValue, GridSort } from '#core/web/ui/grid-types.ts';
import { columnKeys, columns, type Filter, sortKeys } from '../columns.ts';
import type { ListQuery, SavedView } from '../list-shapes.ts';

/** What the list shows now. It lives in the address, so that a link, a reload and the back button bring it back. */
export interface ListState {
  /** A built-in tab or the id of a saved view. */
  tab: string;
  q: string;
  year: number;
  level: 'projects' | 'items';
  filters: GridFilters;
  sort: GridSort | undefined;
}

export const builtInTabs = ['all', 'mine', 'late', 'startOverdue', 'notEnrolled'] as const;
const tabFilters: Record<(typeof builtInTabs)[number], Filter[]> = {
  all: [],
  mine: [{ op: 'named', name: 'mine' }],
  late: [{ op: 'in', field: 'light', values: ['late'] }],
  startOverdue: [{ op: 'named', name: 'startOverdue' }],
  notEnrolled: [{ op: 'named', name: 'notEnrolled' }],
};

export function useListState(): [ListState, (change: Partial<ListState>) => void] {
  const thisYear = yearOf(useSession().today);
  const [params, setParams] = useSearchParams();
  const state = useMemo(() => readState(params, thisYear), [params, thisYear]);
  return [state, (change) => setParams(writeState({ ...state, ...change }, thisYear), { replace: !('tab' in change) })];
}

export function readState(params: URLSearchParams, thisYear: number): ListState {
  const year = Number(params.get('year'));
  const [by = '', direction] = (params.get('sort') ?? '').split('.');
  return {
    tab: params.get('tab') ?? 'all',
    q: params.get('q') ?? '',
    year: year >= 2000 && year <= 2100 ? year : thisYear,
    level: params.get('level') === 'items' ? 'items' : 'projects',
    filters: readFilters(params.get('f')),
    sort: (sortKeys as string[]).includes(by)
      ? { key: by, direction: direction === 'desc' ? 'desc' : 'asc' }
      : undefined,
  };
}

export function writeState(state: ListState, thisYear: number): URLSearchParams {
  const params = new URLSearchParams();
  if (state.tab !== 'all') params.set('tab', state.tab);
  if (state.q) params.set('q', state.q);
  if (state.year !== thisYear) params.set('year', String(state.year));
  if (state.level === 'items') params.set('level', 'items');
  if (Object.keys(state.filters).length > 0) params.set('f', JSON.stringify(state.filters));
  if (state.sort) params.set('sort', `${state.sort.key}.${state.sort.direction}`);
  return params;
}

/** A hand-edited address must not break the page: what is not a filter is left out. */
function readFilters(text: string | null): GridFilters {
  try {
    const found = JSON.parse(text ?? '{}') as GridFilters;
    return Object.fromEntries(
      Object.entries(found).filter(
        ([key, value]) => (columnKeys as string[]).includes(key) && toFilter(key, value) !== undefined,
      ),
    );
  } catch {
    return {};
  }
}

/** One column's filter in the grid's words → in the server's. A blank option travels as an empty text. */
export function toFilter(key: string, value: GridFilterValue): Filter | undefined {
  const type = columns[key as keyof typeof columns];
  if ('values' in value) {
    if (type === 'flag')
      return value.values.length === 1
        ? ({ op: 'is', field: key, value: value.values[0] === 'true' } as Filter)
        : undefined;
    return value.values.length > 0
      ? ({ op: 'in', field: key, values: value.values.map((v) => (v === '' ? null : v)) } as Filter)
      : undefined;
  }
  if ('text' in value)
    return value.text.trim() ? ({ op: 'has', field: key, value: value.text.trim() } as Filter) : undefined;
  if (type === 'day')
    return { op: 'days', field: key, from: (value.from as string) ?? null, to: (value.to as string) ?? null } as Filter;
  return {
    op: 'between',
    field: key,
    min: (value.from as number) ?? null,
    max: (value.to as number) ?? null,
  } as Filter;
}

/** The query behind the page: the tab's own conditions and those on top of it. */
export function queryOf(state: ListState, views: readonly SavedView[] = []): ListQuery {
  const view = views.find((v) => v.id === state.tab)?.definition;
  const own = (tabFilters as Record<string, Filter[]>)[state.tab] ?? view?.filters ?? [];
  const added = Object.entries(state.filters).flatMap(([key, value]) => toFilter(key, value) ?? []);
  const filters = [...own, ...added];
  const sort = state.sort
    ? [{ by: state.sort.key as (typeof sortKeys)[number], down: state.sort.direction === 'desc' }]
    : view?.sort;
  const level = state.level === 'items' ? 'items' : view?.level;
  const q = state.q || view?.q;
  return {
    year: state.year,
    ...(q && { q }),
    ...(level && { level }),
    ...(filters.length > 0 && { filters }),
    ...(sort && { sort }),
  };
}
