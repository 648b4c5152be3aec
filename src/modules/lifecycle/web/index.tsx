import { lazy } from 'react';
import { defineWebModule } from '#core/web/module.ts';
import { lifecycle } from '../contract.ts';

const handle = { title: { zh: '全过程', en: 'Life cycle' }, permission: 'lifecycle.read' };
const LazyLife = lazy(async () => ({ default: (await import('./LifeSection.tsx')).LifeSection }));

export default defineWebModule(lifecycle, {
  routes: [
    { path: '/reserve', handle, lazy: async () => ({ Component: (await import('./ReservePage.tsx')).ReservePage }) },
    {
      path: '/reserve/conversion',
      handle,
      lazy: async () => ({ Component: (await import('./ConversionPage.tsx')).ConversionPage }),
    },
    {
      path: '/reserve/pauses',
      handle,
      lazy: async () => ({ Component: (await import('./PausesPage.tsx')).PausesPage }),
    },
    { path: '/reserve/rules', handle, lazy: async () => ({ Component: (await import('./RulesPage.tsx')).RulesPage }) },
  ],
  nav: [{ path: '/reserve', label: { zh: '全过程', en: 'Life cycle' }, order: 14, permission: 'lifecycle.read' }],
  slots: {
    'projects.page.path': [{ order: 5, component: LazyLife, permission: 'lifecycle.read' }],
  },
});
