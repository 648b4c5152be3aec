import { defineWebModule } from '#core/web/module.ts';
import { snapshots } from '../contract.ts';
import { en, zh } from './text.ts';

const handle = { title: { zh: zh.title, en: en.title }, permission: 'snapshots.read' };

export default defineWebModule(snapshots, {
  routes: [
    {
      path: '/snapshots',
      handle,
      lazy: async () => ({ Component: (await import('./SnapshotsPage.tsx')).SnapshotsPage }),
    },
    {
      path: '/snapshots/as-of',
      handle,
      lazy: async () => ({ Component: (await import('./AsOfPage.tsx')).AsOfPage }),
    },
    {
      path: '/snapshots/:period',
      handle,
      lazy: async () => ({ Component: (await import('./MonthPage.tsx')).MonthPage }),
    },
  ],
  nav: [{ path: '/snapshots', label: { zh: '冻结', en: 'Freezes' }, order: 45, permission: 'snapshots.read' }],
});
