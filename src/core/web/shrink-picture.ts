const longestSide = 1600;

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
