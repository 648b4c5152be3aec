import { audited } from '#core/server/audit.ts';
import { invalid } from '#core/server/errors.ts';
import { emit } from '#core/server/events.ts';
import { storeFile } from '#core/server/files.ts';
import { enqueue } from '#core/server/jobs.ts';
import type { JobRun } from '#core/server/module.ts';
import type { Scope } from '#core/server/scope.ts';
import { publishEdition } from '#modules/editions/server/public.ts';
import { showReference } from '../answer.ts';
import { Content, warningsOf } from '../draft.ts';
import { type Publication, products } from '../shapes.ts';
import { assertDraft, getEdition, getPublication, imprintOf, presentPublication } from './present.ts';
import { fileName, renderProduct } from './render.ts';
import {
  findPublication,
  insertEvent,
  insertFile,
  listFiles,
  type PublicationRecord,
  setFailed,
  setReleased,
  setReleasing,
} from './store.ts';

/**
 * 签发: fixes the text and the imprint, and has the files made in the background. @throws Problem 409 changed_meanwhile,
 * 422 note_needed (a second issue says what was put right), 422 figure_missing
 */
export async function release(
  scope: Scope,
  { id, draftVersion, note }: { id: string; draftVersion: number; note: string | null },
): Promise<Publication> {
  const found = await getPublication(scope, id, true);
  assertDraft(found, draftVersion);
  await sign(scope, id, { note });
  return presentPublication(scope, await getPublication(scope, id));
}

/** The same for a past release of the demonstration: `at` and `byName` are then given. */
export async function sign(
  scope: Scope,
  id: string,
  { note, at = scope.now, byName = scope.actor.name }: { note: string | null; at?: Date; byName?: string },
): Promise<void> {
  const found = await getPublication(scope, id, true);
  const { body } = await getEdition(scope, found.editionId);
  const said = note ?? found.note;
  if (found.replacesId !== null && (said ?? '').trim() === '')
    throw invalid('note_needed', { zh: '更正版须写明更正说明', en: 'A corrected issue says why it is there' }, 'note');
  const missing = warningsOf(found.content, (ref) => showReference(body, ref)).find(({ kind }) => kind === 'missing');
  if (missing)
    throw invalid(
      'figure_missing',
      {
        zh: '文中有引用在本版数据里没有数，请删去该句或换一个引用',
        en: 'A reference in the text has no figure: remove the sentence or replace it',
      },
      'content',
    );
  const fixed = await imprintOf(scope, { ...found, note: said }, body);
  const day = new Date(at.getTime() + 8 * 3_600_000).toISOString().slice(0, 10);
  await setReleasing(scope, id, { imprint: { ...fixed, day }, note: said, at, byName });
  await insertEvent(scope, id, 'signed', said, { at, name: byName });
  await enqueue(scope, 'publications.render', { id }, { tries: 3 });
  audited(scope, {
    subject: 'publications.publication',
    id,
    after: { state: 'releasing', edition: found.editionVersion, note: said },
  });
  await emit(scope, { topic: 'publications.signed', unitIds: [], data: { id, period: found.period } });
}

/**
 * Makes every file, keeps them by hash and publishes the edition: all in one transaction, so that a bulletin is released
 * with all its files or not at all. Run again, it does nothing.
 */
export async function renderRelease(job: JobRun, { id }: { id: string }): Promise<void> {
  try {
    await job.transaction(async (scope) => {
      const found = await findPublication(scope, id, true);
      if (!found?.imprint || !(await isWaiting(scope, found))) return;
      const content = Content.parse(found.content);
      const { body } = await getEdition(scope, found.editionId);
      for (const product of products) {
        const bytes = await renderProduct(scope, product, body, content, found.imprint);
        const name = fileName(found.title, found.issue, product);
        const file = await storeFile(scope, bytes, name);
        await insertFile(scope, { publicationId: id, product, fileId: file.id, name, size: bytes.length });
      }
      if (found.state === 'releasing') await finish(scope, found);
    });
  } catch (error) {
    job.log.error({ err: error, id }, 'a bulletin could not be made');
    const problem = error instanceof Error ? error.message.slice(0, 500) : 'unknown';
    await job.transaction(async (scope) => {
      await setFailed(scope, id, problem);
      await insertEvent(scope, id, 'failed', problem);
    });
  }
}

/** Signed and not made yet; or one of the past, which was released before its files were made again. */
const isWaiting = async (scope: Scope, { id, state }: PublicationRecord): Promise<boolean> =>
  state === 'releasing' || (state === 'released' && (await listFiles(scope, id)).length === 0);

async function finish(scope: Scope, found: PublicationRecord): Promise<void> {
  const { id, period, template, issue, title, releasedByName } = found;
  await publishEdition(scope, found.editionId, `${title}（${releasedByName}签发）`);
  await setReleased(scope, id);
  await insertEvent(scope, id, 'released', null, { at: scope.now, name: releasedByName ?? '' });
  await emit(scope, { topic: 'publications.released', unitIds: [], data: { id, period, template, issue, title } });
}
