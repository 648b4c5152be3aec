import { uploadFile } from '#core/web/upload.ts';
import type { FilingContent, FilingPhoto } from '../content.ts';
import { get, put, remove } from './device.ts';

/** A photo that is still on this device only: its bytes lie there under `key`. */
export interface HeldPhoto extends Omit<FilingPhoto, 'fileId'> {
  key: string;
}

export const holdPhoto = (key: string, bytes: Blob): Promise<void> => put('photo', key, bytes);
export const findHeldPhoto = (key: string): Promise<Blob | undefined> => get<Blob>('photo', key);
export const forgetPhoto = (key: string): Promise<void> => remove('photo', key);

/** The bytes are gone from the device (the person cleared it, or the browser did): nobody sends a filing without saying so. */
export class PhotoGone extends Error {
  readonly photo: HeldPhoto;
  constructor(photo: HeldPhoto) {
    super(`The photo ${photo.name} is gone from this device`);
    this.photo = photo;
  }
}

export interface Unsent {
  content: FilingContent;
  held: readonly HeldPhoto[];
}

/**
 * Uploads held photos one by one and names each in the content as soon as it arrived: `onSent` writes that down, so that
 * a line lost in the middle costs the rest and not all. The id of a file is its hash, so the same photo twice is one.
 * Throws ProblemError, PhotoGone.
 */
export async function sendHeldPhotos<T extends Unsent>(
  unsent: T,
  onSent: (rest: T) => Promise<void> = async () => {},
): Promise<T> {
  let rest = unsent;
  for (const photo of unsent.held) {
    const { key, ...about } = photo;
    const bytes = await findHeldPhoto(key);
    if (!bytes) throw new PhotoGone(photo);
    const { id } = await uploadFile(new File([bytes], about.name || 'photo.jpg', { type: bytes.type }));
    const { photos } = rest.content;
    rest = {
      ...rest,
      held: rest.held.filter((h) => h.key !== key),
      content: photos.some((p) => p.fileId === id)
        ? rest.content
        : { ...rest.content, photos: [...photos, { ...about, fileId: id }] },
    };
    await onSent(rest);
    await forgetPhoto(key);
  }
  return rest;
}
