import { runInWorker } from '#core/server/worker-process.ts';
import { readerBusy, textOutOfMemory, textTooSlow } from './read-problem.ts';

/**
 * Up to here a text is read at once: a newspaper page (5,500 characters) takes some 20 ms, a worker 400 ms to begin. Longer
 * ones are read in a process of their own, so that nobody else waits for them.
 */
export const shortText = 20_000;
/** The same for a file whose length as a text nobody knows yet. */
export const shortBytes = 60_000;

export const isShort = (source: { text: string } | { bytes: Uint8Array }): boolean =>
  'text' in source ? source.text.length <= shortText : source.bytes.length <= shortBytes;

interface Limits {
  seconds: number;
  memoryMb: number;
  /** Processes at a time, and requests that may wait for one: each holds a connection to the database meanwhile. */
  atOnce: number;
  waiting: number;
}
const usual: Limits = { seconds: 60, memoryMb: 1_024, atOnce: 2, waiting: 4 };

let running = 0;
const queue: (() => void)[] = [];

/**
 * Does `entry`'s work (a file that calls `serveWorker`) in a process that begins with nothing and ends with the answer: nothing
 * of one city is left for the next. Throws the worker's own Problems, reader_busy, text_too_slow, text_out_of_memory.
 */
export async function readAside<Result>(entry: URL, data: unknown, limits: Partial<Limits> = {}): Promise<Result> {
  const { seconds, memoryMb, atOnce, waiting } = { ...usual, ...limits };
  if (running < atOnce) running += 1;
  else if (queue.length >= waiting) throw readerBusy();
  else await new Promise<void>((begin) => queue.push(begin));
  const signal = AbortSignal.timeout(seconds * 1_000);
  try {
    return await runInWorker<Result>(entry, data, { memoryMb, outOfMemory: textOutOfMemory, signal });
  } catch (error) {
    throw signal.aborted ? textTooSlow(seconds) : error;
  } finally {
    // Whoever waits takes the place over.
    const next = queue.shift();
    if (next) next();
    else running -= 1;
  }
}
