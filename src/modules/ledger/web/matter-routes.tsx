import type { SlotEntry, WebRoute } from '#core/web/module.ts';
import * as text from './matter-text.ts';

const title = { zh: text.zh.ledger, en: text.en.ledger };
const read = { title, permission: 'ledger.read' };

/** The pages of one matter; `index.tsx` puts them beside the lists. */
export const matterRoutes: readonly WebRoute[] = [
  {
    path: '/matters/:id',
    handle: read,
    lazy: async () => ({ Component: (await import('./MatterPage.tsx')).MatterPage }),
  },
];

export const matterSlots: Record<string, readonly SlotEntry[]> = {};
