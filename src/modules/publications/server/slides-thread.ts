import { Worker } from 'node:worker_threads';
import { steadyZip } from '#core/server/steady-zip.ts';
import type { EditionBody } from '#modules/editions/contract.ts';
import type { Imprint } from '../document.ts';
import type { Content } from '../draft.ts';

export interface SlidesJob {
  body: EditionBody;
  content: Content;
  imprint: Imprint;
}

/**
 * The slides as bytes that depend on nothing but the arguments. Each deck has a thread of its own: the library numbers its
 * charts through the life of the process, and a second deck would hold others than the first.
 */
export async function slidesOf(
  body: EditionBody,
  content: Content,
  imprint: Imprint,
): Promise<Uint8Array<ArrayBuffer>> {
  const job: SlidesJob = { body, content, imprint };
  // Not the parent's flags: a test runner's loaders have no business in it.
  const worker = new Worker(new URL('./slides-worker.ts', import.meta.url), { workerData: job, execArgv: [] });
  try {
    const bytes = await new Promise<Uint8Array>((done, fail) => {
      worker.once('message', done);
      worker.once('error', fail);
      worker.once('exit', () => fail(new Error('The thread that draws slides ended without any')));
    });
    return steadyZip(bytes, new Date(`${imprint.day}T00:00:00Z`));
  } finally {
    await worker.terminate();
  }
}
