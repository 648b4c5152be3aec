import { type ChildProcess, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { Words } from '../shared/words.ts';
import { Problem, type ProblemStatus } from './errors.ts';

/**
 * Runs a piece of work in a process of its own, so that parsing a large or hostile file neither delays other requests
 * nor can end the server. A thread with resource limits is not enough: V8 can abort the whole process when a thread
 * oversteps its heap in the wrong moment. The file that is run calls `serveWorker`.
 */
export interface WorkerRun<Message> {
  /** Megabytes of heap; beyond it the process ends and `outOfMemory()` is thrown. */
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

const mark = 'GUATU_WORKER';
/** True in a process that `runInWorker` started: work that asks for a worker may then be done at once. */
export const isWorker = process.env[mark] === '1';

/** A worker in the middle of its work hears nothing of the end of its server: it is ended with it. */
const running = new Set<ChildProcess>();
process.once('exit', () => {
  for (const child of running) child.kill('SIGKILL');
});

/** How V8 ends a process that has no memory left: by signal, or by the code a shell makes of it. */
const isOutOfMemory = (code: number | null, signal: string | null): boolean =>
  signal === 'SIGABRT' || signal === 'SIGTRAP' || signal === 'SIGILL' || code === 134 || code === 133;

/** Rejects with the worker's own Problem, with the signal's reason when cancelled, or with what broke. */
export async function runInWorker<Result, Message = never>(
  entry: URL,
  data: unknown,
  run: WorkerRun<Message>,
): Promise<Result> {
  run.signal?.throwIfAborted();
  const child = fork(fileURLToPath(entry), [], {
    // Not the parent's own flags: those may be a debugger's or a test runner's. The young space is for short-lived cells.
    execArgv: [`--max-old-space-size=${run.memoryMb}`, '--max-semi-space-size=64'],
    // Nothing of the server's settings: whoever writes a file that breaks out of its reader finds no password here.
    env: { PATH: process.env.PATH, TZ: process.env.TZ, [mark]: '1' },
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  });
  running.add(child);
  let complaint = '';
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    complaint = (complaint + text).slice(-2_000);
  });
  try {
    return await new Promise<Result>((done, fail) => {
      run.signal?.addEventListener('abort', () => fail(run.signal!.reason), { once: true });
      child.on('error', fail);
      // One after another: replies carry no number, they come in the order of the questions.
      let last: Promise<void> = Promise.resolve();
      child.on('exit', (code, signal) => {
        // Behind the messages that are still being dealt with.
        last = last.then(() =>
          fail(isOutOfMemory(code, signal) ? run.outOfMemory() : new Error(`The worker ended early: ${complaint}`)),
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
            const reply = await run.onMessage?.(message.value as Message);
            if (child.connected) child.send({ reply });
          }
        } catch (error) {
          fail(error);
        }
      };
      child.on('message', (message) => {
        last = last.then(() => answer(message as FromWorker));
      });
      child.send({ data });
    });
  } finally {
    running.delete(child);
    child.kill('SIGKILL');
  }
}

/** The worker's side: `post` resolves with the other side's reply, when it has dealt with the message. */
export async function serveWorker<Data>(
  work: (data: Data, post: (message: unknown) => Promise<unknown>) => Promise<unknown>,
): Promise<void> {
  if (!isWorker || !process.send) throw new Error('serveWorker is called in a process of runInWorker only');
  // The server is gone: nobody waits for the result.
  process.once('disconnect', () => process.exit());
  const send = (message: FromWorker) => process.send!(message);
  const waiting: ((reply: unknown) => void)[] = [];
  const post = (value: unknown) =>
    new Promise<unknown>((resolve) => {
      waiting.push(resolve);
      send({ kind: 'message', value });
    });
  const data = await new Promise<Data>((begin) => {
    process.on('message', (message: { data: Data } | { reply: unknown }) => {
      if ('data' in message) begin(message.data);
      else waiting.shift()?.(message.reply);
    });
  });
  try {
    send({ kind: 'done', value: await work(data, post) });
  } catch (error) {
    if (error instanceof Problem) {
      const { status, code, words, details } = error;
      send({ kind: 'problem', status, code, words, details });
    } else {
      const { message, stack } = error instanceof Error ? error : new Error(String(error));
      send({ kind: 'failed', message, stack });
    }
  }
}
