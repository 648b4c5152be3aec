/** What a key does to the active row of a table of `count` rows, of which `page` fit the window. Undefined: not ours. */
export function activeAfter(key: string, active: number, count: number, page: number): number | undefined {
  if (count === 0) return undefined;
  const last = count - 1;
  const clamp = (index: number) => Math.max(0, Math.min(last, index));
  switch (key) {
    case 'ArrowDown':
      return clamp(active + 1);
    case 'ArrowUp':
      return clamp(active < 0 ? 0 : active - 1);
    case 'PageDown':
      return clamp(active + page);
    case 'PageUp':
      return clamp(active - page);
    case 'Home':
      return 0;
    case 'End':
      return last;
    default:
      return undefined;
  }
}

/** Adds or removes every key of an inclusive range of rows; rows that are not loaded are left out. */
export function withRange(
  selected: ReadonlySet<string>,
  keyAt: (index: number) => string | undefined,
  from: number,
  to: number,
  isOn: boolean,
): Set<string> {
  const next = new Set(selected);
  for (let index = Math.min(from, to); index <= Math.max(from, to); index += 1) {
    const key = keyAt(index);
    if (key === undefined) continue;
    if (isOn) next.add(key);
    else next.delete(key);
  }
  return next;
}
