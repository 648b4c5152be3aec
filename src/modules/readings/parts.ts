/** Units of one part of a long text: what a browser lays out at once without a pause. A newspaper page has 5,500. */
const usual = 30_000;

/** Where the parts of a text begin: at line ends where there are any. A text that is not much longer than one part is one. */
export function partsOf(text: string, size = usual): number[] {
  const starts = [0];
  for (let from = 0; text.length - from > size * 1.3; ) {
    const line = text.lastIndexOf('\n', from + size - 1);
    let next = line > from + size / 2 ? line + 1 : from + size;
    // Never through the middle of a character beyond the first plane.
    const unit = text.charCodeAt(next);
    if (unit >= 0xdc00 && unit < 0xe000) next -= 1;
    starts.push(next);
    from = next;
  }
  return starts;
}

/** The part in which a place lies. */
export function partAt(starts: readonly number[], place: number): number {
  let [low, high] = [0, starts.length];
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (starts[middle]! <= place) low = middle;
    else high = middle;
  }
  return low;
}
