import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useEffectEvent, useSyncExternalStore } from 'react';
import { useClient } from '#core/web/client.ts';
import { useMaybeSession } from '#core/web/session.tsx';
import { filings } from '../contract.ts';
import { listWaiting, onOutbox, sendWaiting, type Waiting } from './outbox.ts';

const everyMs = 20_000;

export const useWaiting = (): readonly Waiting[] => {
  const accountId = useMaybeSession()?.account.id ?? 'nobody';
  return useSyncExternalStore(onOutbox, () => listWaiting(accountId));
};

/** Sends what waits as soon as there is a line again. Mounted once, in the navigation, so it works on every page. */
export function useOutboxSender(): readonly Waiting[] {
  const accountId = useMaybeSession()?.account.id ?? 'nobody';
  const call = useClient(filings);
  const cache = useQueryClient();
  const waiting = useWaiting();
  const open = waiting.filter((w) => !w.refused).length;
  const send = useEffectEvent(async () => {
    if (!navigator.onLine || listWaiting(accountId).every((w) => w.refused)) return;
    if ((await sendWaiting(accountId, call)) > 0) void cache.invalidateQueries({ queryKey: ['filings'] });
  });
  useEffect(() => {
    if (open === 0) return;
    const now = () => void send();
    now();
    // `online` tells that there is a network, not that the server answers: ask again from time to time.
    const timer = setInterval(now, everyMs);
    globalThis.addEventListener('online', now);
    return () => {
      clearInterval(timer);
      globalThis.removeEventListener('online', now);
    };
  }, [open]);
  return waiting;
}

const watchOnline = (listener: () => void): (() => void) => {
  globalThis.addEventListener('online', listener);
  globalThis.addEventListener('offline', listener);
  return () => {
    globalThis.removeEventListener('online', listener);
    globalThis.removeEventListener('offline', listener);
  };
};
export const useOnline = (): boolean =>
  useSyncExternalStore(
    watchOnline,
    () => navigator.onLine,
    () => true,
  );
