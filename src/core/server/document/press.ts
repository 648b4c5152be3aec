import { type ChildProcess, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { OfficialDocument } from '../../shared/official-document.ts';
import { Problem } from '../errors.ts';

export const documentFormats = ['docx', 'pdf'] as const;
export type DocumentFormat = (typeof documentFormats)[number];

export interface PrintJob {
  document: OfficialDocument;
  format: DocumentFormat;
}
export type PrintAnswer = ({ bytes: Uint8Array } | { error: string }) & { rssMb: number };

export interface PressLimits {
  /** After so many documents the process is replaced, … */
  documents: number;
  /** … or when it holds this much memory. */
  rssMb: number;
  /** One document may take so long. */
  timeoutMs: number;
  /** Without work for so long, it ends and gives its memory back. */
  idleMs: number;
}

const usual: PressLimits = { documents: 200, rssMb: 700, timeoutMs: 120_000, idleMs: 120_000 };

/**
 * One process that writes documents, one after the other: a table of a thousand rows takes a second, in which the server
 * must answer others, and Typst is native code whose memory grows with every document. It is started by the first
 * document (0.5 s), replaced before it grows large, and does not keep the server from ending.
 */
export class Press {
  readonly #fontFolder: string;
  readonly #limits: PressLimits;
  #child: ChildProcess | undefined;
  #documents = 0;
  #idle: NodeJS.Timeout | undefined;
  #last: Promise<unknown> = Promise.resolve();

  /** `fontFolder`: fonts of the operator, used when it is there. */
  constructor(fontFolder = '', limits: Partial<PressLimits> = {}) {
    this.#fontFolder = fontFolder;
    this.#limits = { ...usual, ...limits };
  }

  /** Of the running process; undefined when there is none. */
  get pid(): number | undefined {
    return this.#child?.pid;
  }

  /** @throws Error with what is wrong, when the process ends by itself or takes too long; the next document is not harmed */
  print(document: OfficialDocument, format: DocumentFormat): Promise<Uint8Array<ArrayBuffer>> {
    const mine = this.#last.then(() => this.#print({ document, format }));
    this.#last = mine.catch(() => {});
    return mine;
  }

  stop(): void {
    clearTimeout(this.#idle);
    this.#child?.kill('SIGKILL');
    this.#child = undefined;
  }

  #start(): ChildProcess {
    const child = fork(fileURLToPath(new URL('./press-worker.ts', import.meta.url)), [this.#fontFolder], {
      // Not the parent's flags, and nothing of its settings: this process needs no password.
      execArgv: [],
      env: { PATH: process.env.PATH, TZ: process.env.TZ },
      serialization: 'advanced',
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    });
    child.stderr?.setEncoding('utf8');
    const isGone = () => {
      if (this.#child === child) this.#child = undefined;
    };
    // Also while it waits: a machine short of memory ends processes.
    child.once('exit', isGone).on('error', isGone);
    this.#documents = 0;
    return child;
  }

  async #print(job: PrintJob): Promise<Uint8Array<ArrayBuffer>> {
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
      const answer = await new Promise<PrintAnswer>((done, fail) => {
        const onMessage = (message: unknown) => done(message as PrintAnswer);
        const onExit = () => fail(new Error(`The process that writes documents ended: ${complaint}`));
        child.once('message', onMessage).once('exit', onExit).once('error', fail);
        off.push(() => child.off('message', onMessage).off('exit', onExit).off('error', fail));
        timer = setTimeout(() => fail(tooSlow()), this.#limits.timeoutMs);
        child.send(job, (error) => error && fail(error));
      });
      this.#documents += 1;
      const isWorn = this.#documents >= this.#limits.documents || answer.rssMb >= this.#limits.rssMb;
      if (isWorn) this.stop();
      if ('error' in answer) throw new PrintComplaint(answer.error);
      return new Uint8Array(answer.bytes);
    } catch (error) {
      // It said what it does not like and can go on; anything else leaves it in an unknown state.
      if (!(error instanceof PrintComplaint)) this.stop();
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

const tooSlow = (): Problem =>
  new Problem(503, 'document_too_slow', {
    zh: '文件内容太多，未能按时生成，请缩小范围后再导出',
    en: 'The document is too large to be made in time: narrow it down and export again',
  });

/** What the process says of a document. */
class PrintComplaint extends Error {}

const presses = new Map<string, Press>();

/** The one press of this process for that folder. */
export function pressOf(fontFolder: string): Press {
  const press = presses.get(fontFolder) ?? new Press(fontFolder);
  presses.set(fontFolder, press);
  return press;
}

/** A process at work keeps this one alive until it answers; one that waits does not. */
function hold(child: ChildProcess, isWorking: boolean): void {
  const streams = [child, child.channel, child.stderr] as ({ ref?(): void; unref?(): void } | null | undefined)[];
  for (const each of streams) isWorking ? each?.ref?.() : each?.unref?.();
}
