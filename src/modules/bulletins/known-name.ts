import type { KnownNames, Span } from './shapes.ts';

export type NameKind = 'unit' | 'project' | 'person';
export interface KnownMatch extends Span {
  kind: NameKind;
  id: string;
  /** The name as the register writes it first. */
  name: string;
  posts: string[];
}

interface Node {
  next: Map<string, Node>;
  found: Omit<KnownMatch, keyof Span>[];
}

/** Brackets and marks are typed wide or narrow as it happens: one unit for one, so that places stay. */
const narrow: Record<string, string> = {
  '（': '(',
  '）': ')',
  '－': '-',
  '–': '-',
  '—': '-',
  '．': '.',
  '•': '·',
  '・': '·',
};
const folded = (char: string): string => narrow[char] ?? char;

const built = new WeakMap<KnownNames, Node>();

/** All names and aliases of the register as one tree of characters, made once for each register. */
function treeOf(known: KnownNames): Node {
  const made = built.get(known);
  if (made) return made;
  const root: Node = { next: new Map(), found: [] };
  const add = (name: string, entry: Node['found'][number]) => {
    // One character alone would be found everywhere.
    if ([...name].length < 2) return;
    let node = root;
    for (const char of [...name].map(folded)) {
      const next: Node = node.next.get(char) ?? { next: new Map(), found: [] };
      node.next.set(char, next);
      node = next;
    }
    if (!node.found.some((other) => other.kind === entry.kind && other.id === entry.id)) node.found.push(entry);
  };
  for (const { id, names } of known.units)
    for (const name of names) add(name.trim(), { kind: 'unit', id, name: names[0]!, posts: [] });
  for (const { id, names } of known.projects)
    for (const name of names) add(name.trim(), { kind: 'project', id, name: names[0]!, posts: [] });
  for (const { id, name, posts } of known.persons) add(name.trim(), { kind: 'person', id, name, posts });
  built.set(known, root);
  return root;
}

/**
 * Names of the register in a text, from left to right, the longest one first: 岳阳市中心医院项目 and not 岳阳市 within it.
 * A name that several rows carry gives one match for each. Time is that of the text times the longest name at most.
 */
export function knownNamesIn(text: string, known: KnownNames): KnownMatch[] {
  const root = treeOf(known);
  const matches: KnownMatch[] = [];
  let at = 0;
  while (at < text.length) {
    let node = root.next.get(folded(text[at]!));
    let best: { end: number; found: Node['found'] } | undefined;
    for (let i = at + 1; node; i += 1) {
      if (node.found.length > 0) best = { end: i, found: node.found };
      node = i < text.length ? node.next.get(folded(text[i]!)) : undefined;
    }
    if (best) for (const found of best.found) matches.push({ start: at, end: best.end, ...found });
    at = best ? best.end : at + 1;
  }
  return matches;
}
