import { notFound, Problem } from '#core/server/errors.ts';
import type { Scope } from '#core/server/scope.ts';
import { findUnitRow, lockUnit, type UnitRow } from './unit-store.ts';

export const noUnit = () => notFound({ zh: '单位', en: 'unit' });
export const noPerson = () => notFound({ zh: '人员', en: 'person' });
export const noPost = () => notFound({ zh: '岗位', en: 'post' });

/** Asks whether a permission reaches a unit; made once per request, because a list asks for every line. */
export function reachOf(scope: Scope, permission: string): (unitId: string) => boolean {
  const reach = scope.reach(permission);
  if (reach.all) return () => true;
  const ids = new Set(reach.unitIds);
  return (unitId) => ids.has(unitId);
}

/** Throws the same 404 for a unit that is not there and one outside the permission's reach. */
export async function getUnit(scope: Scope, id: string, permission: string): Promise<UnitRow> {
  const row = await findUnitRow(scope, id);
  if (!row || !reachOf(scope, permission)(id)) throw noUnit();
  return row;
}

/** A unit to be changed. 409 `changed_meanwhile` when somebody else was faster than the form. */
export async function getUnitToEdit(scope: Scope, id: string, version: number): Promise<UnitRow> {
  if (!reachOf(scope, 'organization.edit')(id)) throw noUnit();
  const row = await lockUnit(scope, id);
  if (!row) throw noUnit();
  if (row.version !== version) throw changedMeanwhile();
  return row;
}

export const changedMeanwhile = () =>
  new Problem(409, 'changed_meanwhile', {
    zh: '这条记录刚被他人修改过，请刷新后核对再提交',
    en: 'Somebody else has just changed this: reload, check and send again',
  });

/**
 * Where a unit stands and whether it exists is its parent's business: moving, retiring and merging need the parent in
 * reach too, so that a county's own administrator cannot take the county itself out of the tree.
 */
export function requireParentInReach(scope: Scope, unit: UnitRow): void {
  if (unit.parentId !== null && reachOf(scope, 'organization.edit')(unit.parentId)) return;
  throw new Problem(
    403,
    'parent_out_of_reach',
    unit.parentId === null
      ? {
          zh: '总指挥部是组织树的根，不能调整、撤销或并入',
          en: 'The headquarters is the root: it cannot be moved, retired or merged',
        }
      : {
          zh: '调整、撤销本单位由上级办理，请联系总指挥部办公室',
          en: 'Only the unit above may move or retire this one: ask the headquarters office',
        },
  );
}
