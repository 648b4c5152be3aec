import type { Scope } from '#core/server/scope.ts';
import { newId } from '#core/shared/id.ts';
import type { FieldChange } from '../changes.ts';
import { isSame } from '../changes.ts';
import type { BusinessDate, Milestone } from '../contract.ts';
import { gather } from './record.ts';
import { insertEvents, type Why } from './store.ts';
import { type MilestoneTable, tables } from './tables.ts';

export interface MilestoneToSet {
  /** Left out: a new milestone, whose due date is also its original. */
  id?: string | undefined;
  name: string;
  due: BusinessDate | null;
  actual: BusinessDate | null;
}

const presentMilestone = (row: MilestoneTable): Milestone => ({
  id: row.id,
  name: row.name,
  planned: gather(row.planned, row.plannedPrecision, row.plannedText),
  due: gather(row.due, row.duePrecision, row.dueText),
  actual: gather(row.actual, row.actualPrecision, row.actualText),
});

const live = (scope: Scope, projectId: string) =>
  tables(scope)
    .selectFrom('projects.milestone')
    .selectAll()
    .where('cityId', '=', scope.cityId)
    .where('projectId', '=', projectId)
    .where('removedAt', 'is', null)
    .orderBy('position');

export const listMilestones = async (scope: Scope, projectId: string): Promise<Milestone[]> =>
  (await live(scope, projectId).execute()).map(presentMilestone);

const columnsOf = (position: number, m: MilestoneToSet) => ({
  position,
  name: m.name,
  due: m.due?.day ?? null,
  duePrecision: m.due?.precision ?? null,
  dueText: m.due?.text ?? null,
  actual: m.actual?.day ?? null,
  actualPrecision: m.actual?.precision ?? null,
  actualText: m.actual?.text ?? null,
});

/**
 * Makes the given list the project's milestones, in this order. The original date of a milestone that already exists is
 * never touched; one that is left out is marked as removed and stays in the history.
 * @returns what changed, in the words of the history; an unknown id is an error.
 */
export async function setMilestones(
  scope: Scope,
  projectId: string,
  wanted: readonly MilestoneToSet[],
  why: Why,
): Promise<FieldChange[]> {
  const before = new Map((await live(scope, projectId).forUpdate().execute()).map((row) => [row.id, row]));
  const changes: FieldChange[] = [];
  const keep = new Set<string>();
  for (const [position, m] of wanted.entries()) {
    const row = m.id === undefined ? undefined : before.get(m.id);
    if (m.id !== undefined && !row) throw new Error(`Milestone ${m.id} is not of this project`);
    if (!row) {
      const set = columnsOf(position, m);
      await tables(scope)
        .insertInto('projects.milestone')
        .values({
          ...set,
          cityId: scope.cityId,
          id: newId(),
          projectId,
          planned: set.due,
          plannedPrecision: set.duePrecision,
          plannedText: set.dueText,
          removedAt: null,
        })
        .execute();
      changes.push({ field: m.name, before: null, after: { due: m.due?.day ?? null, actual: m.actual?.day ?? null } });
      continue;
    }
    keep.add(row.id);
    const old = presentMilestone(row);
    const differs = old.name !== m.name || !isSame(old.due, m.due) || !isSame(old.actual, m.actual);
    if (!differs && row.position === position) continue;
    await tables(scope)
      .updateTable('projects.milestone')
      .set({
        ...columnsOf(position, m),
        // A milestone entered without a date gets its original with the first date it is given.
        ...(row.planned === null && {
          planned: m.due?.day ?? null,
          plannedPrecision: m.due?.precision ?? null,
          plannedText: m.due?.text ?? null,
        }),
      })
      .where('cityId', '=', scope.cityId)
      .where('id', '=', row.id)
      .execute();
    if (differs)
      changes.push({
        field: m.name,
        before: {
          ...(old.name !== m.name && { name: old.name }),
          due: old.due?.day ?? null,
          actual: old.actual?.day ?? null,
        },
        after: { ...(old.name !== m.name && { name: m.name }), due: m.due?.day ?? null, actual: m.actual?.day ?? null },
      });
  }
  for (const row of before.values()) {
    if (keep.has(row.id)) continue;
    await tables(scope)
      .updateTable('projects.milestone')
      .set({ removedAt: scope.now })
      .where('cityId', '=', scope.cityId)
      .where('id', '=', row.id)
      .execute();
    changes.push({ field: row.name, before: { due: row.due, actual: row.actual }, after: null });
  }
  if (changes.length > 0) await insertEvents(scope, [{ ...why, projectId, changes }]);
  return changes;
}

/** Ticks one milestone with the day it was reached; the same day twice is one change. Undefined when there is no such milestone. */
export async function setMilestoneActual(
  scope: Scope,
  projectId: string,
  milestoneId: string,
  actual: BusinessDate | null,
  why: Why,
): Promise<Milestone | undefined> {
  const row = await live(scope, projectId).where('id', '=', milestoneId).forUpdate().executeTakeFirst();
  if (!row) return undefined;
  const old = presentMilestone(row);
  if (isSame(old.actual, actual)) return old;
  await tables(scope)
    .updateTable('projects.milestone')
    .set({ actual: actual?.day ?? null, actualPrecision: actual?.precision ?? null, actualText: actual?.text ?? null })
    .where('cityId', '=', scope.cityId)
    .where('id', '=', milestoneId)
    .execute();
  await insertEvents(scope, [
    {
      ...why,
      projectId,
      changes: [
        { field: row.name, before: { actual: old.actual?.day ?? null }, after: { actual: actual?.day ?? null } },
      ],
    },
  ]);
  return { ...old, actual };
}
