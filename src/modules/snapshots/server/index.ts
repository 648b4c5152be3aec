import { audited } from '#core/server/audit.ts';
import { conflict, invalid } from '#core/server/errors.ts';
import { registerExportMark } from '#core/server/export-mark.ts';
import { fileReply } from '#core/server/files.ts';
import { defineServerModule } from '#core/server/http.ts';
import type { Scope } from '#core/server/scope.ts';
import type { Language } from '#core/shared/words.ts';
import { snapshots } from '../contract.ts';
import { shortHash } from '../head.ts';
import { verifyChain } from './chain.ts';
import { freezePeriod, restatePeriod } from './freeze.ts';
import { listMonths, monthPage, noSnapshot, presentSnapshot, readAsOf, readSnapshot, tablePage } from './months.ts';
import { findSnapshotOf } from './public.ts';
import { beijing, csvOf, type Rendered, workbookOf } from './render.ts';
import { findLine, insertPublication } from './store.ts';

registerExportMark('snapshots', async (scope, period) => {
  const found = await findSnapshotOf(scope, period);
  if (!found) return null;
  const hash = shortHash(found.hash);
  return {
    zh: `${period} 已冻结：快照 ${found.id}　第 ${found.version} 版　哈希 ${hash}　截至 ${beijing(found.asOf.toISOString())}`,
    en: `${period} is frozen: snapshot ${found.id}, version ${found.version}, hash ${hash}, as of ${beijing(found.asOf.toISOString())}`,
  };
});

const types = {
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  csv: 'text/csv; charset=utf-8',
} as const;

async function tableFile(what: Rendered, format: 'xlsx' | 'csv', language: Language) {
  const mark = what.snapshot
    ? `v${what.snapshot.version} ${shortHash(what.snapshot.hash)}`
    : beijing(what.head.asOf).replace(':', '');
  const title = language === 'zh' ? '重点项目调度表' : 'Dispatch table';
  const bytes = format === 'csv' ? new TextEncoder().encode(csvOf(what, language)) : await workbookOf(what, language);
  return fileReply({
    name: `${title} ${what.head.period} ${mark}.${format}`,
    type: types[format],
    body: bytes as Uint8Array<ArrayBuffer>,
  });
}

function pastMoment(scope: Scope, moment: string): Date {
  const at = new Date(moment);
  if (at > scope.now)
    throw invalid(
      'future_moment',
      { zh: '只能回看现在以前的时刻', en: 'Only a moment before now can be looked back at' },
      'moment',
    );
  return at;
}

export default defineServerModule(snapshots, {
  handlers: {
    months: async (scope, { year = Number(scope.today.slice(0, 4)) }) => ({
      year,
      months: await listMonths(scope, year),
    }),
    month: (scope, { period }) => monthPage(scope, period),

    freeze: async (scope, { period, missingReason, note }) => {
      const line = await freezePeriod(scope, period, { missingReason, note });
      audited(scope, { subject: 'snapshots.snapshot', id: line.id, after: { period, hash: line.hash, missingReason } });
      return presentSnapshot(line);
    },

    restate: async (scope, { period, ...why }) => {
      const line = await restatePeriod(scope, period, why);
      audited(scope, { subject: 'snapshots.snapshot', id: line.id, after: { period, hash: line.hash, ...why } });
      return presentSnapshot(line);
    },

    publish: async (scope, { id, comment }) => {
      if (!(await findLine(scope, id))) throw noSnapshot();
      if (!(await insertPublication(scope, id, comment)))
        throw conflict('published', { zh: '这个快照已经发布', en: 'This snapshot is published already' });
      audited(scope, { subject: 'snapshots.snapshot', id, after: { published: true, comment } });
      return presentSnapshot((await findLine(scope, id))!);
    },

    verify: (scope) => verifyChain(scope),
    view: async (scope, { id }) => tablePage(await readSnapshot(scope, id)),
    table: async (scope, { id, format, language }) => tableFile(await readSnapshot(scope, id), format, language),
    asOf: async (scope, { period, moment }) => tablePage(await readAsOf(scope, period, pastMoment(scope, moment))),
    asOfTable: async (scope, { period, moment, format, language }) =>
      tableFile(await readAsOf(scope, period, pastMoment(scope, moment)), format, language),
  },
});
