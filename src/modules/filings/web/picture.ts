import { takenAtOf } from '../exif-date.ts';

const longestSide = 1600;
const headBytes = 131_072;

/** When a photo was taken: by its camera; else when the file was written, which is the moment itself for a new one. */
export async function takenAt(file: File): Promise<string> {
  const head = new Uint8Array(await file.slice(0, headBytes).arrayBuffer());
  return takenAtOf(head) ?? new Date(file.lastModified).toISOString();
}

/** A picture small enough for a bad line: at most 1600 pixels wide or high, JPEG. As it is when the browser cannot read it. */
export async function shrink(file: File): Promise<Blob> {
  if (typeof createImageBitmap === 'undefined' || file.size < 300_000) return file;
  const picture = await createImageBitmap(file, { imageOrientation: 'from-image' }).catch(() => null);
  if (!picture) return file;
  const scale = Math.min(1, longestSide / Math.max(picture.width, picture.height));
  const canvas = document.createElement('canvas');
  canvas.width = Math.round(picture.width * scale);
  canvas.height = Math.round(picture.height * scale);
  canvas.getContext('2d')?.drawImage(picture, 0, 0, canvas.width, canvas.height);
  picture.close();
  const small = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/jpeg', 0.82));
  return small && small.size < file.size ? small : file;
}

const nowness = 120_000;
const patience = 6_000;

/**
 * Where a photo was taken: the device's place, for a photo of the last two minutes only. One from the album was taken
 * somewhere else, and no place is better than a wrong one.
 */
export async function placeNow(file: File): Promise<{ lat: number | null; lon: number | null }> {
  const nowhere = { lat: null, lon: null };
  if (!('geolocation' in navigator) || Math.abs(Date.now() - file.lastModified) > nowness) return nowhere;
  return new Promise((resolve) => {
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => resolve({ lat: coords.latitude, lon: coords.longitude }),
      () => resolve(nowhere),
      { timeout: patience, maximumAge: nowness },
    );
  });
}
