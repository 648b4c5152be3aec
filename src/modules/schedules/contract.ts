import { z } from 'zod';
import { command, defineContract, download, query } from '#core/shared/contract.ts';
import { CityDays, Content, PlannedDates, Progress } from './shapes.ts';

const day = z.iso.date();
const byId = z.object({ id: z.uuid() });
const draftVersion = z.int().min(0);

export const VersionHead = z.object({
  /** 1 is the baseline 基准; the greatest is the one in force 现行. */
  seq: z.int(),
  reason: z.string(),
  approver: z.string(),
  actorName: z.string(),
  at: z.iso.datetime(),
  start: day,
  finish: day,
  promised: day.nullable(),
  taskCount: z.int(),
});
export type VersionHead = z.infer<typeof VersionHead>;

export const FixedVersion = VersionHead.extend({ content: Content, dates: z.array(PlannedDates) });
export type FixedVersion = z.infer<typeof FixedVersion>;

const actions = ['edit', 'progress', 'fix'] as const;

export const Schedule = z.object({
  project: z.object({
    id: z.uuid(),
    name: z.string(),
    serial: z.int(),
    board: z.string().nullable(),
    demo: z.boolean(),
    startOn: day.nullable(),
    finishOn: day.nullable(),
  }),
  /** What is being worked on; null when there is nothing beyond the newest version. */
  draft: Content.nullable(),
  /** Names the draft that was read: saving says on which one it builds. */
  draftVersion,
  draftBy: z.string().nullable(),
  draftAt: z.iso.datetime().nullable(),
  versions: z.array(VersionHead),
  /** Newest and first version whole; null before the first is fixed. */
  current: FixedVersion.nullable(),
  baseline: FixedVersion.nullable(),
  progress: z.array(Progress),
  /** The next free uid: one that was used is never given to another task. */
  nextUid: z.int(),
  city: CityDays,
  allowed: z.array(z.enum(actions)),
});
export type Schedule = z.infer<typeof Schedule>;

export const ProgressEvent = z.object({
  uid: z.int(),
  taskName: z.string(),
  at: z.iso.datetime(),
  actorName: z.string(),
  before: Progress.omit({ uid: true }).nullable(),
  after: Progress.omit({ uid: true }),
  note: z.string().nullable(),
});

export const schedules = defineContract({
  name: 'schedules',
  title: { zh: '倒排工期', en: 'Schedules' },
  uses: ['calendar', 'projects'],
  permissions: {
    'schedules.read': {
      words: { zh: '查看倒排工期', en: 'See schedules' },
      roles: ['admin', 'leader', 'office', 'commandPost', 'responsibleUnit', 'filer', 'inspector'],
    },
    'schedules.edit': {
      words: { zh: '编制工期草稿', en: 'Draft schedules' },
      roles: ['admin', 'office', 'commandPost', 'responsibleUnit', 'filer'],
    },
    'schedules.progress': {
      words: { zh: '填写实际进度', en: 'Enter actual dates' },
      roles: ['admin', 'office', 'commandPost', 'responsibleUnit', 'filer'],
    },
    'schedules.fix': {
      words: { zh: '固化工期版本', en: 'Fix versions of schedules' },
      roles: ['admin', 'office', 'commandPost'],
    },
  },
  endpoints: {
    get: query({
      path: '/projects/:id/schedule',
      summary: { zh: '项目的工期：草稿、版本、实际进度', en: 'A project’s schedule: draft, versions, actual dates' },
      permission: 'schedules.read',
      input: byId,
      output: Schedule,
    }),
    version: query({
      path: '/projects/:id/schedule/versions/:seq',
      summary: { zh: '固化的某一版工期', en: 'One fixed version' },
      permission: 'schedules.read',
      input: byId.extend({ seq: z.coerce.number<unknown>().int().min(1).max(10_000) }),
      output: FixedVersion,
    }),
    saveDraft: command({
      path: '/projects/:id/schedule/draft',
      summary: { zh: '保存工期草稿', en: 'Save the draft' },
      permission: 'schedules.edit',
      input: byId.extend({ draftVersion, content: Content }),
      output: Schedule,
    }),
    discardDraft: command({
      path: '/projects/:id/schedule/draft/discard',
      summary: { zh: '放弃草稿，回到现行版本', en: 'Throw the draft away' },
      permission: 'schedules.edit',
      input: byId.extend({ draftVersion }),
      output: Schedule,
    }),
    fix: command({
      path: '/projects/:id/schedule/fix',
      summary: {
        zh: '把草稿固化为新版本（写明原因和批准人）',
        en: 'Fix the draft as a version, with reason and approver',
      },
      permission: 'schedules.fix',
      input: byId.extend({
        draftVersion,
        reason: z.string().trim().min(2).max(300),
        approver: z.string().trim().min(1).max(60),
      }),
      output: Schedule,
    }),
    setProgress: command({
      path: '/projects/:id/schedule/progress',
      summary: { zh: '填写任务的实际开始、完成和进度', en: 'Enter actual start, finish and percent of tasks' },
      permission: 'schedules.progress',
      input: byId.extend({ progress: z.array(Progress).min(1).max(1000), note: z.string().trim().max(300).optional() }),
      output: Schedule,
    }),
    progressHistory: query({
      path: '/projects/:id/schedule/progress',
      summary: { zh: '实际进度的填写记录，最近在前', en: 'Who entered which actual dates, newest first' },
      permission: 'schedules.read',
      input: byId.extend({ limit: z.coerce.number<unknown>().int().min(1).max(500).default(100) }),
      output: z.array(ProgressEvent),
    }),
    exportTable: download({
      path: '/projects/:id/schedule/table.xlsx',
      summary: { zh: '导出 Excel：任务表和按月倒排列', en: 'Excel: the tasks and a column for each month' },
      permission: 'schedules.read',
      input: byId.extend({ draft: z.stringbool().optional() }),
      output: z.unknown(),
    }),
    exportProject: download({
      path: '/projects/:id/schedule/project.xml',
      summary: { zh: '导出 Microsoft Project XML', en: 'Microsoft Project XML' },
      permission: 'schedules.read',
      input: byId.extend({ draft: z.stringbool().optional() }),
      output: z.unknown(),
    }),
  },
});
