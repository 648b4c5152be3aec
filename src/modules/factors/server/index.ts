import { notFound } from '#core/server/errors.ts';
import { openFile } from '#core/server/files.ts';
import { defineServerModule } from '#core/server/module.ts';
import { getProject } from '#modules/projects/server/public.ts';
import { factors } from '../contract.ts';
import { cityCoverage, factorTable, overduePromises } from './city.ts';
import { passDay } from './lamps.ts';
import { hasFile, listEvents } from './need-store.ts';
import { allot, createPool, poolsOf, resizePool, withdraw } from './pools.ts';
import { presentProject } from './present.ts';
import { setNeed } from './set-need.ts';

export default defineServerModule(factors, {
  handlers: {
    project: async (scope, { projectId }) => presentProject(scope, await getProject(scope, projectId, 'factors.read')),

    history: async (scope, { projectId }) => {
      const project = await getProject(scope, projectId, 'factors.read');
      return listEvents(scope, project.id);
    },

    file: async (scope, { projectId, fileId }) => {
      const project = await getProject(scope, projectId, 'factors.read');
      if (!(await hasFile(scope, project.id, fileId))) throw notFound({ zh: '文件', en: 'file' });
      return openFile(scope, fileId);
    },

    setNeed,

    coverage: async (scope) => ({
      asOf: scope.today,
      ...(await cityCoverage(scope)),
      allowed: (['pools', 'allot'] as const).filter((verb) => scope.reach(`factors.${verb}`).all),
    }),
    table: factorTable,
    promises: async (scope) => ({ asOf: scope.today, owners: await overduePromises(scope) }),

    pools: (scope, { year }) => poolsOf(scope, year),
    createPool,
    resizePool,
    allot,
    withdraw,
  },

  jobs: {
    passDay: async (run) => {
      await run.transaction(passDay);
    },
  },
  // 00:04 in Shanghai: promises that ended yesterday are late now.
  cron: { passDay: '4 16 * * *' },
  // The program may have been off at midnight.
  start: ({ eachCity }) =>
    eachCity(async (scope) => {
      await passDay(scope);
    }),
});
