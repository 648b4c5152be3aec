import { z } from 'zod';
import { command, defineContract, download, query } from '#core/shared/contract.ts';
import { documentKinds, Facts } from './checklist.ts';
import { crossChecks } from './cross-check.ts';
import { enrolmentEvents, enrolmentStates } from './flow.ts';
import { gapCauses } from './gap.ts';
import { EnrolmentRules, ReportForm } from './rules.ts';

const day = z.iso.date();
const moment = z.iso.datetime();
const yuan = z.int().min(0).max(1e15);
const text = (max: number) => z.string().trim().min(1).max(max);
const fileId = z.string().regex(/^[0-9a-f]{64}$/);
/** A month, YYYY-MM. */
const period = z.string().regex(/^20\d{2}-(0[1-9]|1[0-2])$/);
const words = z.object({ zh: z.string(), en: z.string() });
const lamp = z.enum(['normal', 'warn', 'late']);
const unit = z.enum(['元', '万元', '亿元']);
const byProject = z.object({ projectId: z.uuid() });
const FileRef = z.object({ id: fileId, name: z.string() });

const Document = z.object({
  kind: z.enum(documentKinds),
  isCompulsory: z.boolean(),
  state: z.enum(['missing', 'partial', 'ready', 'optional']),
  lacks: z.array(z.object({ key: z.string(), words })),
  file: FileRef.nullable(),
  isOnPaper: z.boolean(),
  facts: Facts,
  /** Of the credit code, where one was read off and does not hold. */
  codeDoubt: words.nullable(),
  version: z.int(),
  changedAt: moment.nullable(),
  changedByName: z.string().nullable(),
});
export type Document = z.infer<typeof Document>;

const Side = z.object({
  kind: z.string(),
  key: z.string(),
  words,
  value: z.union([z.string(), z.number()]).nullable(),
});
const Finding = z.object({
  check: z.enum(crossChecks),
  outcome: z.enum(['agrees', 'alike', 'differs', 'open']),
  left: Side,
  right: Side,
  words: words.nullable(),
});

const Explanation = z.object({ cause: z.enum(gapCauses), text: z.string(), actorName: z.string(), at: moment });
const Source = z.object({ document: z.string(), issuedOn: day, file: FileRef.nullable() });

/** A month in two figures, both from January: what the statistics office published, and what was accepted here. */
export const MonthPair = z.object({
  period,
  statisticsYuan: yuan.nullable(),
  dispatchYuan: z.int().nullable(),
  /** 调度 − 统计. */
  gapYuan: z.int().nullable(),
  needsExplanation: z.boolean(),
  explanation: Explanation.nullable(),
  source: Source.nullable(),
});
export type MonthPair = z.infer<typeof MonthPair>;

const Event = z.object({
  id: z.uuid(),
  at: moment,
  event: z.string(),
  state: z.enum(enrolmentStates),
  on: day.nullable(),
  reason: z.string().nullable(),
  document: z.string().nullable(),
  file: FileRef.nullable(),
  actorName: z.string(),
});

export const Enrolment = z.object({
  projectId: z.uuid(),
  version: z.int(),
  state: z.enum(enrolmentStates),
  startedOn: day.nullable(),
  daysSinceStart: z.int().nullable(),
  lamp: lamp.nullable(),
  /** The lamp turns yellow on, and red after, these days. */
  lampDays: z.object({ warnOn: day, lateAfter: day }).nullable(),
  lampSource: z.string(),
  totalYuan: z.int().nullable(),
  form: ReportForm.nullable(),
  enrolledOn: day.nullable(),
  enrolledCode: z.string().nullable(),
  documents: z.array(Document),
  findings: z.array(Finding),
  months: z.array(MonthPair),
  events: z.array(Event),
  allowed: z.array(z.enum([...enrolmentEvents, 'document', 'value', 'explain'])),
});
export type Enrolment = z.infer<typeof Enrolment>;

/** Both counts: 个 (a package is one) and 项 (a package is its items). */
const Rate = z.object({ enrolled: z.int(), due: z.int() });
export const OverviewRow = z.object({
  projectId: z.uuid(),
  serial: z.int(),
  name: z.string(),
  demo: z.boolean(),
  countyName: z.string().nullable(),
  leadName: z.string().nullable(),
  totalYuan: z.int().nullable(),
  startedOn: day.nullable(),
  days: z.int().nullable(),
  state: z.enum(enrolmentStates),
  lamp: lamp.nullable(),
  /** Compulsory papers that are not complete. */
  missing: z.array(z.enum(documentKinds)),
  hits: z.int(),
});
export type OverviewRow = z.infer<typeof OverviewRow>;

