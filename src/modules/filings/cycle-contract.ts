import { z } from 'zod';
import { command, download, query } from '#core/shared/contract.ts';
import { filingStates } from './flow.ts';
import { Form, FormBody, FormDue } from './form.ts';
import { levels } from './levels.ts';
import { anyPeriodPattern, cycleKinds } from './period.ts';

/** Cycles, forms and completeness: shapes and endpoints, spread into the contract of the module. */
const Period = z.string().regex(anyPeriodPattern);
const moment = z.iso.datetime();
const Reason = z.string().trim().min(2).max(1000);
const Words = z.object({ zh: z.string(), en: z.string() });
const Kind = z.enum(cycleKinds);
const year = z.coerce.number<unknown>().int().min(2000).max(2100);

export const CycleCounts = z.object({
  /** Projects that must file: the population without the exempt. */
  total: z.int(),
  opened: z.int(),
  draft: z.int(),
  /** Checked and not yet sent. */
  checked: z.int(),
  submitted: z.int(),
  returned: z.int(),
  accepted: z.int(),
  frozen: z.int(),
  exempt: z.int(),
  /** Not yet submitted although the due moment has passed. */
  overdue: z.int(),
});
export type CycleCounts = z.infer<typeof CycleCounts>;

export const Cycle = z.object({
  id: z.uuid(),
  period: Period,
  kind: Kind,
  /** planned: it has a due moment and no population yet. */
  state: z.enum(['planned', 'open']),
  form: z.object({ version: z.int(), formNo: z.string(), title: z.string() }).nullable(),
  /** Periods it stands for, itself included (1–2月合并); empty: itself alone. */
  covers: z.array(Period),
  /** Why nobody files in it (1月免报). */
  exemptReason: z.string().nullable(),
  /** Computed once by the deadline rule; a provisional one may still move, a published one never. */
  dueAt: moment,
  dueRule: z.string(),
  dueBasis: z.string(),
  dueState: z.enum(['provisional', 'published']),
  duePublishedAt: moment.nullable(),
  duePublishedBy: z.string().nullable(),
  /** The year whose calendar is missing, when that is why the due moment is provisional. */
  dueMissingYear: z.int().nullable(),
  openedAt: moment.nullable(),
  openedBy: z.string().nullable(),
  counts: CycleCounts,
});
export type Cycle = z.infer<typeof Cycle>;

/** A cycle whose filings nobody needs counted. */
export const CycleHead = Cycle.omit({ counts: true });
export type CycleHead = z.infer<typeof CycleHead>;

export const FormVersion = Form.extend({
  reason: z.string(),
  actorName: z.string(),
  /** Null: as it ships with the product. */
  at: moment.nullable(),
});
export type FormVersion = z.infer<typeof FormVersion>;

const FormPage = z.object({
  /** Newest version of each kind first. */
  forms: z.array(z.object({ kind: Kind, versions: z.array(FormVersion), isExpired: z.boolean() })),
  dueRules: z.array(FormDue.extend({ kind: Kind, name: Words })),
  allowed: z.array(z.enum(['change'])),
});
export type FormPage = z.infer<typeof FormPage>;

export const completenessGroups = ['lead', 'owner', 'command', 'county'] as const;
export type CompletenessGroup = (typeof completenessGroups)[number];
const By = z.enum(completenessGroups).default('lead');

/** What a figure of the board counts; a click on it gives the names. */
export const completenessStates = [
  'owed',
  'filed',
  'accepted',
  'responsibleUnit',
  'commandPost',
  'office',
  'returned',
  'missing',
  'late',
  'overdue',
  'exempt',
] as const;
export type CompletenessState = (typeof completenessStates)[number];

export const CompletenessRow = z.object({
  unitId: z.uuid().nullable(),
  unitName: z.string().nullable(),
  /** Must file: without the exempt. */
  owed: z.int(),
  /** Submitted or further. */
  filed: z.int(),
  /** Accepted or frozen. */
  accepted: z.int(),
  /** Waiting at each level of review. */
  responsibleUnit: z.int(),
  commandPost: z.int(),
  office: z.int(),
  returned: z.int(),
  /** Not begun, draft or checked. */
  missing: z.int(),
  /** Submitted after the due moment. */
  late: z.int(),
  /** The due moment is over and nothing is submitted. */
  overdue: z.int(),
  exempt: z.int(),
  /** The longest, in seconds: of a late submission, or of what is not submitted yet. 0: nobody is late. */
  mostLateSeconds: z.int(),
});
export type CompletenessRow = z.infer<typeof CompletenessRow>;

