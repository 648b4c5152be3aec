/**
 * A QR code (ISO/IEC 18004) of a short text: byte mode, error level M, versions 1–20. Enough for the address that an
 * authenticator app scans, and small enough to own: a scanner page that loads a library from elsewhere is no option offline.
 */

const errorWords = [0, 10, 16, 26, 18, 24, 16, 18, 22, 22, 26, 30, 22, 22, 24, 24, 28, 28, 26, 26, 26];
const errorBlocks = [0, 1, 1, 1, 2, 2, 4, 4, 4, 5, 5, 5, 8, 9, 9, 10, 10, 11, 13, 14, 16];
const largest = 20;

const alignments = (version: number): number[] => {
  if (version === 1) return [];
  const count = Math.floor(version / 7) + 2;
  const step = Math.ceil((version * 4 + 4) / (count * 2 - 2)) * 2;
  return [6, ...Array.from({ length: count - 1 }, (_, i) => version * 4 + 10 - i * step).reverse()];
};

/** Code words that fit into a version, data and error correction together. */
function wordsIn(version: number): number {
  let modules = (16 * version + 128) * version + 64;
  if (version >= 2) {
    const count = Math.floor(version / 7) + 2;
    modules -= (25 * count - 10) * count - 55;
    if (version >= 7) modules -= 36;
  }
  return Math.floor(modules / 8);
}

const dataWordsIn = (version: number): number => wordsIn(version) - errorWords[version]! * errorBlocks[version]!;
/** The length of the text is told in 8 bits up to version 9, then in 16. */
const lengthBits = (version: number): number => (version <= 9 ? 8 : 16);

/** Rows of dark (true) and light modules, without the quiet zone. Throws RangeError for more than 666 bytes. */
export function qrMatrix(text: string): boolean[][] {
  const bytes = new TextEncoder().encode(text);
  let version = 1;
  while (version <= largest && (4 + lengthBits(version)) / 8 + bytes.length > dataWordsIn(version)) version++;
  if (version > largest) throw new RangeError('The text is too long for a QR code of this kind');
  const words = withErrorWords(dataWords(bytes, version), version);
  const grid = new Grid(version);
  grid.drawWords(words);
  return grid.withBestMask();
}

function dataWords(bytes: Uint8Array, version: number): number[] {
  const bits: number[] = [];
  const put = (value: number, length: number) => {
    for (let i = length - 1; i >= 0; i--) bits.push((value >>> i) & 1);
  };
  put(0b0100, 4);
  put(bytes.length, lengthBits(version));
  for (const byte of bytes) put(byte, 8);
  const capacity = dataWordsIn(version) * 8;
  put(0, Math.min(4, capacity - bits.length));
  put(0, (8 - (bits.length % 8)) % 8);
  for (let pad = 0xec; bits.length < capacity; pad ^= 0xec ^ 0x11) put(pad, 8);
  return Array.from({ length: bits.length / 8 }, (_, i) =>
    bits.slice(i * 8, i * 8 + 8).reduce((word, bit) => (word << 1) | bit, 0),
  );
}

/** Multiplication in GF(2⁸) over x⁸+x⁴+x³+x²+1. */
function times(a: number, b: number): number {
  let product = 0;
  for (let i = 7; i >= 0; i--) {
    product = (product << 1) ^ ((product >>> 7) * 0x11d);
    product ^= ((b >>> i) & 1) * a;
  }
  return product;
}

function reedSolomon(data: readonly number[], length: number): number[] {
  const divisor = Array<number>(length).fill(0);
  divisor[length - 1] = 1;
  for (let i = 0, root = 1; i < length; i++, root = times(root, 2))
    for (let j = 0; j < length; j++) divisor[j] = times(divisor[j]!, root) ^ (divisor[j + 1] ?? 0);
  const rest = Array<number>(length).fill(0);
  for (const word of data) {
    const factor = word ^ rest.shift()!;
    rest.push(0);
    for (let i = 0; i < length; i++) rest[i]! ^= times(divisor[i]!, factor);
  }
  return rest;
}

