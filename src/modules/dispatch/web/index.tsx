import { defineWebModule } from '#core/web/module.ts';
import { dispatch } from '../contract.ts';
import { ClockMark } from './ClockMark.tsx';
import { DispatchTabs } from './DispatchTabs.tsx';
import { WhyLight } from './WhyLight.tsx';

const handle = { title: { zh: '调度', en: 'Dispatch' }, permission: 'dispatch.read' };

export default defineWebModule(dispatch, {
  routes: [
    { path: '/dispatch', handle, lazy: async () => ({ Component: (await import('./DispatchPage.tsx')).DispatchPage }) },
    { path: '/dispatch/rates', handle, lazy: async () => ({ Component: (await import('./RatesPage.tsx')).RatesPage }) },
    {
      path: '/dispatch/exemptions',
      handle,
      lazy: async () => ({ Component: (await import('./ExemptionsPage.tsx')).ExemptionsPage }),
    },
    { path: '/dispatch/rules', handle, lazy: async () => ({ Component: (await import('./RulesPage.tsx')).RulesPage }) },
  ],
  nav: [{ path: '/dispatch', label: { zh: '调度', en: 'Dispatch' }, order: 40, permission: 'dispatch.read' }],
  slots: {
    'projects.page.light': [{ order: 10, component: WhyLight, permission: 'dispatch.read' }],
    'dispatch.page.tabs': [{ order: 10, component: DispatchTabs, permission: 'dispatch.read' }],
    'shell.clock': [{ order: 10, component: ClockMark }],
  },
});
