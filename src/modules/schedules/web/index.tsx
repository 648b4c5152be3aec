import { defineWebModule } from '#core/web/module.ts';
import { schedules } from '../contract.ts';
import { ScheduleSection } from './ScheduleSection.tsx';

const handle = { title: { zh: '倒排工期', en: 'Schedule' }, permission: 'schedules.read' };

export default defineWebModule(schedules, {
  routes: [
    {
      path: '/projects/:id/schedule',
      handle,
      lazy: async () => ({ Component: (await import('./SchedulePage.tsx')).SchedulePage }),
    },
  ],
  slots: {
    'projects.page.main': [{ order: 10, component: ScheduleSection, permission: 'schedules.read' }],
  },
});
