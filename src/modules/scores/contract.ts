import { z } from 'zod';
import { command, defineContract, download, query } from '#core/shared/contract.ts';
import { ExactText, SchemeBody } from './scheme.ts';
import {
  CourseStep,
  EnteredFigure,
  MarkRow,
  Move,
  ObjectionRow,
  ResultHead,
  ResultUnit,
  Scheme,
  SchemeRow,
  SelfRow,
  words,
} from './shapes.ts';

export type { ExactPoints, ScoredItem, ScoredUnit, YearScores } from './year.ts';

const day = z.iso.date();
const text = (max: number, min = 2) => z.string().trim().min(min).max(max);
const byId = z.object({ id: z.uuid() });
const fileId = z.string().max(80).nullable().default(null);
const code = z.string().regex(/^[a-z][A-Za-z0-9]{0,39}$/);
const version = z.coerce.number<unknown>().int().min(1).optional();
const Done = z.object({ id: z.uuid(), version: z.int() });
const reason = text(300);

export const scores = defineContract({
  name: 'scores',
  title: { zh: '考核', en: 'Scores' },
  uses: ['organization', 'calendar', 'projects', 'indicators', 'challenges', 'notices'],
  permissions: {
    'scores.read': {
      words: { zh: '查看考核方案和结果', en: 'See schemes and results of scores' },
      roles: ['admin', 'leader', 'office', 'commandPost', 'responsibleUnit', 'inspector'],
    },
    'scores.assess': {
      words: { zh: '代表本单位自评和提出异议', en: 'Assess one’s own unit and object for it' },
      roles: ['commandPost', 'responsibleUnit'],
    },
    'scores.manage': {
      words: { zh: '编制考核方案、录入、计算和公示', en: 'Keep schemes, enter figures, compute and publish' },
      roles: ['admin', 'office'],
      isCityWide: true,
    },
    'scores.decide': {
      words: { zh: '裁定考核异议', en: 'Decide on objections to scores' },
      roles: ['leader', 'office', 'inspector'],
      isCityWide: true,
    },
  },
  endpoints: {
    list: query({
      path: '/scores/schemes',
      summary: { zh: '考核方案', en: 'Schemes of scores' },
      permission: 'scores.read',
      input: z.object({ year: z.coerce.number<unknown>().int().min(2000).max(2100).optional() }),
      output: z.object({ year: z.int(), years: z.array(z.int()), schemes: z.array(SchemeRow), canManage: z.boolean() }),
    }),
    examples: query({
      path: '/scores/examples',
      summary: { zh: '公开的评分办法示例', en: 'Published ways of scoring, to begin from' },
      permission: 'scores.manage',
      input: z.object({}),
      output: z.array(z.object({ code: z.string(), source: words, body: SchemeBody })),
    }),
    units: query({
      path: '/scores/units',
      summary: { zh: '可考核的单位', en: 'Units that can be scored' },
      permission: 'scores.manage',
      input: z.object({}),
      output: z.array(z.object({ id: z.uuid(), name: z.string(), kind: z.string() })),
    }),
    scheme: query({
      path: '/scores/schemes/:id',
      summary: { zh: '一个考核方案', en: 'One scheme' },
      permission: 'scores.read',
      input: byId.extend({ version }),
      output: Scheme,
    }),
    history: query({
      path: '/scores/schemes/:id/history',
      summary: { zh: '方案的版本和办理过程', en: 'Versions and course of a scheme' },
      permission: 'scores.read',
      input: byId,
      output: z.object({
        versions: z.array(
          z.object({ version: z.int(), reason: z.string(), actorName: z.string(), at: z.iso.datetime() }),
        ),
        steps: z.array(CourseStep),
        results: z.array(ResultHead),
      }),
    }),
    create: command({
      path: '/scores/schemes',
      summary: { zh: '新建考核方案（草案）', en: 'Make a scheme, as a draft' },
      permission: 'scores.manage',
      input: z.object({ year: z.int().min(2000).max(2100), code, body: SchemeBody, reason }),
      output: Done,
    }),
    save: command({
      path: '/scores/schemes/:id/save',
      summary: { zh: '保存考核方案（新版本）', en: 'Save a scheme as a new version' },
      permission: 'scores.manage',
      input: byId.extend({ basedOn: z.int().min(1), body: SchemeBody, reason }),
      output: Done,
    }),
    enforce: command({
      path: '/scores/schemes/:id/enforce',
      summary: { zh: '方案生效', en: 'Put a scheme in force' },
      permission: 'scores.manage',
      input: byId.extend({ document: text(200) }),
      output: Done,
    }),
    openSelf: command({
      path: '/scores/schemes/:id/open-self',
      summary: { zh: '开放自评', en: 'Open the self-assessment' },
      permission: 'scores.manage',
      input: byId.extend({ until: day }),
      output: Done,
    }),
    compute: command({
      path: '/scores/schemes/:id/compute',
      summary: { zh: '计算考核分并冻结', en: 'Compute the points and freeze them' },
      permission: 'scores.manage',
      input: byId.extend({ day: day.optional(), note: text(300).default('计算') }),
      output: z.object({ id: z.uuid(), version: z.int(), hash: z.string() }),
    }),
    publish: command({
      path: '/scores/schemes/:id/publish',
      summary: { zh: '公示', en: 'Show the result to all participants' },
      permission: 'scores.manage',
      input: byId,
      output: z.object({ id: z.uuid(), publicityUntil: day }),
    }),
    correct: command({
      path: '/scores/schemes/:id/correct',
      summary: { zh: '更正结果（新版本，附说明）', en: 'Correct the result as a new version with a note' },
      permission: 'scores.manage',
      input: byId.extend({
        note: text(500, 5),
        /** Also take the figures of the register anew; left out, they stay as frozen and only what was entered by hand is read again. */
        isAnew: z.boolean().default(false),
      }),
      output: z.object({ id: z.uuid(), version: z.int(), hash: z.string(), moves: z.array(Move) }),
    }),
    finish: command({
      path: '/scores/schemes/:id/finish',
      summary: { zh: '结果定稿', en: 'Make the result final' },
      permission: 'scores.manage',
      input: byId,
      output: Done,
    }),
    result: query({
      path: '/scores/schemes/:id/result',
      summary: {
        zh: '考核结果（未计算时为截至今日的试算）',
        en: 'The result, or the points so far while none is computed',
      },
      permission: 'scores.read',
      input: byId.extend({ version }),
      output: z.object({
        head: ResultHead.nullable(),
        versions: z.array(ResultHead),
        day,
        groups: z.array(z.object({ code: z.string(), name: words })),
        units: z.array(ResultUnit),
      }),
    }),
    replay: query({
      path: '/scores/schemes/:id/replay',
      summary: { zh: '按冻结的数据重算，逐字节比对', en: 'Work a frozen result out again and compare byte by byte' },
      permission: 'scores.read',
      input: byId.extend({ version }),
      output: z.object({ version: z.int(), hash: z.string(), again: z.string(), isEqual: z.boolean() }),
    }),
    whatIf: command({
      path: '/scores/schemes/:id/what-if',
      summary: {
        zh: '试算：改动方案看谁的位次变化，不保存',
        en: 'What if: who moves when the rules change; nothing is saved',
      },
      permission: 'scores.manage',
      input: byId.extend({
        /** Changed rules, or an earlier version of them. */
        body: SchemeBody.optional(),
        version: z.int().min(1).optional(),
      }),
      output: z.object({
        day,
        faults: z.array(z.object({ item: z.string().nullable(), words })),
        moves: z.array(Move),
        units: z.array(ResultUnit),
      }),
      quiet: true,
    }),
    figures: query({
      path: '/scores/schemes/:id/figures',
      summary: { zh: '人工录入的数据和加减分事项', en: 'Figures entered by hand, bonuses and deductions' },
      permission: 'scores.manage',
      input: byId,
      output: z.object({
        units: z.array(z.object({ id: z.uuid(), name: z.string(), group: z.string() })),
        figures: z.array(EnteredFigure),
        marks: z.array(MarkRow),
      }),
    }),
    enter: command({
      path: '/scores/schemes/:id/figures',
      summary: { zh: '录入数据，附依据', en: 'Enter a figure with its evidence' },
      permission: 'scores.manage',
      input: byId.extend({
        unitId: z.uuid(),
        item: code,
        input: z.string().max(30),
        value: ExactText,
        note: text(500),
        fileId,
      }),
      output: z.object({ id: z.uuid() }),
    }),
    mark: command({
      path: '/scores/schemes/:id/marks',
      summary: { zh: '登记加分、减分或一票否决', en: 'Record a bonus, a deduction or a veto' },
      permission: 'scores.manage',
      input: byId.extend({
        unitId: z.uuid(),
        /** Left out with `input`: a veto. */
        item: code.nullable().default(null),
        input: z.string().max(30).nullable().default(null),
        quantity: ExactText.default('1'),
        onDay: day,
        reason: text(500),
        document: text(200),
        approver: text(60),
        fileId,
      }),
      output: z.object({ id: z.uuid() }),
    }),
    strike: command({
      path: '/scores/marks/:id/strike',
      summary: { zh: '撤销加减分事项', en: 'Strike a mark out' },
      permission: 'scores.manage',
      input: byId.extend({ reason: text(500) }),
      output: z.object({ id: z.uuid() }),
    }),
    selfSheet: query({
      path: '/scores/schemes/:id/self',
      summary: { zh: '本单位自评表', en: 'The self-assessment of one’s unit' },
      permission: 'scores.read',
      input: byId.extend({ unitId: z.uuid().optional() }),
      output: z.object({
        unitId: z.uuid().nullable(),
        unitName: z.string(),
        units: z.array(z.object({ id: z.uuid(), name: z.string() })),
        rows: z.array(SelfRow),
        canAssess: z.boolean(),
      }),
    }),
    assess: command({
      path: '/scores/schemes/:id/self',
      summary: { zh: '填报自评分，附依据', en: 'Enter self-scores with their ground' },
      permission: 'scores.assess',
      input: byId.extend({
        unitId: z.uuid(),
        rows: z
          .array(z.object({ item: code, points: ExactText, note: text(500), fileId }))
          .min(1)
          .max(40),
      }),
      output: z.object({ saved: z.int() }),
    }),
    objections: query({
      path: '/scores/schemes/:id/objections',
      summary: { zh: '公示期异议', en: 'Objections during publicity' },
      permission: 'scores.read',
      input: byId,
      output: z.array(ObjectionRow),
    }),
    object: command({
      path: '/scores/schemes/:id/objections',
      summary: { zh: '对公示结果提出异议', en: 'Object to a published result' },
      permission: 'scores.assess',
      input: byId.extend({ unitId: z.uuid(), item: code.nullable().default(null), reason: text(2000, 5), fileId }),
      output: z.object({ id: z.uuid() }),
    }),
    decide: command({
      path: '/scores/objections/:id/decide',
      summary: { zh: '裁定异议（计分人回避）', en: 'Decide on an objection, never by who scored' },
      permission: 'scores.decide',
      input: byId.extend({ result: z.enum(['upheld', 'changed']), decision: text(2000, 5) }),
      output: z.object({ id: z.uuid() }),
    }),
    evidence: download({
      path: '/scores/evidence/:kind/:id',
      summary: { zh: '依据材料', en: 'A file of evidence' },
      permission: 'scores.read',
      input: byId.extend({ kind: z.enum(['figure', 'mark', 'self', 'objection']) }),
      output: z.unknown(),
    }),
    workbook: download({
      path: '/scores/schemes/:id/workbook.xlsx',
      summary: { zh: '考核评分表（Excel，带公式）', en: 'The score sheet as Excel with formulas' },
      permission: 'scores.read',
      input: byId.extend({ version, lang: z.enum(['zh', 'en']).default('zh') }),
      output: z.unknown(),
    }),
    document: download({
      path: '/scores/schemes/:id/document',
      summary: { zh: '考核结果（Word、PDF）', en: 'The result as Word or PDF' },
      permission: 'scores.read',
      input: byId.extend({
        version,
        format: z.enum(['docx', 'pdf']).default('pdf'),
        lang: z.enum(['zh', 'en']).default('zh'),
      }),
      output: z.unknown(),
    }),
  },
});
