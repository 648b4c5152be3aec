import { defineWebModule } from '#core/web/module.ts';
import { burden } from '../contract.ts';

const title = { zh: '填报负担', en: 'Burden' };

export default defineWebModule(burden, {
  routes: [
    {
      path: '/burden',
      handle: { title, permission: 'burden.read' },
      lazy: async () => ({ Component: (await import('./BurdenPage.tsx')).BurdenPage }),
    },
  ],
  nav: [{ path: '/burden', label: title, order: 67, permission: 'burden.read' }],
});
