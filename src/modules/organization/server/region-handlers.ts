import { Problem } from '#core/server/errors.ts';
import { emit } from '#core/server/events.ts';
import type { Handlers } from '#core/server/module.ts';
import type { Scope } from '#core/server/scope.ts';
import type { organization } from '../contract.ts';
import { listChanges, presentChange } from './change-store.ts';
import { saveRegionList } from './region-list.ts';
import { listRegionRows } from './region-store.ts';

export const regionHandlers = {
  regions: async (scope, { showEnded = false }) => {
    const rows = await listRegionRows(scope);
    return rows
      .filter((row) => showEnded || row.validTo === null || row.validTo >= scope.today)
      .map(({ cityId: _, initials: __, ...region }) => region);
  },

  regionHistory: async (scope, { code }) => {
    requireWholeCity(scope);
    return (await listChanges(scope, 'region', code)).map(presentChange);
  },

  saveRegions: async (scope, { regions, reason }) => {
    requireWholeCity(scope);
    const counts = await saveRegionList(scope, regions, reason);
    await emit(scope, { topic: 'organization.regionsChanged', unitIds: [], data: {} });
    return counts;
  },
} satisfies Partial<Handlers<typeof organization>>;

/** The list of regions belongs to the city, not to a part of its tree. */
function requireWholeCity(scope: Scope): void {
  if (!scope.reach('organization.editRegions').all)
    throw new Problem(403, 'forbidden', {
      zh: '区划由总指挥部办公室统一维护',
      en: 'Regions are kept by the headquarters office',
    });
}
