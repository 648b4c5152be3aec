import type { Scope } from '#core/server/scope.ts';
import { unitNames } from '#modules/organization/server/public.ts';
import { isWithinReach, type ProjectRecord } from '#modules/projects/server/public.ts';
import { categoryCodes } from '../categories.ts';
import type { Need, ProjectFactors } from '../contract.ts';
import { lampOf } from '../lamp.ts';
import { needState } from '../need-state.ts';
import { findLamp } from './lamps.ts';
import { listNeeds } from './need-store.ts';
import { listAllotments } from './pool-store.ts';
import type { NeedRow } from './tables.ts';

const presentNeed = (row: NeedRow, names: Map<string, { name: string }>, today: string): Need => ({
  id: row.id,
  category: row.category,
  demand: row.demand,
  supplied: row.supplied,
  allotted: row.allotted,
  clearance: row.clearance,
  unit: row.unitId === null ? null : { id: row.unitId, name: names.get(row.unitId)?.name ?? '' },
  personName: row.personName,
  promisedOriginal: row.promisedOriginal,
  promisedOn: row.promisedOn,
  evidence: row.evidence,
  files: row.files,
  note: row.note,
  // Computed, not read: a page that is opened after midnight must not wait for the nightly job.
  state: needState(row, today),
  version: row.version,
});

export async function presentProject(scope: Scope, project: ProjectRecord): Promise<ProjectFactors> {
  const rows = await listNeeds(scope, [project.id]);
  rows.sort((a, b) => categoryCodes.indexOf(a.category) - categoryCodes.indexOf(b.category));
  const names = await unitNames(
    scope,
    rows.flatMap((row) => row.unitId ?? []),
  );
  const kept = await findLamp(scope, project.id);
  const lamp = lampOf(rows, scope.today);
  return {
    projectId: project.id,
    asOf: scope.today,
    lamp,
    since: kept?.light === lamp.light ? kept.since : null,
    needs: rows.map((row) => presentNeed(row, names, scope.today)),
    allotments: (await listAllotments(scope, { projectId: project.id })).map(
      ({ poolId: _, ...allotment }) => allotment,
    ),
    allowed: [
      ...(scope.can('factors.edit') && isWithinReach(scope, 'factors.edit', project) ? (['edit'] as const) : []),
      ...(scope.can('factors.allot') && scope.reach('factors.allot').all ? (['allot'] as const) : []),
    ],
  };
}
