import { defineWebModule } from '#core/web/module.ts';
import { meetings } from '../contract.ts';
import { en, zh } from './text.ts';

const title = { zh: zh.title, en: en.title };
const handle = { title, permission: 'meetings.read' };

export default defineWebModule(meetings, {
  routes: [
    { path: '/meetings', handle, lazy: async () => ({ Component: (await import('./MeetingsPage.tsx')).MeetingsPage }) },
    {
      path: '/meetings/:id',
      handle,
      lazy: async () => ({ Component: (await import('./MeetingPage.tsx')).MeetingPage }),
    },
    {
      path: '/meetings/:id/present',
      handle,
      lazy: async () => ({ Component: (await import('./PresentPage.tsx')).PresentPage }),
    },
    {
      path: '/meetings/:id/minutes',
      handle: { ...handle, permission: 'meetings.minute' },
      lazy: async () => ({ Component: (await import('./MinutesPage.tsx')).MinutesPage }),
    },
    {
      path: '/meetings/:id/attend',
      handle: { ...handle, permission: 'meetings.attend' },
      lazy: async () => ({ Component: (await import('./AttendPage.tsx')).AttendPage }),
    },
    {
      path: '/meetings/:id/observe',
      handle,
      lazy: async () => ({ Component: (await import('./ObservePage.tsx')).ObservePage }),
    },
  ],
  nav: [{ path: '/meetings', label: title, order: 34, permission: 'meetings.read' }],
});
