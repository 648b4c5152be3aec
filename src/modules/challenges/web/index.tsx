import { defineWebModule } from '#core/web/module.ts';
import { challenges } from '../contract.ts';
import { en, zh } from './text.ts';

const title = { zh: zh.title, en: en.title };
const handle = { title, permission: 'challenges.read' };

export default defineWebModule(challenges, {
  routes: [
    {
      path: '/challenges',
      handle,
      lazy: async () => ({ Component: (await import('./ChallengesPage.tsx')).ChallengesPage }),
    },
    {
      path: '/challenges/mine',
      handle,
      lazy: async () => ({ Component: (await import('./MinePage.tsx')).MinePage }),
    },
    {
      path: '/challenges/new',
      handle: { ...handle, permission: 'challenges.publish' },
      lazy: async () => ({ Component: (await import('./DraftPage.tsx')).DraftPage }),
    },
    {
      path: '/challenges/:id',
      handle,
      lazy: async () => ({ Component: (await import('./ChallengePage.tsx')).ChallengePage }),
    },
    {
      path: '/challenges/:id/edit',
      handle: { ...handle, permission: 'challenges.publish' },
      lazy: async () => ({ Component: (await import('./DraftPage.tsx')).DraftPage }),
    },
  ],
  nav: [{ path: '/challenges', label: title, order: 44, permission: 'challenges.read' }],
});
