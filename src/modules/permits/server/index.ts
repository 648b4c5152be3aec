import { notFound } from '#core/server/errors.ts';
import { emit } from '#core/server/events.ts';
import { openFile } from '#core/server/files.ts';
import { defineServerModule } from '#core/server/module.ts';
import type { Scope } from '#core/server/scope.ts';
import { getProject } from '#modules/projects/server/public.ts';
import { permits } from '../contract.ts';
import { move } from './move.ts';
import { passDay, permitOwners } from './owners.ts';
import { makePlan, saveTemplate } from './plans.ts';
import { presentPlan } from './present.ts';
import { hasFile, listStepEvents } from './step-store.ts';
import { listTemplates } from './template-store.ts';

async function nextDay(scope: Scope): Promise<void> {
  const turned = await passDay(scope);
  if (turned.length > 0)
    await emit(scope, { topic: 'permits.dayPassed', unitIds: [], data: { changed: turned.length, day: scope.today } });
}

export default defineServerModule(permits, {
  handlers: {
    templates: async (scope) => ({
      templates: await listTemplates(scope),
      allowed: scope.reach('permits.configure').all ? ['configure' as const] : [],
    }),
    saveTemplate,

    plan: async (scope, { projectId }) => presentPlan(scope, await getProject(scope, projectId, 'permits.read')),
    makePlan,
    move,

    history: async (scope, { projectId }) => {
      const project = await getProject(scope, projectId, 'permits.read');
      return listStepEvents(scope, project.id);
    },

    file: async (scope, { projectId, fileId }) => {
      const project = await getProject(scope, projectId, 'permits.read');
      if (!(await hasFile(scope, project.id, fileId))) throw notFound({ zh: '文件', en: 'file' });
      return openFile(scope, fileId);
    },

    owners: permitOwners,
  },

  jobs: { passDay: (run) => run.transaction(nextDay) },
  // 00:06 in Shanghai: what was due yesterday is over its limit now.
  cron: { passDay: '6 16 * * *' },
  // The program may have been off at midnight.
  start: ({ eachCity }) => eachCity(nextDay),
});
