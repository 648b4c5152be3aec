import { useQuery } from '@tanstack/react-query';
import { useClient } from '#core/web/client.ts';
import { useLiveRefetch } from '#core/web/live.ts';
import { useCan } from '#core/web/session.tsx';
import { ledger } from '../contract.ts';

/** The number in the navigation: for who verifies what waits for that, for the others what they have not signed for. */
export function useListBadge(): number | undefined {
  const can = useCan();
  const api = useClient(ledger);
  const counts = useQuery({
    queryKey: ['ledger', 'counts'],
    queryFn: ({ signal }) => api.counts({}, { signal }),
    enabled: can('ledger.read'),
    staleTime: 60_000,
  });
  useLiveRefetch(['ledger.*'], [['ledger', 'counts']]);
  if (!counts.data) return undefined;
  return can('ledger.verify') ? counts.data.toVerify : counts.data.unsigned;
}
