import { audited } from '#core/server/audit.ts';
import { conflict, invalid, notFound } from '#core/server/errors.ts';
import { emit } from '#core/server/events.ts';
import { defineServerModule } from '#core/server/module.ts';
import type { Scope } from '#core/server/scope.ts';
import { getProject, isWithinReach, type ProjectRecord, partiesOf } from '#modules/projects/server/public.ts';
import { schedules } from '../contract.ts';
import { axisFor } from '../day-axis.ts';
import { outlineOf } from '../outline.ts';
import { faultOf, type PlanProblem, planOf } from '../plan.ts';
import { problemWords } from '../problem-words.ts';
import type { Content, Task } from '../shapes.ts';
import { cityDaysOf } from './city-days.ts';
import { exportProject, exportTable } from './export.ts';
import { presentSchedule, presentVersion } from './present.ts';
import { checkProgress } from './progress-check.ts';
import {
  findVersion,
  insertVersion,
  listProgress,
  listProgressEvents,
  lockSchedule,
  setDraft,
  setProgress,
} from './store.ts';
import type { ScheduleTable } from './tables.ts';

const subject = 'schedules.schedule';

/** What the caller may see but not change answers like what is not there. */
async function projectFor(scope: Scope, id: string, permission: string): Promise<ProjectRecord> {
  const project = await getProject(scope, id, 'schedules.read');
  if (!isWithinReach(scope, permission, project)) throw notFound({ zh: '项目', en: 'project' });
  return project;
}

async function lockAt(scope: Scope, projectId: string, draftVersion: number): Promise<ScheduleTable> {
  const schedule = await lockSchedule(scope, projectId);
  if (schedule.draftVersion !== draftVersion)
    throw conflict('stale_draft', {
      zh: `${schedule.draftBy ?? '他人'}已改动工期，请重新打开后再修改；您的改动仍留在本机`,
      en: `${schedule.draftBy ?? 'Somebody'} has changed the schedule: open it again first. Your changes stay on this device`,
    });
  return schedule;
}

const refusedBy = (problem: PlanProblem, tasks: readonly Task[]) =>
  invalid(`schedule_${problem.code}`, problemWords(problem, tasks), 'content', problem);

const tell = (scope: Scope, project: ProjectRecord, topic: string, data: Record<string, unknown>) =>
  emit(scope, { topic, projectId: project.id, unitIds: partiesOf(project), data });

const contentOf = async (scope: Scope, schedule: ScheduleTable): Promise<Content | null> =>
  schedule.draft ??
  (schedule.currentSeq > 0
    ? ((await findVersion(scope, schedule.projectId, schedule.currentSeq))?.content ?? null)
    : null);

export default defineServerModule(schedules, {
  handlers: {
    get: async (scope, { id }) => presentSchedule(scope, await getProject(scope, id, 'schedules.read')),

    version: async (scope, { id, seq }) => {
      const project = await getProject(scope, id, 'schedules.read');
      const version = await findVersion(scope, project.id, seq);
      if (!version) throw notFound({ zh: '版本', en: 'version' });
      return presentVersion(version);
    },

    saveDraft: async (scope, { id, draftVersion, content }) => {
      const project = await projectFor(scope, id, 'schedules.edit');
      const schedule = await lockAt(scope, id, draftVersion);
      // A network that can never be planned is not kept; a missing day or calendar may still come.
      const fault = content.tasks.length > 0 ? faultOf(content.tasks) : null;
      if (fault) throw refusedBy(fault, content.tasks);
      if (content.calendar === 'own' && !content.own)
        throw invalid(
          'calendar_missing',
          { zh: '请选择日历：本市工作日或日历天', en: "Choose a calendar: the city's working days or calendar days" },
          'content.calendar',
        );
      await setDraft(scope, schedule, content);
      audited(scope, { subject, id, after: { tasks: content.tasks.length } });
      return presentSchedule(scope, project);
    },

    discardDraft: async (scope, { id, draftVersion }) => {
      const project = await projectFor(scope, id, 'schedules.edit');
      const schedule = await lockAt(scope, id, draftVersion);
      if (schedule.draft) await setDraft(scope, schedule, null);
      audited(scope, { subject, id, before: schedule.draft });
      return presentSchedule(scope, project);
    },

    fix: async (scope, { id, draftVersion, reason, approver }) => {
      const project = await projectFor(scope, id, 'schedules.fix');
      const schedule = await lockAt(scope, id, draftVersion);
      const { draft } = schedule;
      if (!draft)
        throw conflict('no_draft', {
          zh: '没有待固化的草稿，请先编制或修改工期并保存',
          en: 'There is no draft to fix: draft or change the schedule and save it first',
        });
      const { plan, problem } = planOf(draft, axisFor(draft, await cityDaysOf(scope)));
      if (!plan) throw refusedBy(problem, draft.tasks);
      const seq = await insertVersion(scope, schedule, draft, plan, { reason, approver });
      audited(scope, { subject, id, after: { seq, reason, approver, start: plan.start, finish: plan.finish } });
      await tell(scope, project, 'schedules.fixed', { seq, finish: plan.finish });
      return presentSchedule(scope, project);
    },

    setProgress: async (scope, { id, progress, note }) => {
      const project = await projectFor(scope, id, 'schedules.progress');
      const schedule = await lockSchedule(scope, id);
      const content = await contentOf(scope, schedule);
      const placed = outlineOf(content?.tasks ?? []);
      checkProgress(placed, progress, scope.today);
      const before = await listProgress(scope, id);
      const names = new Map(placed.map(({ task }) => [task.uid, task.name]));
      const uids = await setProgress(scope, id, progress, names, note || null);
      if (uids.length > 0) {
        audited(scope, { subject, id, before, after: progress });
        await tell(scope, project, 'schedules.progressed', { uids });
      }
      return presentSchedule(scope, project);
    },

    progressHistory: async (scope, { id, limit }) => {
      await getProject(scope, id, 'schedules.read');
      return (await listProgressEvents(scope, id, limit)).map((event) => ({ ...event, at: event.at.toISOString() }));
    },

    exportTable: async (scope, { id, draft = false }) =>
      exportTable(scope, await getProject(scope, id, 'schedules.read'), draft),

    exportProject: async (scope, { id, draft = false }) =>
      exportProject(scope, await getProject(scope, id, 'schedules.read'), draft),
  },
});
