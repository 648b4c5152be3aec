import type { Words } from '../shared/words.ts';

export type ProblemStatus = 400 | 401 | 403 | 404 | 409 | 413 | 415 | 422 | 423 | 429 | 503;

/**
 * An error the caller may see: a stable code, a sentence a person can act on in both languages, and the field
 * it concerns. Everything else becomes a plain 500 with a request id and nothing of its text.
 */
export class Problem extends Error {
  readonly status: ProblemStatus;
  readonly code: string;
  readonly words: Words;
  readonly field: string | undefined;
  readonly details: unknown;

  constructor(status: ProblemStatus, code: string, words: Words, rest: { field?: string; details?: unknown } = {}) {
    super(words.en);
    this.status = status;
    this.code = code;
    this.words = words;
    this.field = rest.field;
    this.details = rest.details;
  }
}

/** The same answer for "is not there" and "is not yours": a guessed id teaches nothing. */
export const notFound = (what: Words = { zh: '内容', en: 'item' }): Problem =>
  new Problem(404, 'not_found', { zh: `没有找到该${what.zh}`, en: `No such ${what.en}` });

export const conflict = (code: string, words: Words, details?: unknown): Problem =>
  new Problem(409, code, words, { details });

export const invalid = (code: string, words: Words, field?: string, details?: unknown): Problem =>
  new Problem(422, code, words, { ...(field !== undefined && { field }), details });