/** Cuts the data into blocks, adds each block's error words, and deals them out in turns. */
function withErrorWords(data: readonly number[], version: number): number[] {
  const blocks = errorBlocks[version]!;
  const errors = errorWords[version]!;
  const all = wordsIn(version);
  const short = blocks - (all % blocks);
  const shortLength = Math.floor(all / blocks) - errors;
  const parts: { data: number[]; error: number[] }[] = [];
  for (let i = 0, at = 0; i < blocks; i++) {
    const length = shortLength + (i < short ? 0 : 1);
    const part = data.slice(at, at + length);
    parts.push({ data: part, error: reedSolomon(part, errors) });
    at += length;
  }
  const dealt: number[] = [];
  for (let i = 0; i <= shortLength; i++) for (const part of parts) if (i < part.data.length) dealt.push(part.data[i]!);
  for (let i = 0; i < errors; i++) for (const part of parts) dealt.push(part.error[i]!);
  return dealt;
}

const masks: ((x: number, y: number) => boolean)[] = [
  (x, y) => (x + y) % 2 === 0,
  (_, y) => y % 2 === 0,
  (x) => x % 3 === 0,
  (x, y) => (x + y) % 3 === 0,
  (x, y) => (Math.floor(x / 3) + Math.floor(y / 2)) % 2 === 0,
  (x, y) => ((x * y) % 2) + ((x * y) % 3) === 0,
  (x, y) => (((x * y) % 2) + ((x * y) % 3)) % 2 === 0,
  (x, y) => (((x + y) % 2) + ((x * y) % 3)) % 2 === 0,
];

class Grid {
  readonly #version: number;
  readonly #size: number;
  readonly #dark: boolean[][];
  /** Modules that belong to the pattern itself and are never masked. */
  readonly #fixed: boolean[][];

