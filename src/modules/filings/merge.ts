import type { FilingContent, FilingPhoto, MilestoneTick } from './content.ts';

type Key = keyof FilingContent;

/** The sums of a month hang together: half of mine and half of theirs would be nobody's statement. */
const together: readonly (readonly Key[])[] = [['monthYuan', 'cumulativeYuan', 'unchanged']];
const groupOf = (key: Key): readonly Key[] => together.find((group) => group.includes(key)) ?? [key];

/** Keys that both changed, each to something else; they are decided together. */
export interface Clash {
  keys: readonly Key[];
}

export interface Merged {
  /** What only one side changed is in it; where both did, mine stands until somebody chooses. */
  content: FilingContent;
  clashes: Clash[];
  /** What came from the other side. */
  taken: Key[];
}

/** JSON with sorted keys, so that two ways of writing the same are the same. */
function plain(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(plain).join()}]`;
  if (value === null || typeof value !== 'object') return JSON.stringify(value) ?? 'null';
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${entries.map(([key, inner]) => `${key}:${plain(inner)}`).join()}}`;
}
const isSame = (a: unknown, b: unknown): boolean => plain(a) === plain(b);

/**
 * Two drafts that began from one. A field that only one side changed goes as that side has it; one that both changed is a
 * clash, to be decided by a person. Lists merge by what was added and removed. `base: null` means that the beginning is
 * not known any more: then every difference is a clash, so that nothing is lost by a guess.
 */
export function mergeDrafts(base: FilingContent | null, mine: FilingContent, theirs: FilingContent): Merged {
  const content: Record<string, unknown> = { ...theirs, ...mine };
  const clashes: Clash[] = [];
  const taken: Key[] = [];
  const seen = new Set<Key>();
  for (const key of Object.keys(content) as Key[]) {
    if (seen.has(key)) continue;
    const keys = groupOf(key);
    for (const one of keys) seen.add(one);
    if (key === 'photos' || key === 'milestones' || key === 'explanations') {
      const merged = mergeList(key, base, mine, theirs);
      content[key] = merged.value;
      if (merged.isClash) clashes.push({ keys });
      if (!isSame(merged.value, mine[key])) taken.push(key);
      continue;
    }
    if (keys.every((k) => isSame(mine[k], theirs[k]))) continue;
    const isMine = !base || keys.some((k) => !isSame(base[k], mine[k]));
    const isTheirs = !base || keys.some((k) => !isSame(base[k], theirs[k]));
    if (isMine && isTheirs) clashes.push({ keys });
    else if (isTheirs) {
      for (const k of keys) content[k] = theirs[k];
      taken.push(...keys.filter((k) => !isSame(mine[k], theirs[k])));
    }
  }
  return { content: content as FilingContent, clashes, taken };
}

type Entries = Map<string, unknown>;
const photosBy = (photos: readonly FilingPhoto[]): Entries => new Map(photos.map((p) => [p.fileId, p]));
const ticksBy = (ticks: readonly MilestoneTick[]): Entries => new Map(ticks.map((t) => [t.milestoneId, t]));

function mergeList(
  key: 'photos' | 'milestones' | 'explanations',
  base: FilingContent | null,
  mine: FilingContent,
  theirs: FilingContent,
): { value: unknown; isClash: boolean } {
  const of = (content: FilingContent): Entries =>
    key === 'photos'
      ? photosBy(content.photos)
      : key === 'milestones'
        ? ticksBy(content.milestones)
        : new Map(Object.entries(content.explanations));
  const [b, m, t] = [base ? of(base) : null, of(mine), of(theirs)];
  const merged: Entries = new Map();
  let isClash = false;
  for (const id of new Set([...t.keys(), ...m.keys()])) {
    const [was, here, there] = [b?.get(id), m.get(id), t.get(id)];
    if (isSame(here, there)) merged.set(id, here);
    // Without a beginning, what one side lacks was not necessarily removed: it stays.
    else if (!b) {
      merged.set(id, here ?? there);
      isClash ||= here !== undefined && there !== undefined;
    } else if (isSame(was, here)) there !== undefined && merged.set(id, there);
    else {
      if (here !== undefined) merged.set(id, here);
      // The same picture is the same picture: only what is said beside it may differ, and that is nobody's quarrel.
      isClash ||= key !== 'photos' && !isSame(was, there);
    }
  }
  return { value: key === 'explanations' ? Object.fromEntries(merged) : [...merged.values()], isClash };
}

/** The content after each clash was decided: `theirs` names the keys for which the other side's value is used. */
export function decided(merged: Merged, theirs: FilingContent, chosen: ReadonlySet<Key>): FilingContent {
  const content: Record<string, unknown> = { ...merged.content };
  for (const { keys } of merged.clashes)
    if (keys.some((key) => chosen.has(key))) for (const key of keys) content[key] = theirs[key];
  return content as FilingContent;
}