export const CompletenessName = z.object({
  filingId: z.uuid(),
  projectId: z.uuid(),
  projectName: z.string(),
  demo: z.boolean(),
  unitName: z.string().nullable(),
  period: Period,
  state: z.enum(filingStates),
  level: z.enum(levels).nullable(),
  submittedBy: z.string().nullable(),
  submittedAt: moment.nullable(),
  /** Of the submission, or of what is still missing, until now. */
  lateSeconds: z.int(),
  returnReason: z.string().nullable(),
  exemptReason: z.string().nullable(),
});
export type CompletenessName = z.infer<typeof CompletenessName>;

const board = z.object({
  /** Left out: the newest open cycle of the kind. */
  period: Period.optional(),
  kind: Kind.default('monthly'),
  by: By,
});
const names = board.extend({
  state: z.enum(completenessStates).default('owed'),
  unitId: z.union([z.uuid(), z.literal('none')]).optional(),
});

export const cycleEndpoints = {
  cycles: query({
    path: '/filing-cycles',
    summary: { zh: '各填报期及填报进度', en: 'Reporting periods with their completeness' },
    permission: 'filings.read',
    /** `limit`: the newest few only, what a page asks for that shows one number. Planned ones only when asked for. */
    input: z.object({
      limit: z.coerce.number<unknown>().int().min(1).max(240).optional(),
      kind: Kind.default('monthly'),
      planned: z.stringbool().default(false),
    }),
    output: z.array(Cycle),
  }),
  openCycle: command({
    path: '/filing-cycles',
    summary: { zh: '开启一期填报，固定范围和截止时间', en: 'Open a period: fixes who files and the due moment' },
    permission: 'filings.open',
    input: z.object({
      period: Period,
      exempt: z
        .array(z.object({ projectId: z.uuid(), reason: Reason }))
        .max(5000)
        .default([]),
    }),
    output: Cycle,
  }),
  planCycles: command({
    path: '/filing-cycles/plan',
    summary: { zh: '预排一年的填报期，截止时间为暂定', en: 'Plan the periods of a year with provisional due moments' },
    permission: 'filings.open',
    input: z.object({ kind: Kind, year }),
    output: z.array(Cycle),
  }),
  publishDue: command({
    path: '/filing-cycles/publish',
    summary: { zh: '公布截止时间，公布后不再变动', en: 'Publish due moments; they never move afterwards' },
    permission: 'filings.open',
    input: z.object({ kind: Kind, periods: z.array(Period).min(1).max(60) }),
    output: z.array(Cycle),
  }),
  setExempt: command({
    path: '/filing-cycles/:period/exempt',
    summary: {
      zh: '免报或恢复某些项目，写明理由',
      en: 'Exempt projects of a period, or ask them again, with a reason',
    },
    permission: 'filings.open',
    input: z.object({
      period: Period,
      filingIds: z.array(z.uuid()).min(1).max(5000),
      isExempt: z.boolean(),
      reason: Reason,
    }),
    output: z.object({ changed: z.int() }),
  }),
  forms: query({
    path: '/filing-forms',
    summary: { zh: '报表制度：各表及其版本', en: 'Forms with their versions' },
    permission: 'filings.read',
    input: z.object({}),
    output: FormPage,
  }),
  saveForm: command({
    path: '/filing-forms/:kind',
    summary: { zh: '换发新版报表，旧版保留', en: 'A new version of a form; the old ones stay' },
    permission: 'filings.open',
    input: Form.omit({ version: true }).extend({ ...FormBody.shape, basedOn: z.int(), reason: Reason }),
    output: FormPage,
  }),
  completeness: query({
    path: '/filings/completeness',
    summary: { zh: '报送情况：按单位和审核级次', en: 'Who has filed and who is late, by unit and level' },
    permission: 'filings.read',
    input: board,
    output: z.object({
      cycle: CycleHead.nullable(),
      rows: z.array(CompletenessRow),
      total: CompletenessRow.nullable(),
    }),
  }),
  completenessNames: query({
    path: '/filings/completeness/names',
    summary: { zh: '报送情况的项目名单', en: 'The projects behind a figure of the board' },
    permission: 'filings.read',
    input: names,
    output: z.array(CompletenessName),
  }),
  exportCompleteness: download({
    path: '/filings/completeness.xlsx',
    summary: { zh: '导出报送情况', en: 'The board and its names as Excel' },
    permission: 'filings.read',
    input: board.extend({ lang: z.enum(['zh', 'en']).default('zh') }),
    output: z.unknown(),
  }),
} as const;
