import { z } from 'zod';
import { command, defineContract, query } from '#core/shared/contract.ts';
import { checkStates } from './check.ts';
import { clockKinds } from './clock.ts';
import { level, levelCode } from './level.ts';
import { lights, ruleKinds, ruleSet } from './light-rule.ts';
import { rateEndpoints } from './rate-shapes.ts';

const day = z.iso.date();
const moment = z.iso.datetime();
const yuan = z.int();
const year = z.coerce.number<unknown>().int().min(2000).max(2100);
const reason = z.string().trim().min(2).max(300);
const words = z.object({ zh: z.string(), en: z.string() });
const light = z.enum(lights);
export const Level = level.omit({ severity: true });
export type Level = z.infer<typeof Level>;
const setCode = z.string().regex(/^[a-z][a-z0-9-]{1,39}$/);

/** A stretch of a rule's number line that no band covers, or two do (null: without end); or a level never reached. */
export const RuleGap = z.object({
  rule: z.string(),
  /** 'unreached': the level is declared and no rule gives it; with a rule, a streak of it that never begins. */
  kind: z.enum(['gap', 'overlap', 'unreached']),
  level: z.string().nullable(),
  /** Which case of growth, where there is no line. */
  words: words.nullable(),
  from: z.string().nullable(),
  fromIncluded: z.boolean(),
  to: z.string().nullable(),
  toIncluded: z.boolean(),
});

export const RuleSetHead = z.object({
  code: z.string(),
  name: words,
  source: z.string(),
  sourceDate: z.string().nullable(),
  /** The newest version; 0 is the one that ships with the product. */
  version: z.int(),
  gaps: z.int(),
  /** Version in force today, or null. */
  activeVersion: z.int().nullable(),
});
export type RuleSetHead = z.infer<typeof RuleSetHead>;

/** One rule as people read it: what gives which light, made from the rule's data. */
const RuleRow = z.object({
  code: z.string(),
  name: words,
  basis: z.enum(['published', 'city']),
  subject: z.enum(['project', 'county']),
  /** By level of the set. */
  conditions: z.record(z.string(), words.nullable()),
  consequences: z.array(z.object({ light: levelCode, months: z.int(), text: words })),
  leastPlanYuan: yuan.nullable(),
  note: words.nullable(),
});

export const RuleSetVersion = z.object({
  code: z.string(),
  version: z.int(),
  set: ruleSet,
  levels: z.array(Level),
  rows: z.array(RuleRow),
  gaps: z.array(RuleGap),
  versions: z.array(
    z.object({ version: z.int(), reason: z.string(), actorName: z.string(), at: moment, gaps: z.int() }),
  ),
  allowed: z.array(z.enum(['save', 'activate'])),
});
export type RuleSetVersion = z.infer<typeof RuleSetVersion>;

export const Choice = z.object({
  code: z.string(),
  version: z.int(),
  name: words,
  effectiveOn: day,
  reason: z.string(),
  actorName: z.string(),
  at: moment,
});

const CheckInput = z.object({
  label: words,
  as: z.enum(['yuan', 'day', 'days', 'points', 'percent', 'months', 'place', 'text']),
  value: z.union([z.number(), z.string(), words]).nullable(),
});
export const Check = z.object({
  rule: z.string(),
  kind: z.enum(ruleKinds),
  name: words,
  light: light.nullable(),
  /** Code of a level of the set. */
  level: z.string().nullable(),
  state: z.enum(checkStates),
  withoutExemption: light.nullable(),
  levelWithoutExemption: z.string().nullable(),
  exemption: z.object({ reason: z.string(), approver: z.string(), until: day }).nullable(),
  inputs: z.array(CheckInput),
  conditions: z.record(z.string(), words.nullable()),
  result: words,
  /** Month ends running at a level or a heavier one, and the level they led to. */
  streak: z.object({ light: z.string(), months: z.array(z.string()), becomes: z.string().nullable() }).nullable(),
  note: words.nullable(),
});
export const Need = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('amount'),
    rule: z.string(),
    /** Since the beginning of the year; in the month of `on` alone; or by the end of the months that were judged. */
    of: z.enum(['year', 'month', 'judged']),
    on: day,
    yuan,
    shortYuan: yuan,
  }),
  z.object({ kind: z.literal('record'), rule: z.string(), words }),
]);

export const Exemption = z.object({
  id: z.uuid(),
  projectId: z.uuid(),
  projectName: z.string(),
  ruleCode: z.string().nullable(),
  reason: z.string(),
  state: z.enum(['requested', 'approved', 'refused']),
  /** Who decided; never the one who asked. Null while it is only asked for. */
  approver: z.string().nullable(),
  decidedAt: moment.nullable(),
  decisionNote: z.string().nullable(),
  from: day,
  until: day,
  endedOn: day.nullable(),
  endReason: z.string().nullable(),
  /** Who asked for it. */
  actorName: z.string(),
  at: moment,
  allowed: z.array(z.enum(['decide', 'end'])),
});
export type Exemption = z.infer<typeof Exemption>;

