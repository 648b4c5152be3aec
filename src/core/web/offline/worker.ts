import { PrecacheController } from 'workbox-precaching';
import { NavigationRoute, registerRoute } from 'workbox-routing';
import { CacheFirst } from 'workbox-strategies';
import { keysToKeep, type Release, withFreshNonce } from './release.ts';

/** The part of a service worker's global that is used here: the DOM's types know only the page's side. */
export interface WorkerScope {
  addEventListener(name: 'install' | 'activate', listener: (event: LifeEvent) => void): void;
  addEventListener(name: 'message', listener: (event: MessageEvent) => void): void;
  skipWaiting(): Promise<void>;
  clients: { claim(): Promise<void> };
  crypto: Crypto;
}
interface LifeEvent extends Event {
  waitUntil(work: Promise<unknown>): void;
}

const pagesCache = 'guatu-pages';
const laterCache = 'guatu-assets';
const recordCache = 'guatu-releases';
const record = '/releases';
/** A line that gives no answer for so long is no line; the kept page is there at once. */
const patienceMs = 4_000;

/**
 * Keeps the staff pages on the device. Nothing under /api is ever kept here: what belongs to a person is kept by the
 * pages themselves, per account, and goes when the person signs out.
 */
export function keepPages(worker: WorkerScope, release: Release): void {
  const pages = new PrecacheController({ cacheName: pagesCache });
  pages.addToCacheList([
    { url: '/', revision: release.shell },
    ...release.files.map((url) => ({ url, revision: null })),
  ]);

  // Taking over at once is safe: files of the release before stay, and the server's own answer is preferred to the shell.
  worker.addEventListener('install', (event) =>
    event.waitUntil(pages.install(event as never).then(() => worker.skipWaiting())),
  );
  worker.addEventListener('activate', (event) =>
    event.waitUntil(clearOld([...pages.getURLsToCacheKeys().values()], release).then(() => worker.clients.claim())),
  );
  worker.addEventListener('message', ({ data, ports }) => {
    if (data === 'release') ports[0]?.postMessage(release.entry);
  });

  const shell = async (): Promise<Response | undefined> => {
    const kept = await pages.matchPrecache('/');
    return (
      kept && withFreshNonce(kept, btoa(String.fromCharCode(...worker.crypto.getRandomValues(new Uint8Array(16)))))
    );
  };
  registerRoute(
    new NavigationRoute(({ request }) => newestOf(request, shell), {
      denylist: [/^\/api(\/|$)/, /^\/wall(\/|\?|$)/, /\.\w+$/],
    }),
  );
  const later = new CacheFirst({ cacheName: laterCache });
  registerRoute(
    ({ url, sameOrigin }) => sameOrigin && url.pathname.startsWith('/assets/'),
    async ({ request, event, url }) =>
      (await pages.matchPrecache(url.pathname)) ??
      (release.later.includes(url.pathname) ? later.handle({ request, event }) : fetch(request)),
  );
}

/** The server's page when it answers in time, else the kept one, else whatever the server says in the end. */
async function newestOf(request: Request, shell: () => Promise<Response | undefined>): Promise<Response> {
  const asked = fetch(request).then((response) => (response.status >= 502 ? null : response));
  const late = new Promise<null>((resolve) => setTimeout(resolve, patienceMs, null));
  const inTime = await Promise.race([asked, late]).catch(() => null);
  return inTime ?? (await shell()) ?? (await asked) ?? fetch(request);
}

async function clearOld(keys: readonly string[], release: Release): Promise<void> {
  const records = await caches.open(recordCache);
  const before = ((await (await records.match(record))?.json()) ?? []) as string[][];
  const releases = [[...keys], ...before.filter((old) => old.join() !== keys.join())].slice(0, 2);
  await records.put(record, new Response(JSON.stringify(releases)));
  await keepOnly(pagesCache, keysToKeep(releases));
  await keepOnly(laterCache, new Set(release.later.map((path) => new URL(path, location.origin).href)));
}

async function keepOnly(name: string, keys: ReadonlySet<string>): Promise<void> {
  const cache = await caches.open(name);
  for (const request of await cache.keys()) if (!keys.has(request.url)) await cache.delete(request);
}
