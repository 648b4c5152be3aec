import { z } from 'zod';
import { command, defineContract, download, query } from '#core/shared/contract.ts';
import { evidenceEndpoints } from './evidence-contract.ts';
import { importEndpoints } from './import-contract.ts';
import { Choice, Choices, choiceKinds, ListQuery, ProjectRow, SavedView, Totals } from './list-shapes.ts';
import { coordinateSystems, lights, planKinds, precisions, stages } from './stages.ts';

const day = z.iso.date();
const text = (max: number) => z.string().trim().min(1).max(max);
/** Whole yuan. The largest project of a city is far below 10^15, where JS integers stay exact. */
const yuan = z.int().min(0).max(1e15);
const year = z.int().min(2000).max(2100);
const unitIds = { ownerUnitId: z.uuid().nullable(), leadUnitId: z.uuid().nullable() };

/** A date of the business: the last day of the period meant, how exact it was, and the words of the source. */
export const BusinessDate = z.object({ day, precision: z.enum(precisions), text: z.string().max(100).nullable() });
export type BusinessDate = z.infer<typeof BusinessDate>;

/** A place in the system in which somebody gave it; the server keeps it and works out WGS-84. */
export const EnteredPoint = z.object({ crs: z.enum(coordinateSystems), x: z.number(), y: z.number() });
export type EnteredPoint = z.infer<typeof EnteredPoint>;

/** What people enter: the register columns of the monthly dispatch table. Money in whole yuan. */
export const ProjectFields = z.object({
  name: text(200),
  /** 项目代码, 24 characters in the new form; old forms exist, so a bad structure is a warning. */
  code: text(60).nullable(),
  /** 板块: one of the city's `choices`, kept as its Chinese words. */
  board: text(40).nullable(),
  /** GB/T 4754 code, such as 4812. */
  industry: text(20).nullable(),
  /** 建设性质: 新建, 扩建, 改建, 迁建 … */
  nature: text(20).nullable(),
  planKind: z.enum(planKinds).nullable(),
  stage: z.enum(stages),
  /** The day each stage was reached, where known. 开工, 竣工 and 入统 have fields of their own. */
  stageDates: z.partialRecord(z.enum(stages), day),
  /** 省重点, 市重点, 市重大产业, 献礼工程 … in the city's own words. */
  tiers: z.array(text(40)).max(12),
  /** The package (打捆) this is an item of. A package cannot itself be an item. */
  parentId: z.uuid().nullable(),
  /** Region code of GB/T 2260 or of the city's own sub-areas. */
  regionCode: text(20).nullable(),
  address: text(200).nullable(),
  point: EnteredPoint.nullable(),
  content: text(4000).nullable(),
  startPlanned: BusinessDate.nullable(),
  startActual: BusinessDate.nullable(),
  finishPlanned: BusinessDate.nullable(),
  finishActual: BusinessDate.nullable(),
  totalYuan: yuan.nullable(),
  /** 至上年底累计完成, up to the end of the year before the project's first plan year here. */
  doneBeforeYuan: yuan.nullable(),
  funds: text(1000).nullable(),
  ...unitIds,
  /** The unit's name as the source wrote it, shown where no unit of the register could be matched. */
  ownerText: text(200).nullable(),
  leadText: text(200).nullable(),
  commandUnitId: z.uuid().nullable(),
  countyUnitId: z.uuid().nullable(),
  responsibleName: text(60).nullable(),
  responsiblePersonId: z.uuid().nullable(),
  /** 包联领导 */
  leaderName: text(60).nullable(),
  leaderPersonId: z.uuid().nullable(),
  /** Shown only to holders of projects.contact. */
  contactName: text(60).nullable(),
  contactPhone: text(60).nullable(),
  enrolled: z.boolean(),
  enrolledOn: day.nullable(),
  enrolledCode: text(60).nullable(),
  /** The document the row comes from. */
  source: text(300).nullable(),
  /** 示例: invented for the demonstration. */
  demo: z.boolean(),
  remark: text(1000).nullable(),
});
export type ProjectFields = z.infer<typeof ProjectFields>;

/** What may be left out when a project is entered. */
export const NewProject = ProjectFields.partial().required({ name: true });
export type NewProject = z.input<typeof NewProject>;

export const Standing = z.object({
  year: z.int(),
  light: z.enum(lights),
  /** Code of the rule that decided: start, progress, payment, enrolment, finish, filing. */
  cause: z.string().nullable(),
  /** For the “why” panel; its shape belongs to dispatch. */
  explanation: z.unknown(),
  planYuan: z.int().nullable(),
  /** Accepted filings only. */
  doneYuan: z.int().nullable(),
  /** 完成率 − 时序 in percentage points, from exact values, not rounded. */
  gapPoints: z.number().nullable(),
  filedOn: day.nullable(),
  /** none, draft, submitted, returned, accepted: the state of the newest filing that is due. */
  filingState: z.string().nullable(),
  asOf: day,
  /** Since when the light has been this one. */
  since: day,
});
export type Standing = z.infer<typeof Standing>;