export const Judgement = z.object({
  light,
  /** The set's own colour of that light; null where no rule gave one. */
  level: Level.nullable(),
  cause: z.string().nullable(),
  day,
  checks: z.array(Check),
  levels: z.array(Level),
  turnsGreen: z.array(Need),
  consequences: z.array(words),
});
export type Judgement = z.infer<typeof Judgement>;
export const Evaluation = Judgement.extend({
  gapPoints: z.number().nullable(),
  clock: z.object({ shown: z.string().nullable(), kind: z.enum(clockKinds), share: z.number() }),
});

export const Explanation = Evaluation.extend({
  projectId: z.uuid(),
  planYuan: yuan.nullable(),
  doneYuan: yuan.nullable(),
  /** Newest accepted month behind the money done; null for a package, whose items have their own. */
  acceptedPeriod: z.string().nullable(),
  ruleSet: z.object({
    code: z.string(),
    version: z.int(),
    name: words,
    source: z.string(),
    /** From when it counts; null: it ships with the product and nobody has chosen another. */
    effectiveOn: day.nullable(),
  }),
  /** Since when the light has been this one; null when it is not the one stored. */
  since: day.nullable(),
  exemptions: z.array(Exemption),
  allowed: z.array(z.enum(['exempt'])),
});
export type Explanation = z.infer<typeof Explanation>;

/** Lamps of counties by the rules that judge counties; empty when the set has none. */
export const CountyLamps = z.object({
  day,
  ruleSet: z.object({ code: z.string(), version: z.int(), name: words, source: z.string() }),
  counties: z.array(
    Judgement.extend({
      unitId: z.uuid(),
      name: z.string(),
      plannedGrowth: z
        .object({ percent: z.string(), source: z.string(), actorName: z.string(), at: moment })
        .nullable(),
    }),
  ),
});
export type CountyLamps = z.infer<typeof CountyLamps>;

/** Exact figures: rates and gaps are computed from them where they are shown. */
export const Group = z.object({
  /** Unit id, board name, or null for projects without one. */
  key: z.string().nullable(),
  name: z.string().nullable(),
  /** 个: packages count once. */
  projects: z.int(),
  /** 项: a package counts as its items. */
  items: z.int(),
  planYuan: yuan,
  /** Accepted yuan of projects that have a plan: the numerator of the rate. */
  doneYuan: yuan,
  lights: z.record(z.enum(lights), z.int()),
  /** By completion rate among the groups; null without a plan or with a single project. */
  rank: z.int().nullable(),
  /** 完成率 − 时序 in points, exact as a double can be. */
  gapPoints: z.number().nullable(),
});
export type Group = z.infer<typeof Group>;

export const Summary = z.object({
  year: z.int(),
  day,
  /** Numerator and denominator of the clock, and how people write it. */
  clock: z.object({ n: z.int(), d: z.int(), shown: z.string().nullable(), kind: z.enum(clockKinds) }),
  ruleSet: z.object({ code: z.string(), version: z.int(), name: words }),
  /** The oldest day for which a light in the summary was worked out; null when there is none. */
  asOf: day.nullable(),
  total: Group,
  byCounty: z.array(Group),
  byCommand: z.array(Group),
  byBoard: z.array(Group),
});
export type Summary = z.infer<typeof Summary>;

const everybody = ['admin', 'leader', 'office', 'commandPost', 'responsibleUnit', 'filer', 'inspector'] as const;

