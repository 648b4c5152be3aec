import { lazy } from 'react';
import { defineWebModule } from '#core/web/module.ts';
import { funding } from '../contract.ts';

const handle = { title: { zh: '资金', en: 'Funding' }, permission: 'funding.read' };

export default defineWebModule(funding, {
  routes: [
    { path: '/funding', handle, lazy: async () => ({ Component: (await import('./FundingPage.tsx')).FundingPage }) },
    { path: '/funding/bonds', handle, lazy: async () => ({ Component: (await import('./BondsPage.tsx')).BondsPage }) },
    {
      path: '/funding/sources',
      handle: { ...handle, permission: 'funding.configure' },
      lazy: async () => ({ Component: (await import('./SourcesPage.tsx')).SourcesPage }),
    },
  ],
  nav: [{ path: '/funding', label: { zh: '资金', en: 'Funding' }, order: 45, permission: 'funding.read' }],
  slots: {
    'projects.page.main': [
      {
        order: 30,
        component: lazy(async () => ({ default: (await import('./FundingSection.tsx')).FundingSection })),
        permission: 'funding.read',
      },
    ],
  },
});
