import { defineWebModule } from '#core/web/module.ts';
import { calendar } from '../contract.ts';
import { TodayMark } from './TodayMark.tsx';

const handle = { title: { zh: '日历', en: 'Calendar' } };

export default defineWebModule(calendar, {
  routes: [
    { path: '/calendar', handle, lazy: async () => ({ Component: (await import('./CalendarPage.tsx')).CalendarPage }) },
    { path: '/calendar/rules', handle, lazy: async () => ({ Component: (await import('./RulesPage.tsx')).RulesPage }) },
  ],
  nav: [{ path: '/calendar', label: { zh: '日历', en: 'Calendar' }, order: 80, permission: 'signedIn' }],
  slots: { 'shell.day': [{ order: 10, component: TodayMark }] },
});