export const Plan = z.object({
  year: z.int(),
  version: z.int(),
  planYuan: yuan.nullable(),
  goal: z.string().nullable(),
  /** Cumulative yuan at the end of each of the twelve months; null = spread evenly. */
  curve: z.array(yuan).length(12).nullable(),
  reason: z.string().nullable(),
  approver: z.string().nullable(),
  effectiveOn: day,
});
export type Plan = z.infer<typeof Plan>;

export const Milestone = z.object({
  id: z.uuid(),
  name: text(120),
  /** 原定: kept for ever. */
  planned: BusinessDate.nullable(),
  /** 现定: the date that counts now. */
  due: BusinessDate.nullable(),
  actual: BusinessDate.nullable(),
});
export type Milestone = z.infer<typeof Milestone>;

const Named = z.object({ id: z.uuid().nullable(), name: z.string() });
const actions = ['edit', 'plan', 'milestones', 'addChild'] as const;

export const Project = ProjectFields.extend({
  id: z.uuid(),
  /** 编号, running per city; shown with at least four digits. */
  serial: z.int(),
  version: z.int(),
  childCount: z.int(),
  /** The year at whose end doneBeforeYuan stood. */
  doneBeforeYear: z.int().nullable(),
  parent: Named.nullable(),
  regionName: z.string().nullable(),
  owner: Named.nullable(),
  lead: Named.nullable(),
  command: Named.nullable(),
  county: Named.nullable(),
  /** WGS-84, worked out from `point`. */
  lng: z.number().nullable(),
  lat: z.number().nullable(),
  /** True when the caller may not see the contact fields, which then are null. */
  contactHidden: z.boolean(),
  plan: Plan.nullable(),
  originalPlanYuan: z.int().nullable(),
  planYears: z.array(z.int()),
  standing: Standing.nullable(),
  milestones: z.array(Milestone),
  changedAt: z.iso.datetime(),
  allowed: z.array(z.enum(actions)),
});
export type Project = z.infer<typeof Project>;

export const Change = z.object({ field: z.string(), before: z.unknown(), after: z.unknown() });
export const ProjectEvent = z.object({
  id: z.uuid(),
  at: z.iso.datetime(),
  kind: z.enum(['created', 'changed', 'imported', 'planned', 'milestones', 'milestoneDone', 'light']),
  actorName: z.string(),
  reason: z.string().nullable(),
  document: z.string().nullable(),
  changes: z.array(Change),
});
export type ProjectEvent = z.infer<typeof ProjectEvent>;

const byId = z.object({ id: z.uuid() });
/** A change of money, a date or a plan says why; the document it rests on is optional. */
const because = { reason: z.string().trim().max(300).optional(), document: z.string().trim().max(300).optional() };
const Facet = z.object({ value: z.string().nullable(), label: z.string(), count: z.int() });

