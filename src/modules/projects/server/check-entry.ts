import { sql } from 'kysely';
import { invalid } from '#core/server/errors.ts';
import type { Scope } from '#core/server/scope.ts';
import type { ProjectFields } from '../contract.ts';
import { faultsOf } from '../entry.ts';
import { isWithinReach } from './reach.ts';
import { findProject } from './store.ts';

const unitFields = ['ownerUnitId', 'leadUnitId', 'commandUnitId', 'countyUnitId'] as const;

/**
 * Refuses what cannot be true of a project that is about to be written, naming the field.
 * @param id undefined for a new project @param childCount items the project has now
 */
export async function checkEntry(
  scope: Scope,
  id: string | undefined,
  childCount: number,
  fields: ProjectFields,
): Promise<void> {
  const [fault] = faultsOf(fields, scope.today);
  if (fault) throw invalid(fault.code, fault.words, fault.field);
  await checkUnits(scope, fields);
  await checkPackage(scope, id, childCount, fields.parentId);
  // Whoever reaches only some units cannot enter a project for others, nor give one away.
  if (!isWithinReach(scope, 'projects.edit', { id: id ?? '', ...fields }))
    throw invalid(
      'outside_your_units',
      {
        zh: '责任单位、业主单位、协调指挥部、属地中至少有一个须是您所在的单位或其下属单位',
        en: 'At least one of the parties must be your unit or one below it',
      },
      'leadUnitId',
    );
}

async function checkUnits(scope: Scope, fields: ProjectFields): Promise<void> {
  const ids = unitFields.map((field) => fields[field]).filter((unit) => unit !== null);
  const { rows } = await sql<{
    id: string;
  }>`select id from organization.pub_unit where city_id = ${scope.cityId} and id = any(${ids}::uuid[])`.execute(
    scope.db,
  );
  const known = new Set(rows.map((row) => row.id));
  for (const field of unitFields) {
    const unit = fields[field];
    if (unit !== null && !known.has(unit))
      throw invalid(
        'unit_unknown',
        { zh: '所选单位不存在，请重新选择', en: 'This unit does not exist; choose again' },
        field,
      );
  }
}

async function checkPackage(
  scope: Scope,
  id: string | undefined,
  childCount: number,
  parentId: string | null,
): Promise<void> {
  if (parentId === null) return;
  const parent = await findProject(scope, parentId, 'projects.edit');
  if (!parent || parentId === id)
    throw invalid(
      'package_unknown',
      { zh: '所选打捆项目不存在，请重新选择', en: 'This package does not exist; choose again' },
      'parentId',
    );
  if (parent.parentId !== null || childCount > 0)
    throw invalid(
      'package_in_package',
      { zh: '打捆项目不能再归入另一个打捆项目', en: 'A package cannot be an item of another package' },
      'parentId',
    );
}
