import { defineWebModule } from '#core/web/module.ts';
import { scores } from '../contract.ts';
import { en, zh } from './text.ts';

const permission = 'scores.read';
const handle = (tab: keyof typeof zh.tabs, needs = permission) => ({
  title: { zh: zh.tabs[tab], en: en.tabs[tab] },
  permission: needs,
});

export default defineWebModule(scores, {
  routes: [
    {
      path: '/scores',
      handle: { title: { zh: zh.title, en: en.title }, permission },
      lazy: async () => ({ Component: (await import('./ScoresPage.tsx')).ScoresPage }),
    },
    {
      path: '/scores/new',
      handle: { title: { zh: zh.newTitle, en: en.newTitle }, permission: 'scores.manage' },
      lazy: async () => ({ Component: (await import('./EditPage.tsx')).NewPage }),
    },
    {
      path: '/scores/:scheme',
      handle: handle('result'),
      lazy: async () => ({ Component: (await import('./ResultPage.tsx')).ResultPage }),
    },
    {
      path: '/scores/:scheme/self',
      handle: handle('self'),
      lazy: async () => ({ Component: (await import('./SelfPage.tsx')).SelfPage }),
    },
    {
      path: '/scores/:scheme/publicity',
      handle: handle('publicity'),
      lazy: async () => ({ Component: (await import('./PublicityPage.tsx')).PublicityPage }),
    },
    {
      path: '/scores/:scheme/entries',
      handle: handle('entries', 'scores.manage'),
      lazy: async () => ({ Component: (await import('./EntriesPage.tsx')).EntriesPage }),
    },
    {
      path: '/scores/:scheme/what-if',
      handle: handle('whatIf', 'scores.manage'),
      lazy: async () => ({ Component: (await import('./WhatIfPage.tsx')).WhatIfPage }),
    },
    {
      path: '/scores/:scheme/edit',
      handle: handle('edit'),
      lazy: async () => ({ Component: (await import('./EditPage.tsx')).EditPage }),
    },
  ],
  nav: [{ path: '/scores', label: { zh: zh.nav, en: en.nav }, order: 43, permission }],
});
