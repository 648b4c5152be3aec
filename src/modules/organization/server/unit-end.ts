import { conflict, invalid } from '#core/server/errors.ts';
import type { Scope } from '#core/server/scope.ts';
import { addDays, type Day } from '#core/shared/day.ts';
import { insertChange } from './change-store.ts';
import { renewLineages } from './closure-store.ts';
import { listPostsOfUnit } from './person-store.ts';
import { endPostsAfter } from './post-end.ts';
import { checkName, checkOrder, checkStillValid } from './unit-checks.ts';
import { moveBelow, tell } from './unit-move.ts';
import {
  currentEffectiveFrom,
  findUnitRow,
  listAliases,
  listChildrenOf,
  setUnitRow,
  type UnitRow,
} from './unit-store.ts';

/**
 * Ends a unit after `validTo`, its posts with it. With a successor, units below move over on the day after, and the
 * ended unit itself counts as below the successor from then on, so that its projects stay in somebody's reach.
 */
export async function endUnit(
  scope: Scope,
  before: UnitRow,
  validTo: Day,
  successor: UnitRow | null,
  reason: string,
): Promise<UnitRow> {
  checkOrder({ validFrom: before.validFrom, validTo });
  const dayAfter = addDays(validTo, 1);
  const children = (await listChildrenOf(scope, before.id)).filter(
    (child) => child.validTo === null || child.validTo > validTo,
  );
  if (children.length > 0 && (successor === null || dayAfter > scope.today))
    throw hasChildren(children, successor !== null);
  for (const child of children) {
    if (child.id === successor!.id) throw intoItsOwnChild();
    await moveBelow(scope, child, successor!, later(dayAfter, await currentEffectiveFrom(scope, child.id)), reason);
  }
  await endPostsAfter(scope, await listPostsOfUnit(scope, before.id), validTo, reason);
  const aliases = (await listAliases(scope, [before.id])).map(({ alias }) => alias);
  const changes = { validTo, successorId: successor?.id ?? null };
  const row = await setUnitRow(scope, before, changes, aliases, {
    effectiveFrom: await currentEffectiveFrom(scope, before.id),
    reason,
  });
  if (successor) await renewLineages(scope, row.id);
  await insertChange(scope, {
    subject: 'unit',
    subjectId: row.id,
    action: successor ? 'merged' : 'retired',
    onDay: validTo,
    reason,
    before: { validTo: before.validTo },
    after: {
      validTo,
      ...(successor && { successorName: successor.name, movedChildren: children.map((child) => child.name) }),
    },
  });
  if (successor)
    await insertChange(scope, {
      subject: 'unit',
      subjectId: successor.id,
      action: 'tookOver',
      onDay: dayAfter,
      reason,
      after: { predecessorName: row.name },
    });
  await tell(scope, successor ? 'unitMerged' : 'unitRetired', row, [successor?.id ?? null]);
  return row;
}

/** Posts and moved units do not come back by themselves: each of them was ended or moved with its own line of history. */
export async function reviveUnit(scope: Scope, before: UnitRow, reason: string): Promise<UnitRow> {
  const parent = before.parentId === null ? undefined : await findUnitRow(scope, before.parentId);
  if (parent) checkStillValid(parent, scope.today, 'id');
  await checkName(scope, { ...before, validTo: null });
  const aliases = (await listAliases(scope, [before.id])).map(({ alias }) => alias);
  const effectiveFrom = await currentEffectiveFrom(scope, before.id);
  const row = await setUnitRow(scope, before, { validTo: null, successorId: null }, aliases, { effectiveFrom, reason });
  if (before.successorId !== null) await renewLineages(scope, row.id);
  await insertChange(scope, {
    subject: 'unit',
    subjectId: row.id,
    action: 'restored',
    onDay: scope.today,
    reason,
    before: { validTo: before.validTo },
    after: { validTo: null },
  });
  await tell(scope, 'unitRestored', row, [before.successorId]);
  return row;
}

function hasChildren(children: readonly UnitRow[], isMerger: boolean) {
  const names = children.slice(0, 3).map((child) => child.name);
  const more = children.length > 3;
  return conflict(
    'has_children',
    isMerger
      ? {
          zh: `下级单位（${names.join('、')}${more ? '等' : ''}）将随并入调整，终止日期须早于今天；或先调整下级单位`,
          en: `Units below (${names.join(', ')}${more ? ' …' : ''}) move with the merger, so the last day must be before today; or move them first`,
        }
      : {
          zh: `还有 ${children.length} 个下级单位（${names.join('、')}${more ? '等' : ''}），请先撤销或调整它们的隶属`,
          en: `${children.length} units still stand below (${names.join(', ')}${more ? ' …' : ''}): retire or move them first`,
        },
    { unitIds: children.map((child) => child.id) },
  );
}

const intoItsOwnChild = () =>
  invalid(
    'merge_into_child',
    {
      zh: '不能并入自己的下级，请先把该下级调整到别处',
      en: 'A unit cannot be merged into one below it: move that one first',
    },
    'successorId',
  );

const later = (a: Day, b: Day): Day => (a > b ? a : b);