export const projects = defineContract({
  name: 'projects',
  title: { zh: '项目', en: 'Projects' },
  uses: ['organization'],
  permissions: {
    'projects.read': {
      words: { zh: '查看项目', en: 'See projects' },
      roles: ['admin', 'leader', 'office', 'commandPost', 'responsibleUnit', 'filer', 'inspector'],
    },
    'projects.edit': {
      words: { zh: '登记和修改项目', en: 'Enter and change projects' },
      roles: ['admin', 'office', 'commandPost'],
    },
    'projects.plan': { words: { zh: '下达和调整年度计划', en: 'Set annual plans' }, roles: ['admin', 'office'] },
    'projects.evidence': {
      words: { zh: '标记节点完成并附佐证', en: 'Mark milestones as reached, with evidence' },
      roles: ['admin', 'office', 'commandPost', 'responsibleUnit'],
    },
    'projects.import': { words: { zh: '导入项目台账', en: 'Import a project ledger' }, roles: ['admin', 'office'] },
    'projects.contact': {
      words: { zh: '查看联系人电话', en: 'See contact telephone numbers' },
      roles: ['admin', 'leader', 'office', 'commandPost', 'responsibleUnit', 'filer'],
    },
    'projects.configure': {
      words: { zh: '维护项目字典', en: "Keep the city's lists" },
      roles: ['admin', 'office'],
      isCityWide: true,
    },
  },
  endpoints: {
    ...importEndpoints,
    ...evidenceEndpoints,
    list: query({
      path: '/projects',
      summary: { zh: '项目清单：筛选、排序、分页，附合计', en: 'Projects: filter, sort, page, with totals' },
      permission: 'projects.read',
      input: ListQuery.extend({
        offset: z.int().min(0).optional(),
        limit: z.int().min(1).max(500).optional(),
      }),
      output: z.object({ year: z.int(), asOf: day, rows: z.array(ProjectRow), totals: Totals }),
    }),
    facets: query({
      path: '/project-facets',
      summary: {
        zh: '各列的取值与个数，随其他条件变化',
        en: 'Values of columns with counts under the other filters',
      },
      permission: 'projects.read',
      input: ListQuery.extend({ fields: z.array(z.string().max(40)).min(1).max(20) }),
      output: z.record(z.string(), z.array(Facet)),
    }),
    counts: query({
      path: '/project-counts',
      summary: { zh: '常用视图的个数', en: 'How many projects the standing questions find' },
      permission: 'projects.read',
      input: z.object({ year: year.optional() }),
      output: z.object({
        projects: z.int(),
        items: z.int(),
        mine: z.int(),
        late: z.int(),
        startOverdue: z.int(),
        notEnrolled: z.int(),
      }),
    }),
    exportList: download({
      path: '/project-export',
      summary: { zh: '按当前条件和列导出 Excel', en: 'Excel of exactly what the list shows' },
      permission: 'projects.read',
      input: ListQuery.extend({
        ids: z.array(z.uuid()).max(500).optional(),
        language: z.enum(['zh', 'en']).optional(),
      }),
      output: z.unknown(),
    }),
    views: query({
      path: '/project-views',
      summary: { zh: '保存的视图', en: 'Saved views' },
      permission: 'projects.read',
      input: z.object({ year: year.optional() }),
      output: z.array(SavedView),
    }),
    saveView: command({
      path: '/project-views',
      summary: { zh: '保存视图', en: 'Save a view' },
      permission: 'projects.read',
      input: SavedView.pick({ name: true, definition: true, shared: true }).extend({ id: z.uuid().optional() }),
      output: byId,
    }),
    removeView: command({
      path: '/project-views/:id/remove',
      summary: { zh: '删除视图', en: 'Remove a view' },
      permission: 'projects.read',
      input: byId,
      output: byId,
    }),
    choices: query({
      path: '/project-choices',
      summary: { zh: '板块、级别、建设性质字典', en: "The city's lists of boards, tiers and natures" },
      permission: 'projects.read',
      input: z.object({}),
      output: Choices,
    }),
    setChoices: command({
      path: '/project-choices',
      summary: { zh: '修改字典', en: "Change one of the city's lists" },
      permission: 'projects.configure',
      input: z.object({ kind: z.enum(choiceKinds), choices: z.array(Choice).max(60) }),
      output: Choices,
    }),
    get: query({
      path: '/projects/:id',
      summary: { zh: '项目详情', en: 'One project' },
      permission: 'projects.read',
      input: byId.extend({ year: year.optional() }),
      output: Project,
    }),
    create: command({
      path: '/projects',
      summary: { zh: '登记项目', en: 'Enter a project' },
      permission: 'projects.edit',
      input: NewProject.extend({
        plan: z.object({ year, planYuan: yuan.nullable(), goal: text(1000).nullable() }).optional(),
      }),
      output: Project,
    }),
    update: command({
      path: '/projects/:id/update',
      summary: { zh: '修改项目（金额和日期须写明原因）', en: 'Change a project (money and dates need a reason)' },
      permission: 'projects.edit',
      input: byId.extend({ version: z.int(), changes: ProjectFields.partial(), ...because }),
      output: Project,
    }),
    children: query({
      path: '/projects/:id/children',
      summary: { zh: '打捆项目的子项', en: 'Items of a package' },
      permission: 'projects.read',
      input: byId.extend({ year: year.optional() }),
      output: z.array(ProjectRow),
    }),
    history: query({
      path: '/projects/:id/history',
      summary: { zh: '变更历史，最近在前', en: 'History, newest first' },
      permission: 'projects.read',
      input: byId.extend({ limit: z.int().min(1).max(500).optional() }),
      output: z.object({ total: z.int(), events: z.array(ProjectEvent) }),
    }),
    plans: query({
      path: '/projects/:id/plans',
      summary: { zh: '年度计划的各个版本', en: 'Every version of the annual plans' },
      permission: 'projects.read',
      input: byId,
      output: z.array(Plan.extend({ actorName: z.string(), at: z.iso.datetime() })),
    }),
    setPlan: command({
      path: '/projects/:id/plan',
      summary: { zh: '下达年度计划或形成新版本', en: 'Set the annual plan, or a new version of it' },
      permission: 'projects.plan',
      input: byId.extend({
        year,
        planYuan: yuan.nullable(),
        goal: text(1000).nullable(),
        curve: z.array(yuan).length(12).nullable(),
        approver: text(60).nullable(),
        effectiveOn: day.optional(),
        ...because,
      }),
      output: Project,
    }),
    setMilestones: command({
      path: '/projects/:id/milestones',
      summary: { zh: '设置节点（原定日期始终保留）', en: 'Set milestones (original dates are kept)' },
      permission: 'projects.edit',
      input: byId.extend({
        milestones: z
          .array(Milestone.pick({ name: true, due: true, actual: true }).extend({ id: z.uuid().optional() }))
          .max(100),
        ...because,
      }),
      output: Project,
    }),
  },
});
