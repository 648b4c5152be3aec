/**
 * The same font under another family name, no longer than the one it has: what an operator's own font looks like to
 * Typst. Works on .ttf and .otf; checksums are left wrong, nobody looks at them.
 */
export function renamedFont(font: Uint8Array, family: string): Uint8Array {
  const copy = Uint8Array.from(font);
  const view = new DataView(copy.buffer);
  const tables = view.getUint16(4);
  for (let t = 0; t < tables; t += 1) {
    const entry = 12 + t * 16;
    if (view.getUint32(entry) !== 0x6e616d65) continue;
    const table = view.getUint32(entry + 8);
    const strings = table + view.getUint16(table + 4);
    for (let i = 0; i < view.getUint16(table + 2); i += 1) {
      const record = table + 6 + i * 12;
      const [platform, kind] = [view.getUint16(record), view.getUint16(record + 6)];
      // Family, whole name, typographic family.
      if (![1, 4, 16].includes(kind)) continue;
      const bytes = platform === 1 ? Buffer.from(family) : Buffer.from(family, 'utf16le').swap16();
      if (bytes.length > view.getUint16(record + 8)) continue;
      copy.set(bytes, strings + view.getUint16(record + 10));
      view.setUint16(record + 8, bytes.length);
    }
  }
  return copy;
}
