import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useClient } from '#core/web/client.ts';
import { filings } from '../contract.ts';
import { copyNames, readThrough } from './copies.ts';
import { keys } from './keys.ts';
import { useAccountId } from './use-outbox.ts';

/** Everything the caller files now, of every kind: from the server, or as this device kept it when there is no line. */
export function useOpenFilings(isWanted: boolean) {
  const call = useClient(filings);
  const cache = useQueryClient();
  const accountId = useAccountId();
  const queryKey = keys.mineOpen;
  return useQuery({
    queryKey,
    queryFn: ({ signal }) =>
      readThrough(
        accountId,
        copyNames.mine('open'),
        () => call.mineOpen({}, { signal }),
        (late) => cache.setQueryData(queryKey, late),
      ),
    enabled: isWanted,
    structuralSharing: false,
    retry: false,
  });
}
