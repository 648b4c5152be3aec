import type { Scope } from '#core/server/scope.ts';
import type { Day } from '#core/shared/day.ts';
import { newId } from '#core/shared/id.ts';
import type { PromiseLine } from '../contract.ts';
import { listPromises as list } from './promises.ts';
import { hashOf, tables } from './store.ts';

/**
 * Promises within the caller's reach of `readings.promises`, each with its documents and its drift; overdue ones first. For
 * the agenda of a meeting: `{ state: 'overdue' }`.
 */
export const listPromises = (
  scope: Scope,
  filter: { projectId?: string; unitId?: string; state?: PromiseLine['state'] } = {},
): Promise<PromiseLine[]> => list(scope, filter);

export interface PastPromise {
  projectId: string;
  projectName: string;
  what: PromiseLine['what'];
  by: Day | null;
  amountYuan?: number | null;
  hedge: string | null;
  speaker: string | null;
  text: string;
}

/** A document with promises that a person took from it before: for the demonstration. Returns the document's id. */
export async function insertPastReading(
  scope: Scope,
  document: {
    title: string;
    text: string;
    documentDate: Day;
    byName: string;
    at: Date;
    promises: readonly PastPromise[];
  },
): Promise<string> {
  const id = newId();
  await tables(scope)
    .insertInto('readings.document')
    .values({
      cityId: scope.cityId,
      id,
      title: document.title,
      original: document.text,
      textHash: hashOf(document.text),
      fileId: null,
      fileName: null,
      documentDate: document.documentDate,
      addedAt: document.at,
      addedBy: scope.actor.id,
      addedByName: document.byName,
      withdrawnAt: null,
      withdrawnByName: null,
      withdrawnReason: null,
    })
    .execute();
  if (document.promises.length > 0)
    await tables(scope)
      .insertInto('readings.promise')
      .values(
        document.promises.map((p) => {
          const start = Math.max(0, document.text.indexOf(p.text));
          return {
            cityId: scope.cityId,
            id: newId(),
            documentId: id,
            projectId: p.projectId,
            projectName: p.projectName,
            what: p.what,
            byDay: p.by,
            amountYuan: p.amountYuan ?? null,
            hedge: p.hedge,
            speaker: p.speaker,
            saidOn: document.documentDate,
            spanStart: start,
            spanEnd: start + p.text.length,
            text: p.text,
            at: document.at,
            byName: document.byName,
            demo: true,
            withdrawnAt: null,
            withdrawnByName: null,
            withdrawnReason: null,
          };
        }),
      )
      .execute();
  return id;
}