export const Overview = z.object({
  asOf: day,
  projects: Rate,
  items: Rate,
  /** Projects of the national floor and more. */
  large: Rate,
  nationalYuan: z.int(),
  states: z.record(z.enum(enrolmentStates), z.int()),
  lamps: z.object({ normal: z.int(), warn: z.int(), late: z.int(), unknown: z.int() }),
  /** Begun and not enrolled, longest first. */
  rows: z.array(OverviewRow),
});
export type Overview = z.infer<typeof Overview>;

export const GapRow = MonthPair.extend({
  projectId: z.uuid(),
  serial: z.int(),
  name: z.string(),
  demo: z.boolean(),
  countyName: z.string().nullable(),
  enrolledOn: day.nullable(),
  allowed: z.array(z.enum(['explain'])),
});
export type GapRow = z.infer<typeof GapRow>;

export const Gaps = z.object({
  period: period.nullable(),
  periods: z.array(period),
  rows: z.array(GapRow),
  /** Sums over the projects that have both figures: only these can be compared. */
  both: z.object({ projects: z.int(), statisticsYuan: z.int(), dispatchYuan: z.int() }),
  onlyStatistics: z.object({ projects: z.int(), statisticsYuan: z.int() }),
  onlyDispatch: z.object({ projects: z.int(), dispatchYuan: z.int() }),
  unexplained: z.int(),
});
export type Gaps = z.infer<typeof Gaps>;

const listSource = { document: text(200), issuedOn: day };
export const ListPreview = z.object({
  sheet: z.string(),
  unit: unit.nullable(),
  amountHeading: z.string(),
  lines: z.array(
    z.object({
      row: z.int(),
      name: z.string(),
      code: z.string().nullable(),
      yuan: z.int().nullable(),
      issue: words.nullable(),
      match: z
        .object({
          projectId: z.uuid(),
          name: z.string(),
          by: z.enum(['code', 'name', 'alike']),
          enrolled: z.boolean(),
          /** The figure of the month that stands now. */
          beforeYuan: z.int().nullable(),
        })
        .nullable(),
    }),
  ),
});
export type ListPreview = z.infer<typeof ListPreview>;

const RulesPage = z.object({
  version: z.int(),
  rules: EnrolmentRules,
  versions: z.array(z.object({ version: z.int(), reason: z.string(), actorName: z.string(), at: moment })),
  allowed: z.array(z.enum(['save'])),
});

const everybody = ['admin', 'leader', 'office', 'commandPost', 'responsibleUnit', 'filer', 'inspector'] as const;

