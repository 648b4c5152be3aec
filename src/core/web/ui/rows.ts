import { type QueryKey, useQueries, useQueryClient } from '@tanstack/react-query';
import { useCallback, useMemo, useRef, useState } from 'react';
import type { RowSource } from './grid-types.ts';

/** Rows that are all here. The page sorts and filters them itself. */
export function useLocalRows<R>(
  rows: readonly R[] | undefined,
  state: { error?: unknown; retry?: () => void } = {},
): RowSource<R> {
  const { error = null, retry } = state;
  return useMemo(
    () => ({
      rowCount: rows?.length ?? 0,
      rowAt: (index) => rows?.[index],
      show: () => {},
      isPending: rows === undefined && !error,
      error,
      retry: () => retry?.(),
    }),
    [rows, error, retry],
  );
}

export interface RowWindow<R> {
  rows: readonly R[];
  /** How many rows the whole answer has, after filtering. */
  total: number;
}

/**
 * Rows read from the server in windows as they come into view; 20,000 rows cost what the eye sees. `queryKey` must hold
 * everything the answer depends on (filters, sort, as-of day); a live hint calls
 * `cache.invalidateQueries({ queryKey })` and only the windows in view are read again.
 */
export function useWindowedRows<R>(options: {
  queryKey: QueryKey;
  loadRange: (offset: number, limit: number, signal: AbortSignal) => Promise<RowWindow<R>>;
  pageSize?: number;
}): RowSource<R> {
  const { queryKey, loadRange, pageSize = 100 } = options;
  const cache = useQueryClient();
  const [view, setView] = useState({ first: 0, last: 0 });
  const pages = Array.from({ length: view.last - view.first + 1 }, (_, index) => view.first + index);
  // The first window is always held: it knows the total.
  const wanted = pages.includes(0) ? pages : [0, ...pages];
  const results = useQueries({
    queries: wanted.map((page) => ({
      queryKey: [...queryKey, { offset: page * pageSize, limit: pageSize }],
      queryFn: ({ signal }: { signal: AbortSignal }) => loadRange(page * pageSize, pageSize, signal),
    })),
  });
  const byPage = new Map(wanted.map((page, index) => [page, results[index]!]));
  const known =
    results.find((result) => result.data && !result.isPlaceholderData) ?? results.find((result) => result.data);
  const show = useCallback(
    (from: number, to: number) => {
      const first = Math.floor(from / pageSize);
      const last = Math.max(first, Math.floor(Math.max(0, to - 1) / pageSize));
      setView((now) => (now.first === first && now.last === last ? now : { first, last }));
    },
    [pageSize],
  );
  const error = results.find((result) => result.error)?.error ?? null;
  const source: RowSource<R> = {
    rowCount: known?.data?.total ?? 0,
    rowAt: (index) => {
      const page = Math.floor(index / pageSize);
      const data =
        byPage.get(page)?.data ??
        cache.getQueryData<RowWindow<R>>([...queryKey, { offset: page * pageSize, limit: pageSize }]);
      return data?.rows[index - page * pageSize];
    },
    show,
    isPending: !known && !error,
    error,
    retry: () => void cache.invalidateQueries({ queryKey }),
  };
  // A changed filter keeps the old rows, marked busy, until the first new window is here: a table that blinks empty
  // at every letter cannot be read.
  const last = useRef(source);
  if (known || error) last.current = source;
  return known || error ? source : { ...source, rowCount: last.current.rowCount, rowAt: last.current.rowAt };
}
