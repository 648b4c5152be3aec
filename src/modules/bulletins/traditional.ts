import { Trie } from 'opencc-js/core';
import { from, to } from 'opencc-js/preset/t2cn';
import type { Edit } from './mapped-text.ts';

interface Steps {
  tries: Trie[];
  /** Characters that a simplified text does not use. */
  only: Set<string>;
}
let steps: Steps | undefined;

/** The two steps of “Taiwan to mainland”: the variants of characters, then the simplified ones. Words of the mainland stay. */
function load(): Steps {
  if (steps) return steps;
  const tries = [...from.tw!, ...to.cn!].map((group) => {
    const trie = new Trie();
    trie.loadDictGroup(group);
    return trie;
  });
  const only = new Set<string>();
  // 著, 乾, 後, 裏 and their like are in use in simplified texts too, in names and in 著名.
  const shared = new Set('著乾於麼么夥徵藉瞭覆鍾昇棲剷祇彷徬甯濛闆髮後裏迴');
  const decoder = new TextDecoder('gb18030');
  const inGb2312 = new Set<string>();
  for (let lead = 0xb0; lead <= 0xf7; lead += 1)
    for (let trail = 0xa1; trail <= 0xfe; trail += 1) inGb2312.add(decoder.decode(new Uint8Array([lead, trail])));
  const last = to.cn!.at(-1)!.at(-1);
  if (typeof last === 'string')
    for (const pair of last.split('|')) {
      const [traditional, simplified] = pair.split(' ');
      if (traditional && simplified !== traditional && !inGb2312.has(traditional) && !shared.has(traditional))
        only.add(traditional);
    }
  steps = { tries, only };
  return steps;
}

/** How many characters of the text only traditional writing has, and how many Chinese characters there are. */
export function traditionalShare(text: string): { only: number; han: number } {
  const { only } = load();
  let [found, han] = [0, 0];
  for (let i = 0; i < text.length; i += 1) {
    const code = text.charCodeAt(i);
    if (code < 0x3400 || code > 0x9fff) continue;
    han += 1;
    if (only.has(text[i]!)) found += 1;
  }
  return { only: found, han };
}

/** A line of a simplified text that quotes one traditional name stays as it is. */
export const isTraditional = (text: string): boolean => {
  const { only, han } = traditionalShare(text);
  return only >= 1 && only / han >= 0.06;
};

/** Edits of each of the two steps on a text; the second is for the text that the first has made. */
export const traditionalSteps = (): ((text: string) => Edit[])[] =>
  load().tries.map((trie) => (text: string) => {
    const edits: Edit[] = [];
    let at = 0;
    while (at < text.length) {
      // Nothing outside Chinese writing is in these tables.
      if (text.charCodeAt(at) < 0x2e80) {
        at += 1;
        continue;
      }
      const match = trie.matchPrefix(text, at);
      if (!match) {
        at += 1;
        continue;
      }
      if (text.slice(at, match.end) !== match.value) edits.push({ start: at, end: match.end, text: match.value });
      at = match.end;
    }
    return edits;
  });
