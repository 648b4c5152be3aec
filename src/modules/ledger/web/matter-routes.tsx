import { lazy } from 'react';
import type { SlotEntry, WebRoute } from '#core/web/module.ts';
import * as form from './form-text.ts';
import * as text from './matter-text.ts';

const title = { zh: text.zh.ledger, en: text.en.ledger };
const read = { title, permission: 'ledger.read' };
const raise = { title: { zh: form.zh.newTitle, en: form.en.newTitle }, permission: 'ledger.raise' };

/** Pages of one matter: seen, answered on a phone, raised. `index.tsx` puts them beside the lists. */
export const matterRoutes: readonly WebRoute[] = [
  {
    path: '/matters/new',
    handle: raise,
    lazy: async () => ({ Component: (await import('./MatterFormPage.tsx')).NewMatterPage }),
  },
  {
    path: '/matters/on-spot',
    handle: { title: { zh: form.zh.onSpotTitle, en: form.en.onSpotTitle }, permission: 'ledger.raise' },
    lazy: async () => ({ Component: (await import('./OnSpotPage.tsx')).OnSpotPage }),
  },
  {
    path: '/matters/:id',
    handle: read,
    lazy: async () => ({ Component: (await import('./MatterPage.tsx')).MatterPage }),
  },
  {
    path: '/matters/:id/edit',
    handle: raise,
    lazy: async () => ({ Component: (await import('./MatterFormPage.tsx')).EditMatterPage }),
  },
  {
    path: '/m/:id',
    handle: read,
    lazy: async () => ({ Component: (await import('./PhonePage.tsx')).PhonePage }),
  },
];

const ProjectMatters = lazy(async () => ({ default: (await import('./ProjectMatters.tsx')).ProjectMatters }));

/** What matters add to other modules' pages. */
export const matterSlots: Record<string, readonly SlotEntry[]> = {
  'projects.page.main': [
    {
      order: 25,
      component: (props: { project: { id: string; name: string } }) => <ProjectMatters {...props} />,
      permission: 'ledger.read',
    },
  ],
};
