import { defineWebModule } from '#core/web/module.ts';
import { opendata } from '../contract.ts';
import { PublishPanel } from './PublishPanel.tsx';
import './opendata.css';

const title = { zh: '数据开放', en: 'Open data' };

export default defineWebModule(opendata, {
  routes: [
    {
      path: '/open-data',
      handle: { title, permission: 'opendata.export' },
      lazy: async () => ({ Component: (await import('./OpenDataPage.tsx')).OpenDataPage }),
    },
    {
      path: '/public',
      handle: { title, bare: true },
      lazy: async () => ({ Component: (await import('./PublicPages.tsx')).PublicListPage }),
    },
    {
      path: '/public/:id',
      handle: { title, bare: true },
      lazy: async () => ({ Component: (await import('./PublicPages.tsx')).PublicProjectPage }),
    },
  ],
  nav: [{ path: '/open-data', label: title, order: 88, permission: 'opendata.export' }],
  slots: { 'projects.page.side': [{ order: 50, component: PublishPanel, permission: 'opendata.read' }] },
});
