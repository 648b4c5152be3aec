import { audited } from '#core/server/audit.ts';
import { conflict, invalid, notFound } from '#core/server/errors.ts';
import { claimFile, fileReply, readFileBytes } from '#core/server/files.ts';
import { defineServerModule } from '#core/server/http.ts';
import { newId } from '#core/shared/id.ts';
import { type Decision, readings } from '../contract.ts';
import { listAliases, withdrawAlias } from './aliases.ts';
import { listChanges, settleChange } from './changes.ts';
import { decide } from './decide.ts';
import { documentWords, getLine, paperOf, presentDecision, presentLine, readDesk, workAtDesk } from './desk.ts';
import { promiseTable } from './promise-table.ts';
import { leagueOf, listPromises } from './promises.ts';
import { revoke } from './revoke.ts';
import { findDocument, hashOf, listDecisions, listLines, lockDocument, tables } from './store.ts';
import { remindOverdue, tellings } from './tell.ts';

export default defineServerModule(readings, {
  handlers: {
    documents: async (scope, { q, offset }) => {
      const { total, lines } = await listLines(scope, { q, offset });
      return { total, documents: lines.map(presentLine), canAdd: scope.can('readings.review') };
    },

    add: async (scope, { text, fileId, fileName, title, documentDate }) => {
      if (fileId !== undefined) await claimFile(scope, fileId);
      const source = text === undefined ? { bytes: await readFileBytes(scope, fileId!) } : { text };
      const { original, ...head } = await workAtDesk({ want: 'head', source, documentDate });
      if (original.trim().length < 4)
        throw invalid('empty_document', { zh: '文件里没有文字', en: 'There are no words in the document' }, 'text');
      const textHash = hashOf(original);
      const twin = await tables(scope)
        .selectFrom('readings.document')
        .select('id')
        .where('cityId', '=', scope.cityId)
        .where('textHash', '=', textHash)
        .where('withdrawnAt', 'is', null)
        .executeTakeFirst();
      const id = newId();
      await tables(scope)
        .insertInto('readings.document')
        .values({
          cityId: scope.cityId,
          id,
          title: title ?? head.firstLine ?? '未命名文件',
          original,
          textHash,
          fileId: fileId ?? null,
          fileName: fileName ?? null,
          documentDate: head.documentDate,
          addedAt: scope.now,
          addedBy: scope.actor.id,
          addedByName: scope.actor.name,
          withdrawnAt: null,
          withdrawnByName: null,
          withdrawnReason: null,
        })
        .execute();
      audited(scope, { subject: 'readings.document', id, after: { textHash, length: original.length } });
      return { id, twinId: twin?.id ?? null };
    },

    desk: (scope, { id, part }) => readDesk(scope, id, part),

    edit: async (scope, { id, title, documentDate }) => {
      const document = await lockDocument(scope, id);
      if (!document || document.withdrawnAt !== null) throw notFound(documentWords);
      await tables(scope)
        .updateTable('readings.document')
        .set({ title: title ?? document.title, ...(documentDate !== undefined && { documentDate }) })
        .where('cityId', '=', scope.cityId)
        .where('id', '=', id)
        .execute();
      const { title: oldTitle, documentDate: oldDate } = document;
      audited(scope, {
        subject: 'readings.document',
        id,
        before: { title: oldTitle, documentDate: oldDate },
        after: { title, documentDate },
      });
      return getLine(scope, id);
    },

    decide: (scope, input) => decide(scope, input),
    revoke: (scope, input) => revoke(scope, input),
    aliases: (scope, input) => listAliases(scope, input),
    withdrawAlias: (scope, input) => withdrawAlias(scope, input),

    withdraw: async (scope, { id, reason }) => {
      const document = await lockDocument(scope, id);
      if (!document) throw notFound(documentWords);
      if (document.withdrawnAt !== null)
        throw conflict('withdrawn', { zh: '文件已经撤下', en: 'The document was taken off already' });
      await tables(scope)
        .updateTable('readings.document')
        .set({ withdrawnAt: scope.now, withdrawnByName: scope.actor.name, withdrawnReason: reason })
        .where('cityId', '=', scope.cityId)
        .where('id', '=', id)
        .execute();
      audited(scope, { subject: 'readings.document', id, after: { withdrawn: reason } });
      return getLine(scope, id);
    },

    file: async (scope, { id, format, language }) => {
      const document = await findDocument(scope, id);
      if (!document) throw notFound(documentWords);
      const decisions: Record<string, Decision> = {};
      for (const [key, rows] of await listDecisions(scope, id)) {
        const decision = presentDecision(rows);
        if (decision) decisions[key] = decision;
      }
      const head = { title: document.title, documentDate: document.documentDate, decisions };
      const paper = await paperOf(scope, document);
      return fileReply(await workAtDesk({ want: 'export', paper, format, language, head }));
    },
    changes: (scope, { state }) => listChanges(scope, state),
    settle: (scope, input) => settleChange(scope, input),

    promises: async (scope, filter) => {
      const lines = await listPromises(scope, filter);
      return { today: scope.today, lines, league: leagueOf(lines) };
    },
    promiseTable: (scope, { language }) => promiseTable(scope, language),
  },
  on: tellings,
  jobs: { remindOverdue: (run) => run.transaction(remindOverdue) },
  // 08:10 in Shanghai; each is told once a week.
  cron: { remindOverdue: '10 0 * * *' },
});
