import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useSearchParams } from 'react-router';
import { useClient } from '#core/web/client.ts';
import { explore } from '../contract.ts';
import { type ChartKind, chartKinds, Pivot } from '../shapes.ts';

export const firstQuestion: Pivot = Pivot.parse({ measures: ['plan', 'yearDone', 'rate', 'gap'], rows: ['county'] });

function read(text: string | null): Pivot | null {
  if (text === null) return null;
  try {
    return Pivot.safeParse(JSON.parse(text)).data ?? null;
  } catch {
    return null;
  }
}

/** The question in the address: of a saved view until somebody changes it, then its own. A broken one is the first one. */
export function useQuestion() {
  const [params, setParams] = useSearchParams();
  const api = useClient(explore);
  const viewId = params.get('view');
  const view = useQuery({
    queryKey: ['explore', 'view', viewId],
    queryFn: ({ signal }) => api.view({ id: viewId! }, { signal }),
    enabled: viewId !== null,
    retry: false,
  });
  const q = params.get('q');
  const own = useMemo(() => read(q), [q]);
  const pivot = own ?? (viewId === null ? firstQuestion : (view.data?.pivot ?? (view.error ? firstQuestion : null)));
  const chart: ChartKind = chartKinds.find((kind) => kind === params.get('chart')) ?? view.data?.chart ?? 'none';
  const put = (changes: Record<string, string | null>) =>
    setParams(
      (before) => {
        const next = new URLSearchParams(before);
        for (const [key, value] of Object.entries(changes)) value === null ? next.delete(key) : next.set(key, value);
        return next;
      },
      { replace: true },
    );
  return {
    pivot,
    chart,
    view: viewId === null ? undefined : view.data,
    viewError: viewId === null ? null : view.error,
    ask: (changes: Partial<Pivot>) => {
      const next = { ...(pivot ?? firstQuestion), ...changes };
      // An order by a measure that was taken out is no order.
      if (next.sort && !next.measures.includes(next.sort.measure)) next.sort = null;
      put({ q: JSON.stringify(next) });
    },
    draw: (kind: ChartKind) => put({ chart: kind }),
    open: (id: string | null) => put({ view: id, q: null, chart: null }),
  };
}
export type Question = ReturnType<typeof useQuestion>;