export const dispatch = defineContract({
  name: 'dispatch',
  title: { zh: '调度', en: 'Dispatch' },
  uses: ['organization', 'calendar', 'projects', 'filings', 'lifecycle', 'funding'],
  permissions: {
    'dispatch.read': {
      words: { zh: '查看调度表和亮灯依据', en: 'See the dispatch table and why a light shows' },
      roles: everybody,
    },
    'dispatch.rules': {
      words: { zh: '修改和启用亮灯规则', en: 'Change light rules and put them in force' },
      roles: ['admin', 'office'],
      isCityWide: true,
    },
    'dispatch.exempt': {
      words: { zh: '申请豁免', en: 'Ask for exemptions' },
      roles: ['admin', 'office', 'commandPost', 'responsibleUnit', 'filer'],
    },
    'dispatch.approveExemption': {
      words: { zh: '批准、终止豁免（不得是申请人）', en: "Approve and end exemptions (never one's own)" },
      roles: ['admin', 'leader', 'office'],
    },
  },
  endpoints: {
    ...rateEndpoints,
    summary: query({
      path: '/dispatch/summary',
      summary: { zh: '调度表：全市、县区、指挥部、板块', en: 'Dispatch table: city, counties, command posts, boards' },
      permission: 'dispatch.read',
      input: z.object({ year: year.optional(), day: day.optional() }),
      output: Summary,
    }),
    explain: query({
      path: '/dispatch/projects/:projectId/light',
      summary: { zh: '为什么亮这个灯，怎样转绿', en: 'Why a project shows its light, and what turns it green' },
      permission: 'dispatch.read',
      input: z.object({ projectId: z.uuid(), day: day.optional() }),
      output: Explanation,
    }),
    ruleSets: query({
      path: '/dispatch/rule-sets',
      summary: { zh: '亮灯规则', en: 'Light rule sets' },
      permission: 'dispatch.read',
      input: z.object({}),
      output: z.object({ sets: z.array(RuleSetHead), active: Choice.nullable(), choices: z.array(Choice) }),
    }),
    ruleSet: query({
      path: '/dispatch/rule-sets/:code',
      summary: { zh: '一套规则（可看旧版）', en: 'One rule set, any version' },
      permission: 'dispatch.read',
      input: z.object({ code: setCode, version: z.coerce.number<unknown>().int().min(0).optional() }),
      output: RuleSetVersion,
    }),
    saveRuleSet: command({
      path: '/dispatch/rule-sets/:code/save',
      summary: { zh: '保存为新版本，报告未规定处', en: 'Save as a new version; reports what it leaves open' },
      permission: 'dispatch.rules',
      input: z.object({
        code: setCode,
        /** The version the editor started from: a save over somebody else's newer one is refused. */
        basedOn: z.int().min(0),
        set: ruleSet,
        reason,
      }),
      output: RuleSetVersion,
    }),
    activate: command({
      path: '/dispatch/rule-sets/:code/activate',
      summary: { zh: '启用某一版本（写明生效日期）', en: 'Put a version in force from a day' },
      permission: 'dispatch.rules',
      input: z.object({ code: setCode, version: z.int().min(0), effectiveOn: day, reason }),
      output: Choice,
    }),
    tryOut: query({
      path: '/dispatch/rule-sets/:code/try',
      summary: { zh: '用一个项目试算', en: 'Try a rule set on one project' },
      permission: 'dispatch.read',
      input: z.object({
        code: setCode,
        version: z.coerce.number<unknown>().int().min(0).optional(),
        projectId: z.uuid(),
        day: day.optional(),
      }),
      output: Evaluation,
    }),
    exemptions: query({
      path: '/dispatch/exemptions',
      summary: { zh: '豁免清单', en: 'Exemptions' },
      permission: 'dispatch.read',
      input: z.object({ projectId: z.uuid().optional() }),
      output: z.array(Exemption),
    }),
    exempt: command({
      path: '/dispatch/projects/:projectId/exempt',
      summary: { zh: '申请豁免：理由、到期日', en: 'Ask for an exemption: reason, last day' },
      permission: 'dispatch.exempt',
      input: z.object({
        projectId: z.uuid(),
        ruleCode: z.string().max(40).nullable(),
        reason,
        from: day.optional(),
        until: day,
      }),
      output: Exemption,
    }),
    endExemption: command({
      path: '/dispatch/exemptions/:id/end',
      summary: { zh: '提前终止豁免', en: 'End an exemption early' },
      permission: 'dispatch.approveExemption',
      input: z.object({ id: z.uuid(), reason }),
      output: Exemption,
    }),
    decideExemption: command({
      path: '/dispatch/exemptions/:id/decide',
      summary: { zh: '批准或退回他人的豁免申请', en: "Approve or refuse somebody else's request" },
      permission: 'dispatch.approveExemption',
      input: z.object({
        id: z.uuid(),
        decision: z.enum(['approve', 'refuse']),
        note: z.string().trim().max(300).nullable().default(null),
      }),
      output: Exemption,
    }),
    counties: query({
      path: '/dispatch/counties',
      summary: { zh: '各县区的灯、依据和怎样转绿', en: 'The lamp of each county, why, and what turns it green' },
      permission: 'dispatch.read',
      input: z.object({
        day: day.optional(),
        /** A set to be tried; left out: the rules in force. */
        code: setCode.optional(),
        version: z.coerce.number<unknown>().int().min(0).optional(),
      }),
      output: CountyLamps,
    }),
    setPlannedGrowth: command({
      path: '/dispatch/counties/:unitId/growth',
      summary: { zh: '登记县区的计划增速', en: "Record a county's planned growth" },
      permission: 'dispatch.rules',
      input: z.object({
        unitId: z.uuid(),
        year: z.int().min(2000).max(2100),
        percent: z.string().regex(/^-?\d{1,3}(\.\d{1,3})?$/),
        source: z.string().trim().min(2).max(300),
      }),
      output: z.object({ percent: z.string() }),
    }),
    recompute: command({
      path: '/dispatch/recompute',
      summary: { zh: '重新计算全部灯', en: 'Work out every light again' },
      permission: 'dispatch.rules',
      input: z.object({}),
      output: z.object({ queued: z.boolean() }),
    }),
  },
});
