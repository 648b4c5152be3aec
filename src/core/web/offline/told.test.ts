import { expect, test } from 'vitest';
import { showPushed, type ToldScope } from './told.ts';

function worker(tabs: { url: string }[] = []) {
  const did: string[] = [];
  const listeners: Record<string, (event: never) => void> = {};
  const scope: ToldScope = {
    addEventListener: (name, listener) => {
      listeners[name] = listener as never;
    },
    registration: {
      showNotification: async (title, options) => void did.push(`show ${title} ${JSON.stringify(options)}`),
    },
    clients: {
      matchAll: async () =>
        tabs.map((tab) => ({
          ...tab,
          focus: async () => did.push('focus'),
          navigate: async (url: string) => did.push(`navigate ${url}`),
        })),
      openWindow: async (url) => did.push(`open ${url}`),
    },
    location: { origin: 'https://guatu.example' },
  };
  showPushed(scope);
  const send = async (name: string, event: object) => {
    let work: Promise<unknown> = Promise.resolve();
    listeners[name]!({
      ...event,
      waitUntil: (promise: Promise<unknown>) => {
        work = promise;
      },
    } as never);
    await work;
  };
  return { did, send };
}
const click = (link: string) => ({ notification: { data: { link }, close: () => {} } });

test('a push is shown with its words and keeps its link', async () => {
  const { did, send } = worker();
  await send('push', { data: { json: () => ({ title: '填报被退回', body: '中心医院', link: '/filings/mine' }) } });
  expect(did[0]).toContain('show 填报被退回');
  expect(did[0]).toContain('"link":"/filings/mine"');
});

test('touching it opens the page in the tab that is there, else in a new one', async () => {
  const there = worker([{ url: 'https://guatu.example/projects' }]);
  await there.send('notificationclick', click('/filings/mine'));
  expect(there.did).toEqual(['focus', 'navigate https://guatu.example/filings/mine']);
  const none = worker();
  await none.send('notificationclick', click('/filings/mine'));
  expect(none.did).toEqual(['open https://guatu.example/filings/mine']);
});

test('a link to elsewhere opens nothing', async () => {
  const { did, send } = worker();
  await send('notificationclick', click('https://evil.example/'));
  expect(did).toEqual([]);
});
