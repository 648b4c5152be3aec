import { z } from 'zod';
import { command, defineContract, download, query } from '#core/shared/contract.ts';
import { stepEvents, stepStates } from './flow.ts';
import { lanes, limitUnits } from './templates.ts';

const day = z.iso.date();
const text = (max: number) => z.string().trim().min(1).max(max);
const words = z.object({ zh: text(60), en: text(80) });
const fileId = z.string().regex(/^[0-9a-f]{64}$/);
const limitDays = z.int().min(0).max(3660).nullable();
const lights = z.enum(['late', 'warn', 'normal', 'idle']);

export const TemplateStep = z.object({
  code: z.string().regex(/^[a-zA-Z][a-zA-Z0-9]{1,39}$/),
  name: words,
  lane: z.enum(lanes),
  owner: text(60),
  limitDays,
  limitUnit: z.enum(limitUnits),
  basis: text(300),
  isReference: z.boolean(),
  after: z.array(z.string().max(40)).max(30),
});
export type TemplateStep = z.infer<typeof TemplateStep>;

const Template = z.object({
  code: z.string(),
  name: words,
  /** 0: as it ships with the product. */
  version: z.int(),
  steps: z.array(TemplateStep),
  reason: z.string().nullable(),
  actorName: z.string().nullable(),
  at: z.iso.datetime().nullable(),
});
export type Template = z.infer<typeof Template>;

const Unit = z.object({ id: z.uuid(), name: z.string() });
export const StepFile = z.object({ fileId, name: z.string().trim().min(1).max(200) });
const Suspension = z.object({ fromOn: day, resumedOn: day.nullable(), reason: z.string() });

export const Step = z.object({
  id: z.uuid(),
  code: z.string(),
  name: words,
  lane: z.enum(lanes),
  ownerText: z.string(),
  unit: Unit.nullable(),
  limitDays,
  limitUnit: z.enum(limitUnits),
  basis: z.string(),
  isReference: z.boolean(),
  after: z.array(z.string()),
  state: z.enum(stepStates),
  light: lights,
  acceptedOn: day.nullable(),
  doneOn: day.nullable(),
  dueOn: day.nullable(),
  /** In the unit of the limit. */
  usedDays: z.int().nullable(),
  /** Negative: over the limit. */
  leftDays: z.int().nullable(),
  /** Prerequisites that hold it up, and steps that wait for it, by code. */
  blockedBy: z.array(z.string()),
  blocks: z.array(z.string()),
  suspensions: z.array(Suspension),
  documentNo: z.string().nullable(),
  file: StepFile.nullable(),
  note: z.string().nullable(),
  version: z.int(),
  allowed: z.array(z.enum(stepEvents)),
});
export type Step = z.infer<typeof Step>;

const Earliest = z.object({
  day,
  isDone: z.boolean(),
  chain: z.array(z.object({ code: z.string(), remaining: z.int(), unit: z.enum(limitUnits), from: day, to: day })),
});
export type Earliest = z.infer<typeof Earliest>;

export const Plan = z.object({
  projectId: z.uuid(),
  asOf: day,
  template: z.object({ code: z.string(), name: words, version: z.int() }).nullable(),
  steps: z.array(Step),
  earliest: Earliest.nullable(),
  /** The year without a published calendar that kept `earliest` from being worked out. */
  missingCalendar: z.int().nullable(),
  allowed: z.array(z.enum(['plan'])),
});
export type Plan = z.infer<typeof Plan>;

const PlanEvent = z.object({
  id: z.uuid(),
  stepName: words,
  at: z.iso.datetime(),
  event: z.enum(stepEvents),
  actorName: z.string(),
  reason: z.string().nullable(),
  changes: z.array(z.object({ field: z.string(), before: z.unknown(), after: z.unknown() })),
});
export type PlanEvent = z.infer<typeof PlanEvent>;

const LateStep = z.object({
  stepId: z.uuid(),
  projectId: z.uuid(),
  projectName: z.string(),
  name: words,
  state: z.enum(stepStates),
  acceptedOn: day,
  dueOn: day,
  usedDays: z.int(),
  limitDays: z.int(),
  limitUnit: z.enum(limitUnits),
  /** Negative: over the limit. */
  leftDays: z.int(),
});
export type LateStep = z.infer<typeof LateStep>;

