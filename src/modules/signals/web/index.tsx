import { defineWebModule } from '#core/web/module.ts';
import { signals } from '../contract.ts';
import { ProjectSignals } from './ProjectSignals.tsx';

const title = { zh: '数据质量', en: 'Data quality' };

export default defineWebModule(signals, {
  routes: [
    {
      path: '/signals',
      handle: { title, permission: 'signals.read' },
      lazy: async () => ({ Component: (await import('./SignalsPage.tsx')).SignalsPage }),
    },
  ],
  nav: [{ path: '/signals', label: title, order: 45, permission: 'signals.settle' }],
  slots: { 'projects.page.main': [{ order: 60, component: ProjectSignals, permission: 'signals.read' }] },
});
