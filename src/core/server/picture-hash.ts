import sharp from 'sharp';
import { differenceHash, hashHeight, hashWidth, saysSomething } from '../shared/picture-hash.ts';
import { readFileBytes } from './files.ts';
import type { Scope } from './scope.ts';

/** The hash of a stored picture; null for what is none, or says nothing (one colour). */
export async function pictureHashOf(scope: Scope, fileId: string): Promise<string | null> {
  try {
    const grey = await sharp(await readFileBytes(scope, fileId), { limitInputPixels: 80_000_000 })
      .rotate()
      .greyscale()
      .resize(hashWidth, hashHeight, { fit: 'fill' })
      .raw()
      .toBuffer();
    const hash = differenceHash(new Uint8Array(grey));
    return saysSomething(hash) ? hash : null;
  } catch {
    // Not a picture, or a broken one: whoever shows it finds that; here it only cannot be compared.
    return null;
  }
}
