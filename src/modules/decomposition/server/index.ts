import { audited } from '#core/server/audit.ts';
import { conflict } from '#core/server/errors.ts';
import { defineServerModule } from '#core/server/module.ts';
import { decomposition } from '../contract.ts';
import { createFromFile, createFromText } from './create.ts';
import { issueAccepted } from './issue.ts';
import { readBack } from './read-back.ts';
import { addRow, changeRow, changeRows, decide, mergeRows, splitRow } from './rows.ts';
import { exportTable } from './sheet.ts';
import { countRows, lockDocument, setDocumentState } from './store.ts';
import { documentView, listHeads } from './view.ts';

export default defineServerModule(decomposition, {
  handlers: {
    list: async (scope) => ({
      documents: await listHeads(scope),
      allowed: scope.can('decomposition.edit') ? ['create' as const] : [],
    }),
    get: (scope, { id }) => documentView(scope, id),
    createFromText,
    createFromFile,
    changeRow,
    changeRows,
    addRow,
    mergeRows,
    splitRow,
    decide,
    issue: issueAccepted,
    discard: async (scope, { id, reason }) => {
      await lockDocument(scope, id);
      if ((await countRows(scope, [id])).get(id)?.issued)
        throw conflict('already_issued', {
          zh: '已有任务签发，不能作废。请把其余的行标为不采用',
          en: 'Tasks were issued from it, so it cannot be discarded. Reject the other rows instead',
        });
      await setDocumentState(scope, id, 'discarded');
      audited(scope, { subject: 'decomposition.document', id, after: { state: 'discarded', reason } });
      return { id };
    },
    export: exportTable,
    readBack,
  },
});
