import { z } from 'zod';
import type { Words } from '../shared/words.ts';
import { currentLanguage } from './language.ts';

const Sentence = z.object({ zh: z.string(), en: z.string() });

/** The body of every refusal. Read leniently: a proxy's page must still become a sentence. */
export const Problem = z.object({
  code: z.string(),
  words: Sentence,
  field: z.string().nullish(),
  /** Every field that is wrong, when the input did not parse. */
  fields: z.array(z.object({ path: z.string(), words: Sentence })).nullish(),
  details: z.unknown().optional(),
  requestId: z.string().nullish(),
});
export type Problem = z.infer<typeof Problem>;

const unknown = (status: number): Words => ({
  zh: `服务器没有给出原因（${status}），请稍后重试；仍不行请联系系统管理员`,
  en: `The server gave no reason (${status}). Try again in a moment, or tell the administrator`,
});
const offline: Words = {
  zh: '无法连接服务器，请检查网络后重试；已填内容仍在本页',
  en: 'The server cannot be reached. Check the network and try again; what you typed is still on this page',
};

/** What the server refused and why. `message` is in the page's language; `code` is stable. Status 0 means no answer. */
export class ProblemError extends Error {
  readonly status: number;
  readonly code: string;
  readonly words: Words;
  readonly field: string | undefined;
  readonly fields: readonly { path: string; words: Words }[];
  readonly details: unknown;
  readonly requestId: string | undefined;

  constructor(status: number, body?: Problem, cause?: unknown) {
    const words = body?.words ?? (status === 0 ? offline : unknown(status));
    super(words[currentLanguage()], { cause });
    this.name = 'ProblemError';
    this.status = status;
    this.code = body?.code ?? (status === 0 ? 'offline' : 'unknown');
    this.words = words;
    this.field = body?.field ?? undefined;
    this.fields = body?.fields ?? [];
    this.details = body?.details;
    this.requestId = body?.requestId ?? undefined;
  }

  static offline(cause: unknown): ProblemError {
    return new ProblemError(0, undefined, cause);
  }

  /** Nobody is signed in. A wrong password is also refused, but with a code of its own, and must not leave the form. */
  get isSignedOut(): boolean {
    return this.status === 401 && this.code === 'sign_in_needed';
  }
}
