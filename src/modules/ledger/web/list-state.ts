import { useMemo } from 'react';
import { useSearchParams } from 'react-router';
import type { GridFilters, GridSort } from '#core/web/ui/grid-types.ts';
import type { MatterQuery, SavedView } from '../list-contract.ts';
import { type NamedList, namedLists, type SortKey, sortKeys } from '../lists.ts';

/** What the list shows now. It lives in the address, so that a link, a reload and the back button bring it back. */
export interface ListState {
  list: NamedList;
  /** Id of a saved view, whose query stands behind everything else. */
  view: string | null;
  q: string;
  filters: GridFilters;
  sort: GridSort | undefined;
  unitId: string | null;
  unitName: string | null;
}

/** Columns whose filter is a choice → the field of the query. */
const choices = {
  kind: 'kinds',
  track: 'tracks',
  state: 'states',
  light: 'lights',
  level: 'levels',
  source: 'sources',
  category: 'categories',
} as const;
/** Columns whose filter is a span of days. */
const spans = {
  dueCurrent: ['dueFrom', 'dueTo'],
  raisedOn: ['raisedFrom', 'raisedTo'],
  closedOn: ['closedFrom', 'closedTo'],
} as const;

export function useListState(): [ListState, (change: Partial<ListState>) => void] {
  const [params, setParams] = useSearchParams();
  const state = useMemo(() => readState(params), [params]);
  return [
    state,
    (change) => setParams(writeState({ ...state, ...change }), { replace: !('list' in change) && !('view' in change) }),
  ];
}

export function readState(params: URLSearchParams): ListState {
  const [key = '', direction] = (params.get('sort') ?? '').split('.');
  const list = params.get('list');
  return {
    list: (namedLists as readonly string[]).includes(list ?? '') ? (list as NamedList) : 'all',
    view: params.get('view'),
    q: params.get('q') ?? '',
    filters: readFilters(params.get('f')),
    sort: (sortKeys as readonly string[]).includes(key)
      ? { key, direction: direction === 'desc' ? 'desc' : 'asc' }
      : undefined,
    unitId: params.get('unit'),
    unitName: params.get('unitName'),
  };
}

export function writeState(state: ListState): URLSearchParams {
  const params = new URLSearchParams();
  if (state.list !== 'all') params.set('list', state.list);
  if (state.view) params.set('view', state.view);
  if (state.q) params.set('q', state.q);
  if (Object.keys(state.filters).length > 0) params.set('f', JSON.stringify(state.filters));
  if (state.sort) params.set('sort', `${state.sort.key}.${state.sort.direction}`);
  if (state.unitId) params.set('unit', state.unitId);
  if (state.unitId && state.unitName) params.set('unitName', state.unitName);
  return params;
}

/** A hand-edited address must not break the page: what is not a filter is left out. */
function readFilters(text: string | null): GridFilters {
  try {
    const found = JSON.parse(text ?? '{}') as GridFilters;
    return Object.fromEntries(
      Object.entries(found).filter(
        ([key, value]) =>
          (key in choices && Array.isArray((value as { values?: unknown }).values)) ||
          (key in spans && typeof value === 'object' && value !== null && !('values' in value)),
      ),
    );
  } catch {
    return {};
  }
}

/** The query behind the page: a saved view's own, and what was chosen on top of it. */
export function queryOf(state: ListState, views: readonly SavedView[] = []): MatterQuery {
  const query: Record<string, unknown> = {};
  const { columns: _, ...view } = views.find((one) => one.id === state.view)?.query ?? {};
  Object.assign(query, view);
  if (state.list !== 'all') query.list = state.list;
  if (state.q.trim()) query.q = state.q.trim();
  if (state.unitId) query.unitIds = [state.unitId];
  for (const [key, value] of Object.entries(state.filters)) {
    if (key in choices && 'values' in value && value.values.length > 0)
      query[choices[key as keyof typeof choices]] = value.values;
    if (key in spans && !('values' in value) && !('text' in value)) {
      const [from, to] = spans[key as keyof typeof spans];
      if (value.from) query[from] = value.from;
      if (value.to) query[to] = value.to;
    }
  }
  if (state.sort) {
    query.sort = state.sort.key as SortKey;
    query.isDown = state.sort.direction === 'desc';
  }
  return query as MatterQuery;
}

export const isFiltered = (state: ListState): boolean =>
  state.q !== '' || state.unitId !== null || Object.keys(state.filters).length > 0;

/** The address of a list under a few conditions: what a figure of the statistics opens. */
export const listAddress = (change: Partial<ListState>): string =>
  `/matters?${writeState({ list: 'all', view: null, q: '', filters: {}, sort: undefined, unitId: null, unitName: null, ...change })}`;
