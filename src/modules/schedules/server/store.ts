import type { Scope } from '#core/server/scope.ts';
import { newId } from '#core/shared/id.ts';
import { outlineOf } from '../outline.ts';
import type { Plan } from '../plan.ts';
import type { Content, PlannedDates, Progress } from '../shapes.ts';
import { asJson, type ScheduleTable, tables, type VersionTable } from './tables.ts';

// Nothing here checks reach: handlers find the project within reach first.

export const findSchedule = (scope: Scope, projectId: string): Promise<ScheduleTable | undefined> =>
  tables(scope)
    .selectFrom('schedules.schedule')
    .selectAll()
    .where('cityId', '=', scope.cityId)
    .where('projectId', '=', projectId)
    .executeTakeFirst();

/** The project's row, made when there is none, held until the end of the transaction. */
export async function lockSchedule(scope: Scope, projectId: string): Promise<ScheduleTable> {
  await tables(scope)
    .insertInto('schedules.schedule')
    .values({
      cityId: scope.cityId,
      projectId,
      draft: null,
      draftVersion: 0,
      draftBy: null,
      draftAt: null,
      nextUid: 1,
      currentSeq: 0,
    })
    .onConflict((c) => c.columns(['cityId', 'projectId']).doNothing())
    .execute();
  return tables(scope)
    .selectFrom('schedules.schedule')
    .selectAll()
    .where('cityId', '=', scope.cityId)
    .where('projectId', '=', projectId)
    .forUpdate()
    .executeTakeFirstOrThrow();
}

/** Puts a draft in the place of the old one, or none; `draftVersion` counts every such change. */
export async function setDraft(
  scope: Scope,
  before: ScheduleTable,
  draft: Content | null,
  by = scope.actor.name,
): Promise<void> {
  const greatest = Math.max(0, ...(draft?.tasks ?? []).map((task) => task.uid));
  await tables(scope)
    .updateTable('schedules.schedule')
    .set({
      draft: draft && asJson(draft),
      draftVersion: before.draftVersion + 1,
      draftBy: draft ? by : null,
      draftAt: draft ? scope.now : null,
      nextUid: Math.max(before.nextUid, greatest + 1),
    })
    .where('cityId', '=', scope.cityId)
    .where('projectId', '=', before.projectId)
    .execute();
}

const headColumns = [
  'seq',
  'reason',
  'approver',
  'actorName',
  'at',
  'startOn',
  'finishOn',
  'promisedOn',
  'taskCount',
] as const;

/** Newest first, without content. */
export const listVersions = (scope: Scope, projectId: string) =>
  tables(scope)
    .selectFrom('schedules.version')
    .select(headColumns)
    .where('cityId', '=', scope.cityId)
    .where('projectId', '=', projectId)
    .orderBy('seq', 'desc')
    .execute();

export const findVersion = (scope: Scope, projectId: string, seq: number): Promise<VersionTable | undefined> =>
  tables(scope)
    .selectFrom('schedules.version')
    .selectAll()
    .where('cityId', '=', scope.cityId)
    .where('projectId', '=', projectId)
    .where('seq', '=', seq)
    .executeTakeFirst();

export const datesOf = (plan: Plan): PlannedDates[] =>
  [...plan.tasks.values()].map(({ uid, start, finish, isCritical }) => ({ uid, start, finish, isCritical }));

/**
 * Freezes a content with its dates as the next version and makes it the one in force. The draft is gone afterwards:
 * what is fixed is the newest there is.
 */
export async function insertVersion(
  scope: Scope,
  schedule: ScheduleTable,
  content: Content,
  plan: Plan,
  because: { reason: string; approver: string; actorName?: string; at?: Date },
): Promise<number> {
  const seq = schedule.currentSeq + 1;
  const dates = datesOf(plan);
  const baseline = seq === 1 ? dates : ((await findVersion(scope, schedule.projectId, 1))?.dates ?? []);
  const of = { cityId: scope.cityId, projectId: schedule.projectId };
  await tables(scope)
    .insertInto('schedules.version')
    .values({
      ...of,
      seq,
      content: asJson(content),
      dates: asJson(dates),
      startOn: plan.start,
      finishOn: plan.finish,
      promisedOn: content.promised,
      taskCount: content.tasks.length,
      reason: because.reason,
      approver: because.approver,
      actorId: scope.actor.id,
      actorName: because.actorName ?? scope.actor.name,
      at: because.at ?? scope.now,
    })
    .execute();
  await setTasks(scope, schedule.projectId, content, plan, baseline);
  await setDraft(scope, schedule, null);
  await tables(scope)
    .updateTable('schedules.schedule')
    .set({
      currentSeq: seq,
      nextUid: Math.max(schedule.nextUid, ...content.tasks.map((task) => task.uid + 1)),
    })
    .where('cityId', '=', scope.cityId)
    .where('projectId', '=', schedule.projectId)
    .execute();
  return seq;
}