const PermitOwner = z.object({
  unit: Unit.nullable(),
  /** The department in words, where no unit is named. */
  name: z.string(),
  running: z.int(),
  finished: z.int(),
  /** Of `finished`, within the limit. Steps without a limit count as in time. */
  finishedInTime: z.int(),
  overdue: z.array(LateStep),
  near: z.array(LateStep),
});
export type PermitOwner = z.infer<typeof PermitOwner>;

const byProject = z.object({ projectId: z.uuid() });

export const permits = defineContract({
  name: 'permits',
  title: { zh: '前期手续', en: 'Permits' },
  uses: ['organization', 'calendar', 'projects'],
  permissions: {
    'permits.read': {
      words: { zh: '查看前期手续', en: 'See permits' },
      roles: ['admin', 'leader', 'office', 'commandPost', 'responsibleUnit', 'filer', 'inspector'],
    },
    'permits.edit': {
      words: { zh: '登记前期手续办理情况', en: 'Record permits' },
      roles: ['admin', 'office', 'commandPost', 'responsibleUnit', 'filer'],
    },
    'permits.configure': {
      words: { zh: '维护前期手续模板', en: 'Keep the templates of permits' },
      roles: ['admin', 'office'],
      isCityWide: true,
    },
  },
  endpoints: {
    templates: query({
      path: '/permits/templates',
      summary: { zh: '各类项目的手续模板', en: 'Templates by kind of project' },
      permission: 'permits.read',
      input: z.object({}),
      output: z.object({ templates: z.array(Template), allowed: z.array(z.enum(['configure'])) }),
    }),
    saveTemplate: command({
      path: '/permits/templates/:code',
      summary: { zh: '修改一个模板（形成新版本）', en: 'Change a template: a new version' },
      permission: 'permits.configure',
      input: z.object({
        code: z.string().max(60),
        version: z.int().min(0),
        steps: z.array(TemplateStep).min(1).max(60),
        reason: text(300),
      }),
      output: Template,
    }),
    plan: query({
      path: '/permits/projects/:projectId',
      summary: { zh: '一个项目的前期手续', en: 'The permits of a project' },
      permission: 'permits.read',
      input: byProject,
      output: Plan,
    }),
    makePlan: command({
      path: '/permits/projects/:projectId/plan',
      summary: { zh: '按模板建立手续计划', en: 'Make the plan of a project from a template' },
      permission: 'permits.edit',
      input: byProject.extend({ template: z.string().max(60) }),
      output: Plan,
    }),
    move: command({
      path: '/permits/steps/:id/move',
      summary: {
        zh: '登记受理、办结、补正、恢复、无需办理、更正、责任单位和时限',
        en: 'Record what happened to a step',
      },
      permission: 'permits.edit',
      input: z.object({
        id: z.uuid(),
        version: z.int(),
        event: z.enum(stepEvents),
        /** The day it happened; today when left out. For `correct` the day of acceptance. */
        on: day.optional(),
        /** For `correct` of a step that is done. */
        doneOn: day.optional(),
        documentNo: text(100).optional(),
        file: StepFile.optional(),
        reason: z.string().trim().max(300).optional(),
        unitId: z.uuid().nullable().optional(),
        limitDays: limitDays.optional(),
        limitUnit: z.enum(limitUnits).optional(),
      }),
      output: Plan,
    }),
    history: query({
      path: '/permits/projects/:projectId/history',
      summary: { zh: '手续办理历史，最近在前', en: 'History of the permits of a project, newest first' },
      permission: 'permits.read',
      input: byProject,
      output: z.array(PlanEvent),
    }),
    file: download({
      path: '/permits/projects/:projectId/files/:fileId',
      summary: { zh: '批复文件', en: 'The document of a step' },
      permission: 'permits.read',
      input: byProject.extend({ fileId }),
      output: z.unknown(),
    }),
    owners: query({
      path: '/permits/owners',
      summary: { zh: '超期和临期手续，按办理单位', en: 'Steps over or near their limit, by owner' },
      permission: 'permits.read',
      input: z.object({}),
      output: z.object({
        asOf: day,
        projects: z.int(),
        permitted: z.int(),
        states: z.record(z.enum(stepStates), z.int()),
        owners: z.array(PermitOwner),
      }),
    }),
  },
});
