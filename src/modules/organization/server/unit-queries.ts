import type { Handlers } from '#core/server/module.ts';
import type { organization } from '../contract.ts';
import { listChanges, presentChange } from './change-store.ts';
import { getUnit, reachOf } from './reach.ts';
import { findUnitRows, listUnitsOn, searchUnitRows } from './unit-store.ts';
import { nameOf, presentUnit, treeLine } from './unit-view.ts';

const searchLimit = 30;

export const unitQueries = {
  tree: async (scope, { asOf = scope.today, showRetired = false }) => {
    const canOpen = reachOf(scope, 'organization.read');
    const units = (await listUnitsOn(scope, asOf)).map((unit) => treeLine(unit, asOf, canOpen(unit.id)));
    return {
      asOf,
      units: showRetired ? units : units.filter((unit) => unit.state === 'valid'),
      canEditRegions: scope.can('organization.editRegions') && scope.reach('organization.editRegions').all,
    };
  },

  searchUnits: async (scope, { text, kind, asOf = scope.today }) => {
    const rows = await searchUnitRows(scope, text, kind, asOf, searchLimit);
    const parentIds = rows.flatMap((row) => row.parentId ?? []);
    const parents = new Map(
      (await findUnitRows(scope, [...new Set(parentIds)])).map((parent) => [parent.id, parent.name]),
    );
    return rows.map((row) => ({ ...nameOf(row), parentName: parents.get(row.parentId ?? '') ?? null }));
  },

  unit: async (scope, { id, asOf }) => presentUnit(scope, await getUnit(scope, id, 'organization.read'), asOf),

  unitHistory: async (scope, { id }) => {
    await getUnit(scope, id, 'organization.read');
    return (await listChanges(scope, 'unit', id)).map(presentChange);
  },
} satisfies Partial<Handlers<typeof organization>>;
