import { defineWebModule } from '#core/web/module.ts';
import { enrolment } from '../contract.ts';
import { EnrolmentSection } from './EnrolmentSection.tsx';
import { en, zh } from './text.ts';

const title = { zh: zh.title, en: en.title };
const handle = { title, permission: 'enrolment.read' };

export default defineWebModule(enrolment, {
  routes: [
    { path: '/enrolment', handle, lazy: async () => ({ Component: (await import('./OpenPage.tsx')).OpenPage }) },
    { path: '/enrolment/gaps', handle, lazy: async () => ({ Component: (await import('./GapsPage.tsx')).GapsPage }) },
    {
      path: '/enrolment/rules',
      handle,
      lazy: async () => ({ Component: (await import('./RulesPage.tsx')).RulesPage }),
    },
    {
      path: '/enrolment/import',
      handle: { ...handle, permission: 'enrolment.statistics' },
      lazy: async () => ({ Component: (await import('./ListImport.tsx')).ListImport }),
    },
  ],
  nav: [{ path: '/enrolment', label: { zh: zh.nav, en: en.nav }, order: 46, permission: 'enrolment.read' }],
  slots: {
    'projects.page.main': [{ order: 50, component: EnrolmentSection, permission: 'enrolment.read' }],
  },
});
