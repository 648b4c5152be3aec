import { addDays, type Day } from '#core/shared/day.ts';

/** Before every unit and after every unit: parentage is known for all days, so that an index range always answers. */
export const firstDay: Day = '0001-01-01';
export const lastDay: Day = '9999-12-31';

/** A unit stood under this parent from this day until the next link of the same unit. */
export interface Link {
  unitId: string;
  parentId: string | null;
  from: Day;
}

/** The descendant was in the ancestor's subtree from `fromDay` to `toDay`, both included. Each unit is its own ancestor. */
export interface Lineage {
  ancestorId: string;
  descendantId: string;
  fromDay: Day;
  toDay: Day;
}

interface Span {
  parentId: string | null;
  from: Day;
  to: Day;
}

/** Thrown when a unit would stand, on some day, below itself. */
export class Circle extends Error {
  readonly unitId: string;
  readonly day: Day;
  constructor(unitId: string, day: Day) {
    super(`Unit ${unitId} would stand below itself on ${day}`);
    this.unitId = unitId;
    this.day = day;
  }
}

/**
 * All lineages of the wanted units, from every unit's links. The first link of a unit reaches back to the first day and
 * the last one forward for ever: whose data it is does not depend on whether the unit is still at work.
 */
export function lineagesOf(links: readonly Link[], wanted: Iterable<string>): Lineage[] {
  const spans = spansOf(links);
  const lineages: Lineage[] = [];
  for (const descendantId of wanted) {
    lineages.push({ ancestorId: descendantId, descendantId, fromDay: firstDay, toDay: lastDay });
    const climb = (unitId: string, from: Day, to: Day, path: readonly string[]): void => {
      for (const span of spans.get(unitId) ?? []) {
        const [start, end] = [later(from, span.from), earlier(to, span.to)];
        if (span.parentId === null || start > end) continue;
        if (path.includes(span.parentId)) throw new Circle(descendantId, start);
        lineages.push({ ancestorId: span.parentId, descendantId, fromDay: start, toDay: end });
        climb(span.parentId, start, end, [...path, span.parentId]);
      }
    };
    climb(descendantId, firstDay, lastDay, [descendantId]);
  }
  return joined(lineages);
}

/** Every unit that ever stood below the given one, itself included: those whose lineages a change of its links touches. */
export function everBelow(links: readonly Link[], unitId: string): Set<string> {
  const children = new Map<string, Set<string>>();
  for (const { parentId, unitId: child } of links)
    if (parentId !== null) children.set(parentId, (children.get(parentId) ?? new Set()).add(child));
  const below = new Set<string>();
  const visit = (id: string): void => {
    if (below.has(id)) return;
    below.add(id);
    for (const child of children.get(id) ?? []) visit(child);
  };
  visit(unitId);
  return below;
}

function spansOf(links: readonly Link[]): Map<string, Span[]> {
  const byUnit = Map.groupBy(links, (link) => link.unitId);
  return new Map(
    [...byUnit].map(([unitId, own]) => {
      const sorted = own.toSorted((a, b) => (a.from < b.from ? -1 : a.from > b.from ? 1 : 0));
      return [
        unitId,
        sorted.map((link, i) => ({
          parentId: link.parentId,
          from: i === 0 ? firstDay : link.from,
          to: sorted[i + 1] ? addDays(sorted[i + 1]!.from, -1) : lastDay,
        })),
      ];
    }),
  );
}

/** Neighbouring spans of one pair become one row: most moves further up change nothing for most pairs. */
function joined(lineages: readonly Lineage[]): Lineage[] {
  const groups = Map.groupBy(lineages, (l) => `${l.ancestorId} ${l.descendantId}`);
  return [...groups.values()].flatMap((group) => {
    const rows: Lineage[] = [];
    for (const next of group.toSorted((a, b) => (a.fromDay < b.fromDay ? -1 : 1))) {
      const last = rows.at(-1);
      if (last && last.toDay !== lastDay && addDays(last.toDay, 1) >= next.fromDay)
        last.toDay = later(last.toDay, next.toDay);
      else rows.push({ ...next });
    }
    return rows;
  });
}

const later = (a: Day, b: Day): Day => (a > b ? a : b);
const earlier = (a: Day, b: Day): Day => (a < b ? a : b);
