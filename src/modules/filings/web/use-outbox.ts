import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useEffectEvent, useRef, useSyncExternalStore } from 'react';
import { useClient } from '#core/web/client.ts';
import { useMaybeSession } from '#core/web/session.tsx';
import { filings } from '../contract.ts';
import { copyNames, keepCopy } from './copies.ts';
import { list, onStorageTrouble, storageTrouble, type Trouble } from './device.ts';
import { keys } from './keys.ts';
import { listOutbox, loadOutbox, type Outbox, onOutbox, sendWaiting, type Waiting } from './outbox.ts';

export { useOnline } from '#core/web/offline/online.ts';

/** `online` tells that there is a network, not that the server answers: ask again, ever more rarely. */
const pausesMs = [5_000, 10_000, 20_000, 60_000, 300_000];

export const useAccountId = (): string => useMaybeSession()?.account.id ?? 'nobody';

export function useOutbox(): Outbox {
  const accountId = useAccountId();
  useEffect(() => void loadOutbox(accountId), [accountId]);
  return useSyncExternalStore(onOutbox, () => listOutbox(accountId));
}
export const useWaiting = (): readonly Waiting[] => useOutbox().waiting;

/** Not null when the device keeps nothing over a closed page. */
export const useStorageTrouble = (): Trouble | null => useSyncExternalStore(onStorageTrouble, storageTrouble);

/** Filings with something typed on this device that the server has not got. */
export function useDeviceDrafts(): ReadonlySet<string> {
  const accountId = useAccountId();
  const found = useQuery({
    queryKey: [...keys.device, 'drafts', accountId],
    queryFn: () => list<{ filingId: string }>('draft', `${accountId} `),
    staleTime: 0,
  });
  return new Set(found.data?.map((draft) => draft.filingId));
}

/** Sends what waits as soon as there is a line again. Mounted once, in the navigation, so it works on every page. */
export function useOutboxSender(): readonly Waiting[] {
  const accountId = useAccountId();
  const call = useClient(filings);
  const cache = useQueryClient();
  const waiting = useWaiting();
  const open = waiting.filter((w) => !w.refused).length;
  const failures = useRef(0);
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);

  const send = useEffectEvent(async () => {
    clearTimeout(timer.current);
    if (open === 0) return;
    if (navigator.onLine) {
      const { arrived, isStuck } = await sendWaiting(accountId, call);
      failures.current = isStuck ? failures.current + 1 : 0;
      for (const filing of arrived) {
        cache.setQueryData(keys.of(filing.projectId, filing.period), filing);
        void keepCopy(accountId, copyNames.of(filing.projectId, filing.period), filing);
      }
      if (arrived.length > 0) {
        void cache.invalidateQueries({ queryKey: keys.lists });
        void cache.invalidateQueries({ queryKey: keys.device });
      }
    }
    clearTimeout(timer.current);
    timer.current = setTimeout(() => void send(), pausesMs[Math.min(failures.current, pausesMs.length - 1)]);
  });
  useEffect(() => {
    if (open === 0) return;
    const now = () => {
      failures.current = 0;
      void send();
    };
    const whenSeen = () => document.visibilityState === 'visible' && now();
    now();
    globalThis.addEventListener('online', now);
    globalThis.addEventListener('focus', now);
    document.addEventListener('visibilitychange', whenSeen);
    return () => {
      clearTimeout(timer.current);
      globalThis.removeEventListener('online', now);
      globalThis.removeEventListener('focus', now);
      document.removeEventListener('visibilitychange', whenSeen);
    };
  }, [open]);
  return waiting;
}
