import sharp from 'sharp';
import { type StoredFile, storeFile } from '#core/server/files.ts';
import type { Scope } from '#core/server/scope.ts';
import { readPhotos } from './files.ts';

/**
 * Invented pictures of sites, each another: a part of one of the drawn ones, turned and toned by its number. The same
 * number is the same picture, so that a second loading stores nothing twice.
 */
export async function drawPhotos(scope: Scope, count: number): Promise<StoredFile[]> {
  const drawn = await readPhotos();
  const made: StoredFile[] = [];
  for (let at = 0; at < count; at += 16) {
    const some = await Promise.all(
      Array.from({ length: Math.min(16, count - at) }, async (_, i) => {
        const n = at + i;
        const base = drawn[n % drawn.length]!;
        const image = sharp(base.bytes);
        const { width, height } = await image.metadata();
        const share = 0.45 + ((n * 37) % 40) / 100;
        const [w, h] = [Math.floor(width * share), Math.floor(height * share)];
        const left = Math.floor(((width - w) * ((n * 53) % 100)) / 100);
        const top = Math.floor(((height - h) * ((n * 71) % 100)) / 100);
        const bytes = await image
          .extract({ left, top, width: w, height: h })
          .resize(480, 360, { fit: 'fill' })
          .flop(n % 2 === 1)
          .modulate({ hue: (n * 29) % 360, brightness: 0.85 + ((n * 13) % 30) / 100 })
          .jpeg({ quality: 72 })
          .toBuffer();
        return { bytes: new Uint8Array(bytes), name: `示例-工地-${String(n + 1).padStart(3, '0')}.jpg` };
      }),
    );
    for (const { bytes, name } of some) made.push(await storeFile(scope, bytes, name));
  }
  return made;
}
