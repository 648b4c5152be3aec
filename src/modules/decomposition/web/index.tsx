import { defineWebModule } from '#core/web/module.ts';
import { decomposition } from '../contract.ts';
import { en, zh } from './text.ts';

const title = { zh: zh.title, en: en.title };
const handle = { title, permission: 'decomposition.read' };

export default defineWebModule(decomposition, {
  routes: [
    {
      path: '/decompositions',
      handle,
      lazy: async () => ({ Component: (await import('./DecompositionsPage.tsx')).DecompositionsPage }),
    },
    {
      path: '/decompositions/:id',
      handle,
      lazy: async () => ({ Component: (await import('./DecompositionPage.tsx')).DecompositionPage }),
    },
  ],
  // Short, so that it fits the navigation in English too.
  nav: [
    { path: '/decompositions', label: { zh: zh.title, en: 'Task split' }, order: 33, permission: 'decomposition.read' },
  ],
});
