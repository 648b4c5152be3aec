import { defineWebModule } from '#core/web/module.ts';
import { rankings } from '../contract.ts';

const permission = 'rankings.read';
const title = { zh: '排名', en: 'Rankings' };

export default defineWebModule(rankings, {
  routes: [
    {
      path: '/rankings',
      handle: { title, permission },
      lazy: async () => ({ Component: (await import('./RankingsPage.tsx')).RankingsPage }),
    },
    {
      path: '/rankings/boards',
      handle: { title: { zh: '红黑榜', en: 'Boards' }, permission },
      lazy: async () => ({ Component: (await import('./BoardsPage.tsx')).BoardsPage }),
    },
    {
      path: '/rankings/definitions',
      handle: { title: { zh: '排名和榜单的定义', en: 'Definitions of rankings' }, permission },
      lazy: async () => ({ Component: (await import('./DefinitionsPage.tsx')).DefinitionsPage }),
    },
  ],
  nav: [{ path: '/rankings', label: title, order: 42, permission }],
});
