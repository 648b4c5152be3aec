import { toBuffer } from 'qrcode';

/**
 * Width and height in pixels.
 * @throws Error when the bytes are no PNG: other kinds must be turned into one first (`sharp(…).png()`)
 */
export function pngSize(bytes: Uint8Array): { width: number; height: number } {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length < 24 || view.getUint32(0) !== 0x89504e47 || view.getUint32(4) !== 0x0d0a1a0a)
    throw new Error('A picture of a document is not a PNG');
  return { width: view.getUint32(16), height: view.getUint32(20) };
}

/** A QR code with the quiet border it needs to be read from paper. Up to some 2,000 characters; medium error correction. */
export async function qrPng(text: string): Promise<Uint8Array<ArrayBuffer>> {
  return new Uint8Array(await toBuffer(text, { type: 'png', errorCorrectionLevel: 'M', margin: 2, scale: 8 }));
}
