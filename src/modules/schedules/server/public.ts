import type { Scope } from '#core/server/scope.ts';
import { axisFor } from '../day-axis.ts';
import { planOf } from '../plan.ts';
import { problemWords } from '../problem-words.ts';
import type { Content, PlannedDates, Progress } from '../shapes.ts';
import { cityDaysOf } from './city-days.ts';
import { datesOf, insertVersion, lockSchedule, setDraft, setProgress } from './store.ts';

export type { Content, Progress, Task } from '../shapes.ts';
export { tasksOf, templateFor, templates } from '../templates.ts';

export interface ScheduleToInsert {
  projectId: string;
  /** In order; each becomes a version with its reason, approver and moment. */
  versions: readonly { content: Content; reason: string; approver: string; actorName: string; at: Date }[];
  draft?: Content | undefined;
  draftBy?: string;
  progress: readonly Progress[];
}

/**
 * When a content puts each task, worked out now; null while it cannot be planned.
 */
export async function planDatesOf(scope: Scope, content: Content): Promise<PlannedDates[] | null> {
  const { plan } = planOf(content, axisFor(content, await cityDaysOf(scope)));
  return plan ? datesOf(plan) : null;
}

/**
 * Loads schedules that were kept elsewhere, with their versions and what has happened. For loading only: emits nothing
 * and does not check reach.
 * @throws Error naming the project when a content cannot be planned: what is loaded must be sound.
 */
export async function insertSchedules(scope: Scope, schedules: readonly ScheduleToInsert[]): Promise<void> {
  const city = await cityDaysOf(scope);
  for (const { projectId, versions, draft, draftBy, progress } of schedules) {
    const names = new Map<number, string>();
    for (const { content, ...because } of versions) {
      const { plan, problem } = planOf(content, axisFor(content, city));
      if (!plan) throw new Error(`Schedule of ${projectId}: ${problemWords(problem, content.tasks).en}`);
      await insertVersion(scope, await lockSchedule(scope, projectId), content, plan, because);
      for (const task of content.tasks) names.set(task.uid, task.name);
    }
    if (draft) await setDraft(scope, await lockSchedule(scope, projectId), draft, draftBy);
    await setProgress(scope, projectId, progress, names, null);
  }
}
