/** What the server sends by Web Push. */
interface Told {
  title: string;
  body: string;
  link: string;
}
interface ToldEvent extends Event {
  data?: { json(): Told };
  notification?: { data: { link: string }; close(): void };
  waitUntil(work: Promise<unknown>): void;
}
interface Tab {
  url: string;
  focus(): Promise<unknown>;
  navigate(url: string): Promise<unknown>;
}
/** The part of a service worker's global that is used here. */
export interface ToldScope {
  addEventListener(name: 'push' | 'notificationclick', listener: (event: ToldEvent) => void): void;
  registration: { showNotification(title: string, options: object): Promise<void> };
  clients: { matchAll(options: object): Promise<Tab[]>; openWindow(url: string): Promise<unknown> };
  location: { origin: string };
}

/** Shows what the server pushes, and opens its page when it is touched: in a tab that is there, else in a new one. */
export function showPushed(worker: ToldScope): void {
  worker.addEventListener('push', (event) => {
    const told = event.data?.json();
    if (!told) return;
    event.waitUntil(
      worker.registration.showNotification(told.title, {
        body: told.body,
        data: { link: told.link },
        icon: '/icons/icon-192.png',
        tag: told.title,
      }),
    );
  });
  worker.addEventListener('notificationclick', (event) => {
    const link = event.notification?.data.link ?? '/inbox';
    event.notification?.close();
    // Only our own pages: a link from elsewhere would be somebody else's.
    const url = new URL(link, worker.location.origin);
    if (url.origin !== worker.location.origin) return;
    event.waitUntil(
      worker.clients.matchAll({ type: 'window' }).then(async (tabs) => {
        const tab = tabs[0];
        if (!tab) return worker.clients.openWindow(url.href);
        await tab.focus();
        return tab.navigate(url.href);
      }),
    );
  });
}
