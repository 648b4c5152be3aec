import type { NavItem, WebRoute } from '#core/web/module.ts';
import * as text from './list-text.ts';
import { useListBadge } from './use-list-badge.ts';

const handle = (title: { zh: string; en: string }, permission = 'ledger.read') => ({ title, permission });
const titles = {
  list: { zh: text.zh.title, en: text.en.title },
  statistics: { zh: text.zh.stats.title, en: text.en.stats.title },
  samples: { zh: text.zh.samplePage.list, en: text.en.samplePage.list },
};

/** Pages of many matters. `index.tsx` puts them beside those of one. */
export const listRoutes: readonly WebRoute[] = [
  {
    path: '/matters',
    handle: handle(titles.list),
    lazy: async () => ({ Component: (await import('./MatterList.tsx')).MatterList }),
  },
  {
    path: '/matters/statistics',
    handle: handle(titles.statistics),
    lazy: async () => ({ Component: (await import('./StatisticsPage.tsx')).StatisticsPage }),
  },
  {
    path: '/matters/samples',
    handle: handle(titles.samples, 'ledger.verify'),
    lazy: async () => ({ Component: (await import('./SamplePage.tsx')).SamplesPage }),
  },
  {
    path: '/matters/samples/:id',
    handle: handle(titles.samples, 'ledger.verify'),
    lazy: async () => ({ Component: (await import('./SamplePage.tsx')).SamplePage }),
  },
];

export const listNav: readonly NavItem[] = [
  { path: '/matters', label: titles.list, order: 25, permission: 'ledger.read', badge: useListBadge },
];
