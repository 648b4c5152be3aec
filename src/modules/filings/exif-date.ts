/** Tags of EXIF 2.3: when the picture was taken, its sub-directory, and the clock's distance from UTC. */
const subDirectory = 0x8769;
const takenTag = 0x9003;
const offsetTag = 0x9011;

/**
 * The moment a JPEG was taken as its camera wrote it (EXIF DateTimeOriginal), as an ISO time with offset; null when it does
 * not say. A camera without a zone is taken to stand in China (+08:00). Give it the beginning of the file: 128 KiB are enough.
 */
export function takenAtOf(bytes: Uint8Array): string | null {
  const tiff = tiffOf(bytes);
  if (!tiff) return null;
  try {
    const isLittle = tiff.getUint16(0) === 0x4949;
    const main = entriesOf(tiff, tiff.getUint32(4, isLittle), isLittle);
    const sub = main.get(subDirectory);
    if (sub === undefined) return null;
    const entries = entriesOf(tiff, tiff.getUint32(sub + 8, isLittle), isLittle);
    const taken = textAt(tiff, entries.get(takenTag), isLittle);
    const match = /^(\d{4}):(\d{2}):(\d{2}) (\d{2}:\d{2}:\d{2})/.exec(taken ?? '');
    if (!match || match[1] === '0000') return null;
    const offset = textAt(tiff, entries.get(offsetTag), isLittle) ?? '';
    const iso = `${match[1]}-${match[2]}-${match[3]}T${match[4]}${/^[+-]\d{2}:\d{2}$/.test(offset) ? offset : '+08:00'}`;
    return Number.isNaN(Date.parse(iso)) ? null : iso;
  } catch {
    return null; // a directory that points outside the file: a broken picture says nothing
  }
}

/** The TIFF block inside the APP1 segment of a JPEG. */
function tiffOf(bytes: Uint8Array): DataView | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (view.byteLength < 4 || view.getUint16(0) !== 0xffd8) return null;
  let at = 2;
  while (at + 10 < view.byteLength && view.getUint8(at) === 0xff) {
    const marker = view.getUint8(at + 1);
    const size = view.getUint16(at + 2);
    // 'Exif'
    if (marker === 0xe1 && view.getUint32(at + 4) === 0x45786966)
      return new DataView(bytes.buffer, bytes.byteOffset + at + 10, Math.min(size - 8, view.byteLength - at - 10));
    if (marker === 0xda) return null; // the picture itself begins
    at += 2 + size;
  }
  return null;
}

/** Tag → position of its 12-byte entry. */
function entriesOf(tiff: DataView, at: number, isLittle: boolean): Map<number, number> {
  const count = tiff.getUint16(at, isLittle);
  return new Map(
    Array.from({ length: count }, (_, i) => [tiff.getUint16(at + 2 + i * 12, isLittle), at + 2 + i * 12] as const),
  );
}

function textAt(tiff: DataView, entry: number | undefined, isLittle: boolean): string | null {
  if (entry === undefined) return null;
  const size = tiff.getUint32(entry + 4, isLittle);
  const at = size <= 4 ? entry + 8 : tiff.getUint32(entry + 8, isLittle);
  let text = '';
  for (let i = 0; i < Math.min(size, 40); i += 1) text += String.fromCharCode(tiff.getUint8(at + i));
  return text.replace(/\0.*$/s, '').trim();
}
