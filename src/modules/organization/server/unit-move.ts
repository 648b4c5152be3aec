import { emit } from '#core/server/events.ts';
import type { Scope } from '#core/server/scope.ts';
import type { Day } from '#core/shared/day.ts';
import { insertChange } from './change-store.ts';
import { renewLineages } from './closure-store.ts';
import { findUnitRow, listAliases, setUnitRow, type UnitRow } from './unit-store.ts';

/** Puts the unit, with all below it, under another parent from that day. Throws 409 `circle`. The caller holds the lock of the tree. */
export async function moveBelow(
  scope: Scope,
  before: UnitRow,
  parent: UnitRow,
  effectiveFrom: Day,
  reason: string,
): Promise<UnitRow> {
  const aliases = (await listAliases(scope, [before.id])).map(({ alias }) => alias);
  const row = await setUnitRow(scope, before, { parentId: parent.id }, aliases, { effectiveFrom, reason });
  await renewLineages(scope, row.id);
  const from = before.parentId === null ? undefined : await findUnitRow(scope, before.parentId);
  await insertChange(scope, {
    subject: 'unit',
    subjectId: row.id,
    action: 'moved',
    onDay: effectiveFrom,
    reason,
    before: { parentName: from?.name ?? null },
    after: { parentName: parent.name },
  });
  await tell(scope, 'unitMoved', row, [before.parentId]);
  return row;
}

export const tell = (
  scope: Scope,
  what: string,
  unit: UnitRow,
  others: readonly (string | null)[] = [],
): Promise<void> =>
  emit(scope, {
    topic: `organization.${what}`,
    unitIds: [unit.id, unit.parentId, ...others].filter((id) => id !== null),
    data: { unitId: unit.id },
  });
