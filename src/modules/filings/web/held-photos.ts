import { uploadFile } from '#core/web/upload.ts';
import type { FilingContent, FilingPhoto } from '../content.ts';

/** A photo that is still on this device only: its bytes lie in IndexedDB under `key`. */
export interface HeldPhoto extends Omit<FilingPhoto, 'fileId'> {
  key: string;
}

/** Bytes by key. IndexedDB, because localStorage holds a few megabytes of text; memory where a browser forbids it. */
const memory = new Map<string, Blob>();

function open(): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open('guatu.filings', 1);
    request.onupgradeneeded = () => request.result.createObjectStore('photo');
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

async function store<T>(mode: IDBTransactionMode, work: (photos: IDBObjectStore) => IDBRequest<T>): Promise<T> {
  const database = await open();
  try {
    return await new Promise((resolve, reject) => {
      const request = work(database.transaction('photo', mode).objectStore('photo'));
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error);
    });
  } finally {
    database.close();
  }
}

const hasDatabase = (): boolean => typeof indexedDB !== 'undefined';

export async function holdPhoto(key: string, bytes: Blob): Promise<void> {
  memory.set(key, bytes);
  if (hasDatabase()) await store('readwrite', (photos) => photos.put(bytes, key));
}

export async function findHeldPhoto(key: string): Promise<Blob | undefined> {
  return (
    memory.get(key) ?? (hasDatabase() ? store<Blob | undefined>('readonly', (photos) => photos.get(key)) : undefined)
  );
}

export async function forgetPhoto(key: string): Promise<void> {
  memory.delete(key);
  if (hasDatabase()) await store('readwrite', (photos) => photos.delete(key));
}

/**
 * Uploads held photos and names them in the content. The id of a file is its hash, so doing it again after a lost answer
 * gives the very same content. A photo whose bytes are gone from the device is left out. Throws ProblemError.
 */
export async function sendHeldPhotos(content: FilingContent, held: readonly HeldPhoto[]): Promise<FilingContent> {
  const photos = [...content.photos];
  for (const { key, ...about } of held) {
    const bytes = await findHeldPhoto(key);
    if (!bytes) continue;
    const { id } = await uploadFile(new File([bytes], about.name || 'photo.jpg', { type: bytes.type }));
    if (!photos.some((p) => p.fileId === id)) photos.push({ ...about, fileId: id });
  }
  return { ...content, photos };
}
