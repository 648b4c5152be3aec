import { defineWebModule } from '#core/web/module.ts';
import { permits } from '../contract.ts';
import { PermitSection } from './PermitSection.tsx';
import { en, zh } from './text.ts';

const title = { zh: zh.title, en: en.title };
const handle = { title, permission: 'permits.read' };

export default defineWebModule(permits, {
  routes: [
    { path: '/permits', handle, lazy: async () => ({ Component: (await import('./PermitsPage.tsx')).PermitsPage }) },
    {
      path: '/permits/templates',
      handle,
      lazy: async () => ({ Component: (await import('./TemplatesPage.tsx')).TemplatesPage }),
    },
  ],
  nav: [{ path: '/permits', label: title, order: 46, permission: 'permits.read' }],
  slots: {
    'projects.page.main': [{ order: 45, component: PermitSection, permission: 'permits.read' }],
  },
});
