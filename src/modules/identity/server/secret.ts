import { createHash, randomBytes, randomInt } from 'node:crypto';

/** Secrets that the program makes up and keeps only as SHA-256: they are random enough that no slow hash is needed. */

export const newToken = (): string => randomBytes(32).toString('base64url');
export const hashOfSecret = (secret: string): Buffer => createHash('sha256').update(secret).digest();

/** Letters and digits that nobody takes for one another on paper or over the phone. */
const alphabet = 'abcdefghjkmnpqrstuvwxyz23456789';

export const groupsOf = (groups: number, size: number): string =>
  Array.from({ length: groups }, () =>
    Array.from({ length: size }, () => alphabet[randomInt(alphabet.length)]).join(''),
  ).join('-');

/** What a person copied, as it was printed: case, spaces and the dashes between groups do not count. */
export const plainSecret = (typed: string): string =>
  typed
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^a-z0-9]/g, '');

/** 16 characters, 79 bits: read out once, changed at the first sign-in. */
export const newFirstPassword = (): string => groupsOf(4, 4);
/** 10 characters, 49 bits, each used once and guarded by the lock-out. */
export const newBackupCode = (): string => groupsOf(2, 5);
/** 12 characters, 59 bits, printed on the console of an empty installation. */
export const newSetupCode = (): string => groupsOf(3, 4).toUpperCase();
