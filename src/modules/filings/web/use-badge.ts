import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useClient } from '#core/web/client.ts';
import { useLive } from '#core/web/live.ts';
import { useCan } from '#core/web/session.tsx';
import { filings } from '../contract.ts';
import { keys } from './keys.ts';
import { useOutboxSender } from './use-outbox.ts';

/**
 * The number in the navigation: what waits for a reviewer, else what a filer still owes. It is on every page, so the
 * outbox sends from here.
 */
export function useBadge(): number | undefined {
  useOutboxSender();
  const can = useCan();
  const call = useClient(filings);
  const cache = useQueryClient();
  const cycles = useQuery({
    queryKey: keys.newestCycle,
    queryFn: ({ signal }) => call.todo({}, { signal }),
    enabled: can('filings.review') || can('filings.file'),
    staleTime: 60_000,
  });
  useLive(['filings.*'], () => void cache.invalidateQueries({ queryKey: keys.newestCycle }));
  const todo = cycles.data;
  if (!todo) return undefined;
  return can('filings.accept') || todo.review > 0 ? todo.review : todo.file;
}
