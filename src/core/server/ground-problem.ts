import type { Words } from '../shared/words.ts';

/**
 * Something under the program is not as it must be: a setting, the data directory, the disk, the database server.
 * Whoever starts the program prints `words` and ends; a stack would tell the person at the console nothing.
 */
export class GroundProblem extends Error {
  readonly code: string;
  readonly words: Words;

  constructor(code: string, words: Words, cause?: unknown) {
    super(`${words.zh}\n${words.en}`, cause === undefined ? undefined : { cause });
    this.name = 'GroundProblem';
    this.code = code;
    this.words = words;
  }
}
