import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads';
import type { Words } from '../shared/words.ts';
import { Problem, type ProblemStatus } from './errors.ts';

/**
 * Runs a piece of work in a thread of its own, so that parsing a large file neither delays other requests nor can
 * take the server's memory with it. The worker's file calls `serveWorker`.
 */
export interface WorkerRun<Message> {
  /** Megabytes of heap; beyond it the thread ends and `outOfMemory()` is thrown. */
  memoryMb: number;
  outOfMemory: () => Error;
  signal?: AbortSignal;
  /** The worker waits until the promise settles, so results cannot pile up here; what it returns is the reply. */
  onMessage?: (message: Message) => unknown;
}

type FromWorker =
  | { kind: 'message'; value: unknown }
  | { kind: 'done'; value: unknown }
  | { kind: 'problem'; status: ProblemStatus; code: string; words: Words; details: unknown }
  | { kind: 'failed'; message: string; stack: string | undefined };

/** Rejects with the worker's own Problem, with the signal's reason when cancelled, or with what broke. */
export async function runInWorker<Result, Message = never>(
  entry: URL,
  data: unknown,
  run: WorkerRun<Message>,
): Promise<Result> {
  run.signal?.throwIfAborted();
  const worker = new Worker(entry, {
    workerData: data,
    resourceLimits: { maxOldGenerationSizeMb: run.memoryMb },
  });
  try {
    return await new Promise<Result>((done, fail) => {
      run.signal?.addEventListener('abort', () => fail(run.signal!.reason), { once: true });
      worker.on('error', (error) => {
        const code = (error as { code?: string }).code;
        fail(code === 'ERR_WORKER_OUT_OF_MEMORY' ? run.outOfMemory() : error);
      });
      // One after another: replies carry no number, they come in the order of the questions.
      let last: Promise<void> = Promise.resolve();
      worker.on('message', (message: FromWorker) => {
        last = last.then(() => answer(message));
      });
      // A worker that ends right after its answer: the answer waits in the line, and must be heard first.
      worker.on('exit', () => {
        last = last.then(() =>
          fail(new Error(`The worker ${entry.pathname.split('/').pop()} ended without an answer`)),
        );
      });
      const answer = async (message: FromWorker) => {
        try {
          if (message.kind === 'done') done(message.value as Result);
          else if (message.kind === 'problem') {
            fail(new Problem(message.status, message.code, message.words, { details: message.details }));
          } else if (message.kind === 'failed') {
            fail(Object.assign(new Error(message.message), { stack: message.stack }));
          } else {
            worker.postMessage(await run.onMessage?.(message.value as Message));
          }
        } catch (error) {
          fail(error);
        }
      };
    });
  } finally {
    await worker.terminate();
  }
}

/** The worker's side: `post` resolves with the other side's reply, when it has dealt with the message. */
export async function serveWorker<Data>(
  work: (data: Data, post: (message: unknown) => Promise<unknown>) => Promise<unknown>,
): Promise<void> {
  const port = parentPort;
  if (isMainThread || !port) throw new Error('serveWorker is called in a worker thread only');
  const waiting: ((reply: unknown) => void)[] = [];
  port.on('message', (reply) => waiting.shift()?.(reply));
  const send = (message: FromWorker) => port.postMessage(message);
  const post = (value: unknown) =>
    new Promise<unknown>((resolve) => {
      waiting.push(resolve);
      send({ kind: 'message', value });
    });
  try {
    send({ kind: 'done', value: await work(workerData as Data, post) });
  } catch (error) {
    if (error instanceof Problem) {
      const { status, code, words, details } = error;
      send({ kind: 'problem', status, code, words, details });
    } else {
      const { message, stack } = error instanceof Error ? error : new Error(String(error));
      send({ kind: 'failed', message, stack });
    }
  } finally {
    port.unref();
  }
}
