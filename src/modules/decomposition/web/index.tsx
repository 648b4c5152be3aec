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
  nav: [{ path: '/decompositions', label: title, order: 33, permission: 'decomposition.read' }],
});
