import type { TreeUnit } from '../shapes.ts';
import { unitKinds } from '../unit-kind.ts';

/** One line of the drawn tree: only units whose ancestors are all open. */
export interface TreeRow {
  unit: TreeUnit;
  /** 1 for the root, as aria-level counts. */
  level: number;
  childCount: number;
  isOpen: boolean;
  /** Place among its siblings, from 1, and how many they are: for screen readers. */
  position: number;
  siblings: number;
}

const rank = new Map(unitKinds.map((kind, i) => [kind, i]));

/**
 * Children by what they are, as a headquarters lists them (office, command posts, counties, …), then in the order in which
 * the server gave them. A unit whose parent is not shown (retired, say) stands as a root.
 */
export function childrenOf(units: readonly TreeUnit[]): Map<string | null, TreeUnit[]> {
  const known = new Set(units.map((unit) => unit.id));
  const byKind = units.toSorted((a, b) => rank.get(a.kind)! - rank.get(b.kind)!);
  return Map.groupBy(byKind, (unit) => (unit.parentId !== null && known.has(unit.parentId) ? unit.parentId : null));
}

export function rowsOf(children: ReadonlyMap<string | null, TreeUnit[]>, isOpen: (id: string) => boolean): TreeRow[] {
  const rows: TreeRow[] = [];
  const visit = (parentId: string | null, level: number): void => {
    const siblings = children.get(parentId) ?? [];
    for (const [index, unit] of siblings.entries()) {
      const childCount = children.get(unit.id)?.length ?? 0;
      const open = childCount > 0 && isOpen(unit.id);
      rows.push({ unit, level, childCount, isOpen: open, position: index + 1, siblings: siblings.length });
      if (open) visit(unit.id, level + 1);
    }
  };
  visit(null, 1);
  return rows;
}

/** Names, short names and pinyin initials that contain the text, in the order of the tree. */
export function matching(units: readonly TreeUnit[], text: string): TreeUnit[] {
  const wanted = text.normalize('NFKC').toLowerCase().replace(/\s/g, '');
  if (wanted === '') return [];
  return units.filter(
    (unit) =>
      unit.name.toLowerCase().includes(wanted) ||
      unit.shortName?.toLowerCase().includes(wanted) ||
      unit.initials.includes(wanted),
  );
}

/** The units above this one, nearest first: what must be open for it to be seen. */
export function ancestorsOf(units: readonly TreeUnit[], id: string): string[] {
  const parents = new Map(units.map((unit) => [unit.id, unit.parentId]));
  const above: string[] = [];
  for (let next = parents.get(id) ?? null; next !== null && !above.includes(next); next = parents.get(next) ?? null)
    above.push(next);
  return above;
}

export type TreeKey = 'ArrowDown' | 'ArrowUp' | 'ArrowRight' | 'ArrowLeft' | 'Home' | 'End';

/** What a key does on a line, as the ARIA pattern for trees says: go to a line, or open or shut this one. */
export function keyOn(rows: readonly TreeRow[], at: number, key: TreeKey): { go: number } | { toggle: string } | null {
  const row = rows[at];
  if (!row) return rows.length > 0 ? { go: 0 } : null;
  if (key === 'Home') return { go: 0 };
  if (key === 'End') return { go: rows.length - 1 };
  if (key === 'ArrowDown') return { go: Math.min(at + 1, rows.length - 1) };
  if (key === 'ArrowUp') return { go: Math.max(at - 1, 0) };
  if (key === 'ArrowRight') return row.childCount === 0 ? null : row.isOpen ? { go: at + 1 } : { toggle: row.unit.id };
  if (row.isOpen) return { toggle: row.unit.id };
  const parent = rows.findLastIndex((other, index) => index < at && other.level < row.level);
  return parent < 0 ? null : { go: parent };
}
