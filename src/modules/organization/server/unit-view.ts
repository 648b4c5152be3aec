import type { Scope } from '#core/server/scope.ts';
import type { Day } from '#core/shared/day.ts';
import { checkCreditCode } from '../credit-code.ts';
import type { TreeUnit, Unit, UnitAction, UnitName } from '../shapes.ts';
import { validityOn } from '../validity.ts';
import { countBelow, listAncestorIds } from './closure-store.ts';
import { listPostsOfUnit } from './person-store.ts';
import { presentPosts } from './post-view.ts';
import { reachOf } from './reach.ts';
import { findRegionRow } from './region-store.ts';
import {
  findUnitRow,
  listAliases,
  listEverChildIds,
  listPredecessorsOf,
  listUnitsOn,
  type UnitOnDay,
  type UnitRow,
} from './unit-store.ts';

export const nameOf = ({ id, name, shortName, kind }: UnitName): UnitName => ({ id, name, shortName, kind });

export const treeLine = (unit: UnitOnDay, day: Day, canOpen: boolean): TreeUnit => ({
  ...nameOf(unit),
  parentId: unit.parentId,
  initials: unit.initials,
  state: validityOn(day, unit),
  canOpen,
});

/** The unit's page on a day: its facts as they were then, what stood below it then, and all its posts. */
export async function presentUnit(scope: Scope, row: UnitRow, day: Day = scope.today): Promise<Unit> {
  const canRead = reachOf(scope, 'organization.read');
  const unit = (await listUnitsOn(scope, day, [row.id]))[0]!;
  const everChildren = await listUnitsOn(scope, day, await listEverChildIds(scope, row.id));
  const children = everChildren
    .filter((child) => child.parentId === row.id)
    .map((child) => treeLine(child, day, canRead(child.id)));
  const posts = await presentPosts(scope, await listPostsOfUnit(scope, row.id), day);
  const successor = row.successorId === null ? undefined : await findUnitRow(scope, row.successorId);
  const region = unit.regionCode === null ? undefined : await findRegionRow(scope, unit.regionCode);
  return {
    ...nameOf(unit),
    version: row.version,
    path: await pathTo(scope, unit, day),
    regionCode: unit.regionCode,
    regionName: region?.name ?? null,
    creditCode: unit.creditCode,
    creditCodeReason: unit.creditCode === row.creditCode ? row.creditCodeReason : null,
    creditCodeHolds: unit.creditCode === null ? null : checkCreditCode(unit.creditCode).state === 'holds',
    aliases: (await listAliases(scope, [row.id])).map(({ alias }) => alias),
    position: unit.position,
    note: row.note,
    validFrom: row.validFrom,
    validTo: row.validTo,
    state: validityOn(day, row),
    successor: successor ? nameOf(successor) : null,
    predecessors: (await listPredecessorsOf(scope, row.id)).map(nameOf),
    children,
    posts,
    counts: {
      children: children.filter((child) => child.state === 'valid').length,
      below: await countBelow(scope, row.id, day),
      people: new Set(posts.filter((post) => post.state === 'valid').map((post) => post.personId)).size,
    },
    // What is done is done today: a page of the past offers nothing.
    allowed: day === scope.today ? allowedOn(scope, row) : [],
  };
}

async function pathTo(scope: Scope, unit: UnitOnDay, day: Day): Promise<UnitName[]> {
  const ancestors = new Map(
    (await listUnitsOn(scope, day, await listAncestorIds(scope, unit.id, day))).map((a) => [a.id, a]),
  );
  const path: UnitName[] = [];
  for (let next = unit.parentId; next !== null; ) {
    const ancestor = ancestors.get(next);
    if (!ancestor) break;
    ancestors.delete(next);
    path.unshift(nameOf(ancestor));
    next = ancestor.parentId;
  }
  return path;
}

function allowedOn(scope: Scope, row: UnitRow): UnitAction[] {
  const canEdit = reachOf(scope, 'organization.edit');
  if (!canEdit(row.id)) return [];
  const isOver = row.validTo !== null && row.validTo < scope.today;
  const canPlace = row.parentId !== null && canEdit(row.parentId);
  return [
    'change' as const,
    ...(canPlace && !isOver ? (['move', 'merge'] as const) : []),
    ...(canPlace && row.validTo === null ? (['retire'] as const) : []),
    ...(canPlace && row.validTo !== null ? (['restore'] as const) : []),
    ...(isOver ? [] : (['addChild', 'addPost'] as const)),
  ];
}
