import { takenAtOf } from '../exif-date.ts';

const headBytes = 131_072;

/** When a photo was taken: by its camera; else when the file was written, which is the moment itself for a new one. */
export async function takenAt(file: File): Promise<string> {
  const head = new Uint8Array(await file.slice(0, headBytes).arrayBuffer());
  return takenAtOf(head) ?? new Date(file.lastModified).toISOString();
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
