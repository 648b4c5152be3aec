import { useSyncExternalStore } from 'react';

/** A release of the pages newer than the one that is open; it waits for a reload. */
let isNewer = false;
const listeners = new Set<() => void>();
const hourMs = 3_600_000;

const own = (): string | null =>
  document.querySelector('script[type="module"][src^="/assets/"]')?.getAttribute('src') ?? null;

async function compare(): Promise<void> {
  const worker = navigator.serviceWorker.controller;
  if (!worker) return;
  const entry = await new Promise<unknown>((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = ({ data }) => resolve(data);
    worker.postMessage('release', [port2]);
  });
  const here = own();
  // A page fresh from the server may be ahead of the worker for some seconds; then the worker's turn comes.
  if (here === null || entry === here || isNewer) return;
  const answer = await fetch('/', { cache: 'no-store' }).catch(() => null);
  if (!answer?.ok || (await answer.text()).includes(here)) return;
  isNewer = true;
  for (const listener of listeners) listener();
}

/**
 * Makes the pages open without a network from the second visit on. Browsers allow it over HTTPS and on the machine
 * itself only; elsewhere, and in development, the pages are what they were before.
 */
export function registerWorker(): void {
  if (!import.meta.env.PROD || !('serviceWorker' in navigator)) return;
  const start = async () => {
    const registration = await navigator.serviceWorker.register('/field-worker.js', { updateViaCache: 'none' });
    navigator.serviceWorker.addEventListener('controllerchange', () => void compare());
    void compare();
    setInterval(() => void registration.update().catch(() => {}), hourMs);
  };
  // After the page itself: its own first seconds matter more than the next visit.
  const begin = () => void start().catch(() => {});
  if (document.readyState === 'complete') begin();
  else addEventListener('load', begin, { once: true });
}

/** True when a newer release waits for this page to be loaded again. */
export const useNewRelease = (): boolean =>
  useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => isNewer,
    () => false,
  );
