import { defineWebModule } from '#core/web/module.ts';
import { duties } from '../contract.ts';

const dutyTitle = { zh: '值班值守', en: 'Duties' };
const incidentTitle = { zh: '突发事件', en: 'Incidents' };
const permission = 'duties.read';

export default defineWebModule(duties, {
  routes: [
    {
      path: '/duties',
      handle: { title: dutyTitle, permission },
      lazy: async () => ({ Component: (await import('./DutiesPage.tsx')).DutiesPage }),
    },
    {
      path: '/incidents',
      handle: { title: incidentTitle, permission },
      lazy: async () => ({ Component: (await import('./IncidentsPage.tsx')).IncidentsPage }),
    },
    {
      path: '/incidents/rules',
      handle: { title: { zh: '时限与报送规则', en: 'Limits and recipients' }, permission },
      lazy: async () => ({ Component: (await import('./RulesPage.tsx')).RulesPage }),
    },
    {
      path: '/incidents/:id',
      handle: { title: incidentTitle, permission },
      lazy: async () => ({ Component: (await import('./IncidentPage.tsx')).IncidentPage }),
    },
  ],
  nav: [
    { path: '/duties', label: dutyTitle, order: 36, permission },
    { path: '/incidents', label: incidentTitle, order: 37, permission },
  ],
});
