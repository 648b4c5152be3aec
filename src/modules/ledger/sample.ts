/** sha256, hex, of a text; given from outside so that server and browser can both recompute a draw. */
export type HashText = (text: string) => string;

/**
 * A draw that anybody can repeat: the numbers ordered by sha256 of "seed|number" (hex), the first `k` drawn. The order in
 * which the numbers come does not matter, and nobody can steer it once the seed is said.
 */
export function draw(numbers: readonly string[], k: number, seed: string, hash: HashText): string[] {
  return inDrawOrder(numbers, seed, hash)
    .slice(0, k)
    .map(({ number }) => number);
}

export const inDrawOrder = (numbers: readonly string[], seed: string, hash: HashText) =>
  [...new Set(numbers)]
    .map((number) => ({ number, hash: hash(`${seed}|${number}`) }))
    .sort((a, b) => (a.hash < b.hash ? -1 : a.hash > b.hash ? 1 : 0));

/** What was drawn from: published with the seed, so that nothing can be added or left out afterwards. */
export const populationHash = (numbers: readonly string[], hash: HashText): string =>
  hash([...new Set(numbers)].sort().join('\n'));
