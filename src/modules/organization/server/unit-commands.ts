import { conflict, invalid } from '#core/server/errors.ts';
import type { Handlers } from '#core/server/module.ts';
import type { Scope } from '#core/server/scope.ts';
import { addDays, type Day } from '#core/shared/day.ts';
import type { organization } from '../contract.ts';
import { tidyName } from '../unit-name.ts';
import { difference, insertChange } from './change-store.ts';
import { addUnit, blankUnit } from './naming.ts';
import { getUnitToEdit, noUnit, reachOf, requireParentInReach } from './reach.ts';
import { checkedCreditCode, checkName, checkOrder, checkRegion, checkStillValid } from './unit-checks.ts';
import { endUnit, reviveUnit } from './unit-end.ts';
import { moveBelow, tell } from './unit-move.ts';
import {
  currentEffectiveFrom,
  findUnitRow,
  listAliases,
  lockTree,
  setUnitRow,
  type UnitFacts,
  type UnitRow,
} from './unit-store.ts';
import { presentUnit } from './unit-view.ts';

export const unitCommands = {
  createUnit: async (scope, input) => {
    await lockTree(scope);
    const parent = await findUnitRow(scope, input.parentId);
    if (!parent || !reachOf(scope, 'organization.edit')(parent.id)) throw noUnit();
    checkStillValid(parent, input.validFrom, 'parentId');
    const { validFrom, validTo = null } = input;
    const blank = blankUnit({ name: tidyName(input.name), kind: input.kind, parentId: parent.id, validFrom });
    const facts: UnitFacts = {
      ...blank,
      shortName: input.shortName || null,
      regionCode: input.regionCode || null,
      ...(await checkedCreditCode(scope, blank.id, input.creditCode, input.creditCodeReason)),
      position: input.position ?? 0,
      note: input.note || null,
      validTo,
    };
    checkOrder(facts);
    await checkName(scope, facts);
    await checkRegion(scope, facts.regionCode);
    const row = await addUnit(scope, facts, input.aliases ?? [], input.reason ?? null);
    await tell(scope, 'unitCreated', row);
    // The reach of this request was closed before the unit existed: present it as its parent's administrator sees it next.
    return {
      ...(await presentUnit(scope, row)),
      allowed: parent ? ['change', 'move', 'retire', 'merge', 'addChild', 'addPost'] : [],
    };
  },

  changeUnit: async (scope, input) => {
    await lockTree(scope);
    const before = await getUnitToEdit(scope, input.id, input.version);
    const aliasesBefore = (await listAliases(scope, [before.id])).map(({ alias }) => alias);
    const aliases = input.aliases ?? aliasesBefore;
    const changes = await changedFacts(scope, before, input);
    const after: UnitRow = { ...before, ...changes };
    checkOrder(after);
    if (after.name !== before.name || after.validFrom !== before.validFrom) await checkName(scope, after);
    if (after.regionCode !== before.regionCode) await checkRegion(scope, after.regionCode);
    const changed = difference<Record<string, unknown>>(
      { ...before, aliases: aliasesBefore },
      { ...after, aliases },
      historyFields,
    );
    if (!changed) return presentUnit(scope, before);
    const isCorrection = input.correction === true;
    const effectiveFrom = await effectiveDay(scope, before, input.effectiveFrom, isCorrection);
    const row = await setUnitRow(scope, before, changes, aliases, { effectiveFrom, reason: input.reason });
    const action = isCorrection ? 'corrected' : before.name === row.name ? 'changed' : 'renamed';
    await insertChange(scope, {
      subject: 'unit',
      subjectId: row.id,
      action,
      onDay: effectiveFrom,
      reason: input.reason,
      ...changed,
    });
    await tell(scope, 'unitChanged', row);
    return presentUnit(scope, row);
  },

  moveUnit: async (scope, input) => {
    await lockTree(scope);
    const before = await getUnitToEdit(scope, input.id, input.version);
    requireParentInReach(scope, before);
    const parent = await findUnitRow(scope, input.parentId);
    if (!parent || !reachOf(scope, 'organization.edit')(parent.id)) throw noUnit();
    if (parent.id === before.parentId) return presentUnit(scope, before);
    const effectiveFrom = await effectiveDay(scope, before, input.effectiveFrom, false);
    checkStillValid(before, effectiveFrom, 'id');
    checkStillValid(parent, effectiveFrom, 'parentId');
    await checkName(scope, { ...before, parentId: parent.id });
    const row = await moveBelow(scope, before, parent, effectiveFrom, input.reason);
    return presentUnit(scope, row);
  },

  retireUnit: async (scope, input) => {
    await lockTree(scope);
    const before = await getUnitToEdit(scope, input.id, input.version);
    requireParentInReach(scope, before);
    if (before.successorId !== null) throw alreadyMerged();
    return presentUnit(scope, await endUnit(scope, before, input.validTo, null, input.reason));
  },

  mergeUnit: async (scope, input) => {
    await lockTree(scope);
    const before = await getUnitToEdit(scope, input.id, input.version);
    requireParentInReach(scope, before);
    if (before.successorId !== null) throw alreadyMerged();
    const successor = await findUnitRow(scope, input.successorId);
    if (!successor || !reachOf(scope, 'organization.edit')(successor.id)) throw noUnit();
    if (successor.id === before.id)
      throw invalid(
        'merge_into_itself',
        { zh: '不能并入自己，请选择另一单位', en: 'A unit cannot be merged into itself' },
        'successorId',
      );
    checkStillValid(successor, addDays(input.validTo, 1), 'successorId');
    return presentUnit(scope, await endUnit(scope, before, input.validTo, successor, input.reason));
  },

  restoreUnit: async (scope, input) => {
    await lockTree(scope);
    const before = await getUnitToEdit(scope, input.id, input.version);
    requireParentInReach(scope, before);
    if (before.validTo === null) return presentUnit(scope, before);
    return presentUnit(scope, await reviveUnit(scope, before, input.reason));
  },
} satisfies Partial<Handlers<typeof organization>>;

