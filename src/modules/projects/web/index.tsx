import { useQuery } from '@tanstack/react-query';
import { useClient } from '#core/web/client.ts';
import { defineWebModule } from '#core/web/module.ts';
import { projects } from '../contract.ts';
import { ImportAction } from './import/ImportAction.tsx';
import { ProjectSearch } from './ProjectSearch.tsx';

/** How many projects the person may see, beside the navigation item. */
function useCount() {
  const api = useClient(projects);
  const counts = useQuery({
    queryKey: ['projects', 'counts', 'nav'],
    queryFn: ({ signal }) => api.counts({}, { signal }),
    staleTime: 60_000,
  });
  return counts.data?.projects;
}

const handle = { title: { zh: '项目', en: 'Projects' }, permission: 'projects.read' };

export default defineWebModule(projects, {
  routes: [
    { path: '/projects', handle, lazy: async () => ({ Component: (await import('./ProjectList.tsx')).ProjectList }) },
    {
      path: '/projects/new',
      handle: { ...handle, permission: 'projects.edit' },
      lazy: async () => ({ Component: (await import('./ProjectEntry.tsx')).NewProjectPage }),
    },
    {
      path: '/projects/import',
      handle: { title: { zh: '导入台账', en: 'Import a ledger' }, permission: 'projects.import' },
      lazy: async () => ({ Component: (await import('./import/ImportStart.tsx')).ImportStart }),
    },
    {
      path: '/projects/import/:id',
      handle: { title: { zh: '导入台账', en: 'Import a ledger' }, permission: 'projects.import' },
      lazy: async () => ({ Component: (await import('./import/ImportPage.tsx')).ImportPage }),
    },
    {
      path: '/projects/:id',
      handle,
      lazy: async () => ({ Component: (await import('./ProjectPage.tsx')).ProjectPage }),
    },
    {
      path: '/projects/:id/edit',
      handle: { ...handle, permission: 'projects.edit' },
      lazy: async () => ({ Component: (await import('./ProjectEntry.tsx')).EditProjectPage }),
    },
  ],
  nav: [
    {
      path: '/projects',
      label: { zh: '项目', en: 'Projects' },
      order: 10,
      permission: 'projects.read',
      badge: useCount,
    },
  ],
  slots: {
    'shell.search': [{ order: 10, component: ProjectSearch, permission: 'projects.read' }],
    'projects.list.actions': [{ order: 10, component: ImportAction, permission: 'projects.import' }],
  },
});
