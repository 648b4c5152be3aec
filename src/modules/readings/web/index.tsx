import { defineWebModule } from '#core/web/module.ts';
import { readings } from '../contract.ts';
import { ProjectPromises } from './ProjectPromises.tsx';
import { en, zh } from './text.ts';

const title = { zh: zh.title, en: en.title };
const handle = { title, permission: 'readings.read' };

export default defineWebModule(readings, {
  routes: [
    {
      path: '/readings',
      handle,
      lazy: async () => ({ Component: (await import('./ReadingsPage.tsx')).ReadingsPage }),
    },
    {
      path: '/readings/changes',
      handle: { title, permission: 'readings.settle' },
      lazy: async () => ({ Component: (await import('./ChangesPage.tsx')).ChangesPage }),
    },
    {
      path: '/readings/names',
      handle: { title: { zh: zh.aliasesTitle, en: en.aliasesTitle }, permission: 'readings.read' },
      lazy: async () => ({ Component: (await import('./AliasesPage.tsx')).AliasesPage }),
    },
    {
      path: '/readings/:id',
      handle,
      lazy: async () => ({ Component: (await import('./DeskPage.tsx')).DeskPage }),
    },
    {
      path: '/promises',
      handle: { title: { zh: zh.promisesTitle, en: en.promisesTitle }, permission: 'readings.promises' },
      lazy: async () => ({ Component: (await import('./PromisesPage.tsx')).PromisesPage }),
    },
  ],
  nav: [
    { path: '/readings', label: title, order: 48, permission: 'readings.read' },
    {
      path: '/promises',
      label: { zh: zh.promisesTitle, en: en.tabs.promises },
      order: 49,
      permission: 'readings.promises',
    },
  ],
  slots: {
    'projects.page.main': [{ order: 70, component: ProjectPromises, permission: 'readings.promises' }],
  },
});
