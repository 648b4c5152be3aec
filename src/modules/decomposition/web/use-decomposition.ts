import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { ProblemError, useClient } from '#core/web/client.ts';
import { useLiveRefetch } from '#core/web/live.ts';
import { type DocumentView, decomposition, type RowState } from '../contract.ts';

export const keys = {
  all: ['decomposition'] as const,
  list: ['decomposition', 'list'] as const,
  one: (id: string) => ['decomposition', 'one', id] as const,
};

export function useDocument(id: string) {
  const call = useClient(decomposition);
  useLiveRefetch(['decomposition.*', 'ledger.*'], [keys.one(id)]);
  return useQuery({
    queryKey: keys.one(id),
    queryFn: ({ signal }) => call.get({ id }, { signal }),
    retry: (count, error) => !(error instanceof ProblemError && error.status === 404) && count < 3,
  });
}

/** A command on rows; what stands is read again afterwards, also when somebody else was faster. */
export function useRowCommand<I, O>(id: string, send: (input: I) => Promise<O>, after?: (output: O, input: I) => void) {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: send,
    onSuccess: (output, input) => after?.(output, input),
    onSettled: () => {
      void cache.invalidateQueries({ queryKey: keys.one(id) });
      void cache.invalidateQueries({ queryKey: keys.list });
    },
  });
}

/** Accepting by key is as fast as the finger: the row shows it before the server has said so. */
export function useDecide(id: string) {
  const call = useClient(decomposition);
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (input: { rowIds: string[]; state: RowState }) => call.decide({ id, ...input }),
    onMutate: async ({ rowIds, state }) => {
      await cache.cancelQueries({ queryKey: keys.one(id) });
      cache.setQueryData<DocumentView>(
        keys.one(id),
        (view) =>
          view && { ...view, rows: view.rows.map((row) => (rowIds.includes(row.id) ? { ...row, state } : row)) },
      );
    },
    onSettled: () => {
      void cache.invalidateQueries({ queryKey: keys.one(id) });
      void cache.invalidateQueries({ queryKey: keys.list });
    },
  });
}
