import { randomBytes, type ScryptOptions, scrypt, timingSafeEqual } from 'node:crypto';
import { normalizePassword } from '../password.ts';

/** 32 MB and about a tenth of a second for each guess (OWASP's second scrypt profile). Raising them rehashes at the next sign-in. */
export const parameters = { n: 2 ** 15, r: 8, p: 1 } as const;

export interface PasswordHash {
  n: number;
  r: number;
  p: number;
  salt: Buffer;
  hash: Buffer;
}

const keyLength = 32;

const derive = (password: string, salt: Buffer, { n, r, p }: { n: number; r: number; p: number }): Promise<Buffer> =>
  new Promise((resolve, reject) => {
    // Node refuses by default what needs 32 MB or more, so the bound is stated from the parameters.
    const options: ScryptOptions = { N: n, r, p, maxmem: 256 * n * r };
    scrypt(normalizePassword(password), salt, keyLength, options, (error, key) =>
      error ? reject(error) : resolve(key),
    );
  });

export async function hashPassword(password: string): Promise<PasswordHash> {
  const salt = randomBytes(16);
  return { ...parameters, salt, hash: await derive(password, salt, parameters) };
}

/** Stands in for an account that is not there, so that an unknown user name costs the same work as a known one. */
const nobody: PasswordHash = { ...parameters, salt: randomBytes(16), hash: randomBytes(keyLength) };

/** `stored` undefined answers false after the same work. */
export async function isPassword(stored: PasswordHash | undefined, password: string): Promise<boolean> {
  const { hash, salt, n, r, p } = stored ?? nobody;
  const isSame = timingSafeEqual(await derive(password, salt, { n, r, p }), hash);
  return stored !== undefined && isSame;
}

export const isOutdated = (stored: PasswordHash): boolean =>
  stored.n !== parameters.n || stored.r !== parameters.r || stored.p !== parameters.p;
