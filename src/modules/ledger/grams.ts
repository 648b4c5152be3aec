/**
 * Every two neighbouring characters of a text, small, without spaces and signs: 岳阳机场 → 岳阳, 阳机, 机场. A search for two or
 * more characters asks the index for all of its pairs and reads only the few titles that have them.
 */
export function gramsOf(...texts: readonly string[]): string[] {
  const found = new Set<string>();
  for (const text of texts) {
    const characters = [...text.normalize('NFKC').toLowerCase()].filter((c) => /[\p{L}\p{N}]/u.test(c));
    for (let i = 0; i + 1 < characters.length; i++) found.add(characters[i]! + characters[i + 1]!);
  }
  return [...found];
}
