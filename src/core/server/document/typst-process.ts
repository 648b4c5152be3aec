import { type ChildProcess, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** What the process is told at its start: single files, and a folder of the operator's own fonts that may not exist. */
export interface TypstSetup {
  fontFiles: string[];
  fontFolder: string | undefined;
}
export interface TypstJob {
  /** JSON for official.typ. */
  document: string;
  pictures: Uint8Array[];
}
export type TypstAnswer = { pdf: Uint8Array; rssMb?: number } | { error: string; rssMb?: number };

export interface TypstLimits {
  /** After so many documents the process is replaced, … */
  documents: number;
  /** … or when it holds this much memory. */
  rssMb: number;
  /** One document may take so long. */
  timeoutMs: number;
  /** Without work for so long, it ends and gives its memory back. */
  idleMs: number;
}

const usual: TypstLimits = { documents: 200, rssMb: 700, timeoutMs: 60_000, idleMs: 120_000 };

/**
 * One process that sets pages, one document after the other, replaced before it grows large. It is started by the first
 * document (0.5 s) and does not keep the server from ending.
 */
export class TypstProcess {
  readonly #setup: TypstSetup;
  readonly #limits: TypstLimits;
  #child: ChildProcess | undefined;
  #documents = 0;
  #idle: NodeJS.Timeout | undefined;
  #last: Promise<unknown> = Promise.resolve();

  constructor(setup: TypstSetup, limits: Partial<TypstLimits> = {}) {
    this.#setup = setup;
    this.#limits = { ...usual, ...limits };
  }

  /** Of the running process; undefined when there is none. */
  get pid(): number | undefined {
    return this.#child?.pid;
  }

  /** @throws Error with what Typst said, when it ends by itself, or when it takes too long; the next document is not harmed */
  pdf(job: TypstJob): Promise<Uint8Array<ArrayBuffer>> {
    const mine = this.#last.then(() => this.#set(job));
    this.#last = mine.catch(() => {});
    return mine;
  }

  stop(): void {
    clearTimeout(this.#idle);
    this.#child?.kill('SIGKILL');
    this.#child = undefined;
  }

  #start(): ChildProcess {
    const child = fork(fileURLToPath(new URL('./typst-worker.ts', import.meta.url)), [JSON.stringify(this.#setup)], {
      // Not the parent's flags, and nothing of its settings: this process needs no password.
      execArgv: [],
      env: { PATH: process.env.PATH, TZ: process.env.TZ },
      serialization: 'advanced',
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    });
    child.stderr?.setEncoding('utf8');
    this.#documents = 0;
    return child;
  }

  async #set(job: TypstJob): Promise<Uint8Array<ArrayBuffer>> {
    clearTimeout(this.#idle);
    this.#child ??= this.#start();
    const child = this.#child;
    hold(child, true);
    let complaint = '';
    const listen = (text: string) => {
      complaint = (complaint + text).slice(-2_000);
    };
    child.stderr?.on('data', listen);
    let timer: NodeJS.Timeout | undefined;
    const off: (() => void)[] = [];
    try {
      const answer = await new Promise<TypstAnswer>((done, fail) => {
        const onMessage = (message: unknown) => done(message as TypstAnswer);
        const onExit = () => fail(new Error(`The process that sets pages ended: ${complaint}`));
        child.once('message', onMessage).once('exit', onExit).once('error', fail);
        off.push(() => child.off('message', onMessage).off('exit', onExit).off('error', fail));
        timer = setTimeout(
          () => fail(new Error(`The document was not set within ${this.#limits.timeoutMs / 1000} s`)),
          this.#limits.timeoutMs,
        );
        child.send(job, (error) => error && fail(error));
      });
      this.#documents += 1;
      const isWorn = this.#documents >= this.#limits.documents || (answer.rssMb ?? 0) >= this.#limits.rssMb;
      if (isWorn) this.stop();
      if ('error' in answer) throw new TypstComplaint(answer.error);
      return new Uint8Array(answer.pdf);
    } catch (error) {
      // It said what it does not like and can go on; anything else leaves it in an unknown state.
      if (!(error instanceof TypstComplaint)) this.stop();
      throw error;
    } finally {
      clearTimeout(timer);
      for (const each of off) each();
      child.stderr?.off('data', listen);
      if (this.#child) {
        hold(child, false);
        this.#idle = setTimeout(() => this.stop(), this.#limits.idleMs).unref();
      }
    }
  }
}

/** What Typst says of a document. */
class TypstComplaint extends Error {}

/** A process at work keeps this one alive until it answers; one that waits does not. */
function hold(child: ChildProcess, isWorking: boolean): void {
  const streams = [child, child.channel, child.stderr] as ({ ref?(): void; unref?(): void } | null | undefined)[];
  for (const each of streams) isWorking ? each?.ref?.() : each?.unref?.();
}
