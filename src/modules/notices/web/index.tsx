import { useQuery } from '@tanstack/react-query';
import { useClient } from '#core/web/client.ts';
import { defineWebModule } from '#core/web/module.ts';
import { notices } from '../contract.ts';
import { MyNotices } from './MyNotices.tsx';

const title = { zh: '提醒', en: 'Notices' };

/** Unread notices beside the navigation item. Hints of the live line go by unit, not by person: hence once a minute too. */
function useUnread() {
  const api = useClient(notices);
  const found = useQuery({
    queryKey: ['notices', 'unread'],
    queryFn: ({ signal }) => api.unread({}, { signal }),
    refetchInterval: 60_000,
  });
  return found.data?.unread;
}

export default defineWebModule(notices, {
  routes: [
    {
      path: '/inbox',
      handle: { title },
      lazy: async () => ({ Component: (await import('./InboxPage.tsx')).InboxPage }),
    },
    {
      path: '/inbox/settings',
      handle: { title, permission: 'notices.manage' },
      lazy: async () => ({ Component: (await import('./SettingsPage.tsx')).SettingsPage }),
    },
  ],
  nav: [{ path: '/inbox', label: title, order: 65, permission: 'signedIn', badge: useUnread }],
  slots: { 'shell.account': [{ order: 20, component: MyNotices }] },
});
