import { notFound } from '#core/server/errors.ts';
import type { OutboxEvent } from '#core/server/events.ts';
import { findFile, openFile } from '#core/server/files.ts';
import { enqueue } from '#core/server/jobs.ts';
import { defineServerModule, type JobRun } from '#core/server/module.ts';
import type { Scope } from '#core/server/scope.ts';
import { getProject } from '#modules/projects/server/public.ts';
import { lifecycle } from '../contract.ts';
import { cohortMembers, cohorts } from './cohorts.ts';
import { amend, end, move, revoke, setPath } from './gate-acts.ts';
import { pause, resume, updatePause } from './pause-acts.ts';
import { pauses } from './pause-list.ts';
import { candidates, carry, enter, presentRules, reserve, setItem, setRules } from './pool.ts';
import { presentLife } from './present.ts';
import { listEvents } from './store.ts';
import { listUnsettled, syncGates } from './sync.ts';

const lifeOf = async (scope: Scope, id: string) => presentLife(scope, await getProject(scope, id, 'lifecycle.read'));

/** Does the act, then answers with the life as it now stands. */
const then =
  <I extends { id: string }>(act: (scope: Scope, input: I) => Promise<void>) =>
  async (scope: Scope, input: I) => {
    await act(scope, input);
    return lifeOf(scope, input.id);
  };

/** One project by name: at once. Many, or none named: once for all, and only those that differ. */
const follow = async (scope: Scope, event: OutboxEvent): Promise<void> => {
  if (event.projectId !== null) await syncGates(scope, [event.projectId]);
  else await enqueue(scope, 'lifecycle.sync', {}, { key: `lifecycle.sync:${scope.cityId}` });
};

const sync = async (run: JobRun): Promise<void> => {
  const changed = await run.transaction((scope) => syncGates(scope, 'all'));
  if (changed > 0) run.log.info({ city: run.cityId, changed }, 'gates brought in step with the register');
};

export default defineServerModule(lifecycle, {
  handlers: {
    life: (scope, { id }) => lifeOf(scope, id),

    document: async (scope, { id, fileId }) => {
      await getProject(scope, id, 'lifecycle.read');
      const own = (await listEvents(scope, id)).some((e) => e.documents.some((d) => d.fileId === fileId));
      if (!own) throw notFound({ zh: '文件', en: 'file' });
      return { ...(await openFile(scope, fileId)), name: (await findFile(scope, fileId)).name };
    },

    move: then(move),
    amend: then(amend),
    revoke: then(revoke),
    setPath: then(setPath),
    pause: then(pause),
    updatePause: then(updatePause),
    resume: then(resume),
    end: then(end),
    pauses,
    reserve,
    candidates,
    enter,
    setItem,
    carry,
    cohorts,
    cohortMembers,
    rules: async (scope) => ({
      ...(await presentRules(scope)),
      allowed: scope.can('lifecycle.configure') ? ['configure' as const] : [],
    }),
    setRules,
  },

  on: {
    'projects.created': follow,
    'projects.changed': follow,
    'projects.imported': follow,
  },

  jobs: { sync },

  /** Projects that were entered before this module was there get their gates at the start. */
  start: ({ eachCity }) =>
    eachCity(async (scope) => {
      if ((await listUnsettled(scope, 'all')).length > 0)
        await enqueue(scope, 'lifecycle.sync', {}, { key: `lifecycle.sync:${scope.cityId}` });
    }),
});