  constructor(version: number) {
    this.#version = version;
    this.#size = version * 4 + 17;
    const empty = () => Array.from({ length: this.#size }, () => Array<boolean>(this.#size).fill(false));
    this.#dark = empty();
    this.#fixed = empty();
    this.#drawPatterns();
  }

  #set(x: number, y: number, dark: boolean): void {
    if (x < 0 || y < 0 || x >= this.#size || y >= this.#size) return;
    this.#dark[y]![x] = dark;
    this.#fixed[y]![x] = true;
  }

  #drawPatterns(): void {
    const far = this.#size - 7;
    for (let i = 0; i < this.#size; i++) {
      this.#set(6, i, i % 2 === 0);
      this.#set(i, 6, i % 2 === 0);
    }
    for (const [left, top] of [
      [0, 0],
      [far, 0],
      [0, far],
    ] as const)
      for (let dy = -1; dy <= 7; dy++)
        for (let dx = -1; dx <= 7; dx++) {
          const ring = Math.max(Math.abs(dx - 3), Math.abs(dy - 3));
          this.#set(left + dx, top + dy, ring !== 2 && ring !== 4);
        }
    const centres = alignments(this.#version);
    const last = centres.length - 1;
    centres.forEach((cy, row) => {
      centres.forEach((cx, column) => {
        // The three corners with a finder have no room for one.
        if ((row === 0 && (column === 0 || column === last)) || (row === last && column === 0)) return;
        for (let dy = -2; dy <= 2; dy++)
          for (let dx = -2; dx <= 2; dx++) this.#set(cx + dx, cy + dy, Math.max(Math.abs(dx), Math.abs(dy)) !== 1);
      });
    });
    this.#drawFormat(0);
    if (this.#version >= 7) this.#drawVersion();
  }

  #drawFormat(mask: number): void {
    let rest = mask; // level M is 00
    for (let i = 0; i < 10; i++) rest = (rest << 1) ^ ((rest >>> 9) * 0x537);
    const bits = ((mask << 10) | rest) ^ 0x5412;
    const bit = (i: number) => ((bits >>> i) & 1) === 1;
    for (let i = 0; i <= 5; i++) this.#set(8, i, bit(i));
    this.#set(8, 7, bit(6));
    this.#set(8, 8, bit(7));
    this.#set(7, 8, bit(8));
    for (let i = 9; i < 15; i++) this.#set(14 - i, 8, bit(i));
    for (let i = 0; i < 8; i++) this.#set(this.#size - 1 - i, 8, bit(i));
    for (let i = 8; i < 15; i++) this.#set(8, this.#size - 15 + i, bit(i));
    this.#set(8, this.#size - 8, true);
  }

  #drawVersion(): void {
    let rest = this.#version;
    for (let i = 0; i < 12; i++) rest = (rest << 1) ^ ((rest >>> 11) * 0x1f25);
    const bits = (this.#version << 12) | rest;
    for (let i = 0; i < 18; i++) {
      const dark = ((bits >>> i) & 1) === 1;
      const near = Math.floor(i / 3);
      const far = this.#size - 11 + (i % 3);
      this.#set(far, near, dark);
      this.#set(near, far, dark);
    }
  }

  /** Up and down in columns two wide, from the right, around what is fixed. */
  drawWords(words: readonly number[]): void {
    let i = 0;
    for (let right = this.#size - 1; right >= 1; right -= 2) {
      if (right === 6) right = 5;
      for (let step = 0; step < this.#size; step++)
        for (const x of [right, right - 1]) {
          const isUpward = ((right + 1) & 2) === 0;
          const y = isUpward ? this.#size - 1 - step : step;
          if (this.#fixed[y]![x] || i >= words.length * 8) continue;
          this.#dark[y]![x] = ((words[i >>> 3]! >>> (7 - (i & 7))) & 1) === 1;
          i++;
        }
    }
  }

  #applyMask(mask: number): void {
    const flips = masks[mask]!;
    for (let y = 0; y < this.#size; y++)
      for (let x = 0; x < this.#size; x++)
        if (!this.#fixed[y]![x] && flips(x, y)) this.#dark[y]![x] = !this.#dark[y]![x];
  }

  withBestMask(): boolean[][] {
    let best = { mask: 0, penalty: Number.POSITIVE_INFINITY };
    for (let mask = 0; mask < masks.length; mask++) {
      this.#applyMask(mask);
      this.#drawFormat(mask);
      const penalty = penaltyOf(this.#dark);
      if (penalty < best.penalty) best = { mask, penalty };
      this.#applyMask(mask);
    }
    this.#applyMask(best.mask);
    this.#drawFormat(best.mask);
    return this.#dark;
  }
}

/** What makes a code hard to read: long runs, blocks, look-alikes of a finder, too much of one colour. */
function penaltyOf(dark: readonly boolean[][]): number {
  const size = dark.length;
  const columns = dark.map((_, x) => dark.map((row) => row[x]!));
  let penalty = 0;
  for (const line of [...dark, ...columns]) {
    const text = line.map((module) => (module ? '1' : '0')).join('');
    for (const run of text.match(/0{5,}|1{5,}/g) ?? []) penalty += run.length - 2;
    for (let i = 0; i + 11 <= size; i++) {
      const part = text.slice(i, i + 11);
      if (part === '10111010000' || part === '00001011101') penalty += 40;
    }
  }
  for (let y = 0; y + 1 < size; y++)
    for (let x = 0; x + 1 < size; x++) {
      const module = dark[y]![x];
      if (module === dark[y]![x + 1] && module === dark[y + 1]![x] && module === dark[y + 1]![x + 1]) penalty += 3;
    }
  const share = dark.flat().filter(Boolean).length / (size * size);
  return penalty + Math.floor(Math.abs(share * 100 - 50) / 5) * 10;
}
