/**
 * GBK that was cut at the wrong byte: “。“今年” read one byte late is “?!敖衲暌”. A full-width sign begins with A1 or A3, so
 * the lost byte is known, and reading again from it gives the text back, up to where bytes are missing for good.
 */

/** Characters of GB2312's first plane of 3,755 in daily use: lead bytes B0–D7. */
const isCommonLead = (lead: number): boolean => lead >= 0xb0 && lead <= 0xd7;

let bytesOf: Map<string, number> | undefined;
let charOf: Map<number, string> | undefined;

/** Every two-byte character of GBK, by decoding them all once: the platform has a decoder and no encoder. */
function tables(): { bytes: Map<string, number>; chars: Map<number, string> } {
  if (!bytesOf || !charOf) {
    [bytesOf, charOf] = [new Map(), new Map()];
    const decoder = new TextDecoder('gb18030');
    for (let lead = 0x81; lead <= 0xfe; lead += 1)
      for (let trail = 0x40; trail <= 0xfe; trail += 1) {
        if (trail === 0x7f) continue;
        const char = decoder.decode(new Uint8Array([lead, trail]));
        if (char.length !== 1 || char === '\ufffd' || /[\ue000-\uf8ff]/.test(char)) continue;
        charOf.set(lead * 256 + trail, char);
        bytesOf.set(char, lead * 256 + trail);
      }
  }
  return { bytes: bytesOf, chars: charOf };
}

/** Marks that were brought to half width after the damage was done. */
const wide: Record<string, string> = { '!': '！', ';': '；', ':': '：', ',': '，', '?': '？', '(': '（', ')': '）' };

/** How many characters are rare: outside GB2312's first plane. */
const rareIn = (chars: string, bytes: Map<string, number>): number => {
  let rare = 0;
  for (const char of chars) {
    const code = bytes.get(char);
    if (/\p{Script=Han}/u.test(char) && (code === undefined || !isCommonLead(code >> 8))) rare += 1;
  }
  return rare;
};

/**
 * Reads again a run that follows a lost byte (`?`). Gives the characters that are certain, each in the place of one of the
 * run's, the lost byte's first; undefined when it is not provable: at least three rare characters must turn into at
 * least four common ones, opened by a sign of punctuation, without one that is rare or impossible.
 * @param isCutShort More bytes are missing at the end of the run: its last character then proves nothing.
 */
export function readShifted(run: string, isCutShort: boolean): string | undefined {
  const { bytes, chars } = tables();
  let best: string | undefined;
  for (const lost of [0xa1, 0xa3]) {
    let pending = lost;
    let made = '';
    for (const char of run) {
      const code = bytes.get(wide[char] ?? char);
      if (code === undefined) break;
      const next = chars.get(pending * 256 + (code >> 8));
      const isFit = next !== undefined && (isCommonLead(pending) || pending === 0xa1 || pending === 0xa3);
      if (!isFit) break;
      made += next;
      pending = code & 0xff;
    }
    if (isCutShort && made.length >= run.length - 1) made = made.slice(0, run.length - 1);
    const han = [...made].filter((char) => /\p{Script=Han}/u.test(char)).length;
    const isProven = /^[。，、；：！？“”]/.test(made) && han >= 4 && rareIn(run.slice(0, made.length), bytes) >= 3;
    if (isProven && made.length > (best?.length ?? 0)) best = made;
  }
  return best;
}