/** The tasks of the version in force, as rows for lists and walls. */
async function setTasks(
  scope: Scope,
  projectId: string,
  content: Content,
  plan: Plan,
  baseline: readonly PlannedDates[],
): Promise<void> {
  const base = new Map(baseline.map((dates) => [dates.uid, dates]));
  await tables(scope)
    .deleteFrom('schedules.task')
    .where('cityId', '=', scope.cityId)
    .where('projectId', '=', projectId)
    .execute();
  const rows = outlineOf(content.tasks).map(({ task, isSummary }, position) => {
    const planned = plan.tasks.get(task.uid)!;
    return {
      cityId: scope.cityId,
      projectId,
      uid: task.uid,
      position,
      level: task.level,
      name: task.name,
      unit: task.unit,
      isMilestone: planned.isMilestone,
      isSummary,
      isCritical: planned.isCritical,
      startOn: planned.start,
      finishOn: planned.finish,
      baselineStartOn: base.get(task.uid)?.start ?? null,
      baselineFinishOn: base.get(task.uid)?.finish ?? null,
    };
  });
  for (let at = 0; at < rows.length; at += 500)
    await tables(scope)
      .insertInto('schedules.task')
      .values(rows.slice(at, at + 500))
      .execute();
}

export const listProgress = (scope: Scope, projectId: string): Promise<Progress[]> =>
  tables(scope)
    .selectFrom('schedules.progress')
    .select(['uid', 'actualStart', 'actualFinish', 'percent'])
    .where('cityId', '=', scope.cityId)
    .where('projectId', '=', projectId)
    .orderBy('uid')
    .execute();

/** Sets the actual dates of tasks and writes each real change into the history. Returns the uids that changed. */
export async function setProgress(
  scope: Scope,
  projectId: string,
  wanted: readonly Progress[],
  names: ReadonlyMap<number, string>,
  note: string | null,
): Promise<number[]> {
  const before = new Map((await listProgress(scope, projectId)).map((one) => [one.uid, one]));
  const changed: number[] = [];
  for (const one of wanted) {
    const old = before.get(one.uid);
    const { uid, ...after } = one;
    const isSame =
      (old?.actualStart ?? null) === one.actualStart &&
      (old?.actualFinish ?? null) === one.actualFinish &&
      (old?.percent ?? 0) === one.percent;
    if (isSame) continue;
    changed.push(uid);
    await tables(scope)
      .insertInto('schedules.progress')
      .values({ cityId: scope.cityId, projectId, ...one })
      .onConflict((c) => c.columns(['cityId', 'projectId', 'uid']).doUpdateSet(after))
      .execute();
    await tables(scope)
      .insertInto('schedules.progressEvent')
      .values({
        cityId: scope.cityId,
        id: newId(),
        projectId,
        uid,
        taskName: names.get(uid) ?? `UID ${uid}`,
        before: old
          ? asJson({ actualStart: old.actualStart, actualFinish: old.actualFinish, percent: old.percent })
          : null,
        after: asJson(after),
        note,
        actorId: scope.actor.id,
        actorName: scope.actor.name,
        at: scope.now,
      })
      .execute();
  }
  return changed;
}

export const listProgressEvents = (scope: Scope, projectId: string, limit: number) =>
  tables(scope)
    .selectFrom('schedules.progressEvent')
    .select(['uid', 'taskName', 'at', 'actorName', 'before', 'after', 'note'])
    .where('cityId', '=', scope.cityId)
    .where('projectId', '=', projectId)
    .orderBy('at', 'desc')
    .orderBy('id', 'desc')
    .limit(limit)
    .execute();
