import { notFound } from '#core/server/errors.ts';
import { findFile, openFile } from '#core/server/files.ts';
import { defineServerModule } from '#core/server/module.ts';
import type { Scope } from '#core/server/scope.ts';
import { ledger } from '../contract.ts';
import { editMatter } from './edit.ts';
import { fillBands, listEvidence } from './evidence-store.ts';
import { askExtension, claim, contribute, decideExtension, report, sign } from './handle-acts.ts';
import { words } from './hold.ts';
import { issueMatters } from './issue.ts';
import { listTemplates } from './limits.ts';
import { listHandlers } from './list-handlers.ts';
import { runNight } from './nightly.ts';
import { recordOnSpot } from './on-spot.ts';
import { presentMatter } from './present.ts';
import { raiseMatters } from './raise.ts';
import { findMatter } from './store.ts';
import { escalate, mark, remark, remind, resume, suspend, voidMatter } from './supervise-acts.ts';
import { tables } from './tables.ts';
import { indexTitles } from './title-search.ts';
import { link, merge, split } from './tree-acts.ts';
import { reopen, take, verify } from './verify-acts.ts';

/** Files hang on evidence, on an application for more time, or on a leader's comment. */
async function holdsFile(scope: Scope, matterId: string, fileId: string): Promise<boolean> {
  if ((await listEvidence(scope, matterId)).some((e) => e.fileId === fileId)) return true;
  const extension = await tables(scope)
    .selectFrom('ledger.extension')
    .select('id')
    .where('cityId', '=', scope.cityId)
    .where('matterId', '=', matterId)
    .where('fileId', '=', fileId)
    .executeTakeFirst();
  if (extension) return true;
  const events = await tables(scope)
    .selectFrom('ledger.event')
    .select('payload')
    .where('cityId', '=', scope.cityId)
    .where('matterId', '=', matterId)
    .where('act', '=', 'remark')
    .execute();
  return events.some((e) => e.payload.fileId === fileId);
}

export default defineServerModule(ledger, {
  handlers: {
    matter: (scope, { id }) => presentMatter(scope, id),
    templates: (scope) => listTemplates(scope),

    file: async (scope, { id, fileId }) => {
      if (!(await findMatter(scope, id))) throw notFound(words);
      if (!(await holdsFile(scope, id, fileId))) throw notFound({ zh: '文件', en: 'file' });
      return { ...(await openFile(scope, fileId)), name: (await findFile(scope, fileId)).name };
    },

    raise: async (scope, { issue, ...matter }) => {
      if (issue && !scope.can('ledger.issue')) throw notFound(words);
      return (await raiseMatters(scope, [matter], { issue }))[0]!;
    },
    recordOnSpot,
    edit: (scope, input) => editMatter(scope, input),
    issue: (scope, { ids }) => issueMatters(scope, ids),
    sign,
    report,
    contribute,
    claim,
    take,
    verify,
    suspend,
    resume,
    void: voidMatter,
    reopen,
    askExtension,
    decideExtension,
    remind,
    escalate,
    remark,
    mark,
    split,
    merge,
    link,
    ...listHandlers,
  },

  start: ({ eachCity }) => eachCity(fillBands),

  jobs: { night: runNight, titles: indexTitles },
  // Just after midnight in the city, when days have changed. New titles come into the index every hour.
  cron: { night: '6 16 * * *', titles: '26 * * * *' },
});
