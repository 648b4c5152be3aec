import { defineWebModule } from '#core/web/module.ts';
import { publications } from '../contract.ts';
import { MonthProducts } from './MonthProducts.tsx';
import { en, zh } from './text.ts';

const permission = 'publications.read';

export default defineWebModule(publications, {
  routes: [
    {
      path: '/publications',
      handle: { title: { zh: zh.title, en: en.title }, permission },
      lazy: async () => ({ Component: (await import('./PublicationsPage.tsx')).PublicationsPage }),
    },
    {
      path: '/publications/templates',
      handle: { title: { zh: zh.templatePage.title, en: en.templatePage.title }, permission: 'publications.review' },
      lazy: async () => ({ Component: (await import('./TemplatesPage.tsx')).TemplatesPage }),
    },
    {
      path: '/publications/:id',
      handle: { title: { zh: zh.nav, en: en.nav }, permission },
      lazy: async () => ({ Component: (await import('./EditorPage.tsx')).EditorPage }),
    },
    {
      path: '/publications/:id/phone',
      handle: { title: { zh: zh.phone, en: en.phone }, permission },
      lazy: async () => ({ Component: (await import('./PhonePage.tsx')).PhonePage }),
    },
  ],
  nav: [{ path: '/publications', label: { zh: zh.nav, en: en.nav }, order: 47, permission }],
  slots: { 'editions.month.products': [{ order: 10, component: MonthProducts, permission }] },
});
