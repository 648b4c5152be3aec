import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import type { OutputOf } from '#core/shared/contract.ts';
import { useClient } from '#core/web/client.ts';
import { useCan } from '#core/web/session.tsx';
import { filings } from '../contract.ts';
import { copyNames, keepCopy, readThrough } from './copies.ts';
import { keys } from './keys.ts';
import { useAccountId } from './use-outbox.ts';

/** What an open list takes along is asked anew after so long. */
const freshMs = 120_000;
/** Who sees more sits at a desk in an office, and a phone need not carry it. */
const mostLines = 60;

/** The filer's month: from the server, or as this device kept it when there is no line. */
export function useMine(period: string | undefined, isWanted = true) {
  const call = useClient(filings);
  const cache = useQueryClient();
  const accountId = useAccountId();
  const queryKey = keys.mine(period);
  return useQuery({
    queryKey,
    queryFn: ({ signal }) =>
      readThrough(
        accountId,
        copyNames.mine(period),
        () => call.mine(period === undefined ? {} : { period }, { signal }),
        (late) => cache.setQueryData(queryKey, late),
      ),
    enabled: isWanted,
    structuralSharing: false,
    retry: false,
  });
}

/** One filing, whole: from the server, or as this device kept it. */
export function useFiling(projectId: string, period: string) {
  const call = useClient(filings);
  const cache = useQueryClient();
  const accountId = useAccountId();
  const canFile = useCan()('filings.file');
  const queryKey = keys.of(projectId, period);
  return useQuery({
    queryKey,
    queryFn: ({ signal }) => {
      const ask = () => call.find({ projectId, period }, { signal });
      // Who only reads keeps nothing on the device.
      if (!canFile) return ask();
      return readThrough(accountId, copyNames.of(projectId, period), ask, (late) => cache.setQueryData(queryKey, late));
    },
    structuralSharing: false,
  });
}

/** Takes the open filings of the month along, whole, while there is a line: opened later, they are on the device. */
export function useTakeAlong(mine: OutputOf<typeof filings.endpoints.mine> | undefined): void {
  const call = useClient(filings);
  const cache = useQueryClient();
  const accountId = useAccountId();
  const period = mine?.cycle?.period;
  const canFile = useCan()('filings.file');
  const isWanted = canFile && mine !== undefined && period !== undefined && mine.filings.length <= mostLines;
  const taken = useQuery({
    queryKey: [...keys.device, 'whole', period ?? '', accountId],
    queryFn: async ({ signal }) => {
      const whole = await call.mineWhole({ period: period! }, { signal });
      for (const filing of whole) await keepCopy(accountId, copyNames.of(filing.projectId, filing.period), filing);
      return whole;
    },
    enabled: isWanted,
    staleTime: freshMs,
    retry: false,
  });
  const whole = taken.data;
  useEffect(() => {
    for (const filing of whole ?? []) {
      const key = keys.of(filing.projectId, filing.period);
      if (!cache.getQueryData(key)) cache.setQueryData(key, filing, { updatedAt: 1 });
    }
  }, [whole, cache]);
}
