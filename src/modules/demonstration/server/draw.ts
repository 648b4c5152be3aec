/** A number in [0, 1) that is always the same for the same project and question: a demonstration is the same each time. */
export function draw(serial: number, question: string): number {
  let hash = 2_166_136_261 ^ serial;
  for (const letter of `${question} ${serial}`) hash = Math.imul(hash ^ letter.codePointAt(0)!, 16_777_619);
  hash ^= hash >>> 15;
  hash = Math.imul(hash, 2_246_822_507);
  return ((hash ^ (hash >>> 13)) >>> 0) / 4_294_967_296;
}

export const between = (serial: number, question: string, low: number, high: number): number =>
  low + Math.floor(draw(serial, question) * (high - low + 1));
