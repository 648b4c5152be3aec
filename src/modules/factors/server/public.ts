import { emit } from '#core/server/events.ts';
import type { Scope } from '#core/server/scope.ts';
import type { Day } from '#core/shared/day.ts';
import { newId } from '#core/shared/id.ts';
import { type CategoryCode, categoryOf } from '../categories.ts';
import type { Clearance } from '../clearance.ts';
import { type Lamp, lampOf } from '../lamp.ts';
import { needState } from '../need-state.ts';
import { setLamps } from './lamps.ts';
import { changesOf, insertEvents, listNeeds } from './need-store.ts';
import { insertAllotments, insertPool, insertPoolVersion, setPool } from './pool-store.ts';
import { asJson, type NeedRow, tables } from './tables.ts';

export { type CategoryCode, categories, categoryOf } from '../categories.ts';
export { coverageOf } from '../coverage.ts';

export interface NeedToInsert {
  projectId: string;
  category: CategoryCode;
  /** In units of the category's last decimal (12.35 亩 is 1235). For 征地拆迁 both follow from `clearance`. */
  demand: number;
  supplied: number;
  clearance?: Clearance | null;
  unitId?: string | null;
  personName?: string | null;
  promisedOn?: Day | null;
  /** What was first promised, when that was another day. */
  promisedOriginal?: Day | null;
  evidence?: string | null;
  note?: string | null;
}

/**
 * Enters many needs at once, as an import or a demonstration does: history, states and lamps included. A need that the
 * project has already is left as it is. Does not check reach. Emits `factors.loaded` once; returns how many were entered.
 */
export async function insertNeeds(scope: Scope, needs: readonly NeedToInsert[], reason: string): Promise<number> {
  const rows = needs.map((need): NeedRow => {
    const clearance = need.category === 'clearance' ? (need.clearance ?? null) : null;
    const promisedOn = need.promisedOn ?? null;
    const row = {
      id: newId(),
      projectId: need.projectId,
      category: need.category,
      decimals: categoryOf(need.category).decimals,
      demand: clearance ? clearance.households.planned : need.demand,
      supplied: clearance ? clearance.households.vacated : need.supplied,
      allotted: 0,
      clearance,
      unitId: need.unitId ?? null,
      personName: need.personName ?? null,
      promisedOriginal: need.promisedOriginal ?? promisedOn,
      promisedOn,
      evidence: need.evidence ?? null,
      files: [],
      note: need.note ?? null,
      version: 1,
      changedAt: scope.now,
    };
    return { ...row, state: needState(row, scope.today) };
  });
  const entered = new Set<string>();
  for (let from = 0; from < rows.length; from += 1000) {
    const added = await tables(scope)
      .insertInto('factors.need')
      .values(
        rows.slice(from, from + 1000).map((row) => ({
          ...row,
          cityId: scope.cityId,
          clearance: asJson(row.clearance),
          files: asJson(row.files),
        })),
      )
      .onConflict((c) => c.columns(['cityId', 'projectId', 'category']).doNothing())
      .returning('id')
      .execute();
    for (const { id } of added) entered.add(id);
  }
  const added = rows.filter((row) => entered.has(row.id));
  await insertEvents(
    scope,
    added.map((row) => ({
      projectId: row.projectId,
      category: row.category,
      kind: 'entered',
      reason,
      changes: changesOf(null, row),
    })),
  );
  await refreshLamps(scope, [...new Set(added.map((row) => row.projectId))]);
  if (added.length > 0) await emit(scope, { topic: 'factors.loaded', unitIds: [], data: { count: added.length } });
  return added.length;
}

/** Works the lamps of these projects out anew. */
async function refreshLamps(scope: Scope, projectIds: readonly string[]): Promise<void> {
  const needs = Map.groupBy(await listNeeds(scope, projectIds), (need) => need.projectId);
  await setLamps(
    scope,
    [...needs].map(([projectId, own]) => ({ projectId, lamp: lampOf(own, scope.today) })),
  );
}

export interface PoolToInsert {
  category: CategoryCode;
  year: number;
  name: string;
  size: number;
  document: string;
  note?: string | null;
  /** Their amounts count as secured already: they are part of `supplied` of the projects' needs. */
  allotments: readonly { projectId: string; amount: number; onDay: Day; document: string }[];
}

/**
 * Opens a pool with allotments made elsewhere. The needs must be there and hold at least as much; a pool that exists is
 * left as it is. @throws RangeError when the allotments are more than the pool.
 */
export async function insertPoolWithAllotments(scope: Scope, pool: PoolToInsert): Promise<boolean> {
  const { category, year, name, size, document, note = null, allotments } = pool;
  const allotted = allotments.reduce((sum, a) => sum + a.amount, 0);
  if (allotted > size) throw new RangeError(`${name} ${year}: ${allotted} allotted of ${size}`);
  const row = await insertPool(scope, { category, year, name, size, decimals: categoryOf(category).decimals });
  if (!row) return false;
  await insertPoolVersion(scope, { poolId: row.id, version: 1, size, document, note });
  await insertAllotments(
    scope,
    allotments.map((a) => ({ ...a, poolId: row.id, reason: null })),
  );
  await setPool(scope, row.id, { allotted });
  for (const { projectId, amount } of allotments)
    await tables(scope)
      .updateTable('factors.need')
      .set((e) => ({ allotted: e('allotted', '+', amount) }))
      .where('cityId', '=', scope.cityId)
      .where('projectId', '=', projectId)
      .where('category', '=', category)
      .execute();
  return true;
}

/** The lamp of a project as of today; idle when it needs nothing. Does not check reach. */
export const findFactorLamp = async (scope: Scope, projectId: string): Promise<Lamp> =>
  lampOf(await listNeeds(scope, [projectId]), scope.today);