const historyFields = [
  'name',
  'shortName',
  'kind',
  'regionCode',
  'creditCode',
  'creditCodeReason',
  'position',
  'note',
  'validFrom',
  'aliases',
] as const;

type ChangeInput = Parameters<Handlers<typeof organization>['changeUnit']>[1];

/** Fields that the form did not send stay as they are. */
async function changedFacts(scope: Scope, before: UnitRow, input: ChangeInput): Promise<Partial<UnitFacts>> {
  const has = (key: keyof ChangeInput) => input[key] !== undefined;
  if (before.parentId === null && has('kind') && input.kind !== 'headquarters')
    throw invalid(
      'root_kind',
      { zh: '组织树的根必须是总指挥部', en: 'The root of the tree is the headquarters' },
      'kind',
    );
  const code = has('creditCode') || has('creditCodeReason');
  return {
    ...(input.name !== undefined && { name: tidyName(input.name) }),
    ...(input.kind !== undefined && { kind: input.kind }),
    ...(has('shortName') && { shortName: input.shortName || null }),
    ...(has('regionCode') && { regionCode: input.regionCode || null }),
    ...(has('note') && { note: input.note || null }),
    ...(input.position !== undefined && { position: input.position }),
    ...(input.validFrom !== undefined && { validFrom: input.validFrom }),
    ...(code &&
      (await checkedCreditCode(
        scope,
        before.id,
        has('creditCode') ? input.creditCode : before.creditCode,
        has('creditCodeReason') ? input.creditCodeReason : before.creditCodeReason,
      ))),
  };
}

/**
 * From when the change is true. Not in the future: the register says what is. Not before the facts it replaces began,
 * unless it corrects them; then it counts from the same day and takes their place.
 */
async function effectiveDay(scope: Scope, unit: UnitRow, wanted: Day | undefined, isCorrection: boolean): Promise<Day> {
  const current = await currentEffectiveFrom(scope, unit.id);
  if (isCorrection) return current;
  // A unit that is only planned changes as of its first day.
  const day = wanted ?? (scope.today < current ? current : scope.today);
  if (day > scope.today && day > current)
    throw invalid(
      'effective_in_future',
      {
        zh: '生效日期不能晚于今天，请在生效当天办理',
        en: 'The change cannot take effect after today: make it on that day',
      },
      'effectiveFrom',
    );
  if (day < current)
    throw invalid(
      'effective_too_early',
      {
        zh: `生效日期不能早于上次变更（${current}）。原记录有误的，请选“更正”`,
        en: `The change cannot take effect before the last one (${current}). If that one was wrong, choose “correction”`,
      },
      'effectiveFrom',
    );
  return day;
}

const alreadyMerged = () =>
  conflict('already_merged', {
    zh: '该单位已并入其他单位；如办理有误，请先取消撤销',
    en: 'The unit has been merged already: take that back first if it was a mistake',
  });
