import { closeSync, openSync, readdirSync, readSync } from 'node:fs';
import { join } from 'node:path';

/**
 * The characters a font file (.ttf, .otf, .ttc) has, as a test of a code point. Typst does not say when a character is in
 * no font: it prints a box. Only the character map is read, not the outlines.
 * @throws Error when the file is no font
 */
export function readCoverage(path: string): (codePoint: number) => boolean {
  const file = openSync(path, 'r');
  try {
    const read = (at: number, length: number): DataView => {
      const buffer = new Uint8Array(length);
      const got = readSync(file, buffer, 0, length, at);
      if (got < length) throw new Error(`${path} is no font, or cut off`);
      return new DataView(buffer.buffer);
    };
    const isCollection = read(0, 4).getUint32(0) === 0x74746366;
    const start = isCollection ? read(12, 4).getUint32(0) : 0;
    const tables = read(start + 4, 2).getUint16(0);
    const directory = read(start + 12, tables * 16);
    for (let i = 0; i < tables; i += 1) {
      if (directory.getUint32(i * 16) !== 0x636d6170) continue;
      return coverageOf(read(directory.getUint32(i * 16 + 8), directory.getUint32(i * 16 + 12)));
    }
    throw new Error(`${path} has no character map`);
  } finally {
    closeSync(file);
  }
}

/** Of all Unicode maps in the table `cmap`: formats 4 (the first 65,536) and 12 (all). */
function coverageOf(cmap: DataView): (codePoint: number) => boolean {
  const ranges: [number, number][] = [];
  for (let i = 0; i < cmap.getUint16(2); i += 1) {
    const platform = cmap.getUint16(4 + i * 8);
    const at = cmap.getUint32(8 + i * 8);
    if (platform !== 0 && platform !== 3) continue;
    const format = cmap.getUint16(at);
    if (format === 12) {
      for (let g = 0; g < cmap.getUint32(at + 12); g += 1)
        ranges.push([cmap.getUint32(at + 16 + g * 12), cmap.getUint32(at + 20 + g * 12)]);
    } else if (format === 4) {
      const segments = cmap.getUint16(at + 6) / 2;
      for (let s = 0; s < segments; s += 1)
        ranges.push([cmap.getUint16(at + 16 + (segments + s) * 2), cmap.getUint16(at + 14 + s * 2)]);
    }
  }
  ranges.sort((a, b) => a[0] - b[0]);
  return (codePoint) => {
    let [low, high] = [0, ranges.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (ranges[middle]![0] <= codePoint) low = middle + 1;
      else high = middle;
    }
    // Ranges of two maps may overlap: the one before may reach further.
    for (let i = low - 1; i >= 0 && i >= low - 4; i -= 1) if (ranges[i]![1] >= codePoint) return true;
    return false;
  };
}

export const fontsIn = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.(ttf|otf|ttc)$/i.test(name))
    .map((name) => join(folder, name));

/**
 * What no font has becomes 〓, the printer's mark for a missing character: a box would look like a fault of the file.
 * Invisible joiners and skin colours of emoji just go. The frequent ranges, which all are there, are not looked up.
 */
export function makeWithoutBoxes(fontFiles: readonly string[]): (text: string) => string {
  const coverages = fontFiles.flatMap((file) => {
    try {
      return [readCoverage(file)];
    } catch {
      return []; // Whatever else lies in an operator's folder: Typst passes it over too.
    }
  });
  const isCovered = (character: string) => coverages.some((has) => has(character.codePointAt(0)!));
  const isInvisible = (character: string) => /[\p{Default_Ignorable_Code_Point}\p{Emoji_Modifier}]/u.test(character);
  return (text) =>
    text.replace(/[^\n -~\u200b\u3000-\u303f\u4e00-\u9fa5\uff01-\uff5e]/gu, (character) =>
      isCovered(character) ? character : isInvisible(character) ? '' : '〓',
    );
}