/** The statistics go their own way by law: nothing here makes, fills or sends a statistical return. */
export const enrolment = defineContract({
  name: 'enrolment',
  title: { zh: '入库入统', en: 'Statistics enrolment' },
  uses: ['organization', 'projects', 'filings'],
  permissions: {
    'enrolment.read': { words: { zh: '查看入库入统', en: 'See the enrolment of projects' }, roles: everybody },
    'enrolment.edit': {
      words: { zh: '整理入统材料、登记报送', en: 'Keep the documents and record that they were handed in' },
      roles: ['admin', 'office', 'commandPost', 'responsibleUnit', 'filer'],
    },
    'enrolment.record': {
      words: { zh: '登记统计部门的退回、入统', en: 'Record what the statistics office decided' },
      roles: ['admin', 'office', 'commandPost'],
    },
    'enrolment.statistics': {
      words: { zh: '录入统计部门公布的数', en: 'Enter figures that the statistics office published' },
      roles: ['admin', 'office'],
    },
    'enrolment.configure': {
      words: { zh: '修改入统起点、表号和时限', en: 'Change thresholds, forms and limits' },
      roles: ['admin', 'office'],
      isCityWide: true,
    },
  },
  endpoints: {
    get: query({
      path: '/enrolment/projects/:projectId',
      summary: { zh: '一个项目的入统材料、比对和两个口径', en: 'Documents, comparisons and both figures of a project' },
      permission: 'enrolment.read',
      input: byProject,
      output: Enrolment,
    }),
    file: download({
      path: '/enrolment/projects/:projectId/files/:fileId',
      summary: { zh: '材料扫描件', en: 'Scan of a document' },
      permission: 'enrolment.read',
      input: byProject.extend({ fileId }),
      output: z.unknown(),
    }),
    setDocument: command({
      path: '/enrolment/projects/:projectId/documents',
      summary: { zh: '登记一份材料及其要点', en: 'Keep a document with what was read off it' },
      permission: 'enrolment.edit',
      input: byProject.extend({
        kind: z.enum(documentKinds),
        /** Version of the document that the person saw; 0: none yet. */
        version: z.int().min(0),
        fileId: fileId.nullable(),
        isOnPaper: z.boolean(),
        facts: Facts,
      }),
      output: Enrolment,
    }),
    move: command({
      path: '/enrolment/projects/:projectId/move',
      summary: { zh: '登记报送、退回、入统或退出', en: 'Record handing in, return, enrolment or removal' },
      permission: 'enrolment.edit',
      input: byProject.extend({
        version: z.int().min(0),
        event: z.enum(enrolmentEvents),
        on: day,
        reason: text(500).optional(),
        document: text(300).optional(),
        fileId: fileId.optional(),
        /** 入统代码, given by the statistics office. */
        code: text(60).optional(),
      }),
      output: Enrolment,
    }),
    overview: query({
      path: '/enrolment/overview',
      summary: { zh: '已开工未入统、入统率', en: 'Begun and not enrolled; the enrolment rate' },
      permission: 'enrolment.read',
      input: z.object({}),
      output: Overview,
    }),
    gaps: query({
      path: '/enrolment/gaps',
      summary: { zh: '统计口径与调度口径对照', en: 'Statistics beside dispatch, month by month' },
      permission: 'enrolment.read',
      input: z.object({ period: period.optional() }),
      output: Gaps,
    }),
    exportOverview: download({
      path: '/enrolment/export',
      summary: {
        zh: '导出未入统清单和口径对照（调度内部用）',
        en: 'Excel of both tables, for the headquarters’ own use',
      },
      permission: 'enrolment.read',
      input: z.object({ period: period.optional(), language: z.enum(['zh', 'en']).optional() }),
      output: z.unknown(),
    }),
    setValue: command({
      path: '/enrolment/projects/:projectId/value',
      summary: { zh: '录入统计部门公布的本年累计', en: 'Enter the published figure of a month' },
      permission: 'enrolment.statistics',
      input: byProject.extend({ period, yuan, ...listSource, fileId: fileId.optional() }),
      output: Enrolment,
    }),
    explainGap: command({
      path: '/enrolment/projects/:projectId/explain',
      summary: { zh: '说明两个口径的差额', en: 'Explain the gap of a month' },
      permission: 'enrolment.edit',
      input: byProject.extend({
        period,
        cause: z.enum(gapCauses),
        text: text(500),
      }),
      output: Enrolment,
    }),
    readList: query({
      path: '/enrolment/lists/read',
      summary: { zh: '读取统计部门的名单，预览', en: 'Read the list of the statistics office, for a preview' },
      permission: 'enrolment.statistics',
      input: z.object({ fileId, period, unit: unit.optional() }),
      output: ListPreview,
    }),
    acceptList: command({
      path: '/enrolment/lists',
      summary: { zh: '按名单写入统计口径数', en: 'Take over the figures of a list' },
      permission: 'enrolment.statistics',
      input: z.object({
        fileId,
        period,
        unit: unit.optional(),
        ...listSource,
        /** Which line means which project. */
        lines: z
          .array(z.object({ row: z.int().min(1), projectId: z.uuid() }))
          .min(1)
          .max(5000),
        /** Projects of the list that are not marked as enrolled here are, on the day of the list. */
        enrolMissing: z.boolean(),
      }),
      output: z.object({ written: z.int(), unchanged: z.int(), enrolled: z.int() }),
    }),
    rules: query({
      path: '/enrolment/rules',
      summary: { zh: '入统起点、表号、时限和亮灯', en: 'Thresholds, forms, limits and lamp' },
      permission: 'enrolment.read',
      input: z.object({}),
      output: RulesPage,
    }),
    saveRules: command({
      path: '/enrolment/rules',
      summary: { zh: '修改起点、表号、时限', en: 'Change thresholds, forms and limits' },
      permission: 'enrolment.configure',
      input: z.object({ basedOn: z.int().min(0), rules: EnrolmentRules, reason: text(300) }),
      output: RulesPage,
    }),
  },
});
