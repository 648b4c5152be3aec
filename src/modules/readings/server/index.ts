import { audited } from '#core/server/audit.ts';

import { conflict, invalid, notFound } from '#core/server/errors.ts';
import { claimFile, readFileBytes } from '#core/server/files.ts';
import { defineServerModule } from '#core/server/http.ts';
import { newId } from '#core/shared/id.ts';
import { readBulletin, readIn } from '#modules/bulletins/server/public.ts';
import { readings } from '../contract.ts';
import { listChanges, settleChange } from './changes.ts';
import { decide } from './decide.ts';
import { documentWords, getLine, presentLine, readDesk } from './desk.ts';
import { exportReading, promiseTable } from './export.ts';
import { leagueOf, listPromises } from './promises.ts';
import { hashOf, listLines, lockDocument, tables } from './store.ts';

/** The first line that says something, when nobody gave a title. */
const firstLine = (text: string): string =>
  text
    .split('\n')
    .map((line) => line.trim())
    .find((line) => line.length >= 4)
    ?.slice(0, 80) ?? '未命名文件';

export default defineServerModule(readings, {
  handlers: {
    documents: async (scope, { q, offset }) => {
      const { total, lines } = await listLines(scope, { q, offset });
      return { total, documents: lines.map(presentLine), canAdd: scope.can('readings.review') };
    },

    add: async (scope, { text, fileId, fileName, title, documentDate }) => {
      if (fileId !== undefined) await claimFile(scope, fileId);
      const original = text ?? (await readIn(await readFileBytes(scope, fileId!))).text;
      if (original.trim().length < 4)
        throw invalid('empty_document', { zh: '文件里没有文字', en: 'There are no words in the document' }, 'text');
      const reading = readBulletin(original, { documentDate });
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
          title: title ?? firstLine(reading.text.clean),
          original,
          textHash,
          fileId: fileId ?? null,
          fileName: fileName ?? null,
          documentDate: reading.documentDate,
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

    desk: (scope, { id }) => readDesk(scope, id),

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

    file: (scope, { id, format, language }) => exportReading(scope, id, format, language),
    changes: (scope, { state }) => listChanges(scope, state),
    settle: (scope, input) => settleChange(scope, input),

    promises: async (scope, filter) => {
      const lines = await listPromises(scope, filter);
      return { today: scope.today, lines, league: leagueOf(lines) };
    },
    promiseTable: (scope, { language }) => promiseTable(scope, language),
  },
});
