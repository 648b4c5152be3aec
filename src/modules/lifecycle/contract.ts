import { z } from 'zod';
import { command, defineContract, download, query } from '#core/shared/contract.ts';
import { endStages, haltStages } from './gates.ts';
import { pauseReasons } from './pause.ts';
import { ReserveRules } from './reserve.ts';
import {
  CandidateRow,
  CohortMember,
  ConversionYear,
  day,
  FunnelYear,
  fileId,
  funnelSteps,
  GateStage,
  LifeView,
  NewDocuments,
  PathCode,
  PauseRow,
  ReserveRow,
  RulesView,
  text,
} from './shapes.ts';

const byId = z.object({ id: z.uuid() });
const reason = text(300, 2);

export const lifecycle = defineContract({
  name: 'lifecycle',
  title: { zh: '生命周期', en: 'Life cycle' },
  uses: ['organization', 'projects'],
  permissions: {
    'lifecycle.read': {
      words: { zh: '查看项目全过程和储备库', en: 'See the life of projects and the reserve pool' },
      roles: ['admin', 'leader', 'office', 'commandPost', 'responsibleUnit', 'filer', 'inspector'],
    },
    'lifecycle.move': {
      words: { zh: '办理关口，补登日期和资料', en: 'Pass gates, add days and documents' },
      roles: ['admin', 'office', 'commandPost', 'responsibleUnit'],
    },
    'lifecycle.pause': {
      words: { zh: '办理停建、缓建、复工', en: 'Pause and resume projects' },
      roles: ['admin', 'office', 'commandPost'],
    },
    'lifecycle.update': {
      words: { zh: '填报停缓建季度更新', en: 'File quarterly updates of paused projects' },
      roles: ['admin', 'office', 'commandPost', 'responsibleUnit', 'filer'],
    },
    'lifecycle.end': {
      words: { zh: '办理终止、退库，撤销关口', en: 'Terminate, withdraw, take gates back' },
      roles: ['admin', 'office'],
    },
    'lifecycle.reserve': {
      words: { zh: '维护储备库和成熟度', en: 'Keep the reserve pool and its maturity' },
      roles: ['admin', 'office', 'commandPost', 'responsibleUnit'],
    },
    'lifecycle.configure': {
      words: { zh: '维护储备库规则', en: 'Keep the rules of the reserve pool' },
      roles: ['admin', 'office'],
      isCityWide: true,
    },
  },
  endpoints: {
    life: query({
      path: '/lifecycle/projects/:id',
      summary: { zh: '一个项目的全过程：关口、停缓建、历史', en: 'The life of one project: gates, pauses, history' },
      permission: 'lifecycle.read',
      input: byId,
      output: LifeView,
    }),
    document: download({
      path: '/lifecycle/projects/:id/documents/:fileId',
      summary: { zh: '关口资料文件', en: 'A document of a gate' },
      permission: 'lifecycle.read',
      input: byId.extend({ fileId }),
      output: z.unknown(),
    }),
    move: command({
      path: '/lifecycle/projects/:id/move',
      summary: { zh: '办理关口（缺少的关口会指明）', en: 'Pass a gate; missing gates are named' },
      permission: 'lifecycle.move',
      input: byId.extend({ to: GateStage, on: day, documents: NewDocuments, reason: reason.optional() }),
      output: LifeView,
    }),
    amend: command({
      path: '/lifecycle/projects/:id/amend',
      summary: { zh: '补登关口日期、补交资料', en: 'Record the day of a gate or add its documents later' },
      permission: 'lifecycle.move',
      input: byId.extend({ stage: GateStage, on: day.optional(), documents: NewDocuments, reason }),
      output: LifeView,
    }),
    revoke: command({
      path: '/lifecycle/projects/:id/revoke',
      summary: {
        zh: '撤销办错的关口（写明原因，历史保留）',
        en: 'Take a wrong gate back, with a reason; history stays',
      },
      permission: 'lifecycle.end',
      input: byId.extend({ stage: z.enum([...GateStage.options, ...endStages]), reason }),
      output: LifeView,
    }),
    setPath: command({
      path: '/lifecycle/projects/:id/path',
      summary: { zh: '调整项目类型（决定须过哪些关口）', en: 'Change the kind of project, which decides its gates' },
      permission: 'lifecycle.move',
      input: byId.extend({ path: PathCode, reason }),
      output: LifeView,
    }),
    pause: command({
      path: '/lifecycle/projects/:id/pause',
      summary: { zh: '登记停建、缓建', en: 'Register a pause' },
      permission: 'lifecycle.pause',
      input: byId.extend({
        kind: z.enum(haltStages),
        on: day,
        reasonCode: z.enum(pauseReasons),
        reason: text(500, 2),
        steps: text(1000, 2),
        resumeDue: day,
        documents: NewDocuments,
      }),
      output: LifeView,
    }),
    updatePause: command({
      path: '/lifecycle/projects/:id/pause-update',
      summary: { zh: '停缓建季度更新', en: 'Quarterly update of a pause' },
      permission: 'lifecycle.update',
      input: byId.extend({
        situation: text(1000, 2),
        steps: text(1000, 2),
        resumeDue: day,
        /** Only for a pause that an import brought without one. */
        reasonCode: z.enum(pauseReasons).optional(),
        reason: reason.optional(),
      }),
      output: LifeView,
    }),
    resume: command({
      path: '/lifecycle/projects/:id/resume',
      summary: { zh: '复工（附佐证）', en: 'Resume, with proof' },
      permission: 'lifecycle.pause',
      input: byId.extend({ on: day, documents: NewDocuments, reason: reason.optional() }),
      output: LifeView,
    }),
    end: command({
      path: '/lifecycle/projects/:id/end',
      summary: { zh: '终止或退库', en: 'Terminate or withdraw' },
      permission: 'lifecycle.end',
      input: byId.extend({
        to: z.enum(endStages),
        on: day,
        reason: text(500, 2),
        approver: text(60),
        documents: NewDocuments,
      }),
      output: LifeView,
    }),
    pauses: query({
      path: '/lifecycle/pauses',
      summary: { zh: '停缓建项目及季度更新情况', en: 'Paused projects and their quarterly updates' },
      permission: 'lifecycle.read',
      input: z.object({ show: z.enum(['open', 'overdue', 'over']).optional() }),
      output: z.object({
        rows: z.array(PauseRow),
        counts: z.object({ open: z.int(), overdue: z.int(), over: z.int() }),
      }),
    }),
    reserve: query({
      path: '/lifecycle/reserve',
      summary: { zh: '储备库', en: 'The reserve pool' },
      permission: 'lifecycle.read',
      input: z.object({ show: z.enum(['in', 'lapsed', 'left']).optional() }),
      output: z.object({
        year: z.int(),
        rows: z.array(ReserveRow),
        counts: z.object({ in: z.int(), lapsed: z.int(), left: z.int(), candidates: z.int() }),
        /** 谋划目标: what began last year times the factor, beside what the pool holds now. */
        target: z.object({ startedLastYear: z.int(), target: z.int(), members: z.int(), yuan: z.int() }),
        allowed: z.array(z.enum(['enter', 'carry', 'configure'])),
      }),
    }),
    candidates: query({
      path: '/lifecycle/reserve-candidates',
      summary: {
        zh: '未开工、未入库的项目及入库条件',
        en: 'Projects not begun and not in the pool, with the entry conditions',
      },
      permission: 'lifecycle.read',
      input: z.object({}),
      output: z.array(CandidateRow),
    }),
    enter: command({
      path: '/lifecycle/reserve/enter',
      summary: { zh: '列入储备库（核对规模门槛）', en: 'Enter the reserve pool; floors are checked' },
      permission: 'lifecycle.reserve',
      input: byId.extend({ kind: text(30), on: day, reason: reason.optional() }),
      output: ReserveRow,
    }),
    setItem: command({
      path: '/lifecycle/reserve/:id/item',
      summary: { zh: '成熟度清单：完成或撤回一项', en: 'Maturity checklist: an item is done, or is not' },
      permission: 'lifecycle.reserve',
      input: byId.extend({
        item: text(30),
        isDone: z.boolean(),
        on: day.optional(),
        document: text(120).optional(),
        reason: reason.optional(),
      }),
      output: ReserveRow,
    }),
    carry: command({
      path: '/lifecycle/reserve/carry',
      summary: { zh: '结转到本年度（逐个或批量）', en: 'Carry members over into this year' },
      permission: 'lifecycle.reserve',
      input: z.object({ ids: z.array(z.uuid()).min(1).max(500), reason }),
      output: z.object({ carried: z.int() }),
    }),
    cohorts: query({
      path: '/lifecycle/cohorts',
      summary: {
        zh: '储备→开工转化率，签约→履约→开工→投产→达效，按年度',
        en: 'Conversion of the pool, and the funnel from signing to full capacity, by year',
      },
      permission: 'lifecycle.read',
      input: z.object({}),
      output: z.object({
        conversion: z.array(ConversionYear),
        funnel: z.array(FunnelYear),
        /** Signed, day not on record: in no year. */
        undated: z.int(),
        startLimitMonths: z.int(),
        /** 超时限未开工, the longest first. */
        overdueStarts: z.array(CohortMember.extend({ overDays: z.int() })),
      }),
    }),
    cohortMembers: query({
      path: '/lifecycle/cohort-members',
      summary: { zh: '某年度一步的名单', en: 'The projects behind one figure of a cohort' },
      permission: 'lifecycle.read',
      input: z.object({
        list: z.enum(['conversion', 'funnel']),
        year: z.coerce.number<unknown>().int().min(1990).max(2100),
        step: z.enum(['entered', 'withdrawn', 'open', ...funnelSteps]),
        /** missing: those who have not reached the step, of those who reached the one before. */
        who: z.enum(['reached', 'missing']).optional(),
      }),
      output: z.array(CohortMember),
    }),
    rules: query({
      path: '/lifecycle/reserve-rules',
      summary: { zh: '储备库规则', en: 'Rules of the reserve pool' },
      permission: 'lifecycle.read',
      input: z.object({}),
      output: RulesView.extend({ allowed: z.array(z.enum(['configure'])) }),
    }),
    setRules: command({
      path: '/lifecycle/reserve-rules',
      summary: { zh: '修改储备库规则（成熟度随即重算）', en: 'Change the rules; maturity is worked out anew' },
      permission: 'lifecycle.configure',
      input: z.object({ basedOn: z.int().min(0), rules: ReserveRules, reason }),
      output: RulesView,
    }),
  },
});
