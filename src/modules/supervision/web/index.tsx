import { defineWebModule } from '#core/web/module.ts';
import { supervision } from '../contract.ts';
import { MatterActs } from './MatterActs.tsx';
import { MatterSection } from './MatterSection.tsx';
import { en, zh } from './text.ts';

const permission = 'supervision.read';
const handle = (tab: keyof typeof zh.tabs) => ({ title: { zh: zh.tabs[tab], en: en.tabs[tab] }, permission });

export default defineWebModule(supervision, {
  routes: [
    {
      path: '/supervision',
      handle: handle('due'),
      lazy: async () => ({ Component: (await import('./DuePage.tsx')).DuePage }),
    },
    {
      path: '/supervision/sheets',
      handle: handle('sheets'),
      lazy: async () => ({ Component: (await import('./SheetsPage.tsx')).SheetsPage }),
    },
    {
      path: '/supervision/objections',
      handle: handle('objections'),
      lazy: async () => ({ Component: (await import('./ObjectionsPage.tsx')).ObjectionsPage }),
    },
    {
      path: '/supervision/frequency',
      handle: handle('frequency'),
      lazy: async () => ({ Component: (await import('./FrequencyPage.tsx')).FrequencyPage }),
    },
    {
      path: '/supervision/rules',
      handle: handle('rules'),
      lazy: async () => ({ Component: (await import('./RulesPage.tsx')).RulesPage }),
    },
    {
      path: '/supervision/limits',
      handle: handle('limits'),
      lazy: async () => ({ Component: (await import('./LimitsPage.tsx')).LimitsPage }),
    },
  ],
  nav: [{ path: '/supervision', label: { zh: zh.nav, en: en.nav }, order: 32, permission }],
  slots: {
    'ledger.matter.main': [{ order: 30, component: MatterSection, permission }],
    'ledger.matter.actions': [{ order: 30, component: MatterActs, permission }],
  },
});
