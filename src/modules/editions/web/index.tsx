import { defineWebModule } from '#core/web/module.ts';
import { editions } from '../contract.ts';
import { en, zh } from './text.ts';

const title = { zh: zh.title, en: en.title };
const handle = { title, permission: 'editions.read' };

export default defineWebModule(editions, {
  routes: [
    {
      path: '/editions',
      handle,
      lazy: async () => ({ Component: (await import('./EditionsPage.tsx')).EditionsPage }),
    },
    {
      path: '/editions/:period',
      handle: { title, permission: 'editions.prepare' },
      lazy: async () => ({ Component: (await import('./MonthPage.tsx')).MonthPage }),
    },
    {
      path: '/editions/:period/:version',
      handle,
      lazy: async () => ({ Component: (await import('./EditionPage.tsx')).EditionPage }),
    },
  ],
  nav: [{ path: '/editions', label: title, order: 41, permission: 'editions.read' }],
});
