import { defineWebModule } from '#core/web/module.ts';
import { factors } from '../contract.ts';
import { FactorSection } from './FactorSection.tsx';
import { en, zh } from './text.ts';

const title = { zh: zh.title, en: en.title };
const handle = { title, permission: 'factors.read' };

export default defineWebModule(factors, {
  routes: [
    { path: '/factors', handle, lazy: async () => ({ Component: (await import('./FactorsPage.tsx')).FactorsPage }) },
    {
      path: '/factors/projects',
      handle,
      lazy: async () => ({ Component: (await import('./FactorTablePage.tsx')).FactorTablePage }),
    },
    {
      path: '/factors/promises',
      handle,
      lazy: async () => ({ Component: (await import('./PromisesPage.tsx')).PromisesPage }),
    },
  ],
  nav: [{ path: '/factors', label: title, order: 45, permission: 'factors.read' }],
  slots: {
    'projects.page.main': [{ order: 40, component: FactorSection, permission: 'factors.read' }],
  },
});
