/** The picture is looked at as 9 × 8 fields; each is the mean of 8 × 8 grey values, so that noise evens out. */
export const hashWidth = 72;
export const hashHeight = 64;
/** Grey steps by which a field must be brighter than its neighbour: below it the noise of storing decides. */
const clearStep = 3;

/**
 * Difference hash (dHash) of a picture given as 72 × 64 grey values, row by row: 64 bits, each “this field is clearly
 * brighter than its right neighbour”, as 16 hexadecimal digits. Scaling, recompressing and small changes of light leave
 * nearly all bits.
 */
export function differenceHash(grey: Uint8Array): string {
  const field = (x: number, y: number): number => {
    let sum = 0;
    for (let dy = 0; dy < 8; dy++) for (let dx = 0; dx < 8; dx++) sum += grey[(y * 8 + dy) * hashWidth + x * 8 + dx]!;
    return sum / 64;
  };
  let hash = 0n;
  for (let y = 0; y < 8; y++)
    for (let x = 0; x < 8; x++) hash = (hash << 1n) | (field(x, y) >= field(x + 1, y) + clearStep ? 1n : 0n);
  return hash.toString(16).padStart(16, '0');
}

/** Bits in which two hashes differ. */
export function hammingBits(a: string, b: string): number {
  let x = BigInt(`0x${a}`) ^ BigInt(`0x${b}`);
  let bits = 0;
  for (; x > 0n; x &= x - 1n) bits++;
  return bits;
}

/**
 * The eight bytes of the hash. Two hashes that differ in at most seven bits have one of them in common, so an index on
 * each finds every candidate.
 */
export const bandsOf = (hash: string): string[] => Array.from({ length: 8 }, (_, i) => hash.slice(i * 2, i * 2 + 2));

/** A picture of one colour (a black frame, a white page) has hardly any edge: its hash says nothing. */
export const saysSomething = (hash: string): boolean => {
  const bits = hammingBits(hash, '0000000000000000');
  return bits >= 8 && bits <= 56;
};
