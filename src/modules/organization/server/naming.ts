import { invalid } from '#core/server/errors.ts';
import type { Scope } from '#core/server/scope.ts';
import type { Day } from '#core/shared/day.ts';
import { newId } from '#core/shared/id.ts';
import type { UnitKind } from '../unit-kind.ts';
import { nameKey, tidyName } from '../unit-name.ts';
import { isValidOn } from '../validity.ts';
import { insertChange } from './change-store.ts';
import { insertLineages } from './closure-store.ts';
import {
  findRoot,
  findUnitRow,
  insertUnitRow,
  listUnitsNamed,
  lockTree,
  type UnitFacts,
  type UnitRow,
} from './unit-store.ts';

export const blankUnit = (facts: Pick<UnitFacts, 'name' | 'kind' | 'parentId' | 'validFrom'>): UnitFacts => ({
  id: newId(),
  shortName: null,
  regionCode: null,
  creditCode: null,
  creditCodeReason: null,
  position: 0,
  note: null,
  validTo: null,
  successorId: null,
  ...facts,
});

/** Writes a new unit with its first version, its place in the closure and its first line of history. Checks nothing. */
export async function addUnit(
  scope: Scope,
  facts: UnitFacts,
  aliases: readonly string[],
  reason: string | null,
): Promise<UnitRow> {
  const row = await insertUnitRow(scope, facts, aliases, { effectiveFrom: facts.validFrom, reason });
  await insertLineages(scope, row.id, row.parentId);
  const { id, name, shortName, kind, parentId, regionCode, creditCode, validFrom, validTo } = row;
  const parent = parentId === null ? undefined : await findUnitRow(scope, parentId);
  await insertChange(scope, {
    subject: 'unit',
    subjectId: id,
    action: 'created',
    onDay: validFrom,
    reason,
    after: {
      name,
      shortName,
      kind,
      parentName: parent?.name ?? null,
      regionCode,
      creditCode,
      validFrom,
      validTo,
      aliases: [...aliases],
    },
  });
  return row;
}

export interface WantedUnit {
  name: string;
  /** Used when the unit is made. A unit that is found keeps its own kind. */
  kind: UnitKind;
  /** Where to make it, and which of several of one name is meant; the headquarters when missing. */
  parentId?: string | undefined;
  shortName?: string | undefined;
  regionCode?: string | undefined;
  aliases?: readonly string[] | undefined;
  /** The first day of a unit that is made; today when missing. */
  validFrom?: Day | undefined;
  /** The last day of a unit that is made and is history already. */
  validTo?: Day | undefined;
  /** Kept with the unit's first line of history: “导入 2021 年台账”. */
  reason?: string | undefined;
}

/**
 * Finds the unit by name, short name or alias, else makes it. Of several, one below the wanted parent comes first, then
 * one of the wanted kind, then one that is valid today. Throws 422 `unit_name` for a name without letters.
 */
export async function findOrAddUnit(scope: Scope, wanted: WantedUnit): Promise<{ unit: UnitRow; isNew: boolean }> {
  const name = tidyName(wanted.name);
  if (nameKey(name) === '')
    throw invalid('unit_name', { zh: '单位名称里要有文字', en: 'A unit’s name needs letters' }, 'name');
  const found = await choose(scope, wanted);
  if (found) return { unit: found, isNew: false };
  await lockTree(scope);
  // Another import may have made it while we waited for the lock.
  const meanwhile = await choose(scope, wanted);
  if (meanwhile) return { unit: meanwhile, isNew: false };
  const parentId = wanted.parentId ?? (await findRoot(scope))?.id ?? null;
  const facts: UnitFacts = {
    ...blankUnit({ name, kind: wanted.kind, parentId, validFrom: wanted.validFrom ?? scope.today }),
    shortName: wanted.shortName ?? null,
    regionCode: wanted.regionCode ?? null,
    validTo: wanted.validTo ?? null,
  };
  return { unit: await addUnit(scope, facts, wanted.aliases ?? [], wanted.reason ?? null), isNew: true };
}

async function choose(scope: Scope, { name, kind, parentId }: WantedUnit): Promise<UnitRow | undefined> {
  const worth = (unit: UnitRow) =>
    (parentId !== undefined && unit.parentId === parentId ? 4 : 0) +
    (unit.kind === kind ? 2 : 0) +
    (isValidOn(scope.today, unit) ? 1 : 0);
  return (await listUnitsNamed(scope, name)).toSorted((a, b) => worth(b) - worth(a))[0];
}
