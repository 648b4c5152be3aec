import { Navigate } from 'react-router';
import { defineWebModule } from '#core/web/module.ts';
import { organization } from '../contract.ts';
import { UnitSearch } from './UnitSearch.tsx';

const units = async () => ({ Component: (await import('./UnitsPage.tsx')).UnitsPage });
const handle = { title: organization.title };

export default defineWebModule(organization, {
  routes: [
    { path: '/organization', element: <Navigate to="/organization/units" replace /> },
    { path: '/organization/units', lazy: units, handle },
    { path: '/organization/units/:unitId', lazy: units, handle },
    {
      path: '/organization/persons',
      lazy: async () => ({ Component: (await import('./PeoplePage.tsx')).PeoplePage }),
      handle: { ...handle, permission: 'organization.read' },
    },
    {
      path: '/organization/persons/:personId',
      lazy: async () => ({ Component: (await import('./PersonPage.tsx')).PersonPage }),
      handle: { ...handle, permission: 'organization.read' },
    },
    {
      path: '/organization/regions',
      lazy: async () => ({ Component: (await import('./RegionsPage.tsx')).RegionsPage }),
      handle,
    },
  ],
  nav: [{ path: '/organization', label: organization.title, order: 70, permission: 'organization.read' }],
  slots: { 'shell.search': [{ order: 30, component: UnitSearch, permission: 'signedIn' }] },
});
