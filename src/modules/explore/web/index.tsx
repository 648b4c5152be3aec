import { defineWebModule } from '#core/web/module.ts';
import { explore } from '../contract.ts';
import { en, zh } from './text.ts';

const permission = 'explore.read';
const title = { zh: zh.title, en: en.title };

export default defineWebModule(explore, {
  routes: [
    {
      path: '/explore',
      handle: { title, permission },
      lazy: async () => ({ Component: (await import('./ExplorePage.tsx')).ExplorePage }),
    },
  ],
  nav: [{ path: '/explore', label: title, order: 61, permission }],
});
